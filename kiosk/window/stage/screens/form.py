"""A page of fields that are typed into with the window's own keyboard."""

from typing import ClassVar

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage.widgets.field import FieldBox
from kiosk.window.stage.widgets.page import Page
from kiosk.window.visit import actions

__all__ = ["FieldRow", "FormPage"]

# Per cent of the usual text size up to which two fields fit side by side.
BESIDE_UP_TO = 125


class FieldRow(BoxLayout):
    """Fields that stand side by side, as high as the highest of them."""

    def add_widget(self, widget, *args, **kwargs):
        super().add_widget(widget, *args, **kwargs)
        widget.bind(needed=self._fit)
        self._fit()

    def _fit(self, *_):
        self.height = max((box.needed for box in self.children), default=0)


class FormPage(Page):
    """A screen's kv has a `keyboard`, and `rows` in a `scroll` with `groups` for the fields.

    `form` begins the handles of its fields, `shares` says how much of its row a field takes.
    """

    form = ""
    shares: ClassVar[dict[str, float]] = {}

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
            on_backspace=lambda *_: self._backspace(),
            on_next=lambda *_: self._next(),
            on_done=lambda *_: self.done(),
        )

    @property
    def keyboard(self):
        return self.ids.keyboard

    # ---- drawing -------------------------------------------------------------------------------

    def show_form(self, view, groups):
        """Draw the fields of these rows, and the keyboard for the one that is typed into."""
        fields = [f for group in groups for f in group]
        if list(self._boxes) != [f.name for f in fields]:
            self._build(groups)
        self.keyboard.language = view.chrome.language
        self.keyboard.next_text, self.keyboard.done_text = view.next_field, view.done_typing
        self._show_fields(fields)

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
        self.typed()
        keyboard.come()
        self.cover()
        self._settle()

    def cover(self):
        """Tell the page what the keyboard covers of the desk."""
        self.covered = self.keyboard.full_height if self._focus else 0

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
            row = FieldRow(size_hint_y=None, spacing=self._theme.space("gap"))
            for field in group:
                box = FieldBox(handle=f"{self.form}.field:{field.name}")
                box.size_hint_x = self.shares.get(field.name, 1)
                box.bind(on_place=self._placed, on_clear=self._cleared, needed=self._measure)
                self._boxes[field.name] = box
                row.add_widget(box)
            rows.add_widget(row)

    def _measure(self, *_):
        """What one field needs to be seen whole, with a little air."""
        highest = max((box.needed for box in self._boxes.values()), default=0)
        self.field_height = highest + self._theme.space("gap")

    # ---- typing --------------------------------------------------------------------------------

    def typed(self):
        """The caret stands somewhere else than before."""

    def done(self):
        """The keyboard is not needed any more."""
        self.send(actions.FocusField(""))

    def _placed(self, box, index):
        if self.busy:
            return
        if not box.focused:
            self.send(actions.FocusField(box.field.name))
        else:
            box.caret = index
            self.typed()

    def _insert(self, text):
        box = self._boxes.get(self._focus)
        if box is None or len(box.field.value) + len(text) > box.field.max_length:
            return
        value, at = box.field.value, int(box.caret)
        box.caret = at + len(text)
        self.send(actions.EditField(self._focus, value[:at] + text + value[at:]))
        self.typed()

    def _backspace(self):
        box = self._boxes.get(self._focus)
        if box is None or box.caret == 0:
            return
        value, at = box.field.value, int(box.caret)
        box.caret = at - 1
        self.send(actions.EditField(self._focus, value[: at - 1] + value[at:]))
        self.typed()

    def _cleared(self, box):
        if not self.busy:
            self.send(actions.EditField(box.field.name, ""))
            self.typed()

    def _next(self):
        names = list(self._boxes)
        after = names[names.index(self._focus) + 1 :] if self._focus in names else []
        self.send(actions.FocusField(after[0] if after else ""))

    # ---- leaving -------------------------------------------------------------------------------

    def leave(self):
        self.forget()

    def forget(self):
        """Nothing typed stays in a widget or a texture."""
        super().forget()
        for box in self._boxes.values():
            box.clear()
        self.ids.groups.clear_widgets()
        self._boxes = {}
        self._focus = ""
        self.view = None
        self.keyboard.shown = 0
        self.covered = 0
        self.ids.scroll.scroll_y = 1
