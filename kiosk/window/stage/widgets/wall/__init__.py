"""The product wall: any number of cards at the cost of those that are seen.

A card is one opaque texture composed off the UI thread; the scroll is one Translate at whole
pixels; textures are uploaded under the uploader's budget and kept in an LRU counted in bytes.
"""

from collections.abc import Sequence
from typing import Any

from kivy.clock import Clock
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.shop.selection import Selection
from kiosk.window.replica import CardRow
from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.patch import patches
from kiosk.window.stage.upright import Box, upright
from kiosk.window.stage.widgets.wall.arrivals import Arrivals, Card
from kiosk.window.stage.widgets.wall.card import CardStyle, blank
from kiosk.window.stage.widgets.wall.frame import Frame
from kiosk.window.stage.widgets.wall.grid import Grid
from kiosk.window.stage.widgets.wall.hand import Hand
from kiosk.window.stage.widgets.wall.kinetics import Scroll
from kiosk.window.stage.widgets.wall.maker import CardKey, CardMaker, Look, card_text, said
from kiosk.window.stage.widgets.wall.shelf import PAGE, Filter, Shelf, Whereabouts
from kiosk.window.stage.widgets.wall.slot import CardSpot, Slot


class CardWall(Widget):
    """`open(...)` shows a shelf; `on_card(product_id)` tells of a touch on a card, and
    `on_touched(product_id)` that a finger lies on it ("": no longer).

    `head` (pixels) is room above the first row, which scrolls away with it; `offset` is how far
    the wall has been moved. `prompt` shows cards as soon as they are made: somebody types, and
    waits for them. `along` are widgets above the wall that move as it does.
    """

    columns = NumericProperty(2)
    gap_mm = NumericProperty(12.0)
    count = NumericProperty(0)
    head = NumericProperty(0)
    offset = NumericProperty(0)
    prompt = BooleanProperty(False)
    along = ListProperty([])
    services = ObjectProperty(None, allownone=True)

    clips = True

    __events__ = ("on_card", "on_touched")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._theme = themes.current()
        self._scroll = Scroll()
        self._hand = Hand(self, self._scroll)
        self._shelf: Shelf | None = None
        self._look: Look | None = None
        self._style: CardStyle | None = None
        self._maker: CardMaker | None = None
        self._aim: Whereabouts | None = None
        self._clock: Any = None
        self._arrivals = Arrivals(self._put)
        self._came: list[Card] = []
        self._frame = Frame(self)
        self._slots = self._frame.slots
        self._arrange = Clock.create_trigger(self._relayout, -1)
        for name in ("pos", "size", "columns", "count", "head"):
            self.fbind(name, self._arrange)

    # ---- what it shows -------------------------------------------------------------------------

    def open(self, selection: Selection, count: int, language: str, default: str) -> None:
        """Show the `count` products of a selection in a language."""
        if self._shelf is None:
            catalogue, workers = self.services.catalogue, self.services.workers
            self._shelf = Shelf(catalogue, workers, self._arrange)
            self._maker = CardMaker(self.services, self._made)
        assert self._maker is not None  # noqa: S101
        self._maker.prompt = self.prompt
        self._language, self._default = language, default
        self.count = count
        if self._shelf.open(Filter(selection, self.services.catalogue.version)):
            self._aim = None
            self._scroll.jump(0)
            self._maker.foresee(())
        self._arrange()

    def foresee(self, selection: Selection) -> None:
        """Make the first cards of what may be opened next, if it can be read at once."""
        page = self.services.catalogue.first_page(selection, PAGE)
        if page is None or self._maker is None or self._style is None:
            return
        rows = page.rows[: self._grid.at_first(int(self.height))]
        self._maker.foresee([(self._key(row), row, self._style) for row in rows])

    @property
    def whereabouts(self) -> Whereabouts | None:
        """How far somebody has looked; None at the top."""
        selection = self._shelf.selection if self._shelf else None
        if self._aim is not None or selection is None or self.scrolled <= 0:
            return self._aim
        pitch = self._grid.pitch
        row, past = divmod(self._scroll.offset, pitch)
        return Whereabouts(selection, int(row) * int(self.columns), past / pitch)

    def resume(self, there: Whereabouts) -> None:
        """Go where another wall had been moved to, unless this one shows something else."""
        if self._shelf is not None and self._shelf.selection == there.selection:
            self._aim = there
            self._arrange()

    def let_go(self) -> None:
        """Nobody holds the wall: a finger may be lost without ever being lifted."""
        self._hand.let_go()

    def forget(self) -> None:
        """The visit is over: back to the top."""
        self.let_go()
        self._aim = None
        self._scroll.jump(0)
        self._arrange()

    def close(self) -> None:
        """Show nothing, and keep nothing of what was shown."""
        self.forget()
        self._arrivals.clear()
        self._came = []
        self.count = 0
        for index in list(self._slots.used):
            self._slots.retire(index)
        if self._shelf is not None:
            self._shelf.close()

    def picture_arrived(self, sha256: str) -> None:
        """A photograph that was missing is on the box now."""
        outdated = self._maker.arrived(sha256) if self._maker else set()
        for slot in self._slots.used.values():
            if slot.key in outdated:
                slot.key, slot.ready = None, False
        self._arrange()

    @property
    def scrolled(self) -> int:
        """How far the wall has been moved, in pixels from its top."""
        return round(self._scroll.offset)

    @property
    def busy(self) -> bool:
        """Whether cards in sight are still being made (pilot: wait for stillness)."""
        making = self._maker is not None and self._maker.busy
        making |= self._shelf is not None and self._shelf.fetching
        making |= any(not slot.ready for slot in self._slots.used.values())
        return making or self._clock is not None

    def on_card(self, product_id: str) -> None:
        pass

    def on_touched(self, product_id: str) -> None:
        pass

    def bring(self, index: int) -> CardSpot | None:
        """Scroll a card whole into sight; None where there is none, or it is not read yet."""
        if not 0 <= index < self.count:
            return None
        top = self._grid.row_top(index)
        foot = top + self._grid.pitch
        if top < self._scroll.offset or foot > self._scroll.offset + self.height:
            self._aim = None
            self._scroll.jump(top)
            self._refresh()
            self._settle()
        slot = self._slots.used.get(index)
        return slot.spot if slot is not None and slot.key is not None else None

    # ---- geometry ------------------------------------------------------------------------------

    @property
    def _gap(self) -> int:
        return self._theme.mm(self.gap_mm)

    @property
    def _grid(self) -> Grid:
        width, height = (self._style.width, self._style.height) if self._style else (1, 1)
        columns, head, count = int(self.columns), int(self.head), int(self.count)
        return Grid(columns, width, height, self._gap, head, count)

    def _relayout(self, *_: Any) -> None:
        columns = int(self.columns)
        width = int((self.width - (columns - 1) * self._gap) // columns)
        if self._shelf is None or width < 40 or self.height < 40:
            return
        look = Look(self._language, self._default, self._theme.scheme, width)
        if look != self._look:
            self._restyle(look)
        grid = self._grid
        self._scroll.reach(grid.length + self._theme.space("gap") - self.height)
        if self._aim is not None:  # until somebody moves it: a new wall takes shape in steps
            self._scroll.jump(grid.row_top(self._aim.index) + self._aim.past * grid.pitch)
        self._refresh()
        self.wake()

    def _restyle(self, look: Look) -> None:
        if self._look is not None and self._look.width != look.width:
            self._scroll.offset *= look.width / self._look.width
        self._look = look
        self._style = CardStyle.of(self._theme, look.width)
        self._blank = None
        for slot in self._slots.used.values():
            slot.key = None
            slot.box.size = (look.width, self._style.height)

    # ---- drawing -------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Bring the slots in line with what is in sight, and ask for what is missing."""
        grid = self._grid
        self._frame.place(grid, self._scroll.offset)
        self.offset = self.scrolled
        seen = grid.visible(self._scroll.offset, int(self.height))
        used = self._slots.used
        for index in [i for i in used if i not in seen]:
            self._slots.retire(index)
        for index in seen:
            slot = used.get(index) or self._slot(index)
            slot.box.pos = grid.place(index)
            self._dress(index, slot)
        if self._shelf is not None:
            self._shelf.want(seen.stop)
        self._make_next()

    def _slot(self, index: int) -> Slot:
        assert self._style is not None  # noqa: S101
        size = (self._style.width, self._style.height)
        return self._slots.take(index, size, self._blank_card())

    def _dress(self, index: int, slot: Slot) -> None:
        """Give the slot its product's texture if it is here, else leave what it shows of it."""
        row = self._row(index)
        if row is None:
            if slot.key is not None:
                slot.key, slot.ready = None, False
                self._slots.show(index, self._blank_card())
            return
        key = self._key(row)
        if slot.key == key and slot.ready:
            return
        other = slot.key is not None and slot.key.product_id != key.product_id
        if other and not self.prompt:  # else what was found before stays until it is made
            self._slots.show(index, self._blank_card())
        slot.spot.handle, slot.spot.index = f"card.{row.product_id}", index
        slot.spot.spoken = ", ".join(said(card_text(row, key.look)))
        slot.key = key
        texture = self._maker.texture(key) if self._maker else None
        slot.ready = texture is not None
        if texture is not None:
            self._slots.show(index, upright(texture))

    def _blank_card(self) -> Texture:
        if self._blank is None:
            assert self._style is not None  # noqa: S101
            self._blank = shapes.upload(blank(self._style))
        return self._blank

    # ---- making cards --------------------------------------------------------------------------

    def _row(self, index: int) -> CardRow | None:
        return self._shelf.row(index) if self._shelf else None

    def _key(self, row: CardRow) -> CardKey:
        assert self._look is not None  # noqa: S101
        return CardKey(row.product_id, row.version, self._look)

    def _make_next(self) -> None:
        """Keep a few cards in the making, from the middle of the view on."""
        maker, style = self._maker, self._style
        if maker is None or style is None or maker.room <= 0:
            return
        middle, grid = self._scroll.offset + self.height / 2, self._grid
        waiting = [
            (abs(-grid.place(index)[1] - middle), index)
            for index, slot in self._slots.used.items()
            if slot.key is not None and not slot.ready and not maker.making(slot.key)
        ]
        for _, index in sorted(waiting)[: maker.room]:
            row = self._row(index)
            if row is not None:
                maker.make(self._key(row), row, style)
        maker.go_on()

    def _made(self, key: CardKey, texture: Texture) -> None:
        if any(slot.key == key for slot in self._slots.used.values()):
            self._arrivals.add(key, texture)
        if not self.prompt or all(k in self._arrivals for k in self._awaited()):
            self._arrivals.complete()
        self._make_next()

    def _awaited(self) -> list[CardKey | None]:
        """What is not shown yet: in sight, else near it."""
        coming = [slot for slot in self._slots.used.values() if not slot.ready]
        return [slot.key for slot in coming if self._in_sight(slot)] or [s.key for s in coming]

    def _in_sight(self, slot: Slot) -> bool:
        low = slot.box.pos[1] + self._scroll.offset
        return low < 0 and low + slot.box.size[1] > -self.height

    def _put(self, cards: Sequence[Card]) -> None:
        self._came += cards
        if self._clock is None:
            patches.paint(self._show_cards)
        if self._maker is not None:
            self._maker.trim(len(self._slots.used))
        self.wake()
        self._make_next()

    def _show_cards(self) -> list[Box]:
        self._hang()
        return self._frame.seen(self._slots.take_changed())

    def _hang(self) -> None:
        """Each card that has come where it belongs."""
        came, self._came = self._came, []
        fades = not (self.prompt or self._theme.comfort.still)
        for index, slot in self._slots.used.items():
            texture = next((t for key, t in came if key == slot.key), None)
            if texture is not None:
                if fades and slot.box.texture is self._blank:  # what only changed does not blink
                    self._slots.fade_in(index)
                self._slots.show(index, upright(texture))
                slot.ready = True

    # ---- moving --------------------------------------------------------------------------------

    def wake(self) -> None:
        """Move, frame by frame, until all is at rest."""
        if self._clock is None:
            self._clock = Clock.schedule_interval(self._tick, 0)

    def _tick(self, dt: float) -> None:
        moving = self._scroll.step(dt)
        patches.paint(lambda: self._step(dt))
        if not moving and not self._slots.fading:
            self._clock.cancel()
            self._clock = None
            self._settle()

    def _step(self, dt: float) -> list[Box]:
        """One frame on; where it is to be seen, but for what has only moved along with the wall."""
        drawn = self._frame.drawn
        if self._came:
            self._hang()
        self._slots.fade(dt)
        self._refresh()
        return self._frame.seen_since(drawn, self.along)

    def _settle(self) -> None:
        """At rest: tell where the cards lie."""
        for slot in self._slots.used.values():
            x, y = slot.box.pos
            slot.spot.pos = (self.x + x, self.top + round(self._scroll.offset) + y)
            slot.spot.size = slot.box.size
            inside = self.y <= slot.spot.center_y <= self.top and slot.key is not None
            if inside and slot.spot.parent is None:
                self.add_widget(slot.spot)
            elif not inside and slot.spot.parent is not None:
                self.remove_widget(slot.spot)

    # ---- touching ------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        if self._hand.finger is not None or not self.collide_point(*touch.pos):
            return False
        self._aim = None
        self._hand.down(touch)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch is not self._hand.finger:
            return False
        self._hand.move(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch is not self._hand.finger:
            return False
        self._hand.up(touch)
        return True

    def card_at(self, x: float, y: float) -> int | None:
        """The index of the card there; None in a gap, above the first and below the last."""
        return self._grid.at(x - self.x, self.top + self._scroll.offset - y)

    def shade(self, index: int | None, shade: float) -> None:
        """Draw a card as bright as `shade` (1: as it is)."""
        slot = self._slots.used.get(index) if index is not None else None
        if slot is None or index is None:
            return

        def change() -> list[Box]:
            slot.colour.rgb = (shade, shade, shade)
            return self._frame.seen([index])

        patches.paint(change)

    def prepare(self, index: int | None) -> None:
        row = self._row(index) if index is not None else None
        self.dispatch("on_touched", row.product_id if row is not None else "")

    def choose(self, index: int | None) -> None:
        row = self._row(index) if index is not None else None
        if row is not None:
            self.dispatch("on_card", row.product_id)
