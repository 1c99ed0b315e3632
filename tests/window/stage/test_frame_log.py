"""What frames cost is told by screen, and a long callback by its name."""

import json
import time

from kivy.clock import Clock

from kiosk.window.stage.framelog.figures import Intervals
from kiosk.window.stage.framelog.file import FrameFile
from kiosk.window.stage.framelog.meter import STRETCHES, Meter
from kiosk.window.visit import actions


def test_a_pause_is_no_slow_frame():
    seen = Intervals()
    for since in (3600.0, 0.016, 0.016, 0.016, 0.1, 5.0):
        seen.flip(since)
    assert seen.flips == 6
    assert 15.9 <= seen.below(0.5) <= 16.1 and 99.9 <= seen.below(1.0) <= 100.1
    assert round(seen.per_second) == 27  # four frames in 0.148 s


def test_nothing_painted_is_nothing_slow():
    seen = Intervals()
    assert seen.per_second == 0 and seen.below(0.95) == 0


def test_each_stay_on_a_screen_is_a_line_with_what_it_cost(app, stage, send, tmp_path):
    path = tmp_path / "frames.jsonl"
    file = FrameFile(path, Meter(app.uploader), app.workers, app.store._now)
    app.store.on_change(file.moved)
    file.start("attract")
    try:
        stage.tap((200, 400))
        stage.wait_until(lambda: app.root.current_name == "browse" and app.root.at_rest, 5)
        for _ in range(3):  # a screen that is built and whose cards are made comes in one frame
            stage.window.canvas.ask_update()
            stage.frames(1)
        app.uploader.put(bytes(64), (4, 4), lambda _texture: None)  # the cards may be there already
        stage.wait_until(lambda: len(app.uploader) == 0, 5)
        send(actions.StartAgain())
        stage.wait_until(lambda: path.exists() and len(path.read_text().splitlines()) == 2, 5)
    finally:
        file.stop()
        app.store._listeners.remove(file.moved)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["screen"] for line in lines] == ["attract", "browse", "attract"]
    browse = lines[1]
    assert browse["frames"] > 1 and browse["per_second"] > 0 and browse["draw_ms"] > 0
    assert browse["textures"] > 0 and browse["texture_bytes"] >= 64
    assert browse["median_ms"] <= browse["p95_ms"] <= browse["longest_ms"]
    assert not any(name in vars(part) for part, name in STRETCHES)


def test_a_long_callback_is_named(app, stage):
    meter = Meter(app.uploader)
    meter.start()
    try:
        Clock.schedule_once(_dawdle, 0)
        stage.frames(3)
        slow = meter.take()
        stage.frames(3)
        quick = meter.take()
    finally:
        meter.stop()
    assert slow.callback_ms >= 200 and "_dawdle" in slow.callback
    assert quick.callback_ms < slow.callback_ms and "_dawdle" not in quick.callback


def _dawdle(_dt):
    time.sleep(0.2)
