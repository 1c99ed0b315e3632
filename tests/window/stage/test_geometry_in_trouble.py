"""What is said of trouble is within reach and large enough, too: see test_geometry.py."""

import pytest
from ruler import HUNG, LANGUAGES, MODES, TYPED, Inspector, glass, settled, variant

from kiosk.window.link import TakesOrders
from kiosk.window.visit import Screen, actions

__all__ = ["glass"]


@pytest.mark.parametrize(("glass", "mode"), HUNG, indirect=["glass"])
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
