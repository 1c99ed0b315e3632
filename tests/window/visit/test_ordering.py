"""What the visit takes, refuses and corrects between the basket and the order."""

from datetime import datetime

import pytest
from visiting import (
    DOOR,
    PARIS,
    PERSONAL,
    Journey,
    delivery,
    eur,
    order,
    profile,
    promise,
    quote,
    scarf,
    typed,
    vase,
)

from kiosk.contract import Quote
from kiosk.shop.basket import MAX_QUANTITY
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.promise import CollectRules, CourierRules, Fulfilment
from kiosk.window.visit import Notice, Screen, actions, effects

# ---- the basket ---------------------------------------------------------------------------------


def test_the_last_piece_is_sold_once() -> None:
    journey = Journey().do(actions.Wake("vase"), actions.ChooseVariant("vase-l"))
    journey.do(actions.AddToBasket(), actions.AddToBasket())
    assert journey.visit.basket.quantity_of("vase-l") == 1
    assert journey.visit.notice is Notice.STOCK


def test_a_line_is_never_more_than_twenty() -> None:
    journey = Journey().do(actions.Wake("scarf"), actions.AddToBasket(), actions.OpenBasket())
    journey.do(actions.SetQuantity("scarf-1", MAX_QUANTITY))
    journey.do(actions.SetQuantity("scarf-1", MAX_QUANTITY + 1))
    assert journey.visit.basket.pieces == MAX_QUANTITY
    assert journey.visit.notice is Notice.QUANTITY


def test_stock_that_falls_can_be_followed_down_with_one_tap() -> None:
    journey = Journey().at_basket().do(actions.SetQuantity("vase-s", 4))
    journey.stocks(vase(stock=2), scarf())
    journey.unchanged_by(actions.Checkout())
    journey.do(actions.SetQuantity("vase-s", 3))
    assert journey.visit.basket.quantity_of("vase-s") == 2
    journey.do(actions.Checkout())
    assert journey.visit.screen is Screen.FULFILMENT


def test_a_sold_out_line_can_only_be_removed() -> None:
    journey = Journey().at_basket().stocks(vase(stock=0), scarf())
    journey.unchanged_by(actions.Checkout())
    journey.do(actions.SetQuantity("vase-s", 0))
    assert not journey.visit.basket
    journey.unchanged_by(actions.Checkout())


def test_a_product_that_leaves_is_left() -> None:
    journey = Journey().do(actions.Wake("vase"), actions.ProductGone("vase"))
    assert journey.visit.screen is Screen.BROWSE
    assert journey.visit.notice is Notice.GONE
    later = Journey().at_basket().do(actions.ProductGone("vase"), actions.Back())
    assert later.visit.screen is Screen.BROWSE


def test_the_notice_that_was_read_goes_but_a_newer_one_stays() -> None:
    journey = Journey().with_vase()
    first = journey.visit.notice_count
    journey.do(actions.AddToBasket(), actions.NoticeOver(first))
    assert journey.visit.notice is Notice.ADDED
    journey.do(actions.NoticeOver(journey.visit.notice_count))
    assert journey.visit.notice is None


# ---- quotes -------------------------------------------------------------------------------------


def test_a_quote_with_another_price_is_taken_and_said() -> None:
    journey = Journey().at_fulfilment()
    journey.do(actions.QuoteArrived(quote(journey.visit, unit=5000)))
    assert journey.visit.notice is Notice.CHANGED
    assert journey.visit.basket.subtotal("EUR") == eur(5000)
    journey.unchanged_by(actions.QuoteArrived(quote(journey.visit)))


def test_a_quote_in_another_order_of_lines_changes_no_price() -> None:
    journey = Journey().with_vase().do(actions.Back(), actions.OpenProduct("scarf"))
    journey.do(actions.AddToBasket(), actions.OpenBasket(), actions.Checkout())
    answer = quote(journey.visit)
    answer.lines.reverse()
    before = journey.visit.basket
    journey.do(actions.QuoteArrived(answer))
    assert journey.visit.basket == before
    assert journey.visit.notice is None and journey.visit.quote is answer


def late_quotes() -> list[tuple[str, Journey, Quote]]:
    changed = Journey().at_fulfilment()
    old = quote(changed.visit)
    changed.do(actions.Back(), actions.SetQuantity("vase-s", 3), actions.Checkout())
    other = Journey().at_fulfilment()
    courier = quote(other.visit)
    other.do(actions.ChooseFulfilment(Fulfilment.COLLECT))
    gone = Journey().at_fulfilment()
    left = quote(gone.visit)
    gone.do(actions.StartAgain())
    return [("basket", changed, old), ("way", other, courier), ("left", gone, left)]


