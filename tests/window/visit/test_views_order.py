"""What is said after the order: nothing that is not known."""

from dataclasses import replace

import pytest
from visiting import (
    PAGE,
    Journey,
    delivery,
    order,
    profile,
)

from kiosk.contract import CourierCard
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import actions, views

COURIER, COLLECT = Fulfilment.COURIER, Fulfilment.COLLECT
TOKEN = "t" * 22


# ---- thank you ----------------------------------------------------------------------------------


def said(journey: Journey) -> views.ThanksView:
    journey.do(actions.SetLanguage("en"))
    return views.thanks(journey.visit, journey.world)


def test_kept_but_not_answered_promises_nothing() -> None:
    view = said(Journey().kept())
    assert view.known == "waiting"
    assert view.qr == view.code == view.follow == ""
    assert "kept safely here" in view.message and "will confirm" in view.message
    assert len(view.number) == 6 and view.number_hint and view.phone == "+33 1 99 00 14 14"


def test_an_accepted_order_has_its_number_code_and_page() -> None:
    view = said(Journey().accepted())
    assert (view.known, view.number, view.code, view.qr) == ("accepted", "ML-1042", "4827", PAGE)
    assert view.qr_host == "buy.maison-lucarne.example"
    assert view.message == "Prepared tomorrow at 10:00, with you by 10:55."
    assert view.follow


@pytest.mark.parametrize("reason", list(ReviewReason))
def test_an_order_under_review_is_not_called_accepted(reason: ReviewReason) -> None:
    journey = Journey().accepted(status=OrderStatus.NEEDS_REVIEW, reasons=[reason], promise=None)
    view = said(journey)
    assert view.known == "review" and not view.follow
    asked = "asks you first" if reason is not ReviewReason.UNREADABLE else "please call the shop"
    assert asked in view.message and view.phone


def test_a_review_that_ends_well_gets_its_promise() -> None:
    journey = Journey().accepted(
        status=OrderStatus.NEEDS_REVIEW, reasons=[ReviewReason.SOLD_OUT], promise=None
    )
    journey.do(actions.OrderChanged(TOKEN, order(version=2)))
    view = said(journey)
    assert view.known == "accepted" and view.message.endswith("by 10:55.")


def test_a_parked_order_waits_for_the_shop() -> None:
    journey = Journey().kept()
    journey.do(actions.OrderParked(journey.intent))
    view = said(journey)
    assert view.known == "waiting" and "The shop must look at it" in view.message


@pytest.mark.parametrize("status", [OrderStatus.REFUSED, OrderStatus.CANCELLED])
def test_a_cancelled_order_is_not_thanked_for(status: OrderStatus) -> None:
    journey = Journey().accepted().do(actions.OrderChanged(TOKEN, order(status, version=3)))
    view = said(journey)
    assert view.known == "ended" and view.title == "We are sorry."


# ---- tracking -----------------------------------------------------------------------------------


def tracked(
    status: OrderStatus, way: Fulfilment = COURIER, ride: DeliveryStatus | None = None
) -> views.TrackingView:
    journey = Journey().followed(way).do(actions.SetLanguage("en"))
    told = order(status, version=3, way=way, delivery=delivery(ride) if ride else None)
    journey.do(actions.OrderChanged(TOKEN, told))
    return views.tracking(journey.visit, journey.world)


def states(view: views.TrackingView) -> str:
    return "".join({"done": "x", "now": "o", "todo": "."}[s.state] for s in view.steps)


@pytest.mark.parametrize(
    ("status", "ride", "steps"),
    [
        (OrderStatus.ACCEPTED, None, "o....."),
        (OrderStatus.PREPARING, None, "xo...."),
        (OrderStatus.READY, DeliveryStatus.CONFIRMED, "xo...."),
        (OrderStatus.HANDED_OVER, DeliveryStatus.PICKED_UP, "xxo..."),
        (OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF, "xxxo.."),
        (OrderStatus.HANDED_OVER, DeliveryStatus.ARRIVED_AT_DROPOFF, "xxxxo."),
        (OrderStatus.COMPLETED, DeliveryStatus.DELIVERED, "xxxxxx"),
    ],
)
def test_the_steps_follow_the_ride(
    status: OrderStatus, ride: DeliveryStatus | None, steps: str
) -> None:
    assert states(tracked(status, ride=ride)) == steps


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (OrderStatus.ACCEPTED, "o..."),
        (OrderStatus.READY, "xxo."),
        (OrderStatus.COMPLETED, "xxxx"),
    ],
)
def test_the_steps_of_collecting(status: OrderStatus, steps: str) -> None:
    view = tracked(status, COLLECT)
    assert states(view) == steps
    assert not view.has_map and view.fix is None


def test_a_courier_is_shown_only_between_pick_up_and_the_door() -> None:
    for ride in DeliveryStatus:
        shown = tracked(OrderStatus.READY, ride=ride).fix is not None
        assert shown is ride.position_public


