"""Leads the focus: by keys, by an exploring finger, and in words where the visit is spoken."""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus.explorer import Explorer
from kiosk.window.stage.focus.focusable import Focusable, scroller
from kiosk.window.stage.focus.keypad import Keypad
from kiosk.window.stage.focus.keys import Key, key_of
from kiosk.window.stage.focus.order import aside, lines, middle, scope, sight
from kiosk.window.stage.focus.ring import FocusRing
from kiosk.window.stage.focus.tap import tap
from kiosk.window.stage.handles import find, visible
from kiosk.window.stage.touch import meant
from kiosk.window.visit import actions, spoken
from kiosk.window.visit.comfort import VOLUMES

# So long after something was chosen its answer is on the glass.
ANSWER_S = 0.4


class Guide(Widget):
    """Lies above the whole window and draws the focus ring. `root` is what it leads through.

    `say(text)` speaks, `send(action)` reaches the visit. The director tells it of screens,
    notices and the idle question, and asks it first about every touch.
    """

    def __init__(
        self,
        root: Widget,
        say: Callable[[str], None],
        send: Callable[[Any], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(size_hint=(None, None), size=(0, 0), **kwargs)
        self._root, self._say, self._send = root, say, send
        self._theme = themes.current()
        self._ring = FocusRing(self._within)
        self.add_widget(self._ring)
        self._explorer = Explorer(self._look_under, self._choose, self._tap_pad)
        self._pad: Keypad | None = None
        self._down: set[int] = set()
        self._place: Any = None
        self._handle, self._index = "", 0
        self._last = ""
        self._screen = ""
        self._answer: Any = None
        self.spoken = False
        self.by_keys = False
        Window.bind(on_key_down=self._key_down, on_key_up=self._key_up)

    # ---- what it is told -----------------------------------------------------------------------

    def mode(self, *, aloud: bool) -> None:
        """The visit is spoken from now on, or silent."""
        if aloud is self.spoken:
            return
        self.spoken = aloud
        self._explorer.let_go()
        self._hang_pad()
        if aloud:
            self.announce(spoken.welcome(self._theme.language))
        else:
            self._say("")
            self._leave()

    def _hang_pad(self, *_: Any) -> None:
        if self._pad is not None:
            self._root.remove_widget(self._pad)
            self._pad = None
        if self.spoken:
            self._pad = Keypad()
            self._pad.lay_out(self._root.width)
            self._root.add_widget(self._pad, index=1)

    @property
    def layers(self) -> int:
        """How many widgets of the root belong to the guide and lie above all others."""
        return 1 if self._pad is None else 2

    def rebuilt(self) -> None:
        """Everything has been built anew, in other lengths."""
        self._hang_pad()

    def screen(self, view: Any, *, new: bool) -> None:
        """What the current screen shows: said when the screen is new or says something new."""
        text = spoken.screen_words(view, self._theme.language)
        told = self._screen if not new else None
        self._screen = text
        if new:
            self._leave()
        tells = new or (spoken.tells(view) and text != told)
        if self.spoken and tells:
            self.announce(text)

    def announce(self, text: str) -> None:
        """Say it now, whatever is being said."""
        if self.spoken and text:
            self._stop_waiting()
            self._last = text
            self._say(text)

    def forget(self) -> None:
        """The visit is over."""
        self.mode(aloud=False)
        self._leave()
        self.by_keys = False
        self._last = self._screen = ""

    # ---- where the focus is --------------------------------------------------------------------

    @property
    def place(self) -> Any:
        """What has the focus: a Focusable, words in a spoken visit, or None."""
        here = self._place
        if here is not None and not self._is_there(here):
            found = find(self._root, self._handle) if self._handle else None
            self._place = found if found is not None and visible(found) else None
            self._ring.around(self._place)
        return self._place

    def _within(self, here: Any) -> bool:
        """Whether a place lies in the dialogue that is open, if there is one."""
        dialogue = scope(self._root)
        node = here
        while node is not None and node is not dialogue and node is not node.parent:
            node = node.parent
        return node is dialogue

    def _is_there(self, here: Any) -> bool:
        if getattr(here, "recycled", False) and here.handle != self._handle:
            return False
        if not self._within(here):
            return False
        scrolled = scroller(here) is not None and here.get_root_window() is not None
        return scrolled or visible(here)

    def places(self) -> list[Any]:
        """All that the focus goes through, in reading order."""
        whole = lines(self._root, texts=self.spoken)
        return [w for line in whole for w in (reversed(line) if self._theme.rtl else line)]

    def focus(self, place: Any) -> None:
        """Put the focus there, bring it into sight and say what it is."""
        self._place, self._handle = place, getattr(place, "handle", "")
        scrolled = scroller(place)
        if scrolled is not None:
            scrolled.scroll_to(place, padding=self._theme.mm(8), animate=False)
        if isinstance(place, Focusable):
            place.reveal()
        places = self.places()
        self._index = places.index(place) if place in places else 0
        self._ring.around(place)
        self.announce(describe(place))

    def _leave(self) -> None:
        self._place, self._handle = None, ""
        self._ring.around(None)
        self._stop_waiting()

    def _step(self, by: int) -> None:
        places = self.places()
        if not places:  # a dark glass: a key wakes it as a touch does
            self._send(actions.Wake())
            return
        here = self.place
        further = here.beyond(by) if isinstance(here, Focusable) else None
        if further is not None:
            self.focus(further)
        elif here in places:
            self._go(places[(places.index(here) + by) % len(places)], by)
        elif self._handle:  # what had the focus has gone: stay about there
            self._go(places[min(self._index, len(places) - 1)], by)
        else:
            self._go(places[0 if by > 0 else -1], by)

    def _go(self, place: Any, by: int) -> None:
        self.focus(place.entered(by) if isinstance(place, Focusable) else place)

    def _aside(self, by: int) -> None:
        here = self.place
        if isinstance(here, Focusable) and here.adjust(by):
            self._await_answer()
            return
        beside = aside(lines(self._root, texts=self.spoken), here, by)
        if beside is not None:
            self.focus(beside)
        else:
            self._step(-by if self._theme.rtl else by)

    def _choose(self) -> None:
        here = self.place
        if isinstance(here, Focusable) and not here.disabled:
            self._await_answer()
            tap(*middle(here))
        elif here is not None:
            self.announce(describe(here))

    # ---- what follows a choice -----------------------------------------------------------------

    def _await_answer(self) -> None:
        """Say what has become of the part, unless the answer is said anyway."""
        self._stop_waiting()
        here, within = self._place, scope(self._root)
        before = describe(here) if here is not None else ""
        self._answer = Clock.schedule_once(lambda _dt: self._answered(before, within), ANSWER_S)

    def _answered(self, before: str, within: Any) -> None:
        self._answer = None
        now = scope(self._root)
        if now is not within and now is not self._root:
            self._leave()
            self._step(1)
            self.announce(spoken.sentences([_title(now), self._last], self._theme.language))
        elif self.place is not None and describe(self.place) != before:
            self.announce(describe(self.place))

    def _stop_waiting(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
            self._answer = None

    # ---- fingers -------------------------------------------------------------------------------

    def hears(self, touch: Any) -> bool:
        """Whether a touch explores instead of pressing."""
        if getattr(touch, "by_focus", False):
            return False
        if not self.spoken:
            if self.by_keys:  # a finger takes over: the ring would only be in its way
                self.by_keys = False
                self._leave()
            return False
        touch.grab(self)
        self._send(actions.StayHere())
        self._explorer.down(touch)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        self._explorer.moved(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        if meant(touch):
            self._explorer.up(touch)
        else:
            self._explorer.let_go()
        return True

    def _tap_pad(self, x: float, y: float) -> bool:
        """A key of the keypad answers one tap, but for the one that chooses."""
        key = self._pad.key_at(x, y) if self._pad else None
        if key is None or key.key is Key.CHOOSE:
            return False
        self.press(key.key)
        return True

    def _look_under(self, x: float, y: float) -> None:
        pad = self._pad.key_at(x, y) if self._pad else None
        if pad is not None:
            if not (self._explorer.sliding and self._last == pad.describe()):
                self.announce(pad.describe())
            return
        under = [w for w in self.places() if _inside(sight(w), x, y)]
        if not under:
            return
        smallest = min(under, key=lambda w: w.width * w.height)
        if smallest is not self.place or not self._explorer.sliding:
            self.focus(smallest)

    # ---- keys ----------------------------------------------------------------------------------

    def _key_down(
        self, _window: Any, code: int, _scan: int, _text: str | None, modifiers: list[str]
    ) -> bool:
        key = key_of(code, modifiers)
        if key is None:
            return False
        repeated = code in self._down
        self._down.add(code)
        if not (repeated and key in (Key.CHOOSE, Key.BACK)):  # one press, one action
            self.press(key)
        return True

    def _key_up(self, _window: Any, code: int, _scan: int) -> bool:
        self._down.discard(code)
        return False

    def press(self, key: Key) -> None:
        """Do what a key of the keypad means."""
        self.by_keys = True
        self._send(actions.StayHere())
        match key:
            case Key.NEXT:
                self._step(1)
            case Key.PREVIOUS:
                self._step(-1)
            case Key.RIGHT:
                self._aside(1)
            case Key.LEFT:
                self._aside(-1)
            case Key.CHOOSE:
                self._choose()
            case Key.BACK:
                self._back()
            case Key.AGAIN if not self.spoken:  # who cannot see finds this key by its place
                self._send(actions.SetComfort("spoken", True))
            case Key.AGAIN:
                self.announce(self._last or self._screen)
            case Key.LOUDER | Key.SOFTER:
                self._louder(1 if key is Key.LOUDER else -1)

    def _back(self) -> None:
        within = scope(self._root)
        if within is not self._root and hasattr(within, "close"):
            within.close()
            self._await_answer()
        else:
            self._send(actions.Back())

    def _louder(self, by: int) -> None:
        volume = min(max(self._theme.comfort.volume + by, VOLUMES[0]), VOLUMES[-1])
        self._send(actions.SetComfort("volume", volume))
        self.announce(spoken.volume_words(volume, self._theme.language))


def describe(place: Any) -> str:
    """What is said of a place: a part's description, or the words themselves."""
    return str(place.describe() if isinstance(place, Focusable) else place.text)


def _title(dialogue: Any) -> str:
    return str(getattr(dialogue, "title", ""))


def _inside(frame: tuple[float, float, float, float] | None, x: float, y: float) -> bool:
    if frame is None:
        return False
    left, bottom, right, top = frame
    return left <= x <= right and bottom <= y <= top
