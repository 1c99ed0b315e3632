"""The camera's way from one view to another."""

from kivy.animation import AnimationTransition

from kiosk.window.stage.map.camera import Camera


class Flight:
    """The camera on its way from one view to another."""

    def __init__(self, start: Camera, goal: Camera, began: float, seconds: float) -> None:
        self._start, self.goal = start, goal
        self._began, self._seconds = began, seconds
        self.over = False

    def at(self, now: float) -> Camera:
        share = (now - self._began) / self._seconds
        if share >= 1:
            self.over = True
            return self.goal
        return self._start.between(self.goal, AnimationTransition.in_out_cubic(max(share, 0.0)))
