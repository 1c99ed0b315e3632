"""What narrows a search: the field, filters as chips, and what is on as chips to take off."""

from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.stacklayout import StackLayout

from kiosk.window.stage.widgets.buttons import Chip, TouchButton
from kiosk.window.stage.widgets.buttons import Touchable as Pressed


class SearchField(Pressed):
    """The words that are looked for, drawn from the view and kept nowhere.

    `live` is while the keyboard writes into it.
    """

    part = "field"

    text = StringProperty("")
    hint = StringProperty("")
    brief = StringProperty("")  # the hint of a narrow field
    erasing = StringProperty("")
    live = BooleanProperty(False)

    __events__ = ("on_erase",)

    def on_erase(self):
        pass

    def clear(self):
        self.text = self.hint = self.brief = ""

    def name(self):
        """What it is for. What was typed is nobody's to hear."""
        return self.hint

    def states(self):
        return [*super().states(), "filled" if self.text else "empty"]


class ChoiceChip(Chip):
    """An option of a filter, with its colour before its name where it has one."""

    colour = ColorProperty([0, 0, 0, 0])
    swatch_width = NumericProperty(0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.ids.words.pos_hint = {"center_y": 0.5}
        for name in ("pos", "size", "swatch_width", "content_width"):
            self.fbind(name, self._place)
        self._place()

    def _place(self, *_):
        words, theme = self.ids.words, self._theme
        wanted = words.width + 2 * theme.mm(9) + self.swatch_width
        self.width = max(theme.target, theme.mm(28), wanted)
        words.x = self.x + (self.width - words.width + self.swatch_width) / 2


class WayButton(TouchButton):
    """What leads on from where nothing was found."""


class OffButton(TouchButton):
    """A filter that is on; a touch takes it off."""


class Choices(StackLayout):
    """Options as widgets of one kind, reused: a choice only changes how they look."""

    send = ObjectProperty(None, allownone=True)
    kind = StringProperty("chip")
    total = NumericProperty(0)

    def show(self, options):
        shown = list(reversed(self.children))
        for extra in shown[len(options) :]:
            self.remove_widget(extra)
        for index, option in enumerate(options):
            widget = shown[index] if index < len(shown) else self._new()
            self._dress(widget, option)
        self.total = len(options)

    def _new(self):
        widget = {"chip": ChoiceChip, "off": OffButton, "way": WayButton}[self.kind]()
        widget.bind(on_release=lambda pressed: self.send(pressed.option.action))
        self.add_widget(widget)
        return widget

    def _dress(self, widget, option):
        widget.option, widget.handle, widget.text = option, option.handle, option.label
        if self.kind == "chip":
            widget.selected, widget.disabled = option.selected, not option.possible
            widget.colour = option.swatch or [0, 0, 0, 0]


class Group(BoxLayout):
    title = StringProperty("")
    send = ObjectProperty(None, allownone=True)


class Groups(BoxLayout):
    """Groups of options one below the other."""

    send = ObjectProperty(None, allownone=True)

    def show(self, groups):
        shown = list(reversed(self.children))
        for extra in shown[len(groups) :]:
            self.remove_widget(extra)
        for index, group in enumerate(groups):
            widget = shown[index] if index < len(shown) else self._new()
            widget.title = group.title
            widget.ids.options.show(group.options)

    def _new(self):
        widget = Group(send=self.send)
        self.add_widget(widget)
        return widget
