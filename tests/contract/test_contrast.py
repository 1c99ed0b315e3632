"""Contrast by WCAG 2.2: of the demo brand, of an ugly one, and of what is made of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import cli
from kiosk.contract.brand import COLOURS, BrandError, load_brand
from kiosk.contract.contrast import PAIRS, contrast, high_contrast, luminance, mixed, violations
from tests.contract.brand_copy import BRAND, change, folder

__all__ = ["folder"]

# Nothing is read on a scrim; words on a poster's wall are checked on the pictures themselves.
NOT_IN_A_PAIR = {"scrim", "hero_ink"}


def test_the_figures_are_those_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == contrast("#FFFFFF", "#000000") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48  # the grey that just fails
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54  # and the one that just passes
    assert luminance("#FF0000") == pytest.approx(0.2126)
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


def test_every_colour_of_a_palette_is_in_a_pair():
    named = {token for pair in PAIRS for token in (pair.ink, pair.ground)}
    assert named | NOT_IN_A_PAIR == set(COLOURS)
    assert not named & NOT_IN_A_PAIR


def test_the_demo_brand_can_be_read_by_day_by_night_and_in_high_contrast():
    brand = load_brand(BRAND)
    assert [str(v) for v in brand.unreadable()] == []
    for night in (False, True):
        strong = brand.palette(night=night, contrast=True)
        for token in ("ink", "ink_soft", "accent", "positive", "warning", "danger"):
            assert contrast(strong[token], strong["paper"]) >= 7
        assert contrast(strong["focus"], strong["paper"]) >= 4.5


def test_an_ugly_brand_is_told_which_colours_to_change(folder):
    change(folder, 'ink_soft = "#5F564A"', 'ink_soft = "#C9C0B2"')
    change(folder, 'focus = "#9ED8EE"', 'focus = "#12352B"')
    told = [str(v) for v in load_brand(folder).unreadable()]
    assert any(
        line.startswith("[day] ink_soft on paper is 1.") and "needs 4.5:1 (sec" in line
        for line in told
    )
    assert any(line.startswith("[night] focus on paper is 1.") for line in told)
    assert all("ink_soft" in line or "focus" in line for line in told)


def test_the_command_names_them_and_fails(folder, capsys):
    assert cli.main(["brand", "check", str(BRAND)]) == 0
    change(folder, 'on_accent = "#FFF7EA"', 'on_accent = "#B5492C"')
    assert cli.main(["brand", "check", str(folder)]) == 1
    said = capsys.readouterr()
    assert "[day] on_accent on accent is 1." in said.out
    assert "1 pairs of colours of Maison Lucarne" in said.err


def test_a_brand_may_overrule_single_colours_of_high_contrast(folder):
    with (folder / "theme.toml").open("a", encoding="utf-8") as file:
        file.write('\n[contrast.night]\naccent = "#FFE500"\n')
    brand = load_brand(folder)
    assert brand.palette(night=True, contrast=True)["accent"] == "#FFE500"
    assert brand.palette(night=True, contrast=True)["paper"] == "#000000"
    assert brand.palette(night=False, contrast=True) == load_brand(BRAND).contrast_day


@pytest.mark.parametrize("line", ['nonsense = "#000000"', 'ink = "black"'])
def test_a_wrong_colour_of_high_contrast_is_named(folder, line):
    with (folder / "theme.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[contrast.day]\n{line}\n")
    with pytest.raises(BrandError, match=rf"{line.split()[0]} under \[contrast\.day\]"):
        load_brand(folder)


colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


@given(st.fixed_dictionaries(dict.fromkeys(COLOURS, colours)), st.booleans())
def test_high_contrast_can_be_made_of_any_brand(palette, night):
    made = high_contrast(palette, night=night)
    assert [str(v) for v in violations(made, "made", enhanced=True)] == []
    assert set(made) == set(COLOURS)


def test_a_theme_changes_some_colours_and_leaves_the_others():
    brand = load_brand(BRAND)
    worn, own = brand.palette(night=True, theme="fetes"), brand.palette(night=True)
    assert worn["paper"] != own["paper"] and worn["ink"] == own["ink"]
    assert brand.palette(night=True, theme="of another brand") == own
    strong = brand.palette(night=True, contrast=True)
    assert brand.palette(night=True, contrast=True, theme="fetes") == strong


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("[themes.snow.dusk]\npaper = '#FFFFFF'", "nothing else"),
        ("[themes.snow.day]\npapier = '#FFFFFF'", "papier under"),
        ("[themes.snow.day]\npaper = 'white'", "paper under"),
        ("[themes.snow]", "nothing else"),
    ],
)
def test_what_is_wrong_with_a_theme_is_said(folder, wrong, reason):
    change(folder, "[themes.fetes.day]", f"{wrong}\n\n[themes.fetes.day]")
    with pytest.raises(BrandError, match=reason):
        load_brand(folder)


def test_an_unreadable_theme_is_told_of(folder):
    change(folder, 'paper = "#2A0D13"', 'paper = "#D9BFB2"')
    told = [str(v) for v in load_brand(folder).unreadable()]
    assert told and all(line.startswith("[themes.fetes.night] ") for line in told)
