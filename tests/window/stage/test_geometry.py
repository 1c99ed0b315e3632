"""Every button within reach and large enough, every word large enough, on three real glasses."""

from datetime import datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from kiosk.shop.colour import Colour
from kiosk.window.link import TakesOrders
from kiosk.window.reach import PAVEMENT_MM, READ_MM, SMALL_MM, TARGET_MM, Glass
from kiosk.window.visit import Screen, actions
from kiosk.window.visit.finding import Filter, Kind

# Width, height and the height at which the lower edge hangs, in mm.
GLASSES = {
    "32-inch upright": Glass(398, 708, 700),
    "55-inch upright": Glass(685, 1218, 500),
    "24-inch across": Glass(531, 299, 900),
}
GREEN = Filter(Kind.COLOUR, Colour.GREEN)
MODES = {
    "usual": {},
    "brought down": {"low": True},
    "200 %": {"text": 200},
    "left hand": {"left": True},
    "all at once": {"low": True, "text": 200, "left": True, "contrast": True},
}
LANGUAGES = {"usual": "de", "brought down": "ar"}
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


@pytest.mark.parametrize("mode", MODES)
def test_everything_is_within_reach_and_large_enough(app, stage, send, glass, mode):
    looked = Inspector(app, stage, glass, MODES[mode].get("low", False))
    send(actions.SetLanguage(LANGUAGES.get(mode, "fr")))
    for name, value in MODES[mode].items():
        send(actions.SetComfort(name, value))
    if not MODES[mode]:
        send(actions.Wake())
    for name, steps in (
        (Screen.BROWSE, ()),
        (Screen.FIND, (actions.OpenSearch(), actions.SearchFor("vaze vert"))),
        ("nothing found", (actions.SearchFor("chandelle"),)),
        ("filters", (actions.SearchFor(""), actions.OpenFilters(), actions.ToggleFilter(GREEN))),
        ("filtered", (actions.ShowFound(),)),
        (Screen.PRODUCT, (actions.OpenProduct("sac-demi-lune"),)),
        (Screen.LOOKBOOK, (actions.OpenLookbook(),)),
        (Screen.QUICK, (actions.OpenQuick(),)),
        (Screen.PRODUCT, (actions.OpenProduct("sac-demi-lune"),)),
        (Screen.BASKET, (actions.AddToBasket(), actions.OpenBasket())),
        (Screen.FULFILMENT, (actions.Checkout(),)),
        (Screen.DETAILS, (actions.GoToDetails(),)),
        ("typing", (actions.PlaceOrder(),)),
        (
            Screen.THANKS,
            (*(actions.EditField(k, v) for k, v in TYPED.items()), actions.PlaceOrder()),
        ),
    ):
        for step in steps:
            send(step)
            stage.wait_until(lambda: app.store.visit.screen != "product" or variant(app), 5)
        if name in list(Screen):
            stage.wait_until(lambda name=name: app.root.current_name is name, 8, name)
        settled(app, stage)
        looked.look(str(name))
    send(actions.IdleWarning(app.store.now))
    stage.frames(4)
    looked.look("idle")
    assert not looked.found, "\n".join(looked.found)


@pytest.mark.parametrize("mode", MODES)
def test_what_is_said_of_trouble_is_within_reach_and_large_enough(app, stage, send, glass, mode):
    """No room for orders, and an order that waits: with all that stands beside the usual."""
    looked = Inspector(app, stage, glass, MODES[mode].get("low", False))
    send(actions.SetLanguage(LANGUAGES.get(mode, "fr")))
    for name, value in MODES[mode].items():
        send(actions.SetComfort(name, value))
    send(actions.Wake())
    send(actions.OpenProduct("sac-demi-lune"))
    stage.wait_until(lambda: variant(app), 5)
    send(actions.AddToBasket())
    app.store.hear(TakesOrders(False))
    try:
        for name, step in (
            (Screen.PRODUCT, actions.StayHere()),
            (Screen.BASKET, actions.OpenBasket()),
            (Screen.ELSEWHERE, actions.Checkout()),
        ):
            send(step)
            stage.wait_until(lambda name=name: app.root.current_name is name, 8, name)
            settled(app, stage)
            looked.look(f"{name} without room")
        app.store.hear(TakesOrders(True))
        settled(app, stage)
        looked.look("elsewhere with room again")
    finally:
        app.store.hear(TakesOrders(True))
    for step in (actions.Checkout(), actions.GoToDetails()):
        send(step)
    for step in (*(actions.EditField(k, v) for k, v in TYPED.items()), actions.PlaceOrder()):
        send(step)
    stage.wait_until(lambda: app.root.current_name is Screen.THANKS, 8, "thanks")
    send(actions.OrderParked(app.store.visit.placed.intent_id))
    settled(app, stage)
    assert app.root.current.view.phone
    looked.look("thanks of a parked order")
    assert not looked.found, "\n".join(looked.found)


def variant(app):
    return app.store.visit.variant_id


def test_the_walls_first_row_lies_where_hands_reach(app, stage, send, glass):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy, 20, "the cards")
    looked = Inspector(app, stage, glass, low=False)
    stage.wait_until(lambda: any(h.startswith("card.") for h in stage.handles()), 10, "cards")
    cards = [stage.get(h) for h in stage.handles() if h.startswith("card.")]
    first = [c for c in cards if c.top == max(card.top for card in cards)]
    assert len(first) >= 2
    for card in first:
        _, low, _, high = looked.box(card)
        seen = min(high, looked.desk[1]) - max(low, looked.desk[0])
        assert seen >= 2 * TARGET_MM


def test_a_posters_words_cover_nothing_of_what_stands_below(app, stage, glass, become, clock):
    from demo_shop import plan

    clock(datetime(2026, 12, 3, 12, tzinfo=ZoneInfo("Europe/Paris")))
    become(windows=plan())
    app.root.current.enter()
    screen = app.root.current
    assert screen.view.heroes[0].left, "a drop that is counted down"
    for place in range(len(screen.view.heroes)):
        screen._index = place
        screen._settle()
        stage.frames(6)
        said = [word for word in screen._front.ids.words.children if word.text]
        tag = screen.ids.tag
        below = tag.top if tag.opacity else screen.ids.rule.y
        assert min(word.y for word in said) >= below - 1, said[-1].text
        assert max(word.top for word in said) <= screen.ids.sign.y + 1


def test_a_glass_that_hangs_out_of_reach_is_told():
    assert not Glass(398, 708, 1400).reaches(low=False)
    assert all(glass.reaches(low=low) for glass in GLASSES.values() for low in (False, True))
