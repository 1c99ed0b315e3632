"""The shelves: the wall of products, and the shop's categories within reach."""

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.stacklayout import StackLayout

from kiosk.shop.selection import Selection
from kiosk.window.stage import kvload
from kiosk.window.stage import theme as themes
from kiosk.window.stage.screens.shelves import WallScreen
from kiosk.window.stage.widgets.buttons import Chip
from kiosk.window.stage.widgets.chrome import BottomBar, Header, Plinth  # noqa: F401  (browse.kv)
from kiosk.window.stage.widgets.page import DeskScroll  # noqa: F401
from kiosk.window.stage.widgets.picture import PictureFrame  # noqa: F401
from kiosk.window.stage.widgets.wall import CardWall  # noqa: F401
from kiosk.window.visit import actions

# A lower shelf's poster has no picture: its name alone looks better.
LEAST_PICTURE_MM = 110.0


class Aside(Chip):
    """A way that leads from the shelves to something else."""

    part = "button"

    def _tokens(self):
        return ("raised", "accent", "accent")


class Categories(StackLayout):
    """The shop's categories as chips, in the shop's order; the chosen one is filled.

    Before them stand the ways to the quick three and to the stories.
    """

    chips = ListProperty([])
    send = ObjectProperty(None, allownone=True)

    def show(self, chips):
        """Reuse the chips that are there: a choice only changes their fill."""
        self.chips = chips
        shown = [child for child in reversed(self.children) if not isinstance(child, Aside)]
        for extra in shown[len(chips) :]:
            self.remove_widget(extra)
        for index, chip in enumerate(chips):
            widget = shown[index] if index < len(shown) else self._new()
            widget.text, widget.value = chip.title, chip.id
            widget.selected = chip.selected
            widget.handle = f"category.{chip.id or 'all'}"

    def lead(self, ways):
        """`ways` are (handle, words, action)."""
        ways = [way for way in ways if way[1]]
        there = [child for child in reversed(self.children) if isinstance(child, Aside)]
        if [(c.handle, c.text) for c in there] == [way[:2] for way in ways]:
            return
        for child in there:
            self.remove_widget(child)
        for place, (handle, text, action) in enumerate(ways):
            chip = self._fitted(Aside(handle=handle, text=text, most=self.width))
            chip.bind(on_release=lambda _c, action=action: self.send(action))
            self.add_widget(chip, index=len(self.children) - place)

    def _fitted(self, chip):
        self.bind(width=chip.setter("most"))
        return chip

    def _new(self):
        chip = self._fitted(Chip(most=self.width))
        chip.bind(on_release=lambda c: self.send(actions.OpenCategory(c.value)))
        self.add_widget(chip)
        return chip


class ShelfPoster(FloatLayout):
    """The shelf's name, how much is on it and, where there is room, a picture of the hour."""

    services = ObjectProperty(None, allownone=True)
    title = StringProperty("")
    line = StringProperty("")
    hero = ObjectProperty(None, allownone=True)
    pictured = BooleanProperty(False)

    def __init__(self, **kwargs):
        self._room = themes.current().mm(LEAST_PICTURE_MM)
        super().__init__(**kwargs)
        for name in ("hero", "height"):
            self.fbind(name, self._frame)

    def _frame(self, *_):
        self.pictured = self.hero is not None and self.height > self._room


class BrowseScreen(WallScreen):
    """The wall from top to desk, its shelves in the band below it.

    On an upright glass the wall begins with the shelf's poster, so that its first row lies where
    hands reach; the poster scrolls away with it.
    """

    title = StringProperty("")
    empty = StringProperty("")
    counted = StringProperty("")
    text_language = StringProperty("")
    search = StringProperty("")
    filters = StringProperty("")
    hero = ObjectProperty(None, allownone=True)

    def show(self, view):
        super().show(view)
        self.title, self.empty = view.title, view.empty
        self.hero, self.counted = view.hero, view.counted
        self.text_language = view.text_language
        self.search, self.filters = view.search, view.filters
        self.ids.categories.show(view.categories)
        self.ids.categories.lead(
            (
                ("browse.quick", view.quick, actions.OpenQuick()),
                ("browse.stories", view.stories, actions.OpenLookbook()),
            )
        )
        chosen = next((c for c in view.categories if c.selected), None)
        self.ids.wall.open(
            Selection(view.category_id),
            chosen.count if chosen else 0,
            view.chrome.language,
            view.chrome.default_language,
        )


def build(services):
    return BrowseScreen(services)


kvload.load(__file__, "browse.kv")
