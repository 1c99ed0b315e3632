"""How the wall scrolls: pure arithmetic, so every case is cheap."""

import pytest

from kiosk.window.stage.widgets.wall.kinetics import Scroll


def scroll(most=1000.0, offset=0.0):
    made = Scroll()
    made.reach(most)
    made.jump(offset)
    return made


def settle(moving, seconds=10.0):
    steps = 0
    while moving.step(1 / 60):
        steps += 1
        assert steps < seconds * 60, "it never came to rest"
    return moving.offset


def drag(moving, *path, start=0.0):
    """Positions a frame apart; gives the time of the last one."""
    now = start
    moving.grab(path[0], now)
    for at in path[1:]:
        now += 1 / 60
        moving.drag(at, now)
    return now


def test_the_content_follows_the_finger_exactly():
    moving = scroll(offset=100)
    drag(moving, 0, 30, 70)
    assert moving.offset == 170


def test_a_flick_runs_on_and_comes_to_rest():
    moving = scroll(most=100_000)
    now = drag(moving, 0, 40, 80, 120, 160)
    moving.release(now)
    assert settle(moving) > 160 + 300


def test_a_finger_that_stopped_before_it_left_does_not_fling():
    moving = scroll(most=100_000)
    now = drag(moving, 0, 40, 80)
    moving.drag(80, now + 0.3)
    moving.release(now + 0.3)
    assert settle(moving) == 80


@pytest.mark.parametrize(("path", "end"), [((0, -300), 0), ((0, 1300), 1000)])
def test_beyond_an_end_it_stretches_and_comes_back(path, end):
    moving = scroll()
    now = drag(moving, *path)
    assert 0 < abs(moving.beyond) < 300
    moving.release(now + 1)
    assert settle(moving) == end


def test_a_fling_against_an_end_stops_there():
    moving = scroll(most=500)
    now = drag(moving, 0, 100, 200, 300, 400)
    moving.release(now)
    assert settle(moving) == 500


def test_content_that_fits_rests_at_its_start():
    moving = scroll(most=-200)
    now = drag(moving, 0, 50, 100)
    moving.release(now)
    assert settle(moving) == 0


def test_shorter_content_pulls_a_resting_scroll_back():
    moving = scroll(most=1000, offset=900)
    moving.reach(400)
    assert moving.offset == 400


def test_grabbing_a_stretched_wall_does_not_make_it_jump():
    moving = scroll()
    drag(moving, 0, -200)
    before = moving.offset
    moving.grab(50, 1.0)
    moving.drag(50, 1.1)
    assert moving.offset == pytest.approx(before)
