"""An order's life after it was placed, and its delivery beside it."""

from datetime import timedelta

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop, order_body
from django.db import DatabaseError, transaction
from django.utils import timezone

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.orders.deliveries import (
    PositionRefusedError,
    advance_delivery,
    assign_courier,
    create_delivery,
    report_position,
    set_eta,
    set_route,
)
from kiosk.backoffice.orders.models import Delivery, DeliveryEvent, Order
from kiosk.backoffice.orders.services import advance_order, resolve_review
from kiosk.backoffice.orders.views import order_view
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.contract import PositionFix
from kiosk.shop.delivery import DeliveryStatus as D
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus as S
from kiosk.shop.order import TransitionError

pytestmark = pytest.mark.usefixtures("database")
HERE = Point(48.861, 2.341)


@pytest.fixture
def window() -> Window:
    make_shop()
    make_product(stock=5)
    return Window()


def place(window: Window, courier: bool = False, quantity: int = 1) -> Order:
    window.order(courier_body() if courier else order_body(quantity=quantity))
    return Order.objects.latest("id")


def stock() -> int | None:
    return Variant.objects.get().stock


def on_the_way(window: Window) -> Delivery:
    order = place(window, courier=True)
    for status in (S.PREPARING, S.READY, S.HANDED_OVER):
        order = advance_order(order, status)
    return order.delivery


def fix(delivery: Delivery, seq: int) -> PositionFix | None:
    return report_position(delivery, seq, timezone.now(), HERE, 8.0, 4.2, 90.0)


def test_a_collect_order_goes_its_way(window: Window) -> None:
    order = place(window)
    versions = [order_view(order).version]
    for status in (S.PREPARING, S.READY, S.COMPLETED):
        order = advance_order(order, status)
        versions.append(order_view(order).version)
    assert [e.status for e in order.events.all()] == [
        "accepted",
        "preparing",
        "ready",
        "completed",
    ]
    assert versions == sorted(set(versions))
    assert not Delivery.objects.exists()
    with pytest.raises(TransitionError):
        advance_order(order, S.PREPARING)


def test_a_cancelled_order_gives_its_pieces_back_once(window: Window) -> None:
    order = place(window, quantity=3)
    assert stock() == 2
    cursor = window.changes()["cursor"]
    advance_order(order, S.CANCELLED)
    assert stock() == 5
    assert window.changes(cursor)["upserts"][0]["variants"][0]["stock"] == 5
    with pytest.raises(TransitionError):
        advance_order(order, S.CANCELLED)
    assert stock() == 5


def test_staff_accept_what_needs_review_with_what_is_there(window: Window) -> None:
    Variant.objects.update(stock=1)
    order = place(window, quantity=3)
    assert order.status == "needs_review" and stock() == 1
    order = resolve_review(order, accept=True, note="two more in the back")
    assert order.status == "accepted" and stock() == 0
    assert order.promise_done_by is not None
    advance_order(order, S.CANCELLED)
    assert stock() == 1


def test_staff_refuse_what_needs_review(window: Window) -> None:
    Variant.objects.update(stock=0)
    order = resolve_review(place(window), accept=False)
    assert order.status == "refused" and stock() == 0
    with pytest.raises(TransitionError):
        resolve_review(order, accept=True)
    with pytest.raises(TransitionError):
        resolve_review(place(window), accept=True) and resolve_review(
            Order.objects.latest("id"), accept=True
        )


def test_a_receipt_stays_when_the_order_moves_on(window: Window) -> None:
    order = place(window)
    receipt = dict(order.receipt)
    assert advance_order(order, S.PREPARING).receipt == receipt


def test_no_courier_takes_what_its_buyer_collects(window: Window) -> None:
    order = advance_order(advance_order(place(window), S.PREPARING), S.READY)
    with pytest.raises(TransitionError):
        advance_order(order, S.HANDED_OVER)
    assert Order.objects.get().status == "ready"


def test_a_courier_order_takes_its_delivery_along(window: Window) -> None:
    order = place(window, courier=True)
    order = advance_order(order, S.PREPARING)
    assert window.get(f"deliveries/{order.token}").status_code == 404
    order = advance_order(order, S.READY)
    assert order.delivery.status == "confirmed"
    order = advance_order(order, S.HANDED_OVER)
    order.delivery.refresh_from_db()
    assert order.delivery.status == "picked_up"
    view = window.get(f"deliveries/{order.token}").json()
    assert [s["status"] for s in view["steps"]] == ["created", "confirmed", "picked_up"]
    advance_order(order, S.COMPLETED)
    assert window.get(f"deliveries/{order.token}").json()["status"] == "delivered"


