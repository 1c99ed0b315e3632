"""Who is told where a courier is without asking for a page stands in the log of looks, too."""

import pytest
from django.utils import timezone
from test_event_stream import Listener

from kiosk.backoffice.courier.models import PositionLook
from kiosk.backoffice.orders.deliveries import report_position
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.devices import add_device
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import ask, courier_body, make_product, make_shop, send_order
from tests.backoffice.conftest import Server

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def order(server: Server) -> Order:
    make_shop()
    make_product()
    body = courier_body()
    placed = send_order(server.url, add_device("w")[1], body, "key-of-this-order").json()
    order = Order.objects.get(token=placed["token"])
    for step in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, step)
    return order


def rides(seq: int) -> None:
    report_position(Delivery.objects.get(), seq, timezone.now(), Point(48.861, 2.34), 8.0)


def test_who_listens_to_the_news_of_an_order(server: Server, order: Order) -> None:
    listener = Listener(server.url, f"orders/{order.token}/events")
    assert listener.starts_afresh() and not PositionLook.objects.exists()
    rides(1)
    while (told := listener.next(20)) and told["kind"] != "position":
        pass
    assert told
    look = PositionLook.objects.get()
    assert look.kind == "buyer" and look.delivery_id == order.delivery.pk


def test_who_polls_for_them(server: Server, order: Order) -> None:
    path = f"orders/{order.token}/events/poll"
    last, told = ask(server.url, path, "").json()["last_id"], []
    assert not PositionLook.objects.exists()
    rides(1)
    while "position" not in told:
        batch = ask(server.url, f"{path}?after={last}&wait=20", "").json()
        last, told = batch["last_id"], [event["kind"] for event in batch["events"]]
        assert told
    assert PositionLook.objects.get().kind == "buyer"
