"""The hand's movement, moment by moment."""

from itertools import pairwise

from kiosk.window.stage.screens.attract.gesture import GESTURE_S, REST, pose

STEPS = [pose(n / 60) for n in range(int(GESTURE_S * 60) + 1)]


def test_it_begins_and_ends_where_it_rests():
    assert STEPS[0] == REST == STEPS[-1]


def test_it_comes_to_the_glass_before_it_presses_and_lets_rings_go():
    pressed = next(n for n, step in enumerate(STEPS) if step.press > 0.9)
    assert STEPS[pressed].away == 0
    ringing = next(n for n, step in enumerate(STEPS) if step.rings[0] > 0)
    assert ringing >= pressed - 6
    assert all(step.rings[1] <= step.rings[0] or step.rings[0] == 0 for step in STEPS)


def test_it_never_jumps():
    for before, after in pairwise(STEPS):
        assert abs(after.away - before.away) < 0.08
        assert abs(after.press - before.press) < 0.25