@pytest.mark.parametrize("case", range(3))
def test_a_quote_for_what_was_asked_before_is_ignored(case: int) -> None:
    _, journey, answer = late_quotes()[case]
    journey.unchanged_by(actions.QuoteArrived(answer))


def test_choosing_the_other_way_asks_again_but_the_same_does_not() -> None:
    journey = Journey().at_fulfilment().do(actions.ChooseFulfilment(Fulfilment.COLLECT))
    (ask,) = journey.effects
    assert isinstance(ask, effects.AskQuote)
    assert ask.request.fulfilment is Fulfilment.COLLECT
    journey.unchanged_by(actions.ChooseFulfilment(Fulfilment.COLLECT))


def test_a_promise_that_time_has_passed_by_is_not_repeated() -> None:
    journey = Journey(datetime(2026, 11, 24, 18, 55, tzinfo=PARIS)).at_fulfilment()
    done = datetime(2026, 11, 24, 19, 50, tzinfo=PARIS)
    said = quote(journey.visit, promise=promise(done=done))
    journey.do(actions.QuoteArrived(said), actions.GoToDetails(), *typed())
    journey.later(minutes=20).do(actions.PlaceOrder())
    (keep,) = journey.effects
    assert isinstance(keep, effects.KeepOrder)
    assert keep.request.seen_done_by == datetime(2026, 11, 25, 10, 55, tzinfo=PARIS)


# ---- what the shop offers -----------------------------------------------------------------------


def test_a_shop_without_couriers_starts_at_the_counter() -> None:
    journey = Journey(shop=profile(courier=CourierRules(enabled=False)))
    journey.at_basket().do(actions.Checkout())
    assert journey.visit.fulfilment is Fulfilment.COLLECT
    journey.unchanged_by(actions.ChooseFulfilment(Fulfilment.COURIER))


def test_a_shop_that_offers_no_way_takes_no_order() -> None:
    nothing = profile(courier=CourierRules(enabled=False), collect=CollectRules(enabled=False))
    Journey(shop=nothing).at_basket().unchanged_by(actions.Checkout())


def test_a_shop_that_sells_only_while_open_says_so_at_the_last_step() -> None:
    shop = profile(orders_when_closed=False)
    journey = Journey(datetime(2026, 11, 24, 19, 25, tzinfo=PARIS), shop).filled()
    journey.later(minutes=6).do(actions.PlaceOrder())
    assert journey.visit.notice is Notice.CLOSED and not journey.visit.busy
    Journey(shop=shop).at_basket().unchanged_by(actions.Checkout())


# ---- details ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"name": ""}, "name", "missing"),
        ({"name": "123"}, "name", "invalid"),
        ({"phone": "12"}, "phone", "invalid"),
        ({"email": "ines@mail"}, "email", "invalid"),
        ({"line1": "  "}, "line1", "missing"),
        ({"postcode": "7"}, "postcode", "invalid"),
        ({"postcode": "99999"}, "postcode", "area"),
        ({"city": ""}, "city", "missing"),
    ],
)
def test_the_first_mistake_is_shown_where_it_is(
    given: dict[str, str], field: str, code: str
) -> None:
    journey = Journey().at_details().do(*typed(**given), actions.PlaceOrder())
    assert [(p.field, p.code) for p in journey.visit.problems] == [(field, code)]
    assert journey.visit.focus == field
    assert journey.effects == []
    journey.do(actions.EditField(field, PERSONAL[field]))
    assert journey.visit.problems == ()
    journey.do(actions.PlaceOrder())
    assert journey.visit.busy == "placing"


def test_email_may_stay_empty_and_all_mistakes_come_at_once() -> None:
    journey = Journey().at_details().do(actions.PlaceOrder())
    missing = [p.field for p in journey.visit.problems]
    assert missing == ["name", "phone", "line1", "postcode", "city"]


def test_a_field_takes_no_more_than_the_wire_does() -> None:
    journey = Journey().at_details()
    journey.do(*typed(**{k: "9" * 500 for k in PERSONAL if k not in ("phone", "postcode")}))
    journey.do(actions.EditField("name", "é" * 500), actions.EditField("email", ""))
    journey.do(actions.PlaceOrder())
    assert isinstance(journey.effects[0], effects.KeepOrder)


def test_an_unknown_field_is_nobodys() -> None:
    journey = Journey().at_details()
    journey.unchanged_by(actions.FocusField("iban"), actions.EditField("iban", "x"))


def test_where_the_door_is_never_comes_from_the_visitor() -> None:
    journey = Journey().followed()
    ride = order(delivery=delivery(DeliveryStatus.ENROUTE_TO_DROPOFF))
    journey.do(actions.OrderChanged("t" * 22, ride))
    assert journey.visit.placed and journey.visit.placed.order
    assert journey.visit.placed.order.delivery
    assert journey.visit.placed.order.delivery.dropoff == DOOR
