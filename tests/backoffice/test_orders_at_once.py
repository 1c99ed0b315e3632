"""Many requests at the same moment: one order each, and never an error of ours."""

import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from backoffice_data import make_product, make_shop, order_body, send_order
from conftest import Server

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.orders.models import Order, OrderEvent, OrderLine
from kiosk.backoffice.platform.devices import add_device

MANY = 32

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def token() -> str:
    make_shop()
    make_product(stock=50)
    return add_device("w")[1]


def at_once(count: int, send: Callable[[int], requests.Response]) -> list[requests.Response]:
    """The answers to `send(0)`, `send(1)`, …, all sent at the same time."""
    with ThreadPoolExecutor(min(count, MANY)) as pool:
        return list(pool.map(send, range(count)))


def is_one_order(answers: list[requests.Response]) -> None:
    """One row with its line, its event and its stock; whoever was let in has the same receipt."""
    found = Counter(answer.status_code for answer in answers)
    assert set(found) <= {200, 201} and found[201] == 1
    assert len({answer.text for answer in answers}) == 1
    assert (Order.objects.count(), OrderLine.objects.count(), OrderEvent.objects.count()) == (
        1,
    ) * 3
    assert Variant.objects.get().stock == 49


def test_posts_of_one_key_are_one_order_and_one_receipt(server: Server, token: str) -> None:
    body, key = order_body(), str(uuid.uuid4())
    is_one_order(at_once(MANY, lambda _: send_order(server.url, token, body, key)))


def test_keys_of_one_intent_are_one_order(server: Server, token: str) -> None:
    body = order_body()
    is_one_order(at_once(MANY, lambda n: send_order(server.url, token, body, f"key-no-{n}")))


@pytest.mark.usefixtures("shared_database")
def test_two_servers_on_one_database_make_one_order(
    serve: Callable[..., Server], token: str
) -> None:
    urls, body, key = [serve().url, serve().url], order_body(), str(uuid.uuid4())
    is_one_order(at_once(20, lambda n: send_order(urls[n % 2], token, body, key)))


def test_of_two_bodies_under_one_key_the_first_stays(server: Server, token: str) -> None:
    bodies: list[dict[str, Any]] = [order_body() for _ in range(20)]
    answers = at_once(20, lambda n: send_order(server.url, token, bodies[n], "one-key-of-all"))
    found = Counter(answer.status_code for answer in answers)
    assert found == {201: 1, 422: 19}
    first = next(answer.json() for answer in answers if answer.status_code == 201)
    assert {a.json()["code"] for a in answers if a.status_code == 422} == {"key_reused"}
    kept = Order.objects.get()
    assert (kept.number, str(kept.intent_id)) == (first["number"], first["intent_id"])
    again = send_order(server.url, token, bodies[0] | {"language": "en"}, "one-key-of-all")
    assert again.status_code == 422 and Order.objects.get().language == "fr"
    assert Variant.objects.get().stock == 49


def test_200_orders_on_50_pieces(server: Server, token: str) -> None:
    """Nobody is turned away: 50 are promised, and staff look for the other 150 pieces."""
    answers = at_once(200, lambda n: send_order(server.url, token, order_body(), f"key-no-{n}"))
    assert {answer.status_code for answer in answers} == {201}
    found = Counter((a.json()["status"], *a.json()["reasons"]) for a in answers)
    assert found == {("accepted",): 50, ("needs_review", "sold_out"): 150}
    assert Variant.objects.get().stock == 0
    assert sum(OrderLine.objects.values_list("stock_taken", flat=True)) == 50
    assert len({answer.json()["number"] for answer in answers}) == Order.objects.count() == 200
