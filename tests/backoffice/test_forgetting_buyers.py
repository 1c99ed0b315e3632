"""Buyers are forgotten, orders are not."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop
from django.utils import timezone

from kiosk.backoffice.orders.deliveries import set_route
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.retention import forget_buyers
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus

pytestmark = pytest.mark.usefixtures("database")


def test_buyers_of_ended_orders_are_forgotten() -> None:
    make_shop()
    make_product()
    window = Window()
    ended = window.order(courier_body()).json()
    window.order(courier_body())
    order = Order.objects.get(number=ended["number"])
    advance_order(order, OrderStatus.CANCELLED, note="Canari called")
    assert forget_buyers(timezone.now() - timedelta(days=1)) == 0
    assert forget_buyers(timezone.now() + timedelta(days=1)) == 1
    assert forget_buyers(timezone.now() + timedelta(days=1)) == 0
    order.refresh_from_db()
    text = json.dumps(list(Order.objects.filter(pk=order.pk).values()), default=str)
    for canary in ("Canari", "99001234", "post.example", "rue du Pont"):
        assert canary not in text
    assert order.total_minor == ended["total"]["minor"] and order.lines.count() == 1
    assert not order.events.exclude(note="").exists()
    assert Order.objects.exclude(name="").count() == 1


def test_no_way_to_a_buyers_door_is_kept() -> None:
    make_shop()
    make_product()
    body = courier_body()
    body["contact"]["name"] = "\u202e"  # nothing readable is left of it
    receipt = Window().order(body).json()
    order = Order.objects.get(number=receipt["number"])
    for status in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, status)
    delivery = Delivery.objects.get()
    set_route(delivery, [Point(48.86, 2.34), Point(48.87, 2.35)], [0.0, 60.0])
    advance_order(order, OrderStatus.COMPLETED)
    assert forget_buyers(timezone.now() + timedelta(days=1)) == 1
    order.refresh_from_db()
    delivery.refresh_from_db()
    assert (order.phone, order.line1, order.email) == ("", "", "")
    assert (delivery.dropoff_lat, delivery.route, delivery.route_s) == (None, [], [])
    assert Window("none").get(f"deliveries/{order.token}").json()["dropoff"] is None


@pytest.mark.usefixtures("sqlite_files")
def test_it_is_a_command(new_data: Path) -> None:
    def kiosk(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "kiosk", "backoffice", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    data = f"--data={new_data}"
    assert kiosk("purge", "--days", "400", data).stdout.startswith("the buyers of 0 orders")
    assert kiosk("purge", "--days", "0", data).returncode == 2
