"""The catalogues hold every text of the window, with the same placeholders."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from kiosk.window.visit.locale.update import texts_in_the_code
from kiosk.window.visit.words import LOCALES, Words, plural_rule

LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.po"))


def catalogue(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def names_one_number(catalog: Catalog, index: int) -> bool:
    """Whether a plural form serves one number only: Arabic says "two seconds" in one word."""
    rule = plural_rule(catalog.plural_expr)
    return sum(rule(n) == index for n in range(1000)) == 1


def test_the_windows_eight_languages_have_their_words() -> None:
    assert {*LANGUAGES, "en"} == {"fr", "en", "de", "es", "it", "nl", "ar", "ja"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    catalog, wanted = catalogue(language), texts_in_the_code()
    assert len(wanted) > 100
    for text in wanted:
        key = text if isinstance(text, str) else text[0]
        entry = catalog.get(key)
        assert entry is not None and all(forms(entry)), f"{language} lacks {key!r}: make words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_plural_forms_match(language: str) -> None:
    catalog = catalogue(language)
    for message in entries(language):
        assert not message.fuzzy, f"{language} guesses {message.id!r}"
        plural = not isinstance(message.id, str)
        texts = forms(message)
        assert len(texts) == (catalog.num_plurals if plural else 1), f"{language}: {message.id!r}"
        key = message.id[0] if plural else message.id
        for index, text in enumerate(texts):
            lost = placeholders(key) ^ placeholders(text)
            may_lose = {"n"} if plural and names_one_number(catalog, index) else set()
            assert lost <= may_lose, f"{language}: {text!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_holds_a_text_that_the_code_lost(language: str) -> None:
    wanted = {m if isinstance(m, str) else m[0] for m in texts_in_the_code()}
    for message in entries(language):
        key = message.id if isinstance(message.id, str) else message.id[0]
        assert key in wanted, f"{language} keeps {key!r}"


# What a typesetter would send back.
FAULTS = {
    "fr": r"'|\w[;!?]| [:;!?]|\"",
    "de": r"'|\"|\w…",
    "es": r"'|\"|^(?!.*¿).*\?|^(?!.*¡).*!",
    "it": r"'|\"| [:;!?]",
    "nl": r"'|\"| [:;!?]",
    "ar": r"'|\"|[?,;]|[\u064b-\u0652]{3}|[\u0660-\u0669]",
    "ja": r"'|\"|[?!,]|[\u3040-\u30ff\u4e00-\u9fff] | [\u3040-\u30ff\u4e00-\u9fff]|[.](?![a-z])",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_set_by_its_own_rules(language: str) -> None:
    for message in entries(language):
        for text in forms(message):
            fault = re.search(FAULTS[language], text)
            assert not fault, f"{language}: {text!r} at {fault and fault[0]!r}"


def test_an_arabic_text_that_begins_with_a_name_is_still_read_from_the_right() -> None:
    for message in entries("ar"):
        for text in forms(message):
            assert not text.startswith("{"), f"{text!r} needs U+200F before it"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "ثانية واحدة"),
        (2, "ثانيتين"),
        (7, "7 ثوانٍ"),
        (20, "20 ثانية"),
        (100, "100 ثانية"),
    ],
)
def test_arabic_has_a_form_for_each_kind_of_number(n: int, said: str) -> None:
    one = "Everything you entered is erased in {n} second."
    many = "Everything you entered is erased in {n} seconds."
    assert said in Words("ar").count(one, many, n)


def test_french_counts_nought_as_one() -> None:
    w = Words("fr")
    one, many = (
        "Everything you entered is erased in {n} second.",
        "Everything you entered is erased in {n} seconds.",
    )
    assert w.count(one, many, 0).endswith("0 seconde.")
    assert w.count(one, many, 2).endswith("2 secondes.")
    assert Words("en").count(one, many, 0).endswith("0 seconds.")


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert Words("pt")("Back") == "Back"
    assert plural_rule("(n != 1)")(1) == 0


def test_a_count_of_thousands_is_parted_as_prices_are() -> None:
    said = {lang: Words(lang).count("{n} piece", "{n} pieces", 1254) for lang in ("en", "fr", "de")}
    assert said["en"] == "1,254 pieces"
    assert said["fr"].startswith("1\u00a0254 ") and said["de"].startswith("1.254 ")
    assert Words("fr").count("{n} piece", "{n} pieces", 999).startswith("999 ")
