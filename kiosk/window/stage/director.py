"""Swaps screens, keeps what lies above them, and knows which way round the glass hangs."""

import logging
import time
from importlib import import_module
from math import dist
from typing import Any

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.uix.floatlayout import FloatLayout

from kiosk.shop.selection import Selection
from kiosk.window.reach import Glass
from kiosk.window.stage import theme as themes
from kiosk.window.stage.ahead import Ahead
from kiosk.window.stage.focus.guide import Guide
from kiosk.window.stage.patch import on_software, patches
from kiosk.window.stage.reflection import Reflection
from kiosk.window.stage.screens.base import Services, StageScreen
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets.panels import Notice
from kiosk.window.visit import Screen, actions, spoken
from kiosk.window.visit.plan import AT_REST
from kiosk.window.visit.views import ComfortView, IdleView

log = logging.getLogger(__name__)

# A tap where the last one was, so soon after the screen has changed, belongs to that one.
DOUBLE_TAP_S = 0.6


class Director(Reflection):
    """The root of the window: one screen at a time, the notice above it."""

    def __init__(self, services: Services, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._services = services
        self._screens: dict[Screen, StageScreen] = {}
        self._current: Screen | None = None
        self._left: dict[Screen, Any] = {}  # whereabouts on screens that were torn down
        self._said = 0
        self._swapped_at = 0.0
        self._turner: int | None = None  # the finger whose touch has just changed the screen
        self._touched: tuple[tuple[float, float], float] = ((0.0, 0.0), 0.0)
        # Filled by the processor, a frame of two screens takes so long that a fade of 0.2 s is four
        # steps: whoever has touched something waits for them, and sees no fade.
        self.fades = not on_software()
        self.ahead = Ahead(self.screen, self._screens.__contains__)
        self._idle: Any = None
        self._comfort: Any = None
        self._theme = themes.current()
        self._scene = FloatLayout()
        self.add_widget(self._scene)
        self.guide = Guide(self, services.speak, services.send)
        self.add_widget(self.guide)
        self._hang_notice()
        self.bind(size=self._turn)

    def _hang_notice(self) -> None:
        self._notice = Notice(handle="notice", pos_hint={"center_x": 0.5})
        self._notice.bind(on_over=self._notice_over)
        self._hang(self._notice)

    def _hang(self, widget: Any) -> None:
        """Above the screen, and below the focus ring and the keypad of a spoken visit."""
        self.add_widget(widget, index=self.guide.layers)

    @property
    def current(self) -> StageScreen | None:
        return self._screens.get(self._current) if self._current else None

    @property
    def current_name(self) -> Screen | None:
        return self._current

    def screen(self, name: Screen) -> StageScreen:
        """The screen of that name, built on first use from the folder of the same name."""
        if name not in self._screens:
            module = import_module(f"kiosk.window.stage.screens.{name.value}")
            built = self._screens[name] = module.build(self._services)
            built.pos, built.size = self._scene.pos, self._scene.size  # laid out before it is seen
        return self._screens[name]

    def show(self, name: Screen, view: Any) -> None:
        """Draw `view` on the screen `name`, which comes on if another one was there."""
        new = name is not self._current
        self._theme.shop = view.chrome.shop
        self._theme.language = view.chrome.language
        self._theme.night = view.chrome.palette == "night"
        # Under somebody's hands the window keeps its colours.
        dressed = name in AT_REST and self._theme.wear(view.chrome.theme)
        if self._theme.suit(view.chrome.comfort, rtl=view.chrome.rtl) or dressed:
            self._build_anew()
        self.guide.mode(aloud=view.chrome.comfort.spoken)
        screen = self.screen(name)
        screen.show(view)
        if name in self._left:
            screen.resume(self._left.pop(name))
        if name is not self._current:
            self._swap(name, screen)
        self.guide.screen(view, new=new)

    def say(self, text: str, icon: str, count: int) -> None:
        """Show the notice number `count`; each number is shown once."""
        if count != self._said and text:
            self._said = count
            self.guide.announce(text)
            if self.current is not None and self.current.say(text, icon):
                return
            self._notice.y = self._theme.desk[0] + self._theme.mm(58)
            self._notice.say(text, icon)

    def comfort(self, view: ComfortView | None) -> None:
        """Open the panel of wishes, or close it (None)."""
        if view is None:
            if self._comfort is not None and self._comfort.parent is not None:
                self.remove_widget(self._comfort)
            self._comfort = None
            return
        if self._comfort is None:
            self._comfort = import_module("kiosk.window.stage.widgets.comfort").build(
                self._services
            )
            self._hang(self._comfort)
            self._comfort.open(self)
        self._comfort.show(view)

    def idle(self, view: IdleView | None) -> None:
        """Ask whether somebody is still there, or stop asking (None)."""
        if view is None:
            if self._idle is not None and self._idle.parent is not None:
                self.remove_widget(self._idle)
            return
        if self._idle is None:
            self._idle = import_module("kiosk.window.stage.widgets.idle").build(self._services)
        self._idle.show(view)
        if self._idle.parent is None:
            self._hang(self._idle)
            self.guide.announce(spoken.idle_words(view, self._theme.language))

    def picture_arrived(self, sha256: str) -> None:
        for screen in self._screens.values():
            screen.picture_arrived(sha256)

    def map_arrived(self, sha256: str) -> None:
        for screen in self._screens.values():
            screen.map_arrived(sha256)

    def foresee(self, selection: Selection) -> None:
        """The replica has at hand what the current screen may be asked to show next."""
        if self.current is not None:
            self.current.foresee(selection)

    def rehearse(self, name: Screen, view: Any) -> None:
        """Draw `view` where nobody sees it: a touch that is under way may ask for it."""
        screen = self._screens.get(name)
        if screen is not None and screen.parent is None:
            screen.show(view)

    def forget(self) -> None:
        for screen in self._screens.values():
            try:
                screen.forget()
            except Exception:  # one screen's fault must not keep another's memory
                log.exception("%s could not forget", type(screen).__name__)
        self._left.clear()
        self.guide.forget()
        self._said = 0

    def _swap(self, name: Screen, coming: StageScreen) -> None:
        going = self.current
        self._current = name
        self._swapped_at = time.monotonic()
        Animation.cancel_all(coming)
        coming.opacity = 1
        coming.enter()
        if coming.parent is None:
            self._scene.add_widget(coming)
        coming.alone(going is None)  # only what is there says what the glass is cleared with
        if going is None:
            self.ahead.come(name)
            return
        self.ahead.stop()
        self._fade(coming)

    @property
    def settled(self) -> bool:
        """Whether a touch where the last one was would be taken for what it is."""
        _, at = self._touched
        return self._swapped_at <= at or time.monotonic() - self._swapped_at >= DOUBLE_TAP_S

    @property
    def at_rest(self) -> bool:
        """Whether the current screen has come: nothing of the one before is left beneath it."""
        return self.settled and len(self._scene.children) == 1

    def on_touch_down(self, touch: Any) -> bool:
        """The second half of a double tap must not press what has come under the finger."""
        if self.guide.hears(touch):
            return True
        near = dist(touch.pos, self._touched[0]) < self._theme.target
        if not self.settled and (near or self._turner is not None):
            return True
        self._touched = (touch.pos, time.monotonic())
        self.ahead.stop()
        before = self._current
        taken = bool(super().on_touch_down(touch))
        # Other fingers that come while this one lies there are of the same hand.
        self._turner = None if self._current is before else touch.uid
        return taken

    def on_touch_up(self, touch: Any) -> bool:
        if touch.uid == self._turner:
            self._turner = None
        if self.at_rest:
            self.ahead.later()
        return bool(super().on_touch_up(touch))

    def _fade(self, coming: StageScreen) -> None:
        """The new screen comes over the old one, which is opaque beneath it."""
        self._scene.remove_widget(coming)
        self._scene.add_widget(coming)
        if not self.fades:
            Clock.schedule_once(lambda _dt: self._come(coming), -1)
            return
        coming.opacity = 0
        fade = Animation(opacity=1, duration=self._theme.seconds("calm") * 0.7)
        fade.bind(on_complete=lambda *_: self._covered(coming))
        fade.start(coming)

    def _come(self, coming: StageScreen) -> None:
        """Without a fade, and what is looked at first before the rest."""
        self._covered(coming)
        Clock.tick_draw()  # its layout
        if coming is self.current and coming.first is not None:
            patches.first(window_box(coming.first))

    def _covered(self, coming: StageScreen) -> None:
        """Let go of all that the new screen hides: after a quick walk that is more than one."""
        if coming is not self.current:
            return
        for hidden in [s for s in self._scene.children if s is not coming]:
            self._scene.remove_widget(hidden)
            hidden.leave()
        coming.alone(True)
        if self._current is not None:
            self.ahead.come(self._current)

    def _notice_over(self, *_: Any) -> None:
        self._services.send(actions.NoticeOver(self._said))

    def _turn(self, *_: Any) -> None:
        if self._theme.turn(portrait=self.height >= self.width):
            self._build_anew()

    def hang(self, glass: Glass) -> None:
        """Draw for another glass, as wide as this window."""
        self._theme.hang(glass, self.width / glass.width)
        self._build_anew()

    def _build_anew(self) -> None:
        """Lengths have changed: what was built with the old ones makes room."""
        self.ahead.stop()
        self._theme.sweep()
        for name, screen in self._screens.items():
            if screen.whereabouts is not None:
                self._left[name] = screen.whereabouts
            screen.leave()
        self._scene.clear_widgets()
        self._screens.clear()
        self._current = None
        self.idle(None)
        self._idle = None
        if self._comfort is not None:
            self.remove_widget(self._comfort)
            self._comfort = None
        self.remove_widget(self._notice)
        self._hang_notice()
        self.mirrored = self._theme.mirrored
        self.guide.rebuilt()
