"""A place on the wall: what is drawn there, and for whom."""

from dataclasses import dataclass

from kivy.graphics import Canvas, Color, Rectangle

from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.widgets.wall.maker import CardKey


class CardSpot(Focusable):
    """Where a card lies, for the focus, tests and the tour; it draws nothing."""

    part = "piece"
    recycled = True
    index = -1

    def beyond(self, by):
        return self.parent.bring(self.index + by) if self.parent is not None else None

    def entered(self, by):
        if self.parent is None:
            return self
        return self.parent.bring(0 if by > 0 else int(self.parent.count) - 1) or self

    def reveal(self):
        if self.parent is not None:
            self.parent.bring(self.index)


@dataclass(eq=False, slots=True)
class Slot:
    """`key` is what the slot shows or shall show; `ready` once it shows it."""

    group: Canvas
    colour: Color
    box: Rectangle
    spot: CardSpot
    key: CardKey | None = None
    ready: bool = False
