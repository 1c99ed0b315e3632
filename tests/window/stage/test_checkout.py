"""From the basket to thank you, with real touches: what is shown, typed, kept and forgotten."""

from datetime import timedelta

import pytest

from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen, actions

PERSONAL = {
    "name": "Inès Dœuvre",
    "phone": "0612345678",
    "email": "ines.d@mail.example",
    "line1": "3 passage du Cerf",
    "postcode": "75002",
    "city": "Paris",
}


def current(app):
    return app.root.current_name


def on(app, stage, screen):
    stage.wait_until(lambda: current(app) is screen and app.root.at_rest, 5, screen)
    return app.root.current


@pytest.fixture
def basket(app, stage, send):
    """Two pieces in the basket, and the basket on the glass."""
    for piece in ("vase-galbe", "bougie-figuier"):
        send(actions.Wake(piece) if current(app) is Screen.ATTRACT else actions.OpenProduct(piece))
        stage.wait_until(lambda: app.store.visit.variant_id, 5, "the piece")
        send(actions.AddToBasket())
        send(actions.Back())
    send(actions.OpenBasket())
    return on(app, stage, Screen.BASKET)


@pytest.fixture
def touched_details(app, stage, basket):
    """The same fields as `details`, and every way to them by touch."""
    stage.tap("basket.checkout")
    on(app, stage, Screen.FULFILMENT)
    stage.tap("fulfilment.courier")
    stage.tap("fulfilment.continue")
    return on(app, stage, Screen.DETAILS)


def fill(send, **changes):
    for name, text in (PERSONAL | changes).items():
        send(actions.EditField(name, text))


# ---- basket -------------------------------------------------------------------------------------


def lines(app):
    return {x.variant_id: x.quantity for x in app.store.visit.basket.lines}


def test_the_stepper_counts_and_the_total_follows(app, stage, basket):
    first = next(iter(lines(app)))
    before = basket.view.totals[-1].amount
    stage.tap(f"basket.plus:{first}")
    assert lines(app)[first] == 2
    assert basket.view.totals[-1].amount != before
    stage.tap(f"basket.minus:{first}")
    assert lines(app)[first] == 1


def test_a_line_can_be_removed_and_an_empty_basket_leads_to_the_shelves(app, stage, basket):
    for variant in list(lines(app)):
        stage.tap(f"basket.remove:{variant}")
    assert lines(app) == {}
    assert basket.empty == basket.view.empty
    assert stage.find("basket.checkout") is None
    stage.tap("basket.shelves")
    on(app, stage, Screen.BROWSE)


def test_a_double_tap_on_order_goes_one_step(app, stage, basket):
    stage.tap("basket.checkout", frames=1)
    stage.tap((stage.window.width / 2, 70.0), frames=1)
    on(app, stage, Screen.FULFILMENT)


# ---- fulfilment ---------------------------------------------------------------------------------


def test_the_chosen_way_is_marked_and_priced(app, stage, basket):
    stage.tap("basket.checkout")
    screen = on(app, stage, Screen.FULFILMENT)
    stage.tap("fulfilment.collect")
    assert app.store.visit.fulfilment is Fulfilment.COLLECT
    cards = {way: stage.get(f"fulfilment.{way}") for way in ("courier", "collect")}
    assert [c.selected for c in cards.values()] == [False, True]
    assert cards["collect"].ids.promise.text == screen.view.choices[1].promise
    stage.tap("bar.back")
    on(app, stage, Screen.BASKET)


# ---- details and the keyboard -------------------------------------------------------------------


def test_a_name_is_typed_with_capitals_and_accents(app, stage, details):
    stage.tap("details.field:name")
    stage.type("i")
    stage.type(["n", "è", "s", "space", "d"])
    assert app.store.visit.draft.name == "Inès D"


def test_shift_is_once_and_twice_is_for_good(app, stage, details):
    stage.tap("details.field:line1")
    stage.type(["r", "shift", "a", "b", "shift", "shift", "c", "d", "shift", "e"])
    assert app.store.visit.draft.line1 == "rAbCDe"


def test_a_long_press_offers_accents_and_a_tap_takes_one(app, stage, details):
    stage.tap("details.field:line1")
    stage.pause(0.4)
    stage.hold("key:e", 0.7)
    stage.wait_for("key:ê")
    stage.tap("key:ê")
    assert app.store.visit.draft.line1 == "ê"
    assert stage.find("key:ê") is None


def test_backspace_takes_the_last_and_holding_it_takes_more(app, stage, details, send):
    send(actions.EditField("line1", "rue du Grand Cerf"))
    stage.tap("details.field:line1")
    stage.pause(0.4)
    stage.tap("key:backspace")
    assert app.store.visit.draft.line1 == "rue du Grand Cer"
    stage.hold("key:backspace", 1.2)
    assert len(app.store.visit.draft.line1) < 12