def test_a_delivery_takes_its_order_along(window: Window) -> None:
    order = advance_order(advance_order(place(window, courier=True), S.PREPARING), S.READY)
    delivery = advance_delivery(order.delivery, D.PICKED_UP)
    order.refresh_from_db()
    assert order.status == "handed_over"
    assert [e.status for e in delivery.events.all()].count("picked_up") == 1
    advance_delivery(delivery, D.DELIVERED)
    order.refresh_from_db()
    assert order.status == "completed"
    with pytest.raises(TransitionError):
        advance_delivery(delivery, D.PICKED_UP)


def test_a_delivery_goes_to_the_door_without_moving_its_order_twice(window: Window) -> None:
    delivery = on_the_way(window)
    for status in (D.ENROUTE_TO_DROPOFF, D.ARRIVED_AT_DROPOFF, D.DELIVERED):
        delivery = advance_delivery(delivery, status)
    statuses = [e.status for e in Order.objects.get().events.all()]
    assert statuses == ["accepted", "preparing", "ready", "handed_over", "completed"]


def test_cancelling_ends_the_delivery_or_turns_it_round(window: Window) -> None:
    order = advance_order(advance_order(place(window, courier=True), S.PREPARING), S.READY)
    advance_order(order, S.CANCELLED)
    assert Delivery.objects.get().status == "cancelled"
    delivery = on_the_way(window)
    advance_order(delivery.order, S.CANCELLED)
    delivery.refresh_from_db()
    assert delivery.status == "returning"
    assert advance_delivery(delivery, D.RETURNED).state is D.RETURNED


def test_a_step_that_was_written_stays(window: Window) -> None:
    events = DeliveryEvent.objects.filter(delivery=on_the_way(window))
    before = list(events.values())
    for change in ({"status": "delivered"}, {"at": timezone.now()}):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            events.update(**change)
    event = events.latest("pk")
    event.status = "delivered"
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        event.save()
    assert len(before) == 3 and list(events.values()) == before


def test_a_courier_is_followed_only_between_pickup_and_delivery(window: Window) -> None:
    order = advance_order(advance_order(place(window, courier=True), S.PREPARING), S.READY)
    with pytest.raises(PositionRefusedError):
        fix(order.delivery, 1)
    delivery = advance_delivery(order.delivery, D.PICKED_UP)
    assert fix(delivery, 5)
    assert window.get(f"deliveries/{order.token}").json()["position"]["seq"] == 5
    assert window.get(f"orders/{order.token}").json()["delivery"]["position"]["lat"] == HERE.lat
    advance_delivery(delivery, D.DELIVERED)
    assert window.get(f"deliveries/{order.token}").json()["position"] is None
    assert Delivery.objects.get().position is None
    assert not StreamEvent.objects.filter(kind="position").exists()
    with pytest.raises(PositionRefusedError):
        fix(delivery, 6)


def test_late_and_repeated_fixes_are_passed_over(window: Window) -> None:
    delivery = on_the_way(window)
    assert fix(delivery, 5)
    assert fix(delivery, 5) is None and fix(delivery, 4) is None
    assert fix(delivery, 6)
    events = StreamEvent.objects.filter(kind="position")
    assert [e.payload["seq"] for e in events] == [5, 6]
    assert {e.ref for e in events} == {delivery.order.token}


def test_a_route_an_eta_and_a_courier_are_shown(window: Window) -> None:
    delivery = on_the_way(window)
    before = delivery.version
    points = [Point(48.86, 2.34), HERE]
    set_route(delivery, points, [0.0, 120.0])
    eta = timezone.now() + timedelta(minutes=2)
    set_eta(delivery, eta)
    assign_courier(delivery, "Inès D.", "cargo_bike")
    view = window.get(f"deliveries/{delivery.order.token}").json()
    assert view["version"] > before
    assert view["route"][1] == {"lat": HERE.lat, "lon": HERE.lon} and view["route_s"] == [0, 120]
    assert view["dropoff"] == view["route"][1]
    assert view["imminent"] and view["courier"]["display_name"] == "Inès D."
    assert view["simulated"] is False
    set_eta(delivery, eta + timedelta(minutes=30))
    assert not window.get(f"deliveries/{delivery.order.token}").json()["imminent"]


def test_a_senseless_route_is_refused(window: Window) -> None:
    delivery = on_the_way(window)
    for points, seconds in (
        ([HERE], [0.0]),
        ([HERE, HERE], [0.0]),
        ([HERE, HERE], [5.0, 1.0]),
        ([HERE] * 5001, [0.0] * 5001),
    ):
        with pytest.raises(ValueError, match="route"):
            set_route(delivery, points, seconds)


def test_only_a_demonstration_simulates(window: Window) -> None:
    from kiosk.backoffice.platform.models import Shop

    assert not on_the_way(window).simulated
    Shop.objects.update(demo=True)
    order = place(window, courier=True)
    assert order.demo and create_delivery(order).simulated
    assert create_delivery(order).pk == create_delivery(order).pk
