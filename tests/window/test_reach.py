"""Where hands reach on real glasses, in millimetres above the ground."""

import pytest

from kiosk.window.reach import SEATED, STANDING, Glass
from kiosk.window.settings import WindowSettings


@pytest.mark.parametrize(
    ("glass", "low", "above_the_ground"),
    [
        (Glass(398, 708, 700), False, (700, 1220)),
        (Glass(398, 708, 700), True, (700, 1120)),
        (Glass(685, 1218, 500), False, (700, 1220)),
        (Glass(685, 1218, 500), True, (500, 1120)),
        (Glass(531, 299, 900), False, (900, 1199)),
        (Glass(531, 299, 900), True, (900, 1120)),
        (Glass(1218, 685, 300), True, (380, 985)),
    ],
)
def test_the_desk_lies_where_hands_reach(glass, low, above_the_ground):
    y, top = glass.desk(low=low)
    assert (y + glass.lower_edge, top + glass.lower_edge) == above_the_ground
    assert glass.reaches(low=low)


@pytest.mark.parametrize("edge", [0, 1150, 1400, 2500])
@pytest.mark.parametrize("low", [False, True])
def test_a_glass_out_of_reach_keeps_a_desk_on_it(edge, low):
    glass = Glass(398, 708, edge)
    y, top = glass.desk(low=low)
    assert 0 <= y < top <= glass.height
    assert top - y >= 150
    bottom, high = SEATED if low else STANDING
    assert glass.reaches(low=low) is (min(edge + 708, high) - max(edge, bottom) >= 150)


def test_layouts_are_drawn_smaller_on_small_glasses_and_never_larger():
    assert Glass(535, 952, 600).drawn(low=False) == 1.0
    assert Glass(685, 1218, 500).drawn(low=False) == 1.0
    assert Glass(398, 708, 700).drawn(low=False) == pytest.approx(398 / 535)
    assert 0.5 <= Glass(531, 299, 900).drawn(low=True) <= Glass(531, 299, 900).drawn(low=False) < 1


def test_settings_say_how_the_glass_hangs(tmp_path):
    upright = WindowSettings("", tmp_path, tmp_path, screen_mm=(398, 708), lower_edge_mm=700)
    assert upright.glass == Glass(398, 708, 700)
    assert WindowSettings("", tmp_path, tmp_path).glass.lower_edge == 600
    with pytest.raises(ValueError, match="from the ground to the glass"):
        WindowSettings("", tmp_path, tmp_path, lower_edge_mm=-5)
