"""The focus under a finger that explores the real window: nothing is chosen before it was heard."""

from focusing import at_rest, browsing, every_screen, spoken, texts

from kiosk.window.stage.focus import explorer
from kiosk.window.stage.focus.focusable import Focusable, scroller
from kiosk.window.stage.focus.order import box, middle, sight
from kiosk.window.stage.handles import walk
from kiosk.window.visit import actions

__all__ = ["browsing", "spoken"]


def test_a_single_touch_never_chooses(app, spoken, monkeypatch):
    # Half a minute for all parts of the shelves, were each waited for as long as people are.
    monkeypatch.setattr(explorer, "SECOND_TAP_S", 0.1)
    before = app.store.visit
    guide = app.root.guide
    for place in guide.places():
        spoken.tap(middle(place), frames=1)
        spoken.wait_until(lambda: guide._explorer._tapped is None, 5, "the second tap to fail")
        assert app.store.visit == before, place
        assert guide.place is not None


def test_a_finger_that_slides_hears_what_is_under_it_and_chooses_nothing(app, spoken, heard):
    before = app.store.visit
    chip = spoken.get("category.all")
    spoken.drag(chip, spoken.window.width * 0.6, 0, steps=12, hold=3)
    assert app.store.visit == before
    place = app.root.guide.place
    assert place.handle.startswith("category.") and place is not chip
    spoken.wait_until(lambda: place.describe() in texts(heard), 10, "the chip")


def test_a_finger_hears_every_part_that_is_in_sight_and_nothing_that_lies_under_it(
    app, spoken, send
):
    guide = app.root.guide
    for screen in every_screen(app, spoken, send):
        at_rest(app, spoken)
        wanted = []

        def under(wanted=wanted):
            for place in guide.places():
                seen = sight(place) if isinstance(place, Focusable) else None
                if seen is not None:
                    wanted.append(place)
                    yield (seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2

        for _ in spoken.slide(under()):
            assert guide.place is wanted[-1], f"{wanted[-1].handle} on {screen}"
        assert len(wanted) > 5, screen


def test_what_has_been_scrolled_under_a_button_is_not_heard_in_its_place(app, spoken, send):
    send(actions.OpenFilters())
    spoken.wait_until(lambda: app.root.current_name == "find", 10, "the filters")
    at_rest(app, spoken)
    button = spoken.get("find.show")
    left, _, right, _ = box(button)
    chips = [w for w in walk(app.root) if getattr(w, "handle", "").startswith("find.on.maker")]
    view = scroller(chips[0])
    ways = {chip: middle(button)[1] - middle(chip)[1] for chip in chips}
    most = view.children[0].height - view.height
    chip = next(c for c, up in ways.items() if 0 < up < most and left < middle(c)[0] < right)
    view.scroll_y = 1 - ways[chip] / most
    spoken.frames(2)
    assert abs(middle(chip)[1] - middle(button)[1]) < 2
    spoken.hold(middle(chip), 0.3)
    assert app.root.guide.place is button


def test_two_taps_anywhere_choose_what_was_heard_last(app, spoken):
    guide = app.root.guide
    chip = spoken.get("category.luminaires")
    guide.focus(chip)
    corner = (4.0, spoken.window.height - 4.0)
    spoken.tap(corner, frames=1)
    spoken.tap(corner, frames=1)
    spoken.wait_until(lambda: app.store.visit.category_id == chip.value, 10, "the shelf")


def test_the_keypad_on_the_glass_moves_the_focus(app, spoken, heard):
    guide = app.root.guide
    spoken.tap("keypad.next")
    first = guide.place
    spoken.tap("keypad.next")
    assert guide.place is not first
    spoken.tap("keypad.previous")
    assert guide.place is first
    spoken.tap("keypad.louder")
    assert app.store.visit.comfort.volume == 6
    spoken.wait_until(lambda: "Volume 6 sur 10" in texts(heard), 10, "the volume")
