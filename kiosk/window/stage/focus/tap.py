"""A press without a finger: what the focus activates is touched in its middle."""

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input.motionevent import MotionEvent


class Tap(MotionEvent):
    """A touch that the focus makes; everything hears it as it hears a finger."""

    by_focus = True
    _count = 0

    def __init__(self, x: float, y: float) -> None:
        Tap._count += 1
        super().__init__("focus", f"focus{Tap._count}", {}, is_touch=True, type_id="touch")
        self.sx, self.sy = x / max(1, Window.width - 1), y / max(1, Window.height - 1)
        self.profile = ["pos"]

    def depack(self, args: dict[str, float]) -> None:
        super().depack(args)


def tap(x: float, y: float) -> None:
    """Touch this point of the window, and let go with the next frame."""
    made = Tap(x, y)
    EventLoop.post_dispatch_input("begin", made)

    def let_go(_dt: float) -> None:
        made.update_time_end()
        EventLoop.post_dispatch_input("end", made)

    Clock.schedule_once(let_go, 0)
