"""The way to the focus, for tests about it: the shelves, a spoken visit, a visit's every screen."""

import pytest

from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import actions


def at_rest(app, stage):
    stage.wait_until(lambda: app.root.current is not None and app.root.at_rest, 10, "the screen")
    wall = getattr(app.root.current.ids, "wall", None)
    if hasattr(wall, "count"):
        stage.wait_until(lambda: not wall.busy, 30, "the cards")
    stage.frames(2)


@pytest.fixture
def browsing(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name == "browse", 10, "the shelves")
    # An empty wall is not busy either: its pieces may still be on their way.
    stage.wait_until(lambda: app.root.current.ids.wall.count, 10, "the pieces")
    at_rest(app, stage)
    return stage


@pytest.fixture
def spoken(app, browsing, send, heard):
    """The shelves in a spoken visit, once the welcome has begun."""
    send(actions.SetComfort("spoken", True))
    at_rest(app, browsing)
    browsing.wait_until(heard, 10, "a voice")
    return browsing


def press(stage, code, *modifiers):
    window = stage.window
    window.dispatch("on_key_down", code, 0, None, list(modifiers))
    window.dispatch("on_key_up", code, 0)
    stage.frames(2)


def texts(heard):
    return [text for _, text in heard()]


def piece_of(app):
    return next(p for p in app.store.world.products.values() if len(p.options) and p.story)


def every_screen(app, stage, send):
    """Lead a visit through its screens; yields each one's name."""
    yield "browse"
    send(actions.OpenFilters())
    stage.wait_until(lambda: app.store.visit.finding.answer, 10, "what there is")
    yield "filters"
    send(actions.Back())
    piece = piece_of(app)
    send(actions.OpenProduct(piece.id))
    stage.wait_until(lambda: app.store.visit.variant_id, 10, "the piece")
    yield "product"
    send(actions.AddToBasket())
    send(actions.OpenBasket())
    yield "basket"
    send(actions.Checkout())
    send(actions.ChooseFulfilment(Fulfilment.COLLECT))
    yield "fulfilment"
    send(actions.GoToDetails())
    yield "details"
    send(actions.FocusField("name"))
    yield "details, typing"
    send(actions.EditField("name", "Ada Lovelace"))
    send(actions.EditField("phone", "0612345678"))
    send(actions.PlaceOrder())
    stage.wait_until(lambda: app.store.visit.screen == "thanks", 10, "the thanks")
    yield "thanks"
