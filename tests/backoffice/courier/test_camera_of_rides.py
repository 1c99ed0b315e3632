"""The camera belongs to who rides: it ends with their pause, and is nobody's who takes over."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.camera.server import camera_server_from
from kiosk.backoffice.camera.services import allow_window, sends
from kiosk.backoffice.courier.errands import assign, call_off
from kiosk.backoffice.orders.deliveries import set_route
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.shop.geo import Point
from tests.backoffice.backoffice_data import CONTRACT, Window, make_product, make_shop
from tests.backoffice.courier.rider import SHOP, Phone, fix, make_courier, ready

pytestmark = pytest.mark.usefixtures("database")
INGEST = "rtmp://127.0.0.1:1935/courier"
SERVER = {
    "KIOSK_CAMERA_SERVER": "nginx-rtmp",
    "KIOSK_CAMERA_INGEST": INGEST,
    "KIOSK_CAMERA_WATCH": "rtmp://127.0.0.1:1935/ride",
    "KIOSK_CAMERA_ON_GLASS": "yes",
}
DOOR = Point(SHOP[0] + 0.02, SHOP[1])


class Ride:
    """Inès rides, with her camera sending, and lets the window show it; so does the buyer."""

    def __init__(self) -> None:
        make_shop()
        make_product(stock=9)
        self.window, courier = Window(), make_courier()
        self.order, self.phone = ready(self.window, courier), Phone(courier)
        self.phone.press("start")
        set_route(self.delivery, [Point(*SHOP), DOOR], [0.0, 600.0], DOOR)
        self.phone.sends(fix(1))
        page = self.phone.press("camera", deed="open").content.decode()
        self.channel, _, rest = page.partition(f"{INGEST}/")[2].partition("?k=")
        self.key = rest.partition('"')[0]
        assert self.lets_in()
        self.phone.press("camera", deed="window_yes")
        allow_window(self.delivery, "buyer", True)
        assert self.on_glass()["state"] == "live"

    @property
    def delivery(self) -> Delivery:
        return Delivery.objects.get(order=self.order)

    def lets_in(self) -> bool:
        return sends(self.channel, self.key, "7")

    def seen_by_buyer(self) -> Any:
        client = Client(SERVER_NAME="localhost", headers=CONTRACT)
        return client.get(f"/api/v1/orders/{self.order.token}").json()["delivery"]["camera"]

    def on_glass(self) -> Any:
        return self.window.get(f"orders/{self.order.token}").json()["delivery"]["camera"]


@pytest.fixture
def ride(monkeypatch: pytest.MonkeyPatch) -> Ride:
    monkeypatch.setattr(settings, "CAMERA_SERVER", camera_server_from(SERVER))
    return Ride()


def test_a_pause_ends_the_picture_at_once(ride: Ride) -> None:
    ride.phone.press("pause")
    assert not ride.lets_in() and ride.seen_by_buyer()["state"] == "off"
    ride.phone.press("resume")
    ride.phone.sends(fix(2))
    assert not ride.lets_in() and ride.seen_by_buyer()["state"] == "off"


def test_who_takes_over_rides_with_nobodys_camera_and_has_allowed_nothing(ride: Ride) -> None:
    noor = make_courier("Noor Haddad")
    assign(Order.objects.get(), noor)
    assert not ride.lets_in()
    second = Phone(noor)
    second.press("start")
    second.sends(fix(1))
    second.press("camera", deed="open")
    camera = Camera.objects.get()
    assert camera.key_sha256 and camera.buyer_allows and not camera.courier_allows
    assert ride.on_glass() is None


def test_a_service_that_takes_over_ends_it_too(ride: Ride) -> None:
    call_off(ride.delivery)
    assert not ride.lets_in() and not Camera.objects.get().courier_allows
