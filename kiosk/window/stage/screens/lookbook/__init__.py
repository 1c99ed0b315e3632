"""A lookbook: its cover in the pane, its words and its pieces on the desk."""

from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.stacklayout import StackLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets import page, tile  # noqa: F401  (names used in lookbook.kv)
from kiosk.window.stage.widgets.buttons import Chip
from kiosk.window.stage.widgets.chrome import BottomBar, Header, Plinth  # noqa: F401
from kiosk.window.stage.widgets.picture import PictureFrame  # noqa: F401
from kiosk.window.visit import actions


class OtherBooks(StackLayout):
    """All lookbooks as chips, the open one filled; one alone needs no chip."""

    send = ObjectProperty(None, allownone=True)

    def show(self, books):
        books = books if len(books) > 1 else ()
        chips = list(reversed(self.children))
        for extra in chips[len(books) :]:
            self.remove_widget(extra)
        for index, book in enumerate(books):
            chip = chips[index] if index < len(chips) else self._new()
            chip.text, chip.value, chip.selected = book.title, book.id, book.selected
            chip.handle = f"lookbook.{book.id}"

    def _new(self):
        chip = Chip()
        chip.bind(on_release=lambda c: self.send(actions.OpenLookbook(c.value)))
        self.add_widget(chip)
        return chip


class LookbookScreen(StageScreen):
    """Draws a LookbookView; on the way back from a piece it lies where it was left."""

    title = StringProperty("")
    text = StringProperty("")
    text_language = StringProperty("")
    cover = ObjectProperty(None, allownone=True)

    def show(self, view):
        other = self.view is None or self.view.id != view.id
        super().show(view)
        self.title, self.text, self.cover = view.title, view.text, view.picture
        self.text_language = view.text_language
        self.ids.books.show(view.others)
        self.ids.pieces.show(view.pieces)
        if other:
            self.ids.scroll.scroll_y = 1

    def open_piece(self, product_id):
        self.send(actions.OpenProduct(product_id))

    def leave(self):
        # The cover is as large as the pane: not kept while nobody sees it.
        self.cover = None

    def enter(self):
        self.cover = self.view.picture if self.view else None

    def forget(self):
        self.view = None


def build(services):
    return LookbookScreen(services)


kvload.load(__file__, "lookbook.kv")
