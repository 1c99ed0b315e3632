"""Bad input ends in a problem that says what is wrong, never in an error of ours."""

import json
from typing import Any

import pytest
from backoffice_data import Window, courier_body, order_body

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.models import Device

pytestmark = pytest.mark.usefixtures("database")


def is_problem(answer: Any, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Kiosk-Contract"] == "1"
    body = answer.json()
    assert body["status"] == answer.status_code and body["code"] and body["title"]


def test_every_unknown_field_is_refused(window: Window) -> None:
    """At every depth: price, status, shop_id… nothing that was asked is dropped in silence."""

    def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        if isinstance(value, dict):
            return [path] + [p for k, v in value.items() for p in places(v, (*path, k))]
        if isinstance(value, list):
            return [p for i, v in enumerate(value) for p in places(v, (*path, i))]
        return []

    found = places(courier_body())
    assert len(found) == 6
    for path in found:
        for name in ("price", "status", "shop_id", "total"):
            body: Any = courier_body()
            place = body
            for step in path:
                place = place[step]
            place[name] = 1
            is_problem(window.order(body), 422)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "quantity", [0, -1, 21, 10**9, 10**30, 1.0, 1.5, True, "1", None, [], {}, float("nan")]
)
def test_a_quantity_is_a_small_whole_number(window: Window, quantity: Any) -> None:
    body = order_body()
    body["lines"][0]["quantity"] = quantity
    is_problem(window.order(body), 400, 422)


@pytest.mark.parametrize("minor", [-1, 10**11 + 1, 1.0, True, "4200", None, float("inf"), 10**4000])
def test_what_was_seen_is_whole_minor_units(window: Window, minor: Any) -> None:
    body = order_body()
    body["seen_total"]["minor"] = 7777
    text = json.dumps(body).replace("7777", json.dumps(minor) if minor != 10**4000 else "9" * 5000)
    answer = window.post("orders", text.encode(), **{"Idempotency-Key": "12345678"})
    is_problem(answer, 400, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"\\ud800"',
        b"\xff\xfe",
        b"[" * 30_000,
        b'{"a":' * 10_000,
        b"1" * 5_000,
        b"NaN",
        b"\x1f\x8b\x08\x00\x00",
    ],
)
def test_what_is_no_order_is_refused(window: Window, body: bytes) -> None:
    for path in ("orders", "quotes"):
        is_problem(window.post(path, body, **{"Idempotency-Key": "12345678"}), 400, 415, 422)


@pytest.mark.parametrize("bad", ["\ud800", "\u0000", "x" * 5000, "", "\u202e"])
def test_strange_names_never_break(window: Window, bad: str) -> None:
    body = courier_body()
    body["contact"]["name"] = bad
    body["address"]["city"] = bad
    answer = window.order(body)
    assert answer.status_code in (201, 400, 422), answer.content


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1970-01-01T00:00:00Z",
        "2400-02-29T12:00:00+01:00",
    ],
)
def test_a_clock_that_is_wrong_does_not_cost_the_order(window: Window, moment: str) -> None:
    body = order_body()
    body["placed_at"] = body["seen_done_by"] = moment
    assert window.order(body).json()["status"] == "accepted"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("intent_id",), "not-a-uuid"),
        (("placed_at",), "2025-01-01T00:00:00"),
        (("placed_at",), 10**20),
        (("language",), "français"),
        (("contract",), 2),
        (("fulfilment",), "drone"),
        (("fulfilment",), "courier"),
        (("contact", "phone"), "0199001234"),
        (("lines",), []),
        (("lines", 0, "variant_id"), "../../etc"),
    ],
)
def test_each_field_has_its_shape(window: Window, path: tuple[Any, ...], value: Any) -> None:
    body: Any = order_body()
    place = body
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    is_problem(window.order(body), 422)


def test_a_problem_does_not_repeat_what_was_sent(window: Window) -> None:
    body = order_body()
    body["contact"]["phone"] = "CANARY"
    assert b"CANARY" not in window.order(body).content


def test_a_variant_stands_on_one_line(window: Window) -> None:
    body = order_body()
    body["lines"] *= 2
    is_problem(window.order(body), 422)


def test_bodies_are_capped_before_they_are_read(window: Window) -> None:
    body = order_body()
    body["contact"]["name"] = "x" * 70_000
    is_problem(window.order(body), 413)


