"""One piece: its photographs, what is said of it, its variants, and the button that sells it."""

import re

from kivy.clock import Clock
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.screens.product.story import fill_story
from kiosk.window.stage.widgets.buttons import Chip, Swatch
from kiosk.window.stage.widgets.chrome import BottomBar, Header  # noqa: F401  (product.kv)
from kiosk.window.stage.widgets.gallery import Dots, Gallery  # noqa: F401
from kiosk.window.stage.widgets.panels import Sheet
from kiosk.window.visit import actions

ADDED_S = 2.2
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_STOCK_TONES = {"in": "positive", "few": "warning", "out": "danger"}


class OptionRow(BoxLayout):
    """One option: its name, the chosen value, and the values to touch."""

    title = StringProperty("")
    chosen = StringProperty("")
    send = ObjectProperty(None, allownone=True)

    def show(self, option):
        self.title, self.chosen = option.title, option.chosen
        row = self.ids.choices
        swatches = all(_HEX.fullmatch(value.swatch) for value in option.values)
        kind = Swatch if swatches else Chip
        there = list(reversed(row.children))
        if len(there) != len(option.values) or any(type(w) is not kind for w in there):
            row.clear_widgets()
            there = [self._new(kind) for _ in option.values]
        for widget, value in zip(there, option.values, strict=True):
            widget.value = value.variant_id
            widget.handle = f"variant.{value.variant_id}"
            widget.selected, widget.struck = value.selected, not value.available
            if swatches:
                widget.colour, widget.spoken = value.swatch, value.label
            else:
                widget.text = value.label

    def _new(self, kind):
        widget = kind()
        widget.bind(on_release=lambda w: self.send(actions.ChooseVariant(w.value)))
        self.ids.choices.add_widget(widget)
        return widget


class ProductScreen(StageScreen):
    """Draws a ProductView; the story opens in a sheet."""

    title = StringProperty("")
    maker = StringProperty("")
    pitch = StringProperty("")
    price = StringProperty("")
    before = StringProperty("")
    stock_text = StringProperty("")
    stock_tone = StringProperty("positive")
    story_title = StringProperty("")
    add = StringProperty("")
    can_add = BooleanProperty(False)
    added = StringProperty("")
    ready = BooleanProperty(False)
    options = ListProperty([])
    place = NumericProperty(0.0)

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._sheet = None
        self._calm_down = None

    def show(self, view):
        super().show(view)
        self.ready = not view.loading
        self.title, self.maker, self.pitch = view.title, view.maker, view.pitch
        self.price, self.before = view.price, view.before
        self.stock_text, self.stock_tone = view.stock_text, _STOCK_TONES[view.stock]
        self.story_title = view.story_title if view.story or view.facts else ""
        self.add, self.can_add = view.add, view.can_add
        self.ids.gallery.show(view.pictures, view.picture, view.product_id, view.title)
        self._show_options(view.options)

    def _show_options(self, options):
        box = self.ids.options
        rows = list(reversed(box.children))
        if len(rows) != len(options):
            box.clear_widgets()
            rows = [OptionRow(send=self.send) for _ in options]
            for row in rows:
                box.add_widget(row)
        for row, option in zip(rows, options, strict=True):
            row.show(option)

    def say(self, text, icon):
        """The button itself says that the piece is in the basket."""
        if icon != "check":
            return False
        self.added = text
        if self._calm_down is not None:
            self._calm_down.cancel()
        self._calm_down = Clock.schedule_once(self._calm, ADDED_S)
        return True

    def _calm(self, *_):
        self.added = ""

    def add_to_basket(self):
        self.send(actions.AddToBasket())

    def turn_to(self, index):
        self.send(actions.ShowPicture(int(index)))

    def open_story(self):
        if self._sheet is None:
            self._sheet = Sheet(handle="story")
        self._sheet.title = self.title
        fill_story(self._sheet, self.view)
        self._sheet.open(self)

    def enter(self):
        self.added = ""

    def leave(self):
        self.ids.gallery.let_go()
        if self._sheet is not None and self._sheet.parent is not None:
            self.remove_widget(self._sheet)


def build(services):
    return ProductScreen(services)


kvload.load(__file__, "product.kv")
