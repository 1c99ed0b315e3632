"""Swatches as people name them."""

import pytest

from kiosk.shop.colour import Colour, families, family


@pytest.mark.parametrize(
    ("colour", "swatches"),
    [
        # The demo shop's own: celadon twice, sage, and fir in five shades.
        (Colour.GREEN, "#527F69 #C4D5C1 #818A69 #0B3021 #1A3625 #1B4431 #1C4A38 #22402F"),
        (Colour.BLUE, "#1A3C66 #173252 #1F3A5F #2C3858 #0A1631 #17264F #0000ff #87CEEB"),
        (Colour.RED, "#4C1B1C #622A30 #74280B #8C2F19 #A03C1B #AB4A1A #B4533A #ff0000"),
        (Colour.BROWN, "#743A1A #7E3F1E #98502C #5A3420 #63412A #AC8252 #8F7A63 #9A4B16"),
        (Colour.ORANGE, "#CC6F10 #D58E4A #DA4D27 #FF8800 #FF7F50"),
        (Colour.WHITE, "#EFE5D2 #E8DFCB #ffffff #fffff0"),
        (Colour.BEIGE, "#DDD5C6 #DDD3C0 #E2D7C0 #D2B48C #C19A6B #C3B091"),
        (Colour.BLACK, "#161514 #19181A #2C2622 #1B1F2C #262B3A #000000"),
        (Colour.GREY, "#6C8294 #808080 #708090"),
        (Colour.YELLOW, "#FFEE00 #D4AF37 #E1AD01"),
        (Colour.PINK, "#FFC0CB #FF69B4 #FA8072"),
        (Colour.PURPLE, "#7F00FF #B57EDC #4B1D3F #C8A2C8"),
    ],
)
def test_a_swatch_is_found_under_the_name_that_people_give_it(colour, swatches):
    assert {swatch: family(swatch) for swatch in swatches.split()} == dict.fromkeys(
        swatches.split(), colour
    )


def test_what_is_no_colour_has_no_family():
    assert [family(text) for text in ("", "green", "#12345", "#12345g", "#1234567")] == [None] * 5


def test_every_colour_there_is_has_exactly_one_family():
    steps = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in _cube(9)]
    assert all(family(swatch) for swatch in steps)
    assert {family(swatch) for swatch in steps} == set(Colour)


def test_several_families_fit_one_number():
    both = families(["#ff0000", "#0000ff", "no colour"])
    assert both == Colour.RED.bit | Colour.BLUE.bit
    assert len({colour.bit for colour in Colour}) == len(Colour)


def _cube(steps):
    values = [round(255 * k / (steps - 1)) for k in range(steps)]
    return [(r, g, b) for r in values for g in values for b in values]
