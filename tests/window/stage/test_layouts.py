"""What the keys can write: every name and address of the eight languages."""

import pytest

from kiosk.window.stage.widgets.keyboard.kana import marked
from kiosk.window.stage.widgets.keyboard.layouts import layout, units

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")
PAGES = {"ja": ("", "katakana", "latin"), "ar": ("", "latin")}
KINDS = ("text", "email", "phone", "digits")

LATIN = "abcdefghijklmnopqrstuvwxyz"
# The letters beyond a to z of each orthography, and how its addresses are written.
WANTED = {
    "fr": LATIN + "àâæçéèêëîïôœùûüÿ" + "'’-,./",
    "en": LATIN + "éèñüçö" + "'’-,./&#",
    "de": LATIN + "äöüßé" + "'-,./",
    "es": LATIN + "áéíóúüñçºª" + "'-,./",
    "it": LATIN + "àèéìíòóùúºª" + "'’-,./",
    "nl": LATIN + "ëïöüáéíóúèç" + "'’-,./",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" + "پچڤگ" + "،./-" + "٠١٢٣٤٥٦٧٨٩",
    "ja": "あいうえおかきくけこさしすせそたちつてとなにぬねの"
    "はひふへほまみむめもやゆよらりるれろわをん"
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょー・"
    "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
    "ハヒフヘホマミムメモヤユヨラリルレロワヲン"
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォッャュョヴ-,./",
}


def typeable(language, kind="text"):
    """All signs that touches can write, with marks, accents and capitals."""
    signs = set()
    for page in PAGES.get(language, ("",)):
        keys = [k for row in layout(language, kind, last=False, page=page) for k in row]
        here = {c for k in keys for c in (*k.more, k.text) if len(c) == 1}
        here -= {k.text for k in keys if ":" in k.code}
        marks = [k.code.partition(":")[2] for k in keys if k.code.startswith("mark:")]
        here |= {marked(c, mark) for c in here for mark in marks}
        signs |= here | {c.upper() for c in here if c != "ß"}
    return signs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_and_address_of_a_language_can_be_typed(language):
    letters = WANTED[language] + LATIN
    wanted = set(letters) | {c.upper() for c in letters if c != "ß"}
    missing = (wanted | set("0123456789 ")) - typeable(language)
    assert not missing, f"{language} cannot type {sorted(missing)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_address_can_be_typed(language):
    assert set(LATIN + "0123456789@.-_+") <= typeable(language, "email")


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_their_pads(language):
    assert set("0123456789+") <= typeable(language, "phone")
    assert set("0123456789- ") <= typeable(language, "digits")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_lies_twice_and_each_has_its_own_name(language, kind):
    for page in PAGES.get(language, ("",)):
        for last in (False, True):
            codes = [
                k.code
                for row in layout(language, kind, last=last, page=page)
                for k in row
                if k.code
            ]
            assert len(set(codes)) == len(codes), f"{language} {kind} {page}"
            assert "backspace" in codes and "done" in codes
            assert ("next" in codes) is not last


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_wide_enough_on_the_narrowest_desk(language, kind):
    """297 mm: the desk of a 24-inch glass that hangs across. 20 mm and the gaps beside it."""
    for page in PAGES.get(language, ("",)):
        rows = layout(language, kind, last=False, page=page)
        assert (297 - 10 + 2.5) / units(rows) - 2.5 >= 20
        assert len(rows) <= 6, "six rows of 20 mm leave the field in sight on a low desk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_letters_are_as_wide_as_the_figures_above_them(language):
    for page in PAGES.get(language, ("",)):
        rows = layout(language, "text", last=False, page=page)
        assert units(rows) == sum(k.width for k in rows[0]) == sum(k.width for k in rows[-1])


def test_letters_lie_where_each_country_has_them():
    def second(language):
        return "".join(k.code for k in layout(language, "text", last=False)[1])

    assert second("fr") == "azertyuiop"
    assert second("de") == "qwertzuiopü"
    assert {second(x) for x in ("en", "it", "nl", "es")} == {"qwertyuiop"}
    assert second("ar").startswith("ضصثق")
    assert [k.code for k in layout("es", "text", last=False)[2]][-1] == "ñ"


def test_the_accent_that_a_language_wants_comes_first():
    def offered(language, letter):
        keys = [k for row in layout(language, "text", last=False) for k in row]
        return next(k.more for k in keys if k.code == letter)

    assert offered("fr", "e").startswith("éèêë")
    assert offered("it", "e").startswith("è")
    assert offered("es", "a").startswith("á")
    assert offered("de", "o").startswith("ö") or "ö" in "qwertzuiopüasdfghjklöä"
    assert len(set(offered("es", "a"))) == len(offered("es", "a"))


def test_mail_hosts_are_the_same_for_everybody_but_for_the_country():
    def helpers(language):
        return [k.text for k in layout(language, "email", last=False)[0]]

    assert helpers("fr") == ["@gmail.com", "@outlook.com", ".com", ".fr"]
    assert helpers("ja")[:3] == helpers("fr")[:3] and helpers("ja")[3] == ".jp"


@pytest.mark.parametrize(
    ("sign", "mark", "result"),
    [
        ("か", "voiced", "が"),
        ("が", "voiced", "か"),
        ("は", "voiced", "ば"),
        ("ば", "round", "ぱ"),
        ("ぱ", "voiced", "ば"),
        ("つ", "small", "っ"),
        ("っ", "small", "つ"),
        ("ウ", "voiced", "ヴ"),
        ("ん", "voiced", "ん"),
        ("か", "round", "か"),
        ("a", "small", "a"),
        ("", "voiced", ""),
    ],
)
def test_marks_change_the_sign_before_them(sign, mark, result):
    assert marked(sign, mark) == result