def test_a_couriers_photo_is_named_only_between_pick_up_and_the_door() -> None:
    card = CourierCard(display_name="Inès D.", photo_url="/api/v1/courier-photos/x")
    journey = Journey().followed()
    for version, ride in enumerate(DeliveryStatus, 3):
        told = order(
            OrderStatus.HANDED_OVER, version=version, delivery=delivery(ride, courier=card)
        )
        journey.do(actions.OrderChanged(TOKEN, told))
        view = views.tracking(journey.visit, journey.world)
        assert bool(view.face) is ride.position_public, ride
        assert "courier-photos" not in repr(view) + repr(card)


def test_a_window_out_of_reach_shows_no_photo() -> None:
    """It would not hear that the courier pauses or takes it away."""
    card = CourierCard(display_name="Inès D.", photo_url="/api/v1/courier-photos/x")
    ride = delivery(DeliveryStatus.PICKED_UP, courier=card)
    journey = Journey().followed()
    journey.do(
        actions.OrderChanged(TOKEN, order(OrderStatus.HANDED_OVER, version=3, delivery=ride))
    )
    for online in (True, False, True):
        view = views.tracking(journey.visit, replace(journey.world, online=online))
        assert bool(view.face) is online and view.courier == "Inès D."


def test_a_simulated_courier_is_called_so_and_an_invented_map_too() -> None:
    view = tracked(OrderStatus.HANDED_OVER, ride=DeliveryStatus.PICKED_UP)
    assert "simulated" in view.simulated
    assert view.map_note == "Imaginary quarter"
    real = Journey(shop=profile(demo=False, map_invented=False)).followed()
    ride = delivery(DeliveryStatus.PICKED_UP, simulated=False)
    real.do(actions.OrderChanged(TOKEN, order(delivery=ride, version=3)))
    view = views.tracking(real.visit, real.world)
    assert view.simulated == "" and "© OpenStreetMap contributors" in view.map_note


def test_the_newest_position_counts_wherever_it_came_from() -> None:
    journey = Journey().followed()
    ride = order(delivery=delivery(DeliveryStatus.PICKED_UP), version=3)
    journey.do(actions.OrderChanged(TOKEN, ride))
    view = views.tracking(journey.visit, journey.world)
    assert view.fix is not None and view.fix.seq == 1


def test_a_ride_that_was_stopped_leads_to_no_door() -> None:
    for status in (DeliveryStatus.CANCELLED, DeliveryStatus.RETURNING, DeliveryStatus.RETURNED):
        view = tracked(OrderStatus.HANDED_OVER, ride=status)
        assert view.title == "The ride was stopped" and view.eta == "" and view.fix is None
        assert not view.has_map and view.camera is None and view.steps == () and view.code == ""
        assert not view.finished  # staff have still to say what becomes of the order


def test_an_order_that_was_completed_after_all_is_not_called_stopped() -> None:
    for status in (DeliveryStatus.RETURNING, DeliveryStatus.RETURNED):
        view = tracked(OrderStatus.COMPLETED, ride=status)
        assert (view.title, view.ended) == ("Delivered", "well")
        assert view.message == "Thank you, and see you soon."


@pytest.mark.parametrize("reason", [None, *CancelReason])
@pytest.mark.parametrize("status", [OrderStatus.HANDED_OVER, OrderStatus.CANCELLED])
def test_why_it_was_stopped_is_said_first(status: OrderStatus, reason: CancelReason | None) -> None:
    ride = delivery(DeliveryStatus.RETURNING).model_copy(update={"cancel_reason": reason})
    journey = Journey().followed().do(actions.SetLanguage("en"))
    journey.do(actions.OrderChanged(TOKEN, order(status, version=3, delivery=ride)))
    message = views.tracking(journey.visit, journey.world).message
    then = "nothing is charged." if status is OrderStatus.CANCELLED else "by phone or message."
    assert message.endswith(then)
    assert len(message.split(". ")) == (1 if reason is None else 2)
    if status is OrderStatus.CANCELLED:
        assert said(journey).message == message


def test_a_promise_that_was_missed_is_admitted() -> None:
    journey = Journey().followed().do(actions.SetLanguage("en"))
    journey.do(actions.OrderChanged(TOKEN, order(OrderStatus.PREPARING, version=2)))
    journey.later(hours=14)
    view = views.tracking(journey.visit, journey.world)
    assert view.message == "It is taking longer than we promised."


def test_before_any_news_the_glass_says_that_it_asks() -> None:
    journey = Journey().followed().do(actions.SetLanguage("en"))
    view = views.tracking(journey.visit, journey.world)
    assert view.message == "Asking the shop…" and view.steps == ()


@pytest.mark.parametrize("status", [OrderStatus.COMPLETED, OrderStatus.CANCELLED])
def test_an_order_that_has_ended_is_finished(status: OrderStatus) -> None:
    assert tracked(status).finished


def test_only_one_time_is_told() -> None:
    planned = tracked(OrderStatus.PREPARING, ride=DeliveryStatus.CREATED)
    assert planned.eta == "22:42" and planned.message == ""
    assert tracked(OrderStatus.PREPARING).message.endswith("by 10:55.")
