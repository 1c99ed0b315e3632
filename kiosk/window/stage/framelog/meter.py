"""Looks on while the window runs: at Kivy's clock and event loop, the uploader, the collector."""

import gc
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.window.stage.framelog.figures import Figures, Intervals
from kiosk.window.stage.textures import Uploader

# What holds the UI thread for longer is looked at, and again so often.
LOOK_S = 0.02
# The parts of a frame in which callbacks run: clock events, touches, layout before the draw.
STRETCHES = ((Clock, "post_idle"), (EventLoop, "dispatch_input"), (Clock, "tick_draw"))


class Meter:
    """Counts between `start` and `stop`; `take()` gives what has been since the last one.

    Lives on the UI thread, but for one of its own that looks where a long callback is.
    """

    def __init__(self, uploader: Uploader) -> None:
        self._uploader = uploader
        self._flipped = 0.0
        self._drawing = 0.0
        self._collecting = 0.0
        self._witness = _Witness()
        self._reset()

    def _reset(self) -> None:
        self._began, self._cpu = time.perf_counter(), time.process_time()
        self._intervals = Intervals()
        self._textures = self._bytes = self._collections = 0
        self._upload = self._collection = self._draw = self._callback = 0.0
        self._where = ""

    def start(self) -> None:
        for part, name in STRETCHES:
            setattr(part, name, self._timed(getattr(part, name)))
        Window.bind(on_draw=self._draws, on_flip=self._flips)
        gc.callbacks.append(self._collects)
        self._uploader.counter = self._uploaded
        self._witness.start()

    def stop(self) -> None:
        self._witness.over()
        self._uploader.counter = None
        gc.callbacks.remove(self._collects)
        Window.unbind(on_draw=self._draws, on_flip=self._flips)
        for part, name in STRETCHES:
            delattr(part, name)

    def take(self) -> Figures:
        """The figures since the last call, or since the start."""
        seconds = time.perf_counter() - self._began
        seen = self._intervals
        figures = Figures(
            seconds=round(seconds, 3),
            core=round((time.process_time() - self._cpu) / seconds, 4) if seconds else 0.0,
            frames=seen.flips,
            per_second=seen.per_second,
            median_ms=seen.below(0.5),
            p95_ms=seen.below(0.95),
            longest_ms=seen.below(1.0),
            textures=self._textures,
            texture_bytes=self._bytes,
            upload_ms=_ms(self._upload),
            collections=self._collections,
            collection_ms=_ms(self._collection),
            draw_ms=_ms(self._draw),
            callback_ms=_ms(self._callback),
            callback=self._where,
        )
        self._reset()
        return figures

    # ---- what is looked at ---------------------------------------------------------------------

    def _timed(self, part: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            began = self._witness.watch()
            try:
                return part(*given)
            finally:
                taken = time.perf_counter() - began
                where = self._witness.look_away()
                if taken > self._callback:
                    self._callback, self._where = taken, where

        return timed

    def _draws(self, *_: Any) -> None:
        self._drawing = time.perf_counter()

    def _flips(self, *_: Any) -> None:
        now = time.perf_counter()
        self._intervals.flip(now - self._flipped)
        self._draw = max(self._draw, now - self._drawing)
        self._flipped = now

    def _collects(self, phase: str, _info: Any) -> None:
        # Also on other threads; the figure is the longest, which a race can only shorten.
        now = time.perf_counter()
        if phase == "start":
            self._collecting = now
        else:
            self._collections += 1
            self._collection = max(self._collection, now - self._collecting)

    def _uploaded(self, size: int, seconds: float, *, whole: bool) -> None:
        self._bytes += size
        self._textures += whole
        self._upload = max(self._upload, seconds)


class _Witness(threading.Thread):
    """Sees where the UI thread is when something holds it for longer than LOOK_S."""

    def __init__(self) -> None:
        super().__init__(name="witness", daemon=True)
        self._watched = threading.get_ident()
        self._since = 0.0
        self._where = ""
        self._over = threading.Event()

    def watch(self) -> float:
        self._where = ""
        self._since = time.perf_counter()
        return self._since

    def look_away(self) -> str:
        """Where the stretch was that ends, "" for a short one."""
        self._since = 0.0
        return self._where

    def over(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(LOOK_S):
            since = self._since
            if since and time.perf_counter() - since > LOOK_S:
                where = _innermost(sys._current_frames().get(self._watched))
                if since == self._since:
                    self._where = where


def _innermost(frame: Any) -> str:
    """The innermost of our own functions within what is timed, else the innermost of anybody's."""
    while frame is not None and frame.f_code is Meter._collects.__code__:
        frame = frame.f_back
    innermost = frame
    while frame is not None and frame.f_globals.get("__name__") != __name__:
        if frame.f_globals.get("__name__", "").startswith("kiosk."):
            return _named(frame)
        frame = frame.f_back
    return _named(innermost) if innermost is not None else ""


def _named(frame: Any) -> str:
    module = frame.f_globals.get("__name__", "?")
    return f"{module}.{frame.f_code.co_qualname}:{frame.f_lineno}"


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
