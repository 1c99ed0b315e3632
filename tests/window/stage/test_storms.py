"""Rough hands and a large catalogue: one action for each touch, nothing blank, nothing lost."""

from dataclasses import replace

import pytest
from conftest import DATA
from demo_shop import seed

from kiosk.contract import CatalogueChanges
from kiosk.shop.basket import MAX_QUANTITY
from kiosk.window.link import CatalogueChanged
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


@pytest.fixture
def done(app):
    """The actions that the touches of a test have caused."""
    taken, dispatch = [], app.store.dispatch
    services = app.root._services

    def note(action):
        taken.append(action)
        dispatch(action)

    object.__setattr__(services, "send", note)
    yield taken
    object.__setattr__(services, "send", dispatch)


def fling(stage, wall, way):
    stage.drag(wall, 0, way * wall.height * 0.45, steps=3)


def whole(wall):
    """Every card in sight shows its product."""
    return all(s.ready and s.box.texture is not wall._blank for s in wall._slots.values())


def settled(stage, wall):
    stage.wait_until(lambda: not wall.busy, 15, "a wall at rest")
    assert wall._slots and whole(wall)


def test_to_the_end_and_back(stage, wall):
    for _ in range(2):
        fling(stage, wall, 1)
    stage.pause(0.3)
    wall._scroll.jump(wall._scroll.most)  # further than any row has been fetched
    wall._wake()
    settled(stage, wall)
    assert max(wall._slots) == MANY - 1
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
        fling(stage, wall, 1)
        assert wall._scroll.moving
        stage.tap(handle, frames=1)
        fling(stage, wall, 1)
        assert wall._scroll.moving
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


def test_five_hundred_taps_on_a_card_open_it_once(app, stage, wall, done):
    card = stage.get(f"card.{PIECE}")
    point = card.to_window(*card.center)
    for _ in range(500):
        stage.tap(point, frames=0)
    stage.frames(3)
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)
    stage.pause(0.8)
    assert [type(a) for a in done] == [actions.OpenProduct]
    stage.tap("bar.back")
    assert app.root.current_name is Screen.BROWSE


def test_ten_fingers_on_the_wall_open_one_piece(app, stage, wall, done):
    cards = [stage.get(h) for h in stage.handles() if h.startswith("card.")]
    stage.tap_together([c.to_window(*c.center) for c in cards] * 3)
    stage.pause(0.5)
    assert [type(a) for a in done] == [actions.OpenProduct]


def test_a_long_press_is_one_touch(app, stage, wall, done):
    stage.hold(f"card.{PIECE}", 0.7)
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)
    assert [type(a) for a in done] == [actions.OpenProduct]
    stage.wait_for("product.add")
    stage.hold("product.add", 0.7)
    assert app.store.visit.basket.pieces == 1


def test_five_hundred_taps_on_add_never_take_more_than_there_is(app, stage, crowd, send, done):
    send(actions.Wake(PIECE))
    button = stage.wait_for("product.add")
    point = button.to_window(*button.center)
    for _ in range(500):
        stage.tap(point, frames=0)
    stage.frames(5)
    variant = app.store.world.products[PIECE].variant(app.store.visit.variant_id)
    most = MAX_QUANTITY if variant.stock is None else min(variant.stock, MAX_QUANTITY)
    assert app.store.visit.basket.pieces == most
    assert sum(isinstance(a, actions.AddToBasket) for a in done) <= 500
    stage.wait_for("bar.basket")


def test_a_finger_that_is_never_lifted_does_not_hold_the_wall_for_ever(app, stage, wall, send):
    lost = stage._fingers.new(0.5, 0.5)
    stage._fingers.put("begin", lost)
    stage.frames(2)
    send(actions.StartAgain())
    stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 3)
    stage.pause(0.7)
    stage.tap("attract.invite")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 3)
    settled(stage, wall)
    before = wall.scrolled
    fling(stage, wall, 1)
    settled(stage, wall)
    assert wall.scrolled > before
    stage._fingers.put("end", lost)
    stage.frames(2)
