"""When the window's loop may sleep, and when it may not."""

from types import SimpleNamespace

import pytest
from kivy.clock import Clock

from kiosk.window.stage.loop import FRAME_S, Loop
from kiosk.window.stage.loop.sleep import Nap

HOUR = 3600.0


@pytest.fixture
def loop(app, stage):
    """The loop of a window at rest, as it would judge it now."""
    busy = SimpleNamespace(now=False)
    loop = Loop(lambda: busy.now, longest_s=HOUR)
    app.root.current.ids.hand.stop()
    app.root.current._stop_waiting()
    stage.wait_until(lambda: loop.still_for() > 0, 8, "stillness")
    loop.busy = busy
    yield loop
    app.root.current.enter()


def test_it_sleeps_until_the_next_event_is_due(loop, stage):
    event = Clock.schedule_once(lambda _dt: None, 60)
    assert 0 < loop.still_for() <= 60
    event.cancel()
    assert loop.still_for() > 0


def test_it_does_not_sleep_before_a_frame_that_is_wanted(loop, stage):
    event = Clock.schedule_once(lambda _dt: None, 0)
    assert loop.still_for() == 0
    event.cancel()
    stage.frames(1)
    stage.window.canvas.ask_update()
    assert loop.still_for() == 0
    stage.wait_until(lambda: loop.still_for() > 0, 5, "rest")


def test_it_does_not_sleep_under_a_finger(loop, stage, app):
    finger = stage._put_down(260, 500)
    stage.frames(1)
    assert app.hygiene.busy
    assert loop.still_for() == 0
    stage._fingers.put("end", finger)
    stage.frames(2)
    assert not app.hygiene.busy
    loop.busy.now = True
    assert loop.still_for() == 0


def test_a_wake_up_before_the_sleep_is_not_lost():
    nap = Nap(HOUR)
    nap.wake()
    nap.sleep(HOUR)  # would stand here for an hour


@pytest.mark.parametrize("touched", [True, False])
def test_a_finger_that_comes_or_goes_waits_for_no_frame(touched):
    slept = []
    loop = Loop(lambda: True)
    Clock._last_tick = before = Clock.time()
    loop._rest(SimpleNamespace(touched=touched, sleep=slept.append))
    assert len(slept) == 1 and 0 < slept[0] <= FRAME_S
    assert (Clock._last_tick < before) is touched
