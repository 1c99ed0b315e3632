"""The simulated courier takes an order from the counter to the door, and never pretends."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop, order_body
from django.utils import timezone

from kiosk.backoffice.demo_courier import COURIER, DemoCourier
from kiosk.backoffice.orders import services
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.contract import EventKind
from kiosk.contract.delivery import PositionFix
from kiosk.contract.mapfile import MapFile
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.order import OrderStatus

DEMO = Path(__file__).parents[2] / "assets" / "demo_map" / "quartier.vmap"
SHOP = Point(48.86, 2.34)
PACE = 150.0  # a delivery in about five seconds

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def window() -> Window:
    make_shop(demo=True, postcodes=[])
    make_product("vase", price=4200, stock=50)
    return Window()


@pytest.fixture
def courier() -> Iterator[DemoCourier]:
    courier = DemoCourier(MapFile.load(DEMO), pace=PACE)
    courier.start()
    yield courier
    courier.stop()


def placed(window: Window, line1: str = "", fulfilment: str = "courier") -> Order:
    body = courier_body(postcode="75000") if fulfilment == "courier" else order_body()
    if line1:
        body["address"]["line1"] = line1
    answer = window.order(body)
    assert answer.status_code == 201, answer.content
    order = Order.objects.get(number=answer.json()["number"])
    assert order.demo
    return order


def wait_for(order: Order, *states: OrderStatus, timeout_s: float = 40.0) -> Order:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        order = Order.objects.get(pk=order.pk)
        if order.state in states:
            return order
        time.sleep(0.1)
    raise AssertionError(f"still {order.status}")


def line_of(delivery: Delivery) -> list[Point]:
    return [Point(lat, lon) for lat, lon in delivery.route]


def test_a_courier_who_comes_late_leaves_no_step_out(window: Window) -> None:
    late = DemoCourier(MapFile.load(DEMO), pace=PACE)
    order = services.advance_order(placed(window), OrderStatus.PREPARING)
    late.tick(timezone.now() + timedelta(minutes=1))
    steps = [step.status for step in Delivery.objects.get(order=order).events.all()]
    assert steps == ["created", "confirmed", "enroute_to_pickup", "arrived_at_pickup"]


def test_an_order_is_ridden_to_its_door(window: Window, courier: DemoCourier) -> None:
    order = placed(window, "9, quai des Verriers")
    fixes: dict[int, PositionFix] = {}
    end = time.monotonic() + 60
    while time.monotonic() < end:
        delivery = Delivery.objects.filter(order=order).first()
        if delivery and delivery.position:
            assert delivery.state.position_public
            fix = PositionFix.model_validate(delivery.position)
            fixes[fix.seq] = fix
        if delivery and delivery.state.final:
            break
        time.sleep(0.05)
    delivery = Delivery.objects.get(order=order)
    steps = [e.status for e in delivery.events.all()]
    assert steps == [
        s.value for s in DeliveryStatus if s.value not in ("cancelled", "returning", "returned")
    ]
    assert delivery.simulated and delivery.courier_name == COURIER
    assert Order.objects.get(pk=order.pk).state is OrderStatus.COMPLETED
    route = line_of(delivery)
    assert distance_m(route[0], SHOP) < 40
    assert delivery.dropoff_lat is not None and delivery.dropoff_lon is not None
    assert distance_m(route[-1], Point(delivery.dropoff_lat, delivery.dropoff_lon)) < 40
    assert len(fixes) >= 2
    for fix in fixes.values():
        here = Point(fix.lat, fix.lon)
        assert min(distance_m(here, p) for p in dense(route)) < 25
    assert delivery.position is None
    assert not StreamEvent.objects.filter(kind=EventKind.POSITION).exists()


def dense(route: list[Point]) -> list[Point]:
    return [
        Point(a.lat + (b.lat - a.lat) * k / 20, a.lon + (b.lon - a.lon) * k / 20)
        for a, b in pairwise(route)
        for k in range(21)
    ]


def test_an_address_off_the_map_is_led_to_an_example_door(
    window: Window, courier: DemoCourier
) -> None:
    order = wait_for(placed(window, "12 Elm Street"), OrderStatus.HANDED_OVER)
    delivery = order.delivery
    assert delivery.dropoff_lat is not None and delivery.dropoff_lon is not None
    assert 400 < distance_m(SHOP, Point(delivery.dropoff_lat, delivery.dropoff_lon)) < 850


def test_an_order_to_collect_waits_at_the_counter(window: Window, courier: DemoCourier) -> None:
    order = wait_for(placed(window, fulfilment="collect"), OrderStatus.READY)
    time.sleep(0.6)
    assert Order.objects.get(pk=order.pk).state is OrderStatus.READY
    assert not Delivery.objects.filter(order=order).exists()


def test_staff_may_cancel_under_way_and_the_courier_rides_on_for_others(
    window: Window, courier: DemoCourier
) -> None:
    gone, kept = placed(window), placed(window)
    services.advance_order(wait_for(gone, OrderStatus.PREPARING), OrderStatus.CANCELLED)
    wait_for(kept, OrderStatus.COMPLETED)
    assert Order.objects.get(pk=gone.pk).state is OrderStatus.CANCELLED


def test_a_real_order_is_left_alone(window: Window, courier: DemoCourier) -> None:
    order = placed(window)
    Order.objects.filter(pk=order.pk).update(demo=False)
    time.sleep(1.2)
    assert Order.objects.get(pk=order.pk).state is OrderStatus.ACCEPTED


def test_a_restart_rides_on(window: Window) -> None:
    quarter = MapFile.load(DEMO)
    first = DemoCourier(quarter, pace=PACE)
    first.start()
    order = wait_for(placed(window), OrderStatus.HANDED_OVER)
    first.stop()
    before = order.delivery
    second = DemoCourier(quarter, pace=PACE)
    second.start()
    try:
        order = wait_for(order, OrderStatus.COMPLETED)
    finally:
        second.stop()
    assert order.delivery.pk == before.pk and order.delivery.route == before.route
