"""The catalogues hold every text of the window, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import kiosk.window.visit as visit
from kiosk.window.visit.words import LOCALES, Words, plural_rule

KEYWORDS = {"w": None, "count": (1, 2), "N_": None}
LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.po"))


def texts_in_the_code() -> set[str | tuple[str, ...]]:
    root = Path(visit.__file__).parent
    found = extract_from_dir(root, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(language: str) -> None:
    with (LOCALES / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    wanted = texts_in_the_code()
    assert len(wanted) > 100
    for message in wanted:
        key = message if isinstance(message, str) else message[0]
        entry = catalog.get(key)
        assert entry is not None and entry.string, f"{language} lacks {key!r}"
        forms = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        for form in forms:
            assert form, f"{language} lacks a plural form of {key!r}"
            assert placeholders(form) == placeholders(key), f"{language}: {key!r}"


def test_no_catalogue_holds_a_text_that_the_code_lost() -> None:
    wanted = {m if isinstance(m, str) else m[0] for m in texts_in_the_code()}
    for language in LANGUAGES:
        with (LOCALES / f"{language}.po").open("rb") as file:
            for message in read_po(file, locale=language):
                key = message.id if isinstance(message.id, str) else message.id[0]
                assert not key or key in wanted, f"{language} keeps {key!r}"


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
