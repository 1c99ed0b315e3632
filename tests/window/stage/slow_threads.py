"""A machine on which threads take their time to begin."""

import threading

from kiosk.window.stage.starter import get_ready


def slow_start(monkeypatch):
    """From now on no thread begins to run before the event is set."""
    get_ready()
    runs, start = threading.Event(), threading.Thread.start

    def slow(thread):
        assert runs.wait(10), "whoever asked for it waits"
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", slow)
    return runs
