"""Rough hands and a large catalogue: one action for each touch, nothing blank, nothing lost."""

import logging
import random
from dataclasses import replace

import pytest
from conftest import DATA
from demo_shop import seed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kivy.base import EventLoop

from kiosk.contract import CatalogueChanges
from kiosk.shop.basket import MAX_QUANTITY
from kiosk.shop.promise import Fulfilment
from kiosk.window.link import CatalogueChanged
from kiosk.window.stage.pilot_fingers import Stroke
from kiosk.window.visit import Screen, actions

MANY = 1255
PIECE = "vase-galbe"


@pytest.fixture(scope="module")
def crowd(app):
    """The demo shop with as many products as a real feed; the demo shop again afterwards."""
    catalogue = app.link.catalogue

    def fill(products):
        seed(DATA, products=products, catalogue=catalogue)
        app.store.hear(CatalogueChanged(catalogue.version))

    fill(MANY)
    yield
    fill(0)


@pytest.fixture
def wall(app, stage, crowd):
    stage.tap("attract.invite")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 3)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: wall.count == MANY and not wall.busy, 15, "the wall")
    return wall


@pytest.fixture(autouse=True)
def _a_dry_glass(app):
    """What the storm before has masked is masked for seconds: not for the next test."""
    app.hygiene.begin_anew()


@pytest.fixture
def done(app):
    """The actions that the touches of a test have caused, but for what is only made ready."""
    taken, dispatch = [], app.store.dispatch
    services = app.root._services

    def note(action):
        if not isinstance(action, actions.PrepareProduct | actions.LookAhead):
            taken.append(action)
        dispatch(action)

    object.__setattr__(services, "send", note)
    yield taken
    object.__setattr__(services, "send", dispatch)


def fling(stage, wall, way):
    stage.drag(wall, 0, way * wall.height * 0.45, steps=3)


def running(stage, wall, way):
    """Thrown until it runs: where a frame takes long, a throw may be over within it."""
    for _ in range(6):
        fling(stage, wall, way)
        if wall._scroll.moving:
            return
    raise AssertionError("the wall does not run")


def whole(wall):
    """Every card in sight shows its product."""
    return all(s.ready and s.box.texture is not wall._blank for s in wall._slots.used.values())


def settled(stage, wall):
    stage.wait_until(lambda: not wall.busy, 15, "a wall at rest")
    assert wall._slots.used and whole(wall)


def test_to_the_end_and_back(stage, wall):
    for _ in range(2):
        fling(stage, wall, 1)
    stage.pause(0.3)
    wall._scroll.jump(wall._scroll.most)  # further than any row has been fetched
    wall.wake()
    settled(stage, wall)
    assert max(wall._slots.used) == MANY - 1
    fling(stage, wall, 1)
    settled(stage, wall)
    assert wall.scrolled == round(wall._scroll.most), "the end holds"
    for _ in range(3):
        fling(stage, wall, -1)
    settled(stage, wall)
    wall.forget()
    settled(stage, wall)
    assert wall.scrolled == 0


def test_another_category_and_language_while_the_wall_runs(app, stage, send, wall):
    for handle, language in (("category.luminaires", "en"), ("category.all", "fr")):
        running(stage, wall, 1)
        stage.tap(handle, frames=1)
        running(stage, wall, 1)
        send(actions.SetLanguage(language))
    settled(stage, wall)
    assert wall.count == MANY
    assert app.store.visit.category_id is None
    assert wall._look.language == app.store.visit.language == "fr"


def test_pieces_go_and_come_while_the_wall_runs(app, stage, wall):
    fling(stage, wall, 1)
    fling(stage, wall, 1)
    catalogue = app.link.catalogue
    gone = [f"{PIECE}-{turn}" for turn in range(20, 40)]
    kept = [catalogue.product(key) for key in gone]
    kept = [piece for piece in kept if piece]
    deletions = [piece.id for piece in kept]
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="2", deletions=deletions))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: wall.count == MANY - len(kept), 5)
    settled(stage, wall)
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="3", upserts=kept))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: wall.count == MANY, 5)
    settled(stage, wall)


def test_a_piece_that_sells_out_while_it_is_open_can_no_longer_be_added(app, stage, crowd, send):
    send(actions.Wake(PIECE))
    button = stage.wait_for("product.add")
    catalogue = app.link.catalogue
    piece = catalogue.product(PIECE)
    none = tuple(replace(v, stock=0) for v in piece.variants)
    sold = replace(piece, version=piece.version + 1, variants=none)
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="4", upserts=[sold]))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: button.disabled, 3, "a button that sells nothing")
    stage.tap(button)
    assert app.store.visit.basket.pieces == 0
    again = replace(piece, version=piece.version + 2)
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="5", upserts=[again]))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: not button.disabled, 3)


def taps(place, stage, count, every, lasts=0.04):
    """Taps on one place, each with a finger of its own, `every` seconds."""
    x, y = stage._share(*place)
    for tap in range(count):
        yield Stroke("begin", tap, x, y, tap * every)
        yield Stroke("end", tap, x, y, tap * every + min(lasts, every / 2))


def middle(widget):
    return widget.to_window(*widget.center)


@pytest.mark.parametrize("every", [0.005, 0.1])
def test_five_hundred_taps_on_a_card_open_it_once(app, stage, wall, done, every):
    stage.storm(taps(middle(stage.get(f"card.{PIECE}")), stage, 500, every))
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)
    stage.pause(0.8)
    assert [type(a) for a in done] == [actions.OpenProduct]
    stage.tap("bar.back")
    assert app.root.current_name is Screen.BROWSE