@pytest.mark.parametrize("key", ["", "short", "x" * 129, "clé-de-commande"])
def test_an_order_needs_a_proper_key(window: Window, key: str) -> None:
    is_problem(window.order(order_body(), key or " "), 400)


def test_only_json_is_read(window: Window) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").post(
        "/api/v1/orders", {"a": "b"}, headers={**window.headers, "Idempotency-Key": "12345678"}
    )
    is_problem(answer, 415)


@pytest.mark.parametrize("spoken", ["2", "0", "", "one"])
def test_an_unknown_contract_is_refused(window: Window, spoken: str) -> None:
    answer = window.get("profile", **{"Kiosk-Contract": spoken})
    is_problem(answer, 400)
    assert answer.json()["code"] == "unknown_contract"


def test_hello_answers_in_every_contract(window: Window) -> None:
    answer = window.get("hello", **{"Kiosk-Contract": "99", "Authorization": ""})
    assert answer.status_code == 200 and answer.json()["contracts"] == [1]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "nothing", 404),
        ("delete", "orders", 405),
        ("put", "profile", 405),
        ("get", "orders", 405),
        ("get", "catalogue/changes?limit=0", 422),
        ("get", "catalogue/changes?limit=x", 422),
        ("get", "pictures/../../secret-key", 404),
        ("get", "pictures/" + "0" * 64, 404),
        ("get", "maps/" + "0" * 64, 404),
        ("get", "orders/unknown-token", 404),
        ("get", "orders/%00%ff", 404),
        ("get", "deliveries/unknown-token", 404),
    ],
)
def test_wrong_doors_are_problems(window: Window, method: str, path: str, status: int) -> None:
    from django.test import Client

    ask = getattr(Client(SERVER_NAME="localhost", raise_request_exception=False), method)
    is_problem(ask(f"/api/v1/{path}", headers=window.headers), status)


PROTECTED = [
    ("get", "profile"),
    ("get", "catalogue/changes"),
    ("get", "pictures/" + "0" * 64),
    ("get", "maps/" + "0" * 64),
    ("post", "quotes"),
    ("post", "orders"),
]


@pytest.mark.parametrize("door", PROTECTED)
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic eDp5", "Bearer \u00e9", "revoked"]
)
def test_only_a_window_that_was_let_in_may_ask(
    window: Window, door: tuple[str, str], header: str
) -> None:
    if header == "revoked":
        token = add_device("old")[1]
        revoke_device(Device.objects.get(name="old"))
        header = f"Bearer {token}"
    method, path = door
    ask = window.get if method == "get" else lambda p, **h: window.post(p, order_body(), **h)
    answer = ask(path, **{"Authorization": header, "Idempotency-Key": "12345678"})
    is_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_is_kept_hashed(window: Window) -> None:
    assert window.token not in json.dumps(list(Device.objects.values()), default=str)


def test_an_order_is_followed_by_its_token_and_shows_no_person(window: Window) -> None:
    receipt = window.order(courier_body()).json()
    for headers in ({}, {"Kiosk-Contract": "1"}):
        from django.test import Client

        answer = Client(SERVER_NAME="localhost").get(
            f"/api/v1/orders/{receipt['token']}", headers=headers
        )
        assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
        text = answer.content.decode()
        for canary in ("Canari", "99001234", "post.example", "rue du Pont"):
            assert canary not in text


def test_the_description_names_every_door(window: Window) -> None:
    schema = window.get("openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert {path.removeprefix("/api/v1/") for path in schema["paths"]} == {
        "hello",
        "profile",
        "catalogue/changes",
        "pictures/{sha256}",
        "maps/{sha256}",
        "quotes",
        "orders",
        "orders/{token}",
        "orders/{token}/events",
        "orders/{token}/events/poll",
        "deliveries/{token}",
        "courier/positions",
        "courier-photos/{signed}",
        "couriers/{token}/owntracks",
        "couriers/{token}/traccar",
        "events",
        "events/poll",
        "windows/here",
        "lookups",
        "lookups/{ticket}",
        "showings",
        "passing",
    }
    text = json.dumps(schema)
    for name in ("OrderRequest", "Problem", "EventBatch"):
        assert f'"#/components/schemas/{name}"' in text and name in schema["components"]["schemas"]
