"""The pilot's fingers: touches that enter where a touch screen's do."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kivy.input.motionevent import MotionEvent
from kivy.input.provider import MotionEventProvider


class Finger(MotionEvent):
    exact = False

    def __init__(self, device: str, number: int, x: float, y: float) -> None:
        super().__init__(device, number, {"x": x, "y": y}, is_touch=True, type_id="touch")

    def depack(self, args: dict[str, float]) -> None:
        self.sx, self.sy = args["x"], args["y"]
        self.profile = ["pos"]
        super().depack(args)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One event of a storm: what a finger does, where (shares of the glass), when (seconds from
    the storm's beginning)."""

    phase: str
    finger: int
    x: float
    y: float
    at: float


class Fingers(MotionEventProvider):
    """An input device whose events are written by the pilot."""

    def __init__(self) -> None:
        super().__init__("pilot", "")
        self._events: deque[tuple[str, Finger, tuple[float, float] | None]] = deque()
        self._number = 0

    def new(self, x: float, y: float) -> Finger:
        self._number += 1
        return Finger(self.device, self._number, x, y)

    def put(self, phase: str, finger: Finger, at: tuple[float, float] | None = None) -> None:
        self._events.append((phase, finger, at))

    def update(self, dispatch_fn: Callable[[str, MotionEvent], None]) -> None:
        while self._events:
            phase, finger, at = self._events.popleft()
            if at is not None:
                finger.move({"x": at[0], "y": at[1]})
            if phase == "end" and finger.time_end < 0:
                finger.update_time_end()
            dispatch_fn(phase, finger)
