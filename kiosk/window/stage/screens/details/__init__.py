"""Who the order is for. The window's own keyboard; nothing typed outlives the visit."""

# Loaded with this screen, which is built before anybody wants it, and not at the first number.
import phonenumbers  # noqa: F401
from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.details.field import FieldBox
from kiosk.window.stage.widgets.keyboard import Keyboard
from kiosk.window.stage.widgets.keyboard.kana import marked
from kiosk.window.stage.widgets.page import Page
from kiosk.window.stage.widgets.suggestions import Suggestions
from kiosk.window.visit import actions

__all__ = ["DetailsScreen", "FieldBox", "Keyboard", "Suggestions", "build"]

# Where each new word begins with a capital, and where only the first one does.
_CAPITAL_WORDS = frozenset({"name", "city"})
_CAPITAL_FIRST = frozenset({"note"})
# A field's share of its row: a postcode is short.
_SHARES = {"postcode": 0.6}
# Per cent of the usual text size up to which two fields fit side by side.
BESIDE_UP_TO = 125


class DetailsScreen(Page):
    """Draws a DetailsView."""

    promise = StringProperty("")
    payment = StringProperty("")
    total_label = StringProperty("")
    total = StringProperty("")
    place_text = StringProperty("")
    mask_text = StringProperty("")
    masked = BooleanProperty(False)
    field_height = NumericProperty(0)
    busy = BooleanProperty(False)

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._boxes = {}
        self._focus = ""
        self._settle = Clock.create_trigger(self._reveal, 0)
        for widget in (self.ids.scroll, self.ids.rows):
            widget.bind(height=self._settle)
        self.keyboard.bind(
            on_text=lambda _k, text: self._insert(text),
            on_mark=lambda _k, mark: self._mark(mark),
            on_backspace=lambda *_: self._backspace(),
            on_next=lambda *_: self._next(),
            on_done=lambda *_: self.send(actions.FocusField("")),
        )

    @property
    def keyboard(self):
        return self.ids.keyboard

    # ---- drawing -------------------------------------------------------------------------------

    def show(self, view):
        self.title, self.lead = view.title, view.privacy
        self.promise, self.payment = view.promise, view.payment
        self.place_text, self.busy = view.place, view.busy
        self.mask_text, self.masked = view.mask, view.chrome.comfort.masked
        fields = [f for group in view.groups for f in group]
        if list(self._boxes) != [f.name for f in fields]:
            self._build(view.groups)
        self.keyboard.language = view.chrome.language
        self.keyboard.next_text, self.keyboard.done_text = view.next_field, view.done_typing
        self._show_fields(fields)
        self._offer(view.completion)
        self.pieces = view.pieces
        self.total_label, self.total = view.totals[-1].label, view.totals[-1].amount
        super().show(view)

    def _show_fields(self, fields):
        focused = next((f for f in fields if f.focused), None)
        for field in fields:
            box = self._boxes[field.name]
            box.caret = min(box.caret, len(field.value))
            box.field = field
        if focused is None:
            if self._focus:  # done: from the first field on, it is all there to be read again
                self.ids.scroll.scroll_y = 1
            self._focus = ""
            self.keyboard.go()
            self.cover()
            return
        if focused.name != self._focus:
            self._focused(focused, last=focused is fields[-1])

    def _focused(self, field, *, last):
        self._focus = field.name
        keyboard, box = self.keyboard, self._boxes[field.name]
        keyboard.kind, keyboard.last = field.keyboard, last
        box.caret = len(field.value)
        keyboard.shift = "off"
        self._capital()
        keyboard.come()
        self.cover()
        self._settle()

    def cover(self):
        """Tell the page what the keyboard and what is offered above it cover of the desk."""
        offered = self.ids.suggestions.height
        self.covered = self.keyboard.full_height + offered if self._focus else 0

    def _offer(self, completion):
        """Offer streets and numbers; once a street is chosen, type where its number goes."""
        before = self.view.completion.caret if self.view else -1
        if completion.caret >= 0 > before:
            self._boxes[self._focus].caret = completion.caret
        self.ids.suggestions.shown = completion

    def _reveal(self, *_):
        """Keep the field that is typed into above the keyboard."""
        scroll, box = self.ids.scroll, self._boxes.get(self._focus)
        if self.ids.rows.height <= scroll.height:
            scroll.scroll_y = 1
        elif box is not None:
            scroll.scroll_to(box, padding=self._theme.mm(4), animate=False)

    def _build(self, groups):
        rows = self.ids.groups
        rows.clear_widgets()
        self._boxes = {}
        if self._theme.comfort.text > BESIDE_UP_TO:
            groups = [(field,) for group in groups for field in group]
        for group in groups:
            row = FieldRow()
            for field in group:
                box = FieldBox(handle=f"details.field:{field.name}")
                box.size_hint_x = _SHARES.get(field.name, 1)
                box.bind(on_place=self._placed, on_clear=self._cleared, needed=self._measure)
                self._boxes[field.name] = box
                row.add_widget(box)
            rows.add_widget(row)

    def _measure(self, *_):
        """What one field needs to be seen whole, with a little air."""
        highest = max((box.needed for box in self._boxes.values()), default=0)
        self.field_height = highest + self._theme.space("gap")

    # ---- typing --------------------------------------------------------------------------------

    def _placed(self, box, index):
        if self.busy:
            return
        if not box.focused:
            self.send(actions.FocusField(box.field.name))
        else:
            box.caret = index
            self._capital()

    def _insert(self, text):
        box = self._boxes.get(self._focus)
        if box is None or len(box.field.value) + len(text) > box.field.max_length:
            return
        value, at = box.field.value, int(box.caret)
        box.caret = at + len(text)
        self.send(actions.EditField(self._focus, value[:at] + text + value[at:]))
        self._capital()

    def _backspace(self):
        box = self._boxes.get(self._focus)
        if box is None or box.caret == 0:
            return
        value, at = box.field.value, int(box.caret)
        box.caret = at - 1
        self.send(actions.EditField(self._focus, value[: at - 1] + value[at:]))
        self._capital()

    def _mark(self, mark):
        """Voice or shrink the kana before the caret."""
        box = self._boxes.get(self._focus)
        if box is None or box.caret == 0:
            return
        value, at = box.field.value, int(box.caret)
        changed = value[: at - 1] + marked(value[at - 1], mark) + value[at:]
        self.send(actions.EditField(self._focus, changed))

    def _cleared(self, box):
        if not self.busy:
            self.send(actions.EditField(box.field.name, ""))
            self._capital()

    def choose_street(self, index):
        self.send(actions.ChooseAddress(index))

    def choose_number(self, number):
        self.send(actions.ChooseNumber(number))

    def mask(self):
        self.send(actions.SetComfort("masked", not self.masked))

    def _next(self):
        names = list(self._boxes)
        after = names[names.index(self._focus) + 1 :] if self._focus in names else []
        self.send(actions.FocusField(after[0] if after else ""))

    def _capital(self):
        """Offer a capital where one is due; never take away caps that were asked for."""
        keyboard, box = self.keyboard, self._boxes.get(self._focus)
        if box is None or keyboard.shift == "caps":
            return
        before = box.field.value[: int(box.caret)]
        words = self._focus in _CAPITAL_WORDS and before[-1:] in ("", " ", "-")
        first = self._focus in _CAPITAL_FIRST and not before
        always = self._focus == "postcode"  # "1012 AB"
        keyboard.shift = "once" if words or first or always else "off"

    def place(self):
        self.send(actions.PlaceOrder())

    # ---- leaving -------------------------------------------------------------------------------

    def leave(self):
        self.forget()

    def forget(self):
        """Nothing typed stays in a widget or a texture."""
        super().forget()
        for box in self._boxes.values():
            box.clear()
        self.ids.groups.clear_widgets()
        self.ids.suggestions.forget()
        self._boxes = {}
        self._focus = ""
        self.view = None
        self.keyboard.shown = 0
        self.covered = 0
        self.ids.scroll.scroll_y = 1


class FieldRow(BoxLayout):
    """Fields that stand side by side, as high as the highest of them."""

    def add_widget(self, widget, *args, **kwargs):
        super().add_widget(widget, *args, **kwargs)
        widget.bind(needed=self._fit)
        self._fit()

    def _fit(self, *_):
        self.height = max((box.needed for box in self.children), default=0)


def build(services):
    return DetailsScreen(services)


kvload.load(__file__, "details.kv")
