"""An order found again in front of a window by its number and code, and by nothing else."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from backoffice_data import Window, courier_body
from django.utils import timezone

from kiosk.backoffice.courier.models import PositionLook
from kiosk.backoffice.lookup import services
from kiosk.backoffice.lookup.models import LookupTry
from kiosk.backoffice.orders.deliveries import advance_delivery, assign_courier, report_position
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.models import Device
from kiosk.contract import FollowedOrder
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def order(window: Window) -> Order:
    assert window.order(courier_body()).status_code == 201
    return Order.objects.get()


def another() -> Window:
    return Window(add_device("another")[1])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04}"


def look_up(window: Window, number: str, code: str) -> Any:
    return window.post("lookups", {"number": number, "code": code})


def ride(order: Order) -> None:
    for status in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, status)
    assign_courier(order.delivery, "Inès D.")
    delivery = advance_delivery(order.delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)
    report_position(delivery, 1, timezone.now(), Point(48.861, 2.341), 8.0, 4.0, 90.0)


@pytest.mark.parametrize("spelling", [str, str.lower, lambda n: n.replace("-", "")])
def test_number_and_code_show_how_far_it_is(
    window: Window, order: Order, spelling: Callable[[str], str]
) -> None:
    ride(order)
    found = look_up(window, spelling(order.number), order.pickup_code)
    assert found.status_code == 200
    shown = found.json()["order"]
    assert shown["number"] == order.number and shown["status"] == "handed_over"
    assert shown["delivery"]["courier"]["display_name"] == "Inès D."
    assert shown["delivery"]["position"]["lat"] == 48.861
    assert PositionLook.objects.get().kind == "window"
    again = window.get(f"lookups/{found.json()['ticket']}")
    assert again.status_code == 200 and again.json()["number"] == order.number


def test_it_gives_out_what_the_ride_needs_and_nothing_else(window: Window, order: Order) -> None:
    found = look_up(window, order.number, order.pickup_code).json()
    assert set(found["order"]) == set(FollowedOrder.model_fields)
    said = str(found)
    for secret in (order.token, order.pickup_code, "Canari", "rue du Pont", "Vase", "4200"):
        assert secret not in said


def test_a_wrong_code_and_a_wrong_number_are_answered_alike(window: Window, order: Order) -> None:
    answers = [
        look_up(window, order.number, wrong(order.pickup_code)),
        look_up(window, "L-XXXX", order.pickup_code),
    ]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    # Both windows' tries and both numbers' are counted, and nothing is kept that can be read.
    kept = [row.subject for row in LookupTry.objects.all()]
    assert len(kept) == 4 and not any(order.number in subject for subject in kept)


@pytest.mark.parametrize("there", [True, False], ids=["an order", "no order"])
def test_a_number_takes_a_few_wrong_codes_from_all_windows(
    window: Window, order: Order, there: bool
) -> None:
    number = order.number if there else "L-XXXX"
    for _ in range(services.NUMBER_TRIES_AN_HOUR):
        assert look_up(window, number, wrong(order.pickup_code)).status_code == 404
    waits = look_up(another(), number, order.pickup_code)
    assert waits.status_code == 429 and int(waits["Retry-After"]) > 0


def test_a_window_takes_a_few_wrong_tries(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    for guess in range(services.WINDOW_TRIES):
        assert look_up(window, f"L-{guess:04}", "0000").status_code == 404
    assert look_up(window, order.number, order.pickup_code).status_code == 429
    # Another window's visitor does not pay for it, and time heals.
    assert look_up(another(), order.number, order.pickup_code).status_code == 200
    later = timezone.now() + services.WINDOW_SPAN
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert look_up(window, order.number, order.pickup_code).status_code == 200


def test_a_right_answer_costs_no_try(window: Window, order: Order) -> None:
    for _ in range(services.WINDOW_TRIES + 1):
        assert look_up(window, order.number, order.pickup_code).status_code == 200


def test_a_ticket_is_one_windows_and_ends(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = look_up(window, order.number, order.pickup_code).json()["ticket"]
    assert another().get(f"lookups/{ticket}").status_code == 404
    assert window.get(f"lookups/{order.token}").status_code == 404
    monkeypatch.setattr(services, "TICKET_S", -1)
    assert window.get(f"lookups/{ticket}").status_code == 404
    monkeypatch.undo()
    revoke_device(Device.objects.get(name="window"))
    assert window.get(f"lookups/{ticket}").status_code == 401


def test_an_order_that_ended_long_ago_is_not_found(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = look_up(window, order.number, order.pickup_code).json()["ticket"]
    advance_order(order, OrderStatus.CANCELLED)
    ended = look_up(window, order.number, order.pickup_code)
    assert ended.json()["order"]["status"] == "cancelled"
    later: datetime = timezone.now() + services.SHOWN_AFTER_END + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert look_up(window, order.number, order.pickup_code).status_code == 404
    assert window.get(f"lookups/{ticket}").status_code == 404


@pytest.mark.parametrize("code", ["123", "12345", "12a4", "١٢٣٤", 1234, ""])
def test_what_is_no_code_is_no_try(window: Window, order: Order, code: object) -> None:
    answer = window.post("lookups", {"number": order.number, "code": code})
    assert answer.status_code == 422
    assert not LookupTry.objects.exists()


def test_the_log_tells_of_tries_and_of_nobody(
    window: Window, order: Order, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    look_up(window, order.number, wrong(order.pickup_code))
    look_up(window, order.number, order.pickup_code)
    said = [r.getMessage() for r in caplog.records if r.name == services.__name__]
    assert len(said) == 2 and said[0].endswith("not found") and said[1].endswith("found")
    told = "\n".join(r.getMessage() for r in caplog.records)
    assert order.number not in told and order.pickup_code not in told
