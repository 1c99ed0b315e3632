"""What the back office makes of a courier's fixes: an arrival time, another way, true ages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop
from django.utils import timezone

from benchmarks.live.rides import EPOCH, MAP, Recorded, record
from kiosk.backoffice.orders.deliveries import (
    advance_delivery,
    assign_courier,
    report_position,
    set_eta,
    set_route,
)
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.orders.views import order_view
from kiosk.backoffice.platform.events import event_on_wire
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.platform.quarter import set_map
from kiosk.contract import EventKind, PositionFix
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.order import OrderStatus
from kiosk.shop.routeline import RouteLine

pytestmark = pytest.mark.usefixtures("database")
Clock = Callable[[float], datetime]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the back office's clock to so many seconds after EPOCH."""
    now = [EPOCH]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def at(seconds: float) -> datetime:
        now[0] = EPOCH + timedelta(seconds=seconds)
        return now[0]

    return at


@pytest.fixture
def delivery(clock: Clock) -> Delivery:
    make_shop()
    set_map(MAP)
    make_product(stock=5)
    Window().order(courier_body())
    order = Order.objects.latest("id")
    for status in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, status)
    assign_courier(order.delivery, "Inès D.")
    return advance_delivery(order.delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)


def play(
    ride: Recorded, delivery: Delivery, clock: Clock, first: int = 1_000
) -> list[tuple[float, datetime]]:
    """Report what a phone saw, when it was heard; every arrival time that was published."""
    clock(0)
    set_route(delivery, ride.route.points, ride.route.seconds)
    set_eta(delivery, EPOCH + timedelta(seconds=1.3 * ride.route.seconds[-1]))
    told = [(0.0, _fresh(delivery).eta)]
    for seen in ride.seen[:first]:
        clock(seen.heard_at)
        fix_time = EPOCH + timedelta(seconds=seen.made_at + seen.clock)
        report_position(
            delivery, seen.seq, fix_time, seen.at, seen.accuracy_m, seen.speed_mps, seen.heading_deg
        )
        eta = _fresh(delivery).eta
        if eta != told[-1][1]:
            told.append((seen.heard_at, eta))
    return told


def _fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("order").get(pk=delivery.pk)


def fixes() -> list[PositionFix]:
    kept = StreamEvent.objects.filter(kind=EventKind.POSITION).order_by("seq")
    return [PositionFix.model_validate(event.payload) for event in kept]


def test_the_arrival_time_stands_until_it_has_changed_for_good(
    delivery: Delivery, clock: Clock
) -> None:
    ride = record("noisy", 2)
    told = play(ride, delivery, clock)
    assert 1 < len(told) <= 5
    for (_, before), (_, after) in pairwise(told):
        assert abs((after - before).total_seconds()) > 50
    arrived = EPOCH + timedelta(seconds=ride.duration_s)
    assert abs((told[-1][1] - arrived).total_seconds()) < 90
    assert _fresh(delivery).imminent, "three minutes before the door it is said"


def test_who_leaves_the_way_gets_another_one_from_there_to_the_door(
    delivery: Delivery, clock: Clock
) -> None:
    ride = record("off route", 1)
    play(ride, delivery, clock)
    now = _fresh(delivery)
    way = [Point(lat, lon) for lat, lon in now.route]
    assert way != list(ride.route.points)
    assert distance_m(way[-1], ride.route.points[-1]) < 1
    assert now.dropoff_lat == pytest.approx(ride.route.points[-1].lat)
    line = RouteLine(way, now.route_s)
    for seen in ride.seen[-20:]:
        assert line.project(line.to_xy(seen.at))[1] < 35


def test_a_wrong_clock_ages_nobody_and_a_late_fix_is_called_late(
    delivery: Delivery, clock: Clock
) -> None:
    play(record("wrong clock", 1), delivery, clock)
    assert max(fix.age_s for fix in fixes()) < 5


def test_a_fix_grows_older_until_it_is_sent(delivery: Delivery, clock: Clock) -> None:
    ride = record("clean", 1)
    play(ride, delivery, clock, first=10)
    clock(ride.seen[9].heard_at + 40)
    sent = order_view(_fresh(delivery).order).delivery
    assert sent is not None and sent.position is not None
    assert sent.position.age_s == pytest.approx(40, abs=5)
    event = StreamEvent.objects.filter(kind=EventKind.POSITION).latest("seq")
    told = event_on_wire(event, "epoch").fix
    assert told is not None and told.age_s == sent.position.age_s


def test_another_couriers_phone_counts_anew(delivery: Delivery, clock: Clock) -> None:
    play(record("clean", 1), delivery, clock, first=10)
    assign_courier(delivery, "Noé B.")
    now = order_view(_fresh(delivery).order).delivery
    assert now is not None and now.position is None and now.rider == 1
    fix = report_position(delivery, 0, timezone.now(), Point(48.86, 2.34), 5.0)
    assert fix is not None and (fix.rider, fix.age_s) == (1, 0)


def test_a_time_that_has_passed_is_not_told_on_when_nobody_sees_the_courier(
    delivery: Delivery, clock: Clock
) -> None:
    eta = clock(0) + timedelta(minutes=10)
    set_eta(delivery, eta)
    for minutes, told in ((9, eta), (11, eta), (13, None)):
        clock(60 * minutes)
        now = order_view(_fresh(delivery).order).delivery
        assert now is not None and now.eta == told


def test_nothing_of_the_ride_is_kept_after_it(delivery: Delivery, clock: Clock) -> None:
    play(record("clean", 1), delivery, clock, first=10)
    assert _fresh(delivery).progress
    advance_delivery(delivery, DeliveryStatus.DELIVERED)
    assert _fresh(delivery).progress is None and not fixes()
