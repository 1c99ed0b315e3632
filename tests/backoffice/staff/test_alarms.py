"""What is wrong with a window stands where staff look first."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kiosk.backoffice.orders.models import Order, ParkedOrder
from kiosk.backoffice.platform.models import WindowInstance
from tests.backoffice.backoffice_data import Window, order_body
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")
WINDOWS = "platform/device/"


def here(window: Window, **changes: Any) -> None:
    word = {
        "instance_id": str(uuid.uuid5(uuid.NAMESPACE_DNS, "box")),
        "last_number": 0,
        "waiting": 0,
        "free_bytes": 10**10,
        "takes_orders": True,
    }
    answer = window.post("windows/here", word | changes)
    assert answer.status_code == 200, answer.content


def alarmed(colleague: Colleague) -> bool:
    return b'role="alert"' in colleague.get("").content


def kept(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "intent_id": body["intent_id"],
        "kept_at": (timezone.now() - timedelta(hours=2)).isoformat(),
        "status": 500,
        "code": "internal",
        "attempts": 10,
        "order": json.dumps(body),
    }


def test_a_window_that_is_well_says_nothing(window: Window) -> None:
    here(window)
    claire = Colleague()
    assert not alarmed(claire)
    assert "ne prend pas" not in claire.page(WINDOWS)


def test_orders_that_wait_too_long_are_said(window: Window) -> None:
    since = timezone.now() - timedelta(minutes=20)
    here(window, waiting=3, oldest_waiting=since.isoformat())
    claire = Colleague()
    assert "3 commandes attendent sur" in claire.page() and alarmed(claire)
    assert "3 commandes attendent sur" in claire.page(WINDOWS)


def test_a_moments_wait_is_no_alarm(window: Window) -> None:
    here(window, waiting=1, oldest_waiting=timezone.now().isoformat())
    assert not alarmed(Colleague())


def test_a_full_disk_is_said_with_what_is_left(window: Window) -> None:
    here(window, takes_orders=False, free_bytes=3 * 1024**2)
    claire = Colleague()
    page = claire.page()
    assert "ne prend pas de commande" in page and "il reste 3 Mo" in page
    assert "ne prend pas de commande" in claire.page(WINDOWS)


def test_a_silent_window_is_said_with_what_waited_there(window: Window) -> None:
    here(window, waiting=2, oldest_waiting=timezone.now().isoformat())
    WindowInstance.objects.update(heard_at=timezone.now() - timedelta(hours=1))
    page = Colleague().page()
    assert "ne répond plus depuis" in page and "2 commandes y attendaient" in page


def test_an_order_that_was_not_taken_is_called_for_and_dealt_with(window: Window) -> None:
    body = order_body()
    here(window, parked_count=1, parked=[kept(body)])
    claire = Colleague()
    reference = str(body["intent_id"]).replace("-", "")[:6].upper()
    page = claire.page()
    assert "n’a pas été prise ici" in page and reference in page
    assert "Inès Canari" not in page
    address = f"orders/order/kept/{body['intent_id']}/"
    one = claire.page(address)
    assert "Inès Canari" in one and "1 × Vase" in one and "vase-1" in one and "42 €" in one
    assert "échoue ici à chaque essai (500 internal)" in one
    claire.send(address, {})
    assert ParkedOrder.objects.get().resolved_by is not None
    assert "n’a pas été prise ici" not in claire.page()


def test_one_that_arrives_after_all_is_no_alarm_any_more(window: Window) -> None:
    body = order_body()
    here(window, parked_count=1, parked=[kept(body)])
    window.order(body)
    assert "n’a pas été prise ici" not in Colleague().page()


def test_the_reference_of_the_glass_finds_the_order(window: Window) -> None:
    body = order_body()
    window.order(body)
    other = window.order(order_body()).json()["number"]
    order = Order.objects.get(intent_id=body["intent_id"])
    page = Colleague().page(f"orders/order/?q={order.intent_id.hex[:6].upper()}")
    assert order.number in page and other not in page


def test_a_reason_of_a_later_version_is_said_in_words(window: Window) -> None:
    window.order(order_body(price=4000))
    Order.objects.update(reasons=["of_a_later_version"])
    page = Colleague().page()
    assert "À regarder avant de la promettre" in page and "of_a_later_version" not in page
