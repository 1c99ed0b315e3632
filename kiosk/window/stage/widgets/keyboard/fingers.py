"""What fingers do on the keys: one touch, one sign, however long or hasty it is."""

from kivy.clock import Clock

from kiosk.window.stage import theme as themes
from kiosk.window.stage.patch import patches
from kiosk.window.stage.touch import meant
from kiosk.window.stage.upright import outline
from kiosk.window.stage.widgets.keyboard.keys import Popover

LONG_PRESS_S, PATIENT_PRESS_S = 0.45, 1.2
REPEAT_AFTER_S = 0.5
REPEAT_EVERY_S = 0.08
DOUBLE_TAP_S = 0.4
# A patient keyboard takes the same key again after so long (EN 301 549 5.8 asks for 0.5 s), and
# never while it is held (5.7).
SAME_KEY_S = 0.5
# Keys that type nothing; those that need a word more are signs without it.
_DEEDS = frozenset({"backspace", "shift", "next", "done"})
_WHICH = frozenset({"page", "mark"})


class Fingers:
    """Touches of a keyboard, which knows `key_at(x, y)`, `cased(text)` and `turn_to(page)`."""

    def __init__(self, **kwargs):
        self._pressed = {}
        self._timers = {}
        self._shift_at = 0.0
        self._struck = ("", 0.0)
        self._popover = None
        super().__init__(**kwargs)

    def on_touch_down(self, touch):
        if self.shown <= 0 or self.disabled:
            return False
        if self._popover is not None:
            return self._choose(touch)
        if not self.collide_point(*touch.pos):
            return False
        for other in list(self._pressed):
            self._commit(other)  # a second finger comes down before the first is up
        key = self.key_at(*touch.pos)
        if key is not None and not self._trembles(key):
            touch.grab(self)
            self._press(touch, key)
        return True

    @property
    def _patient(self):
        return themes.current().comfort.patient

    def _trembles(self, key):
        """Whether a patient keyboard takes this for the stroke before."""
        code, at = self._struck
        return self._patient and key.spec.code == code and Clock.get_time() - at < SAME_KEY_S

    def _press(self, touch, key):
        self._pressed[touch.uid] = key
        signs = self._signs(key)
        if signs:
            self.dispatch("on_ahead", signs)
        patches.paint(lambda: _shade(key, down=True))
        if key.spec.code == "backspace":
            self.dispatch("on_backspace")
            if not self._patient:
                self._after(touch.uid, self._repeat, REPEAT_AFTER_S)
        elif key.spec.more:
            self._after(touch.uid, self._offer, PATIENT_PRESS_S if self._patient else LONG_PRESS_S)

    def _after(self, uid, what, seconds):
        """Once the finger has lain there for so long: after a frame that took long it may be up
        already, and that is heard before the next one.
        """
        self._timers[uid] = Clock.schedule_once(lambda _dt: self._soon(uid, what), seconds)

    def _soon(self, uid, what):
        self._timers[uid] = Clock.schedule_once(lambda _dt: what(uid), 0)

    def _repeat(self, uid):
        self._timers[uid] = Clock.schedule_interval(
            lambda _dt: self.dispatch("on_backspace"), REPEAT_EVERY_S
        )

    def on_touch_move(self, touch):
        if touch.grab_current is not self:
            return touch.uid in self._pressed
        if self._popover is not None:
            self._popover.point(*touch.pos)
        return True

    def on_touch_up(self, touch):
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        if self._popover is not None:
            self._lift(touch)
        elif meant(touch):
            self._commit(touch.uid)
        else:
            self._let_go(touch.uid)
        return True

    def _commit(self, uid):
        key = self._end(uid)
        if key is None:
            return
        self._do(key)
        # Last: what was typed is waited for.
        patches.paint(lambda: _shade(key, down=False))

    def _do(self, key):
        self._struck = (key.spec.code, Clock.get_time())
        signs = self._signs(key)
        if signs:
            self._type(signs)
            return
        what, _, which = key.spec.code.partition(":")
        match what:
            case "backspace":
                pass
            case "shift":
                self._shifted()
            case "next" | "done" as way:
                self.dispatch(f"on_{way}")
            case "page" if which:
                self.turn_to(which)
            case "mark" if which:
                self.dispatch("on_mark", which)

    def _signs(self, key):
        """What a key types; "" for one that does something else."""
        what, _, which = key.spec.code.partition(":")
        if what in _DEEDS or (what in _WHICH and which):
            return ""
        return " " if what == "space" else key.text

    def _type(self, text):
        if self.shift == "once":
            self.shift = "off"
        self.dispatch("on_text", text)

    def _shifted(self):
        now = Clock.get_time()
        quick = now - self._shift_at < DOUBLE_TAP_S
        self._shift_at = now
        if self.shift == "once" and (quick or self._patient):
            self.shift = "caps"
        else:
            self.shift = "once" if self.shift == "off" else "off"

    def _stop(self, uid):
        timer = self._timers.pop(uid, None)
        if timer is not None:
            timer.cancel()

    def release_all(self):
        """Let go of every key without typing it, and forget which was the last."""
        self._struck = ("", 0.0)
        for uid in list(self._pressed):
            self._let_go(uid)

    def _end(self, uid):
        key = self._pressed.pop(uid, None)
        self._stop(uid)
        return key

    def _let_go(self, uid):
        key = self._end(uid)
        if key is not None:
            patches.paint(lambda: _shade(key, down=False))
        return key

    # ---- accents -------------------------------------------------------------------------------

    def _offer(self, uid):
        """A long press: the letter's accents above it, for a slide or a second tap."""
        key = self._let_go(uid)
        if key is None:
            return
        self._popover = Popover([self.cased(c) for c in key.spec.more], key, self)
        self.add_widget(self._popover)

    def _lift(self, touch):
        """The finger that called the accents is up: on one of them it types it, elsewhere they
        stay for a tap."""
        chosen = self._popover.letter_at(*touch.pos)
        if chosen:
            self.close_popover()
            self._type(chosen)

    def _choose(self, touch):
        chosen = self._popover.letter_at(*touch.pos)
        self.close_popover()
        if chosen:
            self._type(chosen)
        return bool(chosen) or self.collide_point(*touch.pos)

    def close_popover(self):
        if self._popover is not None:
            self.remove_widget(self._popover)
            self._popover = None


def _shade(key, *, down):
    key.down = down
    return [outline(key, edge=1)]
