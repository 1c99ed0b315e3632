"""The focus ring: one for the whole window, above everything."""

from collections.abc import Callable
from typing import Any

from kivy.core.window import Window
from kivy.graphics import BorderImage, Color
from kivy.uix.widget import Widget

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus.focusable import Focusable
from kiosk.window.stage.focus.order import box
from kiosk.window.stage.handles import visible


class FocusRing(Widget):
    """Drawn around `target`. It lies between two lines of paper, so that the contrast of `focus`
    on `paper` is the ring's contrast with its neighbours, also on a photograph.
    `reaches(target)` says whether the focus may be there now.
    """

    def __init__(self, reaches: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(size_hint=(None, None), **kwargs)
        self._reaches = reaches
        self.target: Any = None
        self._theme = themes.current()
        self._drawn: tuple[Any, ...] | None = None
        with self.canvas:
            self._halo_colour = Color(0, 0, 0, 0)
            self._halo = BorderImage(size=(0, 0))
            self._ring_colour = Color(0, 0, 0, 0)
            self._ring = BorderImage(size=(0, 0))
        # It goes along with whatever moves, and costs nothing while nothing is drawn.
        Window.bind(on_draw=self._follow)

    @property
    def frame(self) -> tuple[int, int, int, int] | None:
        """Left, bottom, width and height of the ring in pixels, None while there is none."""
        return self._drawn[0] if self._drawn else None

    @property
    def thickness(self) -> int:
        """Pixels of the ring with the two lines that it lies between."""
        return 2 * self._drawn[2][0] + self._drawn[2][1] if self._drawn else 0

    def around(self, target: Any) -> None:
        """Draw it around another widget, or around none."""
        self.target = target
        self._follow()
        self.canvas.ask_update()

    def _follow(self, *_: Any) -> None:
        shown = self.target is not None and visible(self.target) and self._reaches(self.target)
        wanted = self._wanted() if shown else None
        if wanted == self._drawn:
            return
        self._drawn = wanted
        if wanted is None:
            # An image of no size still draws its border's corners.
            self._halo.size = self._ring.size = (0, 0)
            self._halo_colour.a = self._ring_colour.a = 0
            return
        (x, y, width, height), radius, (halo, ring), colours = wanted
        self._halo_colour.rgba, self._ring_colour.rgba = colours
        thick = 2 * halo + ring
        # What it lies in may be reflected; a ring looks the same in a mirror.
        x = min(self.to_widget(x, y)[0], self.to_widget(x + width, y)[0])
        self.pos, self.size = (x, y), (width, height)
        self._line(self._halo, (x, y, width, height), radius, thick)
        inner = (x + halo, y + halo, width - 2 * halo, height - 2 * halo)
        self._line(self._ring, inner, max(ring, radius - halo), ring)

    def _line(
        self, image: Any, frame: tuple[int, int, int, int], radius: int, thickness: int
    ) -> None:
        x, y, width, height = frame
        image.texture = shapes.patch(radius, thickness)
        image.border = [radius] * 4
        image.pos, image.size = (x, y), (width, height)

    def _wanted(self) -> tuple[Any, ...]:
        theme = self._theme
        ring, halo = theme.shape("focus"), max(1, theme.shape("focus_gap") // 2)
        out = 2 * halo + ring
        left, bottom, right, top = (round(edge) for edge in box(self.target))
        x, y = max(0, left - out), max(0, bottom - out)
        width = min(Window.width, right + out) - x
        height = min(Window.height, top + out) - y
        most = max(out + 1, min(width, height) // 2)
        part = isinstance(self.target, Focusable)  # else words, which have no shape of their own
        corner = self.target.ring_radius() if part else theme.shape("radius_small")
        radius = min(most, corner + out)
        colours = (tuple(theme.colour("paper")), tuple(theme.colour("focus")))
        return (x, y, width, height), radius, (halo, ring), colours
