"""Too many orders wait for staff; none is lost, and none is counted by who somebody is."""

import json
import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from backoffice_data import Window, order_body, send_order
from conftest import Server
from django.utils import timezone

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.limits.models import OrderMark
from kiosk.backoffice.order_limits import Policy, PolicyError, policy_from
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import resolve_review
from kiosk.backoffice.platform.devices import add_device

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def limits() -> Iterator[Callable[..., None]]:
    """Set the policy of this process until the test ends."""
    from django.conf import settings

    before = settings.ORDER_LIMITS

    def set_to(**numbers: int) -> None:
        none = dict.fromkeys(("per_window", "per_buyer", "flood"), 0)
        settings.ORDER_LIMITS = Policy(**{**none, **numbers})

    yield set_to
    settings.ORDER_LIMITS = before


def body(person: int = 0, placed: datetime | None = None, **contact: str) -> dict[str, Any]:
    found = order_body()
    found["contact"] = {"name": "Inès", "phone": f"+33199{person:06}", **contact}
    found["placed_at"] = (placed or datetime.now(UTC)).isoformat()
    return found


def statuses(answers: list[Any]) -> list[str]:
    assert {answer.status_code for answer in answers} == {201}
    return [" ".join([a.json()["status"], *a.json()["reasons"]]) for a in answers]


ACCEPTED, TOO_MANY = "accepted", "needs_review too_many"


def test_what_one_window_orders_too_often_waits_for_staff_and_takes_no_stock(
    window: Window, limits: Callable[..., None]
) -> None:
    limits(per_window=3)
    found = statuses([window.order(body(person)) for person in range(5)])
    assert found == [ACCEPTED] * 3 + [TOO_MANY] * 2
    assert Variant.objects.get().stock == 97
    other = Window(add_device("other")[1])
    assert statuses([other.order(body(9))]) == [ACCEPTED]


def test_staff_can_accept_it(window: Window, limits: Callable[..., None]) -> None:
    limits(per_window=1)
    window.order(body(1))
    window.order(body(2))
    waiting = Order.objects.get(status="needs_review")
    assert resolve_review(waiting, accept=True).status == "accepted"
    assert Variant.objects.get().stock == 98


def test_the_same_order_again_is_not_one_more(window: Window, limits: Callable[..., None]) -> None:
    limits(per_window=1, flood=1)
    asked = body()
    first, again = window.order(asked, "one-key-for-ever"), window.order(asked, "one-key-for-ever")
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert OrderMark.objects.count() == 2


def test_a_night_without_a_network_is_no_crowd(window: Window, limits: Callable[..., None]) -> None:
    """What counts is when people ordered, not when the box could tell."""
    limits(per_window=3)
    night = datetime.now(UTC) - timedelta(hours=9)
    placed = [body(n, night + timedelta(minutes=5 * n)) for n in range(20)]
    assert statuses([window.order(one) for one in placed]) == [ACCEPTED] * 20


def test_a_stolen_token_cannot_spread_its_orders_over_the_past(
    window: Window, limits: Callable[..., None]
) -> None:
    limits(per_window=1)
    begin = datetime.now(UTC) - timedelta(days=20)
    placed = [body(n, begin + timedelta(hours=n)) for n in range(14)]
    found = statuses([window.order(one) for one in placed])
    assert found == [ACCEPTED] * 10 + [TOO_MANY] * 4


@pytest.mark.parametrize(
    "contact", [{}, {"phone": "+33188000000", "email": "Same@Post.example"}], ids=["phone", "mail"]
)
def test_one_buyer_has_a_few_open_orders_at_a_time(
    window: Window, limits: Callable[..., None], contact: dict[str, str]
) -> None:
    limits(per_buyer=2)
    same = {"email": "same@post.example"} if contact else {}
    first = [window.order(body(1, **same)) for _ in range(2)]
    assert statuses(first) == [ACCEPTED] * 2
    assert statuses([window.order(body(1, **contact))]) == [TOO_MANY]
    assert statuses([window.order(body(2, email="other@post.example"))]) == [ACCEPTED]
    Order.objects.update(status="completed")
    assert statuses([window.order(body(1, **contact))]) == [ACCEPTED]
    OrderMark.objects.update(placed_at=timezone.now() - timedelta(hours=1))
    Order.objects.update(status="accepted")
    assert statuses([window.order(body(1, **contact))]) == [ACCEPTED]


def test_marks_tell_of_nobody_and_go_after_a_day(
    window: Window, limits: Callable[..., None]
) -> None:
    limits(per_buyer=2)
    window.order(order_body())
    text = json.dumps(list(OrderMark.objects.values()), default=str)
    for canary in ("Canari", "33199001234", "post.example", window.token):
        assert canary not in text
    OrderMark.objects.update(received_at=timezone.now() - timedelta(days=1, minutes=1))
    old = set(OrderMark.objects.values_list("pk", flat=True))
    for _ in range(100):
        window.order(order_body())
    assert not OrderMark.objects.filter(pk__in=old).exists()


def test_a_flood_is_asked_to_come_again_and_then_taken(
    window: Window, limits: Callable[..., None]
) -> None:
    limits(flood=3)
    placed = [body(n) for n in range(5)]
    keys = [str(uuid.uuid4()) for _ in placed]
    answers = [window.order(one, key) for one, key in zip(placed, keys, strict=True)]
    assert [a.status_code for a in answers] == [201] * 3 + [429] * 2
    assert answers[-1]["Retry-After"] == "600" and answers[-1].json()["code"] == "too_many"
    assert Order.objects.count() == 3
    OrderMark.objects.update(received_at=timezone.now() - timedelta(minutes=10))
    again = [window.order(one, key) for one, key in zip(placed, keys, strict=True)]
    assert [a.status_code for a in again] == [200] * 3 + [201] * 2
    assert Order.objects.count() == 5


@pytest.mark.usefixtures("shared_database")
def test_all_processes_count_the_same(
    window: Window, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "KIOSK_ORDERS_PER_WINDOW", "6")
    urls = [serve().url, serve().url]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: send_order(urls[n % 2], window.token, body(n), str(uuid.uuid4())),
                range(24),
            )
        )
    assert sorted(statuses(answers)) == [ACCEPTED] * 6 + [TOO_MANY] * 18


def test_limits_come_from_the_settings() -> None:
    assert policy_from({}) == Policy(30, 5, 1000)
    found = policy_from({"KIOSK_ORDERS_PER_WINDOW": "0", "KIOSK_ORDERS_PER_BUYER": " 7 "})
    assert found == Policy(0, 7, 1000)
    for wrong in ("-1", "many", "1.5", "٣", "9" * 10):
        with pytest.raises(PolicyError, match="KIOSK_ORDERS_FLOOD must be a whole number"):
            policy_from({"KIOSK_ORDERS_FLOOD": wrong})
