"""Passers-by are told of a ride once buyer and courier agreed: about where, of nobody, in time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop
from django.test import Client
from django.utils import timezone

from kiosk.backoffice.courier import errands
from kiosk.backoffice.courier.models import Courier, Errand
from kiosk.backoffice.courier.passes import COOKIE, new_link, redeem
from kiosk.backoffice.orders.deliveries import report_position, set_route
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.passing.services import NEAR_DOOR_M, SILENT
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.contract import EventKind
from kiosk.shop.delivery import CancelReason
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.order import OrderStatus

pytestmark = pytest.mark.usefixtures("database")

SHOP, DOOR = Point(48.86, 2.34), Point(48.87, 2.36)
THERE = Point(48.8633, 2.3477)


class Ride:
    """An order under way, its buyer with the link, its courier signed in, and a window."""

    def __init__(self) -> None:
        make_shop()
        make_product(stock=9)
        self.window = Window()
        self.token = self.window.order(courier_body()).json()["token"]
        order = Order.objects.get()
        for status in (OrderStatus.PREPARING, OrderStatus.READY):
            order = advance_order(order, status)
        self.seq = 0
        self.errand = self._taken(order, "Inès Duval")

    def _taken(self, order: Order, name: str) -> Errand:
        courier = Courier.objects.create(name=name, phone="+33199001515")
        errand = errands.start(errands.assign(order, courier), consent=True)
        set_route(errand.delivery, [SHOP, THERE, DOOR], [0.0, 300.0, 700.0], DOOR)
        self.courier = Client(SERVER_NAME="localhost")
        self.courier.cookies[COOKIE] = redeem(new_link(courier)[0]) or ""
        return errand

    def taken_over(self) -> None:
        self.errand = self._taken(Order.objects.get(), "Ugo Duval")

    def buyer_says(self, word: str) -> Any:
        return Client(SERVER_NAME="localhost").post(f"/o/{self.token}/passing", {"allow": word})

    def courier_says(self, word: str) -> Any:
        return self.courier.post(f"/c/{self.errand.pk}/passing-{word}")

    def at(self, where: Point) -> None:
        self.seq += 1
        delivery = Delivery.objects.get()
        report_position(delivery, self.seq, timezone.now(), where, 8.0, 4.0, 90.0)

    def told(self) -> list[dict[str, Any]]:
        answer = self.window.get("passing")
        assert answer.status_code == 200
        return list(answer.json()["rides"])


@pytest.fixture
def ride() -> Ride:
    return Ride()


@pytest.fixture
def both(ride: Ride) -> Ride:
    assert ride.buyer_says("yes").status_code == ride.courier_says("yes").status_code == 302
    ride.at(THERE)
    return ride


def hints() -> int:
    return StreamEvent.objects.filter(kind=EventKind.PASSING, device_id=None).count()


def test_only_both_together_let_windows_tell(ride: Ride) -> None:
    ride.at(THERE)
    assert not ride.told()
    ride.buyer_says("yes")
    assert not ride.told()
    ride.courier_says("yes")
    assert len(ride.told()) == 1 and hints() == 1


def test_what_is_told_names_nobody_and_no_place(both: Ride) -> None:
    (told,) = both.told()
    assert set(told) == {"lat", "lon", "age_s", "simulated"}
    about = Point(told["lat"], told["lon"])
    assert 0 < distance_m(about, THERE) < 110
    both.at(Point(THERE.lat + 0.0001, THERE.lon))
    assert both.told()[0]["lat"] == told["lat"]  # one square, however often one looks
    assert hints() == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda ride: ride.buyer_says("no"),
        lambda ride: ride.courier_says("no"),
        lambda ride: errands.pause(ride.errand),
        lambda ride: errands.fail(ride.errand, CancelReason.DAMAGED),
        lambda ride: advance_order(Order.objects.get(), OrderStatus.COMPLETED),
        lambda ride: ride.at(DOOR),
        lambda ride: ride.taken_over(),
    ],
    ids=["buyer", "courier", "paused", "failed", "delivered", "near the door", "taken over"],
)
def test_it_ends_at_once_and_windows_hear_of_it(both: Ride, end: Callable[[Ride], Any]) -> None:
    before = hints()
    end(both)
    assert not both.told()
    assert hints() == before + 1


def test_who_takes_over_is_asked_anew(both: Ride) -> None:
    both.taken_over()
    both.at(THERE)
    assert not both.told()
    both.courier_says("yes")
    assert len(both.told()) == 1


def test_who_had_it_before_says_nothing_for_who_has_it_now(both: Ride) -> None:
    before, errand = both.courier, both.errand
    both.taken_over()
    both.at(THERE)
    for word in ("yes", "no"):
        assert before.post(f"/c/{errand.pk}/passing-{word}").status_code == 409
        assert not both.told()
    both.courier_says("yes")
    before.post(f"/c/{errand.pk}/passing-no")
    assert len(both.told()) == 1


def test_a_phone_that_falls_silent_is_not_told_of(
    both: Ride, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: datetime = timezone.now() + SILENT + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not both.told()


def test_nothing_is_told_near_the_door(both: Ride) -> None:
    north = Point(DOOR.lat + (NEAR_DOOR_M - 20) / 111_195, DOOR.lon)
    both.at(north)
    assert not both.told()


def test_both_pages_ask_with_no_as_the_beginning(ride: Ride) -> None:
    buyer = Client(SERVER_NAME="localhost").get(f"/o/{ride.token}")
    assert 'name="allow" value="yes"' in buyer.content.decode()
    assert "form-action 'self'" in buyer["Content-Security-Policy"]
    assert f"/c/{ride.errand.pk}/passing-yes" in ride.courier.get("/c/").content.decode()
    ride.buyer_says("yes")
    ride.courier_says("yes")
    again = Client(SERVER_NAME="localhost").get(f"/o/{ride.token}").content.decode()
    assert 'name="allow" value="no"' in again
    assert f"/c/{ride.errand.pk}/passing-no" in ride.courier.get("/c/").content.decode()


def test_a_strangers_link_agrees_to_nothing(ride: Ride) -> None:
    answer = Client(SERVER_NAME="localhost").post(f"/o/{'x' * 32}/passing", {"allow": "yes"})
    assert answer.status_code == 404
    assert Client(SERVER_NAME="localhost").get("/api/v1/passing").status_code in (400, 401)
