"""A window that cannot keep an order says so before anybody types, and where else to order."""

from dataclasses import replace

import pytest
from visiting import Journey, profile, typed

from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen, actions, effects, views

SITE = "https://maison-lucarne.example/boutique"


def full(journey: Journey) -> Journey:
    journey.world = replace(journey.world, takes_orders=False)
    return journey.do(actions.TakesOrders(False))


def emptied(journey: Journey) -> Journey:
    journey.world = replace(journey.world, takes_orders=True)
    return journey.do(actions.TakesOrders(True))


def shown(journey: Journey) -> views.ElsewhereView:
    assert journey.visit.screen is Screen.ELSEWHERE
    journey.do(actions.SetLanguage("en"))
    return views.elsewhere(journey.visit, journey.world)


def test_room_is_looked_for_before_anybody_types() -> None:
    journey = Journey().at_basket().do(actions.Checkout())
    assert effects.LookForRoom() in journey.effects
    journey.do(actions.GoToDetails())
    assert journey.effects == [effects.LookForRoom()]


def test_the_basket_says_it_and_leads_to_the_shops_own_site() -> None:
    journey = full(Journey(shop=profile(website=SITE)).at_basket())
    journey.do(actions.SetLanguage("en"))
    basket = views.basket(journey.visit, journey.world)
    assert basket.why_not == "This window cannot take orders right now."
    assert (basket.checkout, basket.can_checkout, basket.promise) == ("Order another way", True, "")
    view = shown(journey.do(actions.Checkout()))
    assert (view.qr, view.qr_host) == (SITE, "maison-lucarne.example")
    assert view.title == basket.why_not and view.phone == "+33 1 99 00 14 14"
    assert view.again == "" and not view.refused
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BASKET and journey.visit.basket


def test_a_pieces_page_says_it_and_still_fills_the_basket() -> None:
    journey = full(Journey().with_vase())
    journey.do(actions.SetLanguage("en"))
    view = views.product(journey.visit, journey.world)
    assert view.no_orders == "This window cannot take orders right now."
    before = journey.visit.basket.pieces
    assert view.can_add and journey.do(actions.AddToBasket()).visit.basket.pieces == before + 1
    assert views.product(journey.visit, emptied(journey).world).no_orders == ""


@pytest.mark.parametrize(
    ("website", "phone", "qr", "says"),
    [
        (SITE, "", SITE, "on the shop’s own site"),
        ("", "+33 1 99 00 14 14", "", "by phone"),
        ("", "", "", "in the shop"),
        ("http://maison-lucarne.example", "", "", "in the shop"),
        ("https://maison-lucarne.example@evil.example", "", "", "in the shop"),
    ],
)
def test_there_is_always_a_way_and_never_an_unsafe_one(
    website: str, phone: str, qr: str, says: str
) -> None:
    journey = full(Journey(shop=profile(website=website, phone=phone)).at_basket())
    view = shown(journey.do(actions.Checkout()))
    assert view.qr == qr and says in view.lead
    assert bool(view.place) is (not qr and not phone)


def test_ordering_comes_back_with_the_room() -> None:
    journey = full(Journey().at_basket()).do(actions.Checkout())
    assert effects.LookForRoom() in journey.effects
    view = shown(emptied(journey))
    assert (view.title, view.again) == ("This window takes orders again.", "Order")
    journey.do(actions.Checkout())
    assert journey.visit.screen is Screen.FULFILMENT
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BASKET


def test_the_way_to_the_details_is_closed_while_there_is_no_room() -> None:
    journey = full(Journey().at_fulfilment()).do(actions.GoToDetails())
    assert journey.visit.screen is Screen.ELSEWHERE
    assert full(Journey().at_details()).visit.screen is Screen.ELSEWHERE


def test_who_has_typed_may_still_try_and_is_told_the_truth() -> None:
    journey = full(Journey().at_details(Fulfilment.COLLECT).do(*typed()))
    assert journey.visit.screen is Screen.DETAILS
    journey.do(actions.PlaceOrder())
    assert isinstance(journey.effects[0], effects.KeepOrder)
    journey.do(actions.OrderNotKept(journey.intent))
    view = shown(journey)
    assert view.refused and view.title == "Your order was not accepted."
    assert "nothing is ordered" in view.lead and view.again == ""
    view = shown(emptied(journey))
    assert view.again == "Try again" and "nothing is ordered" in view.lead
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.DETAILS and journey.visit.draft.name


def test_a_closed_shop_that_takes_no_orders_is_no_reason_to_go_elsewhere() -> None:
    journey = full(Journey(shop=profile(orders_when_closed=False)).at_basket())
    journey.do(actions.SetLanguage("en"), actions.Checkout())
    assert journey.visit.screen is Screen.BASKET
    view = views.basket(journey.visit, journey.world)
    assert view.why_not == "Orders are taken while the shop is open." and not view.can_checkout
