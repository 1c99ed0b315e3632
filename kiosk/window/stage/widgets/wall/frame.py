"""How a wall is drawn: its clip, how far its cards are moved up, and where that is to be seen."""

from collections.abc import Collection, Iterable
from typing import Any

from kivy.graphics import (
    Callback,
    Canvas,
    PopMatrix,
    PushMatrix,
    ScissorPop,
    ScissorPush,
    Translate,
)
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable
from kivy.uix.widget import Widget

from kiosk.window.stage.cover import uncovered
from kiosk.window.stage.patch import meeting, patches
from kiosk.window.stage.upright import Box, window_box
from kiosk.window.stage.widgets.wall.grid import Grid
from kiosk.window.stage.widgets.wall.slot import Slots

Drawn = tuple[Box, Grid | None, float]


class Frame:
    """Draws the cards in `slots` on `wall`; all is moved by one Translate, at whole pixels."""

    def __init__(self, wall: Widget) -> None:
        self._wall = wall
        cards = Canvas()
        self.slots = Slots(cards)
        with wall.canvas:
            self.clip = ScissorPush()
            self._blend_off = Callback(self._opaque)
            PushMatrix()
            self._shift = Translate(0, 0)
        wall.canvas.add(cards)
        with wall.canvas:
            PopMatrix()
            self._blend_on = Callback(lambda *_: glEnable(GL_BLEND))
            ScissorPop()
        self.drawn: Drawn = ((0, 0, 0, 0), None, 0.0)

    def place(self, grid: Grid, offset: float) -> None:
        """Draw what lies `offset` pixels below the wall's beginning; the cards lie as `grid` has
        them.
        """
        wall, box = self._wall, window_box(self._wall)
        self.clip.pos, self.clip.size = box[:2], box[2:]
        self._shift.xy = (round(wall.x), round(wall.top + offset))
        self.drawn = box, grid, self._shift.y

    def seen_since(self, drawn: Drawn, along: Collection[Any]) -> list[Box]:
        """Where it is to be seen what has changed since `drawn`, in a patch: what has only been
        moved along is moved in the back buffer. `along` are widgets above that move as well.
        """
        box, up = self.drawn[0], round(self.drawn[2] - drawn[2])
        changed = self.seen(self.slots.take_changed())
        if drawn[:2] != self.drawn[:2]:  # laid out anew
            return [drawn[0], box]
        # The poster of a shelf is beneath the wall, and as wide.
        view = uncovered(self._wall, box, along)
        if up and view is None:
            return [box]
        return (patches.slide(view, up) if view is not None else []) + changed

    def seen(self, indexes: Iterable[int]) -> list[Box]:
        """Where these cards are to be seen."""
        return [meeting(window_box(self._wall), self.window_box(index)) for index in indexes]

    def window_box(self, index: int) -> Box:
        """A card in the window's pixels; nothing of one that is not hung."""
        slot = self.slots.used.get(index)
        if slot is None:
            return 0, 0, 0, 0
        (x, y), (width, height) = slot.box.pos, slot.box.size
        x, y = x + self._shift.x, y + self._shift.y
        to_window = self._wall.to_window
        here, there = to_window(x, y), to_window(x + width, y + height)
        return int(min(here[0], there[0])), int(here[1]), int(width), int(height)

    def _opaque(self, *_: Any) -> None:
        """Opaque cards need no blending, which is a third of a frame on software GL."""
        if self.slots.fading:
            return
        node: Any = self._wall
        while isinstance(node, Widget):
            if node.opacity < 1:
                return
            node = node.parent
        glDisable(GL_BLEND)
