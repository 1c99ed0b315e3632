"""A piece among others: its photograph, name and price. A touch opens it."""

from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.gridlayout import GridLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets import panels, picture  # noqa: F401  (names used in tile.kv)
from kiosk.window.stage.widgets.buttons import Touchable

__all__ = ["PieceTile", "TileRow"]


class PieceTile(Touchable):
    """Draws a PieceCard; as high as its picture and its words."""

    part = "piece"

    card = ObjectProperty(None, allownone=True)
    pipeline = ObjectProperty(None, allownone=True)
    ratio = NumericProperty(1.0)  # height over width of its picture
    line = StringProperty("")  # one more line of words

    def show(self, card, handle):
        self.card, self.handle = card, handle
        self.spoken = ", ".join(part for part in (card.spoken, self.line) if part)


class TileRow(GridLayout):
    """Tiles beside each other. `on_piece(product_id)` tells of a touch on one."""

    pipeline = ObjectProperty(None, allownone=True)
    cards = ListProperty([])
    prefix = StringProperty("tile")
    ratio = NumericProperty(1.0)

    __events__ = ("on_piece",)

    def show(self, cards, lines=()):
        """`lines` are further words, one for each card. The same again costs nothing."""
        self.cards = list(cards)
        tiles = list(reversed(self.children))
        for extra in tiles[len(cards) :]:
            self.remove_widget(extra)
        for index, card in enumerate(cards):
            tile = tiles[index] if index < len(tiles) else self._new()
            tile.line = lines[index] if lines else ""
            tile.show(card, f"{self.prefix}.{card.product_id}")

    def _new(self):
        tile = PieceTile(pipeline=self.pipeline, ratio=self.ratio)
        tile.bind(on_release=lambda t: self.dispatch("on_piece", t.card.product_id))
        self.add_widget(tile)
        return tile

    def on_piece(self, product_id):
        pass


kvload.load(__file__, "tile.kv")
