"""Drives the real window as a person would: real touches, real frames, real pixels.

Used by tests and by `kiosk tour`. Touches enter through an input provider of Kivy's event loop,
so they pass everything a finger passes.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import copysign, dist
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from kivy.uix.widget import Widget
from PIL import Image

from kiosk.window.settings import WindowSettings
from kiosk.window.stage import handles
from kiosk.window.stage.app import WindowApp
from kiosk.window.stage.focus.focusable import scroller
from kiosk.window.stage.pilot_errors import NotThere
from kiosk.window.stage.pilot_fingers import Finger, Fingers, Stroke

SLOWEST_FPS = 12
# After so many drags what is looked for does not come into sight.
MOST_DRAGS = 30
# One place is not tapped sooner again than this, which is slower than what the window takes for
# one touch; places that are nearer (as a share of the glass) are one.
HUMAN_S, NEAR = 0.14, 0.03


class Pilot:
    """Steps the event loop and touches the window.

    The event loop must have been started (runTouchApp(embedded=True) or App._run_prepare).
    """

    def __init__(self) -> None:
        self._fingers = Fingers()
        self._place: tuple[str, tuple[float, float]] = ("", (0, 0))
        EventLoop.add_input_provider(self._fingers)
        self._lived, self._last = 0.0, time.monotonic()
        self._recent: deque[tuple[tuple[float, float], float]] = deque(maxlen=8)

    def close(self) -> None:
        EventLoop.remove_input_provider(self._fingers)

    @property
    def window(self) -> Any:
        EventLoop.ensure_window()
        return EventLoop.window

    @property
    def root(self) -> Widget:
        """The topmost widget: an open modal, else the app's root."""
        return self.window.children[0]

    # ---- time ----------------------------------------------------------------------------------

    def lived(self) -> float:
        """Seconds that have passed, of which a frame took its share at most: a busy machine may let
        seconds pass in a single one, and what is waited for needs several.
        """
        return self._lived

    def frames(self, count: int = 1) -> None:
        """Let `count` frames pass."""
        for _ in range(count):
            EventLoop.idle()
            now = time.monotonic()
            self._lived += min(now - self._last, 1 / SLOWEST_FPS)
            self._last = now

    def pause(self, seconds: float) -> None:
        """Let `seconds` pass, and on a busy machine as many frames as an animation needs."""
        for _ in self._while(seconds):
            self.frames()

    def wait_until(self, happened: Callable[[], Any], seconds: float = 5.0, what: str = "") -> None:
        """Let frames pass until `happened()` is true. Raises NotThere after `seconds`."""
        for _ in self._while(seconds):
            if happened():
                return
            self.frames()
        if not happened():
            raise NotThere(f"{what or happened} did not happen in {seconds} s. {self.seen()}")

    def _while(self, seconds: float) -> Iterator[None]:
        """As often as it takes until so long was lived."""
        self._last = time.monotonic()
        end = self._lived + seconds
        while self._lived < end:
            yield

    def seen(self) -> str:
        return "On the glass: " + ", ".join(sorted(set(self.handles())))

    # ---- looking -------------------------------------------------------------------------------

    def handles(self) -> list[str]:
        return [h for child in self.window.children for h in handles.handles(child)]

    def offered(self, prefix: str) -> list[str]:
        """Handles that begin so and can be touched, also those that must be scrolled to."""
        shown = (w for child in self.window.children for w in handles.walk(child))
        return [
            w.handle
            for w in shown
            if getattr(w, "handle", "").startswith(prefix) and not w.disabled
        ]

    def find(self, handle: str) -> Widget | None:
        for child in self.window.children:
            found = handles.find(child, handle)
            if found is not None:
                return found
        return None

    def get(self, handle: str) -> Widget:
        """The visible widget of that handle. Raises NotThere."""
        found = self.find(handle)
        if found is None or not handles.visible(found):
            raise NotThere(f"{handle} is not on the glass. {self.seen()}")
        return found

    def wait_for(self, handle: str, seconds: float = 5.0) -> Widget:
        self.wait_until(lambda: self._touchable(handle), seconds, handle)
        return self.get(handle)

    def _touchable(self, handle: str) -> bool:
        found = self._at_rest(handle)
        return found is not None and handles.visible(found) and not found.disabled

    def _at_rest(self, handle: str) -> Widget | None:
        """The widget, once the screen has come and it moves no more: a person waits for both."""
        found = self.find(handle)
        if found is None or not getattr(self.root, "settled", True):
            return None
        place = handle, found.to_window(*found.center)
        still, self._place = place == self._place, place
        return found if still else None

    # ---- touching ------------------------------------------------------------------------------

    def tap(self, target: str | Widget | tuple[float, float], frames: int = 3) -> None:
        """Touch the middle of a handle (waits for it), of a widget, or a point in pixels."""
        finger = self._put_down(*self._point(target))
        self.frames(frames)
        self._fingers.put("end", finger)
        self.frames(frames)

    def hold(self, target: str | Widget | tuple[float, float], seconds: float) -> None:
        """Touch a target and stay on it."""
        finger = self._put_down(*self._point(target))
        self.pause(seconds)
        self._fingers.put("end", finger)
        self.frames(3)

    def _put_down(self, x: float, y: float) -> Finger:
        """Begin a touch, and no sooner on the same place than people can."""
        for place, at in self._recent:
            while dist(place, self._share(x, y)) < NEAR and time.time() - at < HUMAN_S:
                self.frames()
        finger = self._fingers.new(*self._share(x, y))
        self._recent.append((finger.spos, finger.time_start))
        self._fingers.put("begin", finger)
        return finger

    def storm(self, strokes: Iterable[Stroke], a_frame: int = 40, *, exact: bool = False) -> None:
        """Play what no hand does, at the times that it says, `a_frame` events a frame; `exact` as
        from a device that knows these times.
        """
        began, down = time.time(), dict[int, Finger]()
        for number, stroke in enumerate(strokes):
            at = began + stroke.at
            if stroke.phase == "begin":
                down[stroke.finger] = self._fingers.new(stroke.x, stroke.y)
                down[stroke.finger].time_start = at
                down[stroke.finger].exact = exact
            finger = down[stroke.finger]
            finger.time_update = at
            if stroke.phase == "end":
                finger.time_end = at
            where = (stroke.x, stroke.y) if stroke.phase == "update" else None
            self._fingers.put(stroke.phase, finger, where)
            if number % a_frame == a_frame - 1:
                self.frames(1)
        self.frames(2)

    def tap_together(self, points: Iterable[tuple[float, float]]) -> None:
        """Touch all points in one frame, each with its own finger, and let go in one frame."""
        fingers = [self._fingers.new(*self._share(x, y)) for x, y in points]
        for finger in fingers:
            self._fingers.put("begin", finger)
        self.frames(2)
        for finger in fingers:
            self._fingers.put("end", finger)
        self.frames(2)

    def double_tap(self, target: str | Widget | tuple[float, float]) -> None:
        """Touch a target twice, as quickly as people do, however slow the frames are."""
        first = self._put_down(*self._point(target))
        second = self._fingers.new(*first.spos)
        second.time_start = first.time_start + 1.3 * HUMAN_S
        first.time_end = first.time_start + HUMAN_S / 2
        second.time_end = second.time_start + HUMAN_S / 2
        self._recent.append((second.spos, second.time_start))
        self._fingers.put("end", first)
        self._fingers.put("begin", second)
        self._fingers.put("end", second)
        self.frames(3)

    def pinch(
        self,
        target: str | Widget | tuple[float, float],
        before: float,
        after: float,
        steps: int = 8,
    ) -> None:
        """Two fingers about a target move from `before` to `after` pixels apart."""
        x, y = self._point(target)
        left, right = (self._put_down(x + side * before / 2, y) for side in (-1, 1))
        self.pause(HUMAN_S)  # until it is clear that this is no palm
        for step in range(1, steps + 1):
            apart = before + (after - before) * step / steps
            self._fingers.put("update", left, self._share(x - apart / 2, y))
            self._fingers.put("update", right, self._share(x + apart / 2, y))
            self.frames(1)
        self._fingers.put("end", left)
        self._fingers.put("end", right)
        self.frames(2)

    def drag(
        self,
        target: str | Widget | tuple[float, float],
        dx: float,
        dy: float,
        steps: int = 12,
        hold: int = 0,
    ) -> None:
        """Drag from a target by so many pixels, one step a frame; `hold` frames at the end."""
        x, y = self._point(target)
        finger = self._put_down(x, y)
        self.frames(1)
        for step in range(1, steps + 1):
            there = self._share(x + dx * step / steps, y + dy * step / steps)
            self._fingers.put("update", finger, there)
            self.frames(1)
        self.frames(hold)
        self._fingers.put("end", finger)
        self.frames(2)

    def slide(self, points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
        """Put a finger down and move it, never lifted, to each point of the window in turn."""
        finger = None
        for x, y in points:
            if finger is None:
                finger = self._put_down(x, y)
                self.pause(2 * HUMAN_S)
            self._fingers.put("update", finger, self._share(x, y))
            self.frames(2)
            yield x, y
        if finger is not None:
            self._fingers.put("end", finger)
            self.frames(2)

    def type(self, keys: Iterable[str], prefix: str = "key:") -> None:
        """Tap the on-screen keys `prefix + character`."""
        for key in keys:
            self.tap(f"{prefix}{key}", frames=1)

    def _point(self, target: str | Widget | tuple[float, float]) -> tuple[float, float]:
        if isinstance(target, tuple):
            return target
        for _ in range(MOST_DRAGS):
            widget = self._wait_for_rest(target) if isinstance(target, str) else target
            view = scroller(widget)
            cut = 0 if view is None else self._cut_off(widget, view)
            if not cut:
                break
            self._haul(view, max(-view.height / 2, min(cut, view.height / 2)))
        widget = self.wait_for(target) if isinstance(target, str) else target
        point: tuple[float, float] = widget.to_window(*widget.center)
        return point

    def _haul(self, view: Any, dy: float) -> None:
        """Drag what a view scrolls by so many pixels, first a little the other way: a short way
        alone would be taken for a tap on what lies under the finger.
        """
        x, y = view.to_window(*view.center)
        back = copysign(view.scroll_distance + 2, -dy)
        finger = self._put_down(x, y)
        self.frames(1)
        for part in (*(back * step / 4 for step in range(1, 5)), *(dy * s / 8 for s in range(9))):
            self._fingers.put("update", finger, self._share(x, y + part))
            self.frames(1)
        self.frames(4)
        self._fingers.put("end", finger)
        self.frames(2)

    def _wait_for_rest(self, handle: str) -> Widget:
        self.wait_until(lambda: self._at_rest(handle) is not None, 5, handle)
        found = self.find(handle)
        if found is None:
            raise NotThere(f"{handle} has left. {self.seen()}")
        return found

    @staticmethod
    def _cut_off(widget: Widget, view: Any) -> float:
        """How far up (pixels; negative: down) a widget must come until a finger reaches it."""
        (_, low), (_, high) = view.to_window(*view.pos), view.to_window(view.right, view.top)
        _, y = widget.to_window(*widget.center)
        room = min(widget.height, view.height) / 2
        return float(max(0, low + room - y) or min(0, high - room - y))

    def _share(self, x: float, y: float) -> tuple[float, float]:
        window = self.window
        return x / max(1, window.width - 1), y / max(1, window.height - 1)

    # ---- pixels --------------------------------------------------------------------------------

    def image(self) -> Image.Image:
        """What the window shows now."""
        window = self.window
        window.dispatch("on_draw")
        width, height = window.system_size
        pixels = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        picture = Image.frombytes("RGBA", (width, height), pixels)
        return picture.convert("RGB").transpose(Image.Transpose.FLIP_TOP_BOTTOM)

    def screenshot(self, path: Path | str) -> Path:
        """Save what the window shows as PNG."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image().save(path)
        return path


@contextmanager
def open_window(
    settings: WindowSettings, pilots: type[Pilot] = Pilot
) -> Iterator[tuple[WindowApp, Pilot]]:
    """The whole application on its window, stepped by a pilot instead of its own loop.

    `environment.prepare` must have run before this module was imported.
    """
    app = WindowApp(settings)
    app._run_prepare()
    pilot = pilots()
    try:
        yield app, pilot
    finally:
        pilot.close()
        app.stop()