def test_ten_fingers_on_the_wall_open_one_piece_at_most(app, stage, wall, done):
    cards = [stage.get(h) for h in stage.handles() if h.startswith("card.")]
    stage.tap_together([middle(c) for c in cards] * 3)
    stage.pause(0.5)
    assert [type(a) for a in done] in ([actions.OpenProduct], [])


def test_a_palm_presses_nothing(app, stage, wall, done):
    x, y = middle(stage.get(f"card.{PIECE}"))
    mm = app.settings.px_per_mm
    stage.tap_together([(x + mm * dx, y + mm * dy) for dx, dy in [(0, 0), (20, 18), (42, 20)]])
    stage.pause(0.3)
    assert app.root.current_name is Screen.BROWSE
    assert done == []
    assert wall._hand.finger is None and wall.scrolled == 0
    stage.tap(f"card.{PIECE}")
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)


def test_rain_does_not_keep_a_visit_alive(app, stage, wall, done):
    """Once drops are known as such the idle clock does not hear them."""
    heard = []
    stage.window.bind(on_touch_down=lambda *_: heard.append(1))
    drops = random.Random(7)
    strokes = []
    for drop in range(200):
        x, y, at = drops.uniform(0.1, 0.9), drops.uniform(0.1, 0.9), drop * 0.08
        strokes += [Stroke("begin", drop, x, y, at), Stroke("end", drop, x, y, at + 0.012)]
    stage.storm(strokes, exact=True)
    assert len(heard) < 10
    assert app.hygiene.ignored["micro"] > 150


def test_a_long_press_is_one_touch(app, stage, wall, done):
    stage.hold(f"card.{PIECE}", 0.7)
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)
    assert [type(a) for a in done] == [actions.OpenProduct]
    stage.wait_for("product.add")
    stage.hold("product.add", 0.7)
    assert app.store.visit.basket.pieces == 1


def test_five_hundred_taps_on_add_are_one(app, stage, crowd, send, done):
    send(actions.Wake(PIECE))
    stage.storm(taps(middle(stage.wait_for("product.add")), stage, 500, 0.1))
    stage.frames(5)
    assert app.store.visit.basket.pieces == 1
    stage.wait_for("bar.basket")


def test_five_hundred_deliberate_taps_never_take_more_than_there_is(app, stage, crowd, send, done):
    send(actions.Wake(PIECE))
    stage.storm(taps(middle(stage.wait_for("product.add")), stage, 500, 0.2))
    stage.frames(5)
    variant = app.store.world.products[PIECE].variant(app.store.visit.variant_id)
    most = MAX_QUANTITY if variant.stock is None else min(variant.stock, MAX_QUANTITY)
    assert app.store.visit.basket.pieces == most
    assert sum(isinstance(a, actions.AddToBasket) for a in done) <= 500


def test_a_finger_that_is_never_lifted_does_not_hold_the_wall_for_ever(app, stage, wall, send):
    lost = stage._fingers.new(0.5, 0.5)
    stage._fingers.put("begin", lost)
    stage.frames(2)
    send(actions.StartAgain())
    stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 3)
    stage.pause(0.7)
    stage.tap("attract.invite")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 3)
    stage.wait_until(lambda: app.root.at_rest, 3)
    settled(stage, wall)
    before = wall.scrolled
    fling(stage, wall, 1)
    settled(stage, wall)
    assert wall.scrolled > before
    stage._fingers.put("end", lost)
    stage.frames(2)


def test_five_hundred_taps_on_place_keep_one_order(app, stage, crowd, send):
    send(actions.Wake(PIECE))
    stage.wait_until(lambda: app.store.visit.variant_id, 5)
    for action in (
        actions.AddToBasket(),
        actions.OpenBasket(),
        actions.Checkout(),
        actions.ChooseFulfilment(Fulfilment.COLLECT),
        actions.GoToDetails(),
        actions.EditField("name", "Ada Lovelace"),
        actions.EditField("phone", "0612345678"),
    ):
        send(action)
    place = stage.wait_for("details.place")
    before = orders(app)
    stage.storm(taps(middle(place), stage, 500, 0.2))
    stage.wait_until(lambda: app.root.current_name is Screen.THANKS, 5)
    stage.storm(taps(middle(place), stage, 50, 0.2))
    stage.pause(0.5)
    assert orders(app) == before + 1


def orders(app):
    return app.link.outbox._db.read("SELECT count(*) FROM kept_order")[0][0]


ANYTHING = st.lists(
    st.tuples(
        st.sampled_from(["begin", "update", "update", "end"]),
        st.integers(0, 9),
        st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from([0.0, 0.008, 0.03, 0.2, 0.6]),
    ),
    min_size=40,
    max_size=160,
)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ANYTHING)
def test_whatever_ten_fingers_do_the_window_goes_on(app, stage, crowd, caplog, noise):
    caplog.clear()
    app.hygiene.begin_anew()
    at, down, strokes = 0.0, {}, []
    for phase, finger, x, y, later in noise:
        at += later
        if (finger in down) == (phase == "begin"):
            continue
        if phase == "end":
            strokes.append(Stroke("end", down.pop(finger), x, y, at))
        else:
            number = down.setdefault(finger, len(strokes))
            strokes.append(Stroke(phase, number, x, y, at))
    strokes += [Stroke("end", number, 0.5, 0.5, at + 0.05) for number in down.values()]
    stage.storm(strokes, a_frame=6, exact=noise[0][1] % 2 == 0)
    stage.pause(0.2)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert not EventLoop.touches, "a touch that never ended"
    basket = app.store.visit.basket
    assert all(1 <= line.quantity <= MAX_QUANTITY for line in basket.lines)
    app.store.dispatch(actions.StartAgain())
    stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 3)
    stage.pause(0.7)
    app.hygiene.begin_anew()
    stage.tap("attract.invite")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 3)
