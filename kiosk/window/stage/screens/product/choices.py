"""The variants of a piece, one row an option."""

import re

from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets.buttons import Chip, Dressed, Swatch
from kiosk.window.stage.widgets.stars import Stars  # noqa: F401  (sheets.kv)
from kiosk.window.visit import actions

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class OptionRow(BoxLayout):
    """One option: its name, the chosen value, and the values to touch.

    What is sold out is struck through and can still be looked at.
    """

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
            widget.spoken = value.spoken
            widget.selected, widget.struck = value.selected, not value.available
            if swatches:
                widget.colour = value.swatch
            else:
                widget.text = value.label

    def _new(self, kind):
        widget = kind()
        widget.bind(on_release=lambda w: self.send(actions.ChooseVariant(w.value)))
        self.ids.choices.add_widget(widget)
        return widget


class Rated(Dressed):
    """What buyers think of it, drawn and said; a touch opens what they wrote."""

    share = NumericProperty(0.0)
    text = StringProperty("")

    def ring_radius(self):
        return int(self.height / 2)

    def on_touch_down(self, touch):
        # Without words it has no width, but its stars would still lie over what is beside it.
        return bool(self.text) and super().on_touch_down(touch)


kvload.load(__file__, "sheets.kv")
