"""The panel where a visitor suits the glass to themselves: each wish is one touch."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.stacklayout import StackLayout

from kiosk.window.stage import kvload
from kiosk.window.stage import theme as themes
from kiosk.window.stage.widgets.buttons import Chip, Dressed, Stepper
from kiosk.window.stage.widgets.panels import Sheet
from kiosk.window.stage.widgets.words import Words
from kiosk.window.visit import actions

__all__ = ["ComfortSheet", "build"]

# From this text size on, two switches no longer fit beside each other.
ONE_COLUMN_TEXT = 150


class ComfortSwitch(Dressed):
    """A wish that is on or off, with its state in words."""

    part = "switch"
    icon = StringProperty("")
    text = StringProperty("")
    state_text = StringProperty("")

    def name(self):
        return self.text

    def states(self):
        return ["on" if self.kind == "deep" else "off"]


class ComfortSheet(Sheet):
    """Draws a ComfortView over whatever screen it is."""

    def __init__(self, services, **kwargs):
        super().__init__(handle="comfort", **kwargs)
        self._send = services.send
        self._switches, self._sizes = {}, {}
        self._volume = None
        self._shape = None

    def show(self, view):
        """Draw `view`; the same parts again only change their state."""
        self.title = view.title
        shape = [s.name for s in view.switches], bool(view.volume_label)
        if shape != self._shape:
            self._shape = shape
            self._build(view)
        for switch in view.switches:
            drawn = self._switches[switch.name]
            drawn.text, drawn.state_text, drawn.icon = switch.label, switch.state, switch.icon
            drawn.kind = "deep" if switch.on else "secondary"
        for size in view.sizes:
            self._sizes[size.percent].text = size.label
            self._sizes[size.percent].selected = size.selected
        if self._volume is not None:
            self._volume.quantity = view.volume

    def at_once(self):
        """Be where it is without coming: it was there before."""
        self.offset = 0

    def close(self, *_):
        self._send(actions.SetComfort("shown", False))

    def _build(self, view):
        theme = themes.current()
        self._switches, self._sizes, self._volume = {}, {}, None
        content = BoxLayout(orientation="vertical", size_hint_y=None, spacing=theme.space("snug"))
        content.bind(minimum_height=content.setter("height"))
        one = theme.comfort.text >= ONE_COLUMN_TEXT
        grid = GridLayout(cols=1 if one else 2, size_hint_y=None, spacing=theme.mm(5))
        grid.bind(minimum_height=grid.setter("height"))
        for switch in view.switches:
            drawn = ComfortSwitch(handle=f"comfort.{switch.name}")
            drawn.bind(on_release=lambda _b, name=switch.name: self._turn(name))
            self._switches[switch.name] = drawn
            grid.add_widget(drawn)
        content.add_widget(self._row(view.sizes_label, self._text_sizes(view)))
        content.add_widget(grid)
        if view.volume_label:
            content.add_widget(self._row(view.volume_label, self._stepper(view)))
        content.add_widget(Words(text=view.note, role="caption", tone="ink_soft"))
        self.fill(content)

    def _row(self, label, control):
        row = ComfortRow(label=label)
        row.ids.control.add_widget(control)
        return row

    def _text_sizes(self, view):
        theme = themes.current()
        chips = StackLayout(size_hint_y=None, spacing=(theme.mm(4), theme.mm(4)))
        chips.bind(minimum_height=chips.setter("height"))
        for size in view.sizes:
            chip = Chip(
                handle=f"comfort.text.{size.percent}", spoken=f"{view.sizes_label}: {size.label}"
            )
            chip.bind(
                on_release=lambda _c, percent=size.percent: self._send(
                    actions.SetComfort("text", percent)
                )
            )
            self._sizes[size.percent] = chip
            chips.add_widget(chip)
        return chips

    def _stepper(self, view):
        self._volume = Stepper(
            handle="comfort.volume", least=0, most=view.loudest, subject=view.volume_label
        )
        self._volume.bind(
            on_step=lambda _s, wanted: self._send(actions.SetComfort("volume", wanted))
        )
        return self._volume

    def _turn(self, name):
        on = self._switches[name].kind == "deep"
        self._send(actions.SetComfort(name, not on))


class ComfortRow(BoxLayout):
    """A label and the control beside it, below it where there is no room."""

    label = StringProperty("")


def build(services):
    return ComfortSheet(services)


kvload.load(__file__, "comfort.kv")
