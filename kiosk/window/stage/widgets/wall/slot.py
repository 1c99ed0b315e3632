"""A place on the wall: what is drawn there, and for whom; and all places together."""

from dataclasses import dataclass

from kivy.graphics import Canvas, Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.widgets.wall.maker import CardKey

FADE_S = 0.22


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


class Slots:
    """The slots in use, by the index of their card; those that are not wait for the next.

    `canvas` is where all are drawn. `fading` are the cards that are still coming up, and it is
    remembered which look otherwise than when somebody last took note.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._spare: list[Slot] = []
        self.used: dict[int, Slot] = {}
        self.fading: dict[int, float] = {}
        self._changed: set[int] = set()

    def take(self, index: int, size: tuple[int, int], texture: Texture) -> Slot:
        """A slot for the card at `index`, which shows `texture` and nobody's card yet."""
        if self._spare:
            slot = self._spare.pop()
        else:
            group = Canvas()
            with group:
                colour, box = Color(1, 1, 1, 1), Rectangle()
            slot = Slot(group, colour, box, CardSpot(size_hint=(None, None)))
        slot.key, slot.ready = None, False
        slot.box.size, slot.box.texture = size, texture
        slot.colour.rgba = (1, 1, 1, 1)
        self._canvas.add(slot.group)
        self.used[index] = slot
        self._changed.add(index)
        return slot

    def show(self, index: int, texture: Texture) -> None:
        box = self.used[index].box
        if box.texture is not texture:
            box.texture = texture
            self._changed.add(index)

    def take_changed(self) -> set[int]:
        """Take note of the cards that look otherwise than before."""
        changed, self._changed = self._changed, set()
        return changed

    def retire(self, index: int) -> None:
        slot = self.used.pop(index)
        self.fading.pop(index, None)
        self._canvas.remove(slot.group)
        if slot.spot.parent is not None:
            slot.spot.parent.remove_widget(slot.spot)
        self._spare.append(slot)

    def fade_in(self, index: int) -> None:
        self.used[index].colour.a = 0
        self.fading[index] = 0.0

    def fade(self, dt: float) -> None:
        """Bring what is coming up on by `dt` seconds."""
        for index, before in list(self.fading.items()):
            done = min(1.0, before + dt / FADE_S)
            self.used[index].colour.a = done
            self._changed.add(index)
            if done < 1:
                self.fading[index] = done
            else:
                del self.fading[index]
