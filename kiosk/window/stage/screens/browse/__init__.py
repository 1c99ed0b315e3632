"""The shelves: the wall of products, and the shop's categories within reach."""

from kivy.properties import ListProperty, ObjectProperty, StringProperty
from kivy.uix.stacklayout import StackLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets.buttons import Chip
from kiosk.window.stage.widgets.chrome import BottomBar, Header  # noqa: F401  (browse.kv)
from kiosk.window.stage.widgets.wall import CardWall  # noqa: F401
from kiosk.window.visit import actions


class Categories(StackLayout):
    """The shop's categories as chips, in the shop's order; the chosen one is filled."""

    chips = ListProperty([])
    send = ObjectProperty(None, allownone=True)

    def show(self, chips):
        """Reuse the chips that are there: a choice only changes their fill."""
        self.chips = chips
        shown = list(reversed(self.children))
        for extra in shown[len(chips) :]:
            self.remove_widget(extra)
        for index, chip in enumerate(chips):
            widget = shown[index] if index < len(shown) else self._new()
            widget.text, widget.value = chip.title, chip.id
            widget.selected = chip.selected
            widget.handle = f"category.{chip.id or 'all'}"

    def _new(self):
        chip = Chip()
        chip.bind(on_release=lambda c: self.send(actions.OpenCategory(c.value)))
        self.add_widget(chip)
        return chip


class BrowseScreen(StageScreen):
    """A title like a poster, the wall below it, the categories in the band below the wall."""

    title = StringProperty("")
    empty = StringProperty("")

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._forgotten = False

    def show(self, view):
        super().show(view)
        self.title, self.empty = view.title, view.empty
        self.ids.categories.show(view.categories)
        chosen = next((c for c in view.categories if c.selected), None)
        self.ids.wall.open(
            view.category_id,
            chosen.count if chosen else 0,
            view.chrome.language,
            view.chrome.default_language,
        )

    def enter(self):
        self._start_anew()

    def leave(self):
        self.ids.wall.let_go()
        self._start_anew()

    def forget(self):
        # Once out of sight: nobody sees the wall jump.
        self._forgotten = True

    def _start_anew(self):
        if self._forgotten:
            self._forgotten = False
            self.ids.wall.forget()

    def picture_arrived(self, sha256):
        self.ids.wall.picture_arrived(sha256)

    def open_card(self, product_id):
        self.send(actions.OpenProduct(product_id))


def build(services):
    return BrowseScreen(services)


kvload.load(__file__, "browse.kv")
