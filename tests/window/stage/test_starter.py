"""Threads that the UI thread asks for."""

import threading

from kiosk.window.stage.starter import get_ready, start_thread


def test_one_that_cannot_be_started_takes_none_of_the_others_along(monkeypatch, caplog):
    get_ready()
    start, after = threading.Thread.start, threading.Event()

    def full(thread):
        if thread.name == "one too many":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", full)
    start_thread("one too many", lambda: None)
    start_thread("after", after.set)
    assert after.wait(10)
    assert "one too many" in caplog.text