def test_a_touch_in_the_text_places_the_caret(app, stage, details, send):
    send(actions.EditField("line1", "12 rue"))
    stage.tap("details.field:line1")
    box = stage.get("details.field:line1")
    inside = box.ids.box
    stage.tap(box.to_window(inside.x + details._theme.mm(8.5), inside.center_y))
    stage.type(["1"])
    assert app.store.visit.draft.line1 == "112 rue"


def test_the_keys_follow_the_field_and_the_language(app, stage, details, send):
    stage.tap("details.field:phone")
    stage.pause(0.4)
    assert stage.find("key:+") is not None and stage.find("key:a") is None
    stage.tap("details.field:email")
    stage.pause(0.3)
    stage.type(["i", "@", "a", ".com"])
    assert app.store.visit.draft.email == "i@a.com"
    send(actions.SetLanguage("en"))
    stage.frames(3)
    assert "qwerty" in "".join(k.spec.code for k in details.keyboard._keys)


def test_next_goes_through_the_fields_and_done_puts_the_keyboard_away(app, stage, touched_details):
    stage.tap("details.field:name")
    order = []
    for _ in range(6):
        order.append(app.store.visit.focus)
        stage.tap("key:next")
    assert order == ["name", "phone", "email", "line1", "postcode", "city"]
    assert app.store.visit.focus == "note"
    assert stage.find("key:next") is None
    stage.tap("key:done")
    stage.pause(0.5)
    assert app.store.visit.focus == "" and touched_details.keyboard.shown == 0
    assert "key:a" not in stage.handles()


def test_a_field_takes_no_more_than_its_length(app, stage, details, send):
    send(actions.EditField("postcode", "1" * 12))
    stage.tap("details.field:postcode")
    stage.type(["2"])
    assert app.store.visit.draft.postcode == "1" * 12


def test_mistakes_are_said_under_their_fields(app, stage, details):
    stage.tap("details.place")
    stage.pause(0.4)
    box = stage.get("details.field:name")
    assert box.focused and box.ids.problem.text
    assert stage.get("details.field:city").ids.problem.text
    stage.type(["z"])
    assert box.ids.problem.text == ""


def strings_in(widget):
    for node in widget.walk():
        for name in node.properties():
            value = getattr(node, name)
            if isinstance(value, str):
                yield value


def test_an_order_is_kept_thanked_for_and_forgotten(app, stage, touched_details, send):
    fill(send)
    kept = app.link.outbox.waiting_count()
    stage.tap("details.place")
    stage.tap((stage.window.width / 2, 70.0), frames=1)  # a second tap orders nothing more
    screen = on(app, stage, Screen.THANKS)
    assert screen.view.known == "waiting" and screen.qr == ""
    assert app.link.outbox.waiting_count() == kept + 1
    shown = " ".join(s for s in strings_in(app.root))
    for name in ("name", "email", "line1"):
        assert PERSONAL[name] not in shown
    gone = app.root.screen(Screen.DETAILS)
    assert gone._boxes == {} and gone.view is None
    stage.tap("thanks.finish")
    on(app, stage, Screen.ATTRACT)
    assert app.store.visit.placed is None


# ---- still there? -------------------------------------------------------------------------------


def test_the_idle_question_is_answered_by_any_touch(app, stage, basket, send):
    before = lines(app)
    send(actions.IdleWarning(app.store.now))
    stage.wait_for("idle.stay")
    x, y = stage.get("basket.checkout").center
    stage.tap((float(x), float(y)))
    assert app.store.visit.warned_at is None
    assert stage.find("idle.stay") is None
    assert current(app) is Screen.BASKET and lines(app) == before


def test_leaving_from_the_idle_question_forgets(app, stage, basket, send):
    send(actions.IdleWarning(app.store.now - timedelta(seconds=7)))
    assert stage.wait_for("idle.leave")
    assert app.root._idle.seconds == 13
    stage.tap("idle.leave")
    on(app, stage, Screen.ATTRACT)
    assert lines(app) == {}


def test_a_notice_covers_nothing_that_is_pressed(app, stage, basket, send):
    variant = next(iter(lines(app)))
    send(actions.SetQuantity(variant, 20))
    send(actions.SetQuantity(variant, 21))
    stage.pause(0.3)
    said = basket._said
    assert said.opacity == 1 and said.text == basket.view.notice
    order = stage.get("basket.checkout")
    assert said.y > order.top
    send(actions.Back())
    stage.pause(0.5)
    assert said.text == ""
