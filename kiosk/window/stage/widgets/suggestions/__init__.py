"""What the box offers for what is being typed: streets in rows, then a street's numbers.

It lies between the field and the keyboard and is as high as what it offers.
"""

from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import kvload
from kiosk.window.stage import theme as themes
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.widgets.buttons import Chip, Touchable

__all__ = ["Suggestions"]

MOST_ROWS, MOST_NUMBER_ROWS = 3, 2


def _sized(chip, text):
    """Width and height that the chip takes with that text, at once."""
    chip.text = text
    chip.ids.words.texture_update()
    return chip.size


class Suggestions(BoxLayout, Handled):
    """Draws a CompletionView. `on_street(index)` and `on_number(number)` are choices.

    `room` (pixels) is how high it may become; at least one row is shown whatever it is. Its
    height follows the room and not the number of streets: nothing moves away from under a
    finger because an answer has come.
    """

    room = NumericProperty(0)
    title = StringProperty("")
    shown = ObjectProperty(None, allownone=True)

    __events__ = ("on_street", "on_number")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self._rows = []
        self.fbind("shown", self._show)
        for name in ("room", "width"):
            self.fbind(name, self._build)

    def _build(self, *_):
        """Anew for another height or width."""
        self._rows = []
        self.ids.rows.clear_widgets()
        self._show()

    def _show(self, *_):
        view = self.shown
        self.title = view.title if view else ""
        if view and view.streets:
            self._offer_streets(view.streets)
            return
        self._rows = []
        self.ids.rows.clear_widgets()
        if view and (view.numbers or view.title):
            self._offer_numbers(view.numbers)

    # ---- streets -------------------------------------------------------------------------------

    def _offer_streets(self, streets):
        if not self._rows:
            self.ids.rows.clear_widgets()
            most = max(1, min(MOST_ROWS, int(self.room / self._theme.target)))
            self._rows = [StreetRow(handle=f"suggestion:{index}") for index in range(most)]
            for row in self._rows:
                row.bind(on_release=self._chose)
                self.ids.rows.add_widget(row)
        for index, row in enumerate(self._rows):
            row.street = streets[index] if index < len(streets) else None

    def _chose(self, row):
        """What was there when the finger came down is chosen, or nothing."""
        if row.street is not None and row.street == row.pressed:
            self.dispatch("on_street", self._rows.index(row))

    # ---- numbers -------------------------------------------------------------------------------

    def _offer_numbers(self, numbers):
        """As many as fit, in rows; what stands further down the street is typed towards."""
        theme = self._theme
        gap, inner = theme.mm(4), self.width - 2 * theme.space("margin")
        model = Chip()
        tall = _sized(model, "0")[1]
        high = tall + gap
        lines = max(1, min(MOST_NUMBER_ROWS, int(self.room / high) - 1))
        rest = list(numbers)
        for _ in range(lines):
            strip = BoxLayout(size_hint_y=None, height=high, spacing=gap, padding=(0, 0, 0, gap))
            self.ids.rows.add_widget(strip)
            left = inner + gap
            while rest and (wide := _sized(model, rest[0])[0] + gap) <= left:
                left -= wide
                chip = Chip(handle=f"number:{rest[0]}", text=rest[0], value=rest.pop(0))
                chip.bind(on_release=lambda c: self.dispatch("on_number", c.value))
                strip.add_widget(chip)

    def on_street(self, index):
        pass

    def on_number(self, number):
        pass

    def forget(self):
        self.shown = None


class StreetRow(Touchable):
    """One street, as it will be written, and where it lies; nothing while `street` is None."""

    street = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs):
        self.pressed = None
        super().__init__(**kwargs)

    def on_press(self):
        self.pressed = self.street


kvload.load(__file__, "suggestions.kv")
