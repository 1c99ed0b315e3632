"""A place on the wall: what is drawn there, and for whom."""

from dataclasses import dataclass

from kivy.graphics import Canvas, Color, Rectangle

from kiosk.window.stage.handles import Handled
from kiosk.window.stage.widgets.wall.maker import CardKey


class CardSpot(Handled):
    """Where a card lies, for tests and the tour; it draws nothing."""


@dataclass(eq=False, slots=True)
class Slot:
    """`key` is what the slot shows or shall show; `ready` once it shows it."""

    group: Canvas
    colour: Color
    box: Rectangle
    spot: CardSpot
    key: CardKey | None = None
    ready: bool = False
