"""Placing orders: exactly once, priced here, and never turned away."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from backoffice_data import (
    Window,
    courier_body,
    make_product,
    make_shop,
    order_body,
    send_order,
)
from conftest import Server
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kiosk.backoffice.catalogue.models import Product, Variant
from kiosk.backoffice.orders.models import Order, OrderLine
from kiosk.backoffice.orders.services import KeyReusedError, place_order
from kiosk.backoffice.orders.stock import SoldOutError, take_stock
from kiosk.backoffice.platform.devices import add_device
from kiosk.backoffice.platform.models import Device, Shop
from kiosk.contract import OrderRequest
from kiosk.shop.money import MAX_MINOR

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def window() -> Window:
    make_shop()
    make_product("vase", price=4200, stock=5)
    return Window()


def stock(variant: str = "vase-1") -> int | None:
    return Variant.objects.get(pk=variant).stock


def test_an_order_is_accepted_and_takes_the_stock(window: Window) -> None:
    cursor = window.changes()["cursor"]
    answer = window.order(order_body(quantity=2))
    receipt = answer.json()
    assert answer.status_code == 201
    assert receipt["status"] == "accepted" and receipt["reasons"] == []
    assert receipt["total"] == {"minor": 8400, "currency": "EUR"}
    assert len(receipt["pickup_code"]) == 4 and len(receipt["token"]) >= 22
    assert receipt["page_url"] == f"http://localhost/o/{receipt['token']}"
    assert receipt["promise"]["done_by"]
    assert stock() == 3
    assert window.changes(cursor)["upserts"][0]["variants"][0]["stock"] == 3


def test_a_courier_costs_its_fee(window: Window) -> None:
    receipt = window.order(courier_body()).json()
    assert receipt["status"] == "accepted" and receipt["total"]["minor"] == 4790


def test_the_same_key_gives_the_same_receipt_for_ever(window: Window) -> None:
    body, key = order_body(), "key-of-this-order"
    first = window.order(body, key)
    shop = Shop.objects.get()
    shop.name = "Other name"
    shop.save()
    Order.objects.update(status="completed")
    again = window.order(body, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Order.objects.count() == 1 and stock() == 4


def test_the_same_order_written_in_another_way_is_the_same(window: Window) -> None:
    body = order_body()
    window.order(body, "key-of-this-order")
    reordered = json.dumps(dict(reversed(body.items())), indent=2).encode()
    headers = {"Idempotency-Key": "key-of-this-order"}
    assert window.post("orders", reordered, **headers).status_code == 200


def test_the_same_key_with_another_body_is_refused_and_the_first_stays(window: Window) -> None:
    body = order_body()
    window.order(body, "key-of-this-order")
    answer = window.order({**body, "language": "en"}, "key-of-this-order")
    assert answer.status_code == 422 and answer.json()["code"] == "key_reused"
    assert Order.objects.get().language == "fr"


def test_the_same_intent_under_another_key_is_the_same_order(window: Window) -> None:
    body = order_body()
    first, second = window.order(body), window.order(body)
    assert second.status_code == 200 and second.json() == first.json()
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: Variant.objects.update(price_minor=4300), "price_changed"),
        (lambda: Variant.objects.update(stock=0), "sold_out"),
        (lambda: Product.objects.all().delete(), "product_gone"),
        (lambda: Product.objects.update(hidden=True), "product_gone"),
        (lambda: Variant.objects.update(currency="USD"), "product_gone"),
        (lambda: Shop.objects.update(weekly=[[]] * 7), "no_promise"),
        (lambda: Shop.objects.update(collect_enabled=False), "no_promise"),
    ],
)
def test_what_cannot_be_accepted_waits_for_staff(
    window: Window, change: Callable[[], Any], reason: str
) -> None:
    change()
    before = Variant.objects.values_list("stock", flat=True).first()
    answer = window.order(order_body())
    assert answer.status_code == 201
    assert answer.json()["status"] == "needs_review" and answer.json()["reasons"] == [reason]
    assert Variant.objects.values_list("stock", flat=True).first() == before


def test_lines_whose_last_piece_another_took_leave_the_others_pieces(window: Window) -> None:
    make_product("zinnia", price=900, stock=1)
    lines = [OrderLine(variant_id=f"{name}-1", quantity=2) for name in ("vase", "zinnia")]
    with pytest.raises(SoldOutError):
        take_stock(lines)
    assert stock() == 5 and stock("zinnia-1") == 1
    assert [line.stock_taken for line in lines] == [0, 0]


def test_pieces_are_counted_together_and_what_is_not_counted_is_always_there(
    window: Window,
) -> None:
    make_product("zinnia", price=900, stock=None)
    lines = [OrderLine(variant_id=f"{name}-1", quantity=3) for name in ("vase", "zinnia")]
    take_stock(lines)
    assert (stock(), stock("zinnia-1")) == (2, None)
    assert [line.stock_taken for line in lines] == [3, 0]
    with pytest.raises(SoldOutError):
        take_stock([OrderLine(variant_id="vase-1", quantity=n) for n in (1, 2)])
    assert stock() == 2


@pytest.mark.parametrize("lines", [1, 3])
def test_an_order_takes_few_statements_however_many_lines_it_has(
    window: Window, lines: int
) -> None:
    window.order(order_body())  # its device is seen now
    body = order_body()
    for n in range(1, lines):
        make_product(f"vase{n}", price=4200, stock=5)
        body["lines"] += order_body(f"vase{n}-1")["lines"]
    body["seen_total"]["minor"] *= lines
    with CaptureQueriesContext(connection) as asked:
        assert window.order(body).json()["status"] == "accepted"
    assert len(asked) <= 16, "of which two begin and commit, and each is a way to the database"


def test_a_courier_outside_the_area_waits_for_staff(window: Window) -> None:
    receipt = window.order(courier_body(postcode="69001")).json()
    assert receipt["reasons"] == ["out_of_area"]
    assert window.order(courier_body(postcode="75 001")).json()["status"] == "accepted"


def test_what_the_visitor_saw_never_becomes_the_price(window: Window) -> None:
    for path, value in (
        (("lines", 0, "seen_unit", "minor"), 1),
        (("lines", 0, "seen_unit", "minor"), 10**11),
        (("lines", 0, "seen_unit", "currency"), "JPY"),
        (("seen_total", "minor"), 0),
        (("seen_total", "currency"), "USD"),
    ):
        body: Any = order_body()
        place = body
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        receipt = window.order(body).json()
        assert receipt["total"] == {"minor": 4200, "currency": "EUR"}, path
        assert receipt["reasons"] == ["price_changed"], path


def test_orders_by_night_are_promised_for_the_morning(window: Window) -> None:
    Shop.objects.update(weekly=[["10:00-10:30"]] * 7)
    receipt = window.order(order_body()).json()
    assert receipt["status"] == "accepted"
    assert receipt["promise"]["done_by"][11:16] == "10:30"


BROKEN_OPTIONS = [{"id": "c", "title": {}, "values": [{"id": "a", "title": "red"}]}]


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        (lambda: Product.objects.update(options="red"), []),
        (lambda: Product.objects.update(options=BROKEN_OPTIONS), []),
        (lambda: Product.objects.update(options=[{"id": "c", "values": [{"id": "a"}]}]), []),
        (lambda: Variant.objects.update(options=[1]), []),
        (lambda: Product.objects.update(title="red"), []),
        (lambda: Product.objects.update(title={"fr": 3}), []),
        (lambda: Variant.objects.update(price_minor=MAX_MINOR), ["product_gone"]),
        (lambda: Shop.objects.update(weekly=[]), ["no_promise"]),
        (lambda: Shop.objects.update(weekly=[["10h"]] * 7), ["no_promise"]),
        (lambda: Shop.objects.update(special_days=[{"day": 1}]), ["no_promise"]),
        (lambda: Shop.objects.update(timezone="Mars/Base"), ["no_promise"]),
    ],
)
def test_a_row_that_cannot_be_read_costs_no_order(
    window: Window, change: Callable[[], Any], reasons: list[str]
) -> None:
    change()
    answer = window.order(order_body())
    assert answer.status_code == 201 and answer.json()["reasons"] == reasons
    assert window.get(f"orders/{answer.json()['token']}").status_code == 200


def test_a_delivery_fee_beyond_any_price_is_refused_to_staff() -> None:
    shop = make_shop()
    shop.courier_fee_minor = MAX_MINOR
    with pytest.raises(ValidationError, match="beyond any price"):
        shop.full_clean()


def test_the_same_order_is_the_same_to_a_later_version(window: Window) -> None:
    class Later(OrderRequest):
        gift: bool = False

    body, device = order_body(), Device.objects.get()
    first = place_order(OrderRequest.model_validate(body), "one-key", device, "")
    again = place_order(Later.model_validate(body), "one-key", device, "")
    assert first.created and not again.created
    with pytest.raises(KeyReusedError):
        place_order(Later.model_validate({**body, "gift": True}), "one-key", device, "")


def test_hostile_words_are_stored_as_plain_words(window: Window) -> None:
    body = courier_body()
    body["contact"]["name"] = "I\u202en\u0000ès" + "\u0301" * 40
    body["address"]["note"] = "=HYPERLINK(1)\u0007"
    assert window.order(body).status_code == 201
    order = Order.objects.get()
    assert order.name.startswith("Inès") and "\u202e" not in order.name and "\0" not in order.name
    assert order.note == "=HYPERLINK(1)"


def test_before_there_is_a_shop_the_box_is_asked_to_come_back() -> None:
    answer = Window().order(order_body())
    assert answer.status_code == 503 and answer["Retry-After"]


def test_an_order_that_was_answered_survives_the_end_of_the_server(
    serve: Callable[..., Server],
) -> None:
    make_shop()
    make_product()
    token, body = add_device("w")[1], order_body()
    first = serve()
    receipt = send_order(first.url, token, body, "key-of-this-order").json()
    first.stop(9)
    again = send_order(serve().url, token, body, "key-of-this-order")
    answer = again.json()
    assert again.status_code == 200
    assert answer == receipt
