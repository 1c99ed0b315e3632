"""Three real glasses, and a ruler for all that is on them."""

from itertools import combinations

import pytest

from kiosk.window.reach import PAVEMENT_MM, READ_MM, SMALL_MM, TARGET_MM, Glass
from kiosk.window.visit import actions

# Width, height and the height at which the lower edge hangs, in mm.
GLASSES = {
    "32-inch upright": Glass(398, 708, 700),
    "55-inch upright": Glass(685, 1218, 500),
    "24-inch across": Glass(531, 299, 900),
}
MODES = {
    "usual": {},
    "brought down": {"low": True},
    "200 %": {"text": 200},
    "left hand": {"left": True},
    "all at once": {"low": True, "text": 200, "left": True, "contrast": True},
}
LANGUAGES = {"usual": "de", "brought down": "ar"}
# Every way alone on the largest glass, as it hangs and all at once on the others.
HUNG = [
    pytest.param(glass, mode, id=f"{glass}-{mode}")
    for glass in GLASSES
    for mode in MODES
    if glass == "55-inch upright" or mode in ("usual", "all at once")
]
TYPED = {"name": "Inès D", "phone": "0612345678", "line1": "3 passage du Cerf"}
TYPED |= {"postcode": "75002", "city": "Paris"}
ROUNDING_MM = 1.0  # lengths are whole pixels, of which a 55-inch glass has one in 1.3 mm here


@pytest.fixture(params=GLASSES)
def glass(request, app, stage):
    """The window as that glass, and as it was afterwards."""
    from kivy.core.window import Window

    from kiosk.window.stage import theme as themes

    usual, size = themes.current().glass, Window.size
    hung = GLASSES[request.param]
    if not hung.portrait:
        Window.size = (size[1], size[0])
        stage.frames(4)
    app.root.hang(hung)
    app.store.refresh()
    yield hung
    app.store.dispatch(actions.StartAgain())
    Window.size = size
    stage.frames(4)
    app.root.hang(usual)
    app.store.refresh()
    stage.frames(4)


class Inspector:
    """Looks at what is on the glass with a ruler."""

    def __init__(self, app, stage, glass, low):
        from kiosk.window.stage import theme as themes

        self.app, self.stage, self.glass = app, stage, glass
        self.px = themes.current().px_per_mm
        self.desk = glass.desk(low=low)
        self.found = []

    def box(self, widget):
        """Left, lower, right and upper edge on the glass, in mm."""
        x, y = widget.to_window(widget.x, widget.y)
        right, top = widget.to_window(widget.right, widget.top)
        return tuple(v / self.px for v in (min(x, right), y, max(x, right), top))

    def look(self, name):
        from kiosk.window.stage.handles import visible, walk
        from kiosk.window.stage.widgets.words import Words

        shown = [w for child in self.stage.window.children for w in walk(child) if visible(w)]
        above = next((w for w in shown if getattr(w, "handle", "") == "idle"), None)
        if above is not None:  # it keeps every touch from what lies below
            shown = [w for w in walk(above) if visible(w)]
        touched = [w for w in shown if self.is_touched(w)]
        assert touched or name == "thanks"
        for widget in touched:
            self.measure(name, widget)
        self.overlaps(name, touched)
        for word in (w for w in shown if isinstance(w, Words) and w.text):
            self.read(name, word)

    @staticmethod
    def is_touched(widget):
        from kiosk.window.stage.widgets.buttons import Touchable
        from kiosk.window.stage.widgets.keyboard.keys import Key

        return isinstance(widget, Touchable | Key) and bool(widget.handle)

    def say(self, name, widget, what):
        who = getattr(widget, "handle", "") or repr(getattr(widget, "text", ""))[:40]
        self.found.append(f"{name}: {who} {what}")

    def measure(self, name, widget):
        left, low, right, high = self.box(widget)
        if right - left < TARGET_MM - ROUNDING_MM or high - low < TARGET_MM - ROUNDING_MM:
            self.say(name, widget, f"is {right - left:.1f} x {high - low:.1f} mm")
        if left < -ROUNDING_MM or right > self.glass.width + ROUNDING_MM:
            self.say(name, widget, f"leaves the glass: {left:.0f} to {right:.0f} mm")
        view = self.scrolled_in(widget)
        if view is not None:
            _, low, _, high = self.box(view)
            if high - low < TARGET_MM:
                self.say(name, widget, f"scrolls in a slit of {high - low:.0f} mm")
        if low < self.desk[0] - ROUNDING_MM or high > self.desk[1] + ROUNDING_MM:
            edge = self.glass.lower_edge
            self.say(name, widget, f"hangs at {low + edge:.0f} to {high + edge:.0f} mm")

    def scrolled_in(self, widget):
        from kivy.uix.scrollview import ScrollView

        node = widget.parent
        while node is not None and node is not self.stage.window:
            if isinstance(node, ScrollView):
                return node
            node = node.parent
        return None

    def overlaps(self, name, touched):
        for a, b in combinations(touched, 2):
            if self.scrolled_in(a) is not self.scrolled_in(b) or a.parent is b or b.parent is a:
                continue
            (ax, ay, ar, at), (bx, by, br, bt) = self.box(a), self.box(b)
            wide, high = min(ar, br) - max(ax, bx), min(at, bt) - max(ay, by)
            if wide > ROUNDING_MM and high > ROUNDING_MM and not self.covered(a, b):
                self.say(name, a, f"lies over {b.handle}")

    @staticmethod
    def covered(a, b):
        """What a sheet or the keyboard covers is not touched."""
        return ("key" in a.handle) is not ("key" in b.handle)

    def read(self, name, word):
        from kiosk.window.stage import theme as themes
        from kiosk.window.stage.lettering import capitals

        least = {"caption": SMALL_MM, "poster": PAVEMENT_MM}.get(word.role, READ_MM)
        style = themes.current().type(word.role)
        high = word._label.options["font_size"] * capitals(style.font_path) / self.px
        if high < least - ROUNDING_MM / 2:
            self.say(name, word, f"has capitals of {high:.1f} mm as {word.role}")


def settled(app, stage):
    stage.wait_until(lambda: app.root.at_rest, 10, "the screen at rest")
    stage.frames(4)


def variant(app):
    return app.store.visit.variant_id
