"""Looking for something: results on the wall while one types or narrows them down."""

from kivy.clock import Clock
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)

from kiosk.window.stage import kvload
from kiosk.window.stage.patch import patches
from kiosk.window.stage.screens.find.choices import Choices, Groups, SearchField
from kiosk.window.stage.screens.shelves import WallScreen
from kiosk.window.stage.widgets.chrome import BottomBar, Header, Plinth
from kiosk.window.stage.widgets.keyboard import Keyboard
from kiosk.window.stage.widgets.page import DeskScroll
from kiosk.window.stage.widgets.wall import CardWall
from kiosk.window.visit import actions
from kiosk.window.visit.finding import Mode

__all__ = [
    "BottomBar",
    "CardWall",
    "Choices",
    "DeskScroll",
    "FindScreen",
    "Groups",
    "Header",
    "Keyboard",
    "Plinth",
    "SearchField",
    "build",
]

# What the filters take of an upright desk, and of the width of a glass that hangs across; the
# column beside the wall without them, in mm. The rest is the wall's.
SHEET_SHARE, SHEET_WIDTH, COLUMN_MM = 0.86, 0.46, 250.0
# The most of an upright desk that the field and what is on may take before they scroll.
TOOLS_SHARE = 0.4


class FindScreen(WallScreen):
    """Draws a FindView.

    `*_box` (x, y, width, height in pixels) are where kv puts the parts: the wall, the names above
    or beside it, the field with what is on, and the filters.
    """

    title = StringProperty("")
    counted = StringProperty("")
    remark = StringProperty("")
    empty = StringProperty("")
    sheet = BooleanProperty(False)
    typing = BooleanProperty(False)
    tools = NumericProperty(0)
    wall_box = ListProperty([0, 0, 100, 100])
    names_box = ListProperty([0, 0, 100, 100])
    tools_box = ListProperty([0, 0, 100, 100])
    sheet_box = ListProperty([0, 0, 100, 100])
    shown = ObjectProperty(None, allownone=True)

    def __init__(self, services, **kwargs):
        self._arrange = Clock.create_trigger(self._lay_out, -1)
        super().__init__(services, **kwargs)
        for name in ("size", "sheet", "typing", "tools", "desk_size", "desk_pos"):
            self.fbind(name, self._arrange)
        for part in (self.ids.header, self.ids.names):
            part.bind(height=self._arrange)
        self.keyboard.bind(
            on_ahead=lambda _k, text: self._look_ahead(text),
            on_text=lambda _k, text: self._write(self._typed() + text),
            on_backspace=lambda *_: self._write(self._typed()[:-1]),
            on_done=lambda *_: self.send(actions.ShowFound()),
        )
        self.keyboard.last = True
        self._drop = self.ids.drop.__self__  # it is not always on the screen, which alone keeps it
        self._lay_out()

    @property
    def keyboard(self):
        return self.ids.keyboard

    # ---- drawing -------------------------------------------------------------------------------

    def show(self, view):
        if self._only_found(view):
            patches.paint(lambda: self._show_found(view))
        else:
            self._show(view)

    def _only_found(self, view):
        """Whether nothing differs but what was typed and what was found for it."""
        before, typing = self.shown, Mode.TYPING
        return (
            before is not None
            and before.mode is view.mode is typing
            and self.keyboard.shown == 1
            and self.parent is not None
            and len(self.parent.children) == 1
            and not view.chrome.comfort.spoken
            and (before.chrome, before.active, before.filters, before.notice)
            == (view.chrome, view.active, view.filters, view.notice)
        )

    def _show_found(self, view):
        """Draw `view` and what follows from it now: all of it is seen between keys and header."""
        self._show(view)
        Clock.tick_draw()  # the layout, and an answer that was looked for ahead
        foot = int(self.desk_pos[1] + self.keyboard.full_height)
        return [(int(self.x), foot, int(self.width), int(self.ids.header.y) - foot)]

    def _show(self, view):
        super().show(view)
        self.shown = view
        self.title, self.counted = view.title, view.counted
        self.remark, self.empty = view.remark, view.empty
        self.sheet, self.typing = view.mode is Mode.FILTERS, view.mode is Mode.TYPING
        ids = self.ids
        ids.active.show(view.active)
        ids.groups.show(view.groups if self.sheet else ())
        ids.ways.show(view.ways)
        self._offer_clear(bool(view.clear))
        self._show_keyboard(view)
        chrome = view.chrome
        ids.wall.open(view.selection, view.count, chrome.language, chrome.default_language)

    def _offer_clear(self, wanted):
        """Where no filter is on, the way to the pieces has the whole width."""
        drop, act = self._drop, self.ids.act
        if wanted and drop.parent is None:
            act.add_widget(drop, index=len(act.children))
        elif not wanted and drop.parent is not None:
            act.remove_widget(drop)

    def _show_keyboard(self, view):
        keyboard = self.keyboard
        keyboard.language = view.chrome.language
        keyboard.done_text = view.done
        if self.typing:
            keyboard.come()
        else:
            keyboard.go()

    def _lay_out(self, *_):
        theme = self._theme
        margin, gap = theme.space("margin"), theme.space("gap")
        low, high = theme.desk
        foot = low + (self.keyboard.full_height if self.typing else self.ids.bar.height)
        ceiling = self.ids.header.y
        if theme.portrait:
            self._stack(foot, ceiling, margin, gap)
            return
        share = round(self.width * SHEET_WIDTH) if self.sheet else theme.mm(COLUMN_MM)
        column, width = self.x + margin, share - margin
        names = self.ids.names.height
        if ceiling - names - gap - foot < 2 * theme.target:  # a low glass, and the keyboard on it
            names = 0
        top = min(high, ceiling - names - gap)
        floor = foot + theme.space("hair")
        self.names_box = [column, ceiling - names, width, names]
        tools = min(self.tools, top - floor)
        self.tools_box = [column, top - tools, width, max(1, tools)]
        self.sheet_box = [column, foot, width, max(1, top - foot)]
        x = self.x + share + margin
        # Beside the keyboard a low glass has no room to bring the pieces down.
        upto = ceiling if self.typing else min(high, ceiling)
        self.wall_box = [x, foot, self.right - margin - x, max(1, upto - foot)]

    def _stack(self, foot, ceiling, margin, gap):
        """On an upright glass: names that scroll away with the wall, the tools below it."""
        width = self.width - 2 * margin
        low, high = self._theme.desk
        tall = round((high - low) * SHEET_SHARE) - (foot - low)
        tools = min(self.tools, round((high - low) * TOOLS_SHARE))
        self.sheet_box = [self.x + margin, foot, width, max(1, tall)]
        self.tools_box = [self.x + margin, foot + gap, width, tools]
        floor = foot + tall if self.sheet else foot + tools + 2 * gap
        self.wall_box = [self.x + margin, floor, width, max(1, ceiling - floor)]
        head = self.ids.names.height + gap
        if not self.sheet:  # the first row lies where hands reach
            head = max(head, ceiling - high)
        self.names_box = [self.x + margin, ceiling - head, width, head]

    # ---- looking -------------------------------------------------------------------------------

    def _typed(self):
        return self.shown.words if self.shown else ""

    def _write(self, text):
        if self.shown is not None and len(text) <= self.shown.max_length:
            self.send(actions.SearchFor(text))

    def _look_ahead(self, text):
        if self.shown is not None:
            self.send(actions.LookAhead(self._typed() + text))

    def foresee(self, selection):
        self.ids.wall.foresee(selection)

    def erase(self):
        self._write("")

    def drop_filters(self):
        self.send(actions.DropFilters())

    def show_found(self):
        self.send(actions.ShowFound())

    # ---- leaving -------------------------------------------------------------------------------

    def _clear(self):
        """None of the words stay in a widget or a texture."""
        self.view = self.shown = None
        self.title = self.counted = self.remark = self.empty = ""
        self.ids.field.clear()
        for choices in (self.ids.active, self.ids.groups, self.ids.ways):
            choices.show(())
        self.ids.wall.close()
        self.keyboard.shown = 0
        self.typing = self.sheet = False


def build(services):
    return FindScreen(services)


kvload.load(__file__, "find.kv")
