"""Hands the touch screen's fingers to Kivy."""

from collections.abc import Callable
from typing import Any

from kivy.input.motionevent import MotionEvent
from kivy.input.provider import MotionEventProvider

from kiosk.window.stage.touch.device import TouchScreen
from kiosk.window.stage.touch.evdev import Finger


class DeviceTouch(MotionEvent):
    """A finger of a device that says itself when it came and how wide it is."""

    exact = True

    def __init__(self, device: str, finger: Finger, glass_width_mm: float) -> None:
        self._glass_width_mm = glass_width_mm
        self.wide_mm = 0.0
        super().__init__(device, finger.tracking, finger, is_touch=True, type_id="touch")
        self.time_start = self.time_update = finger.at

    def depack(self, args: Finger) -> None:
        self.sx, self.sy = args.x, args.y
        self.wide_mm = args.wide * self._glass_width_mm
        self.profile = ["pos"]
        super().depack(args)


class TouchProvider(MotionEventProvider):
    """An input provider of Kivy's event loop that outlives its device."""

    def __init__(self, screen: TouchScreen, glass_width_mm: float) -> None:
        super().__init__("touch-screen", "")
        self._screen, self._width_mm = screen, glass_width_mm
        self._down: dict[int, DeviceTouch] = {}

    def start(self) -> None:
        self._screen.start()

    def stop(self) -> None:
        self._screen.stop()

    def update(self, dispatch_fn: Callable[[str, Any], None]) -> None:
        for finger in self._screen.taken():
            if finger.phase == "begin":
                touch = DeviceTouch(self.device, finger, self._width_mm)
                self._down[finger.tracking] = touch
            elif finger.tracking in self._down:
                touch = self._down[finger.tracking]
                touch.move(finger)
                touch.time_update = finger.at
            else:
                continue
            if finger.phase == "end":
                del self._down[finger.tracking]
                touch.time_end = finger.at
            dispatch_fn(finger.phase, touch)
