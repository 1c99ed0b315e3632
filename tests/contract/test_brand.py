"""A brand's file: what it says, and what is said when it cannot be used."""

import pytest

from kiosk.contract.brand import COLOURS, FONTS, BrandError, load_brand
from tests.contract.brand_copy import BRAND, change, folder

__all__ = ["folder"]


def test_both_palettes_name_every_colour():
    brand = load_brand(BRAND)
    assert set(brand.day) == set(brand.night) == set(COLOURS)
    assert brand.palette(night=True) is brand.night


def test_a_missing_file_says_where_to_point(tmp_path):
    with pytest.raises(BrandError, match=r"point brand at the folder"):
        load_brand(tmp_path)


def test_a_wrong_colour_names_the_line_to_change(folder):
    change(folder, 'accent = "#', 'accent = "red#')
    with pytest.raises(BrandError, match=r'write accent = "#RRGGBB" under \[day\]'):
        load_brand(folder)


def test_a_font_that_is_not_there_is_named(folder):
    change(folder, "InstrumentSerif-Regular.ttf", "Nowhere.ttf")
    with pytest.raises(BrandError, match=r"Nowhere\.ttf: no such file"):
        load_brand(folder)


def test_a_role_without_a_size_is_named(folder):
    change(folder, "size_mm = 80.0", "")
    with pytest.raises(BrandError, match=r"\[type\.poster\] needs font, size_mm and line"):
        load_brand(folder)


def test_what_is_no_toml_is_said_in_one_line(folder):
    (folder / "theme.toml").write_text("= nonsense", encoding="utf-8")
    with pytest.raises(BrandError, match="cannot be read") as caught:
        load_brand(folder)
    assert "\n" not in str(caught.value)


def test_every_face_of_a_script_is_there_where_the_file_leaves_some_out():
    arabic = load_brand(BRAND).scripts["arabic"]
    assert set(arabic.fonts) == set(FONTS)
    assert arabic.fonts["display_italic"] == arabic.fonts["display"]
    assert not arabic.lent and arabic.line >= 1.3


def test_a_brand_without_a_face_for_a_script_is_lent_ours(folder):
    text = (folder / "theme.toml").read_text(encoding="utf-8")
    start, end = text.index("[fonts.japanese]"), text.index("# size_mm is the em")
    (folder / "theme.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    for file in (folder / "fonts").glob("Zen*"):
        file.unlink()
    scripts = load_brand(folder).scripts
    assert scripts["japanese"].lent and not scripts["arabic"].lent
    assert scripts["japanese"].fonts["text"].is_file()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("NotoSansArabic-Medium.ttf", "Nowhere.ttf", r"text_medium under \[fonts\.arabic\] names"),
        ('text = "fonts/Zen', 'txt = "fonts/Zen', r"\[fonts\.japanese\] needs at least display"),
        ("line = 1.45\n", 'line = "tall"\n', r"line under \[fonts\.arabic\] must be a number"),
    ],
)
def test_what_is_wrong_with_a_scripts_faces_is_named(folder, old, new, said):
    change(folder, old, new)
    with pytest.raises(BrandError, match=said):
        load_brand(folder)
