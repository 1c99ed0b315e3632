"""The pilot's patience: what a busy machine takes from one frame is not the window's."""

import time

import pytest
from kivy.clock import Clock

from kiosk.window.stage.pilot_errors import NotThere


def test_one_frame_that_takes_all_the_time_leaves_what_comes_after_it_its_own(stage):
    happened = []

    def stall(_dt):
        time.sleep(0.7)
        Clock.schedule_once(lambda _: happened.append("later"), 0.1)

    Clock.schedule_once(stall, 0.15)
    stage.wait_until(lambda: happened, 0.5)
    assert happened == ["later"]


def test_what_does_not_happen_is_given_up_in_time(stage):
    began = time.monotonic()
    with pytest.raises(NotThere, match=r"a miracle did not happen in 0\.2 s"):
        stage.wait_until(lambda: False, 0.2, "a miracle")
    assert time.monotonic() - began >= 0.2


def test_a_pause_is_as_long_as_it_says(stage):
    began = time.monotonic()
    stage.pause(0.2)
    assert time.monotonic() - began >= 0.2
