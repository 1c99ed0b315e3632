"""What plays a camera, away from any window."""

import threading

from slow_threads import slow_start

from kiosk.window.stage.camera.player import Player
from kiosk.window.stage.camera.source import Picture
from kiosk.window.stage.starter import start_thread
from kiosk.window.visit.camera import Feed

PICTURE = Picture(b"\0" * 16, 2, 2)


class One:
    """One picture, and then the feed stands still."""

    size = (2, 2)

    def pictures(self, stop):
        yield PICTURE
        stop.wait(30)


def test_whoever_begins_to_play_does_not_wait_for_a_thread_to_run(monkeypatch):
    runs = slow_start(monkeypatch)
    shown = threading.Event()
    player = Player(One(), lambda job: job(), lambda _: shown.set(), lambda: Feed.CONNECTING)
    player.start()
    assert not shown.is_set()
    runs.set()
    assert shown.wait(10)
    player.stop()


def test_who_stopped_before_it_ran_is_shown_nothing():
    shown, ended = [], threading.Event()

    class Told(One):
        def pictures(self, stop):
            ended.set()
            yield PICTURE

    player = Player(Told(), lambda job: job(), shown.append, lambda: Feed.CONNECTING)
    player.stop()
    player.start()
    after = threading.Event()
    start_thread("after", after.set)
    assert after.wait(10)
    assert not shown and not ended.is_set()
