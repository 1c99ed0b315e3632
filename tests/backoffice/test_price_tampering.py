"""Nothing that a window writes makes an order cheaper.

Every field of an order's body is changed, as the schema names them, so that a field that comes
later is covered by itself. A changed body is refused or costs what the shop's own rows say.
"""

import copy
import gzip
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.orders.models import Order
from kiosk.contract import OrderRequest

pytestmark = pytest.mark.usefixtures("database")

PRICES = {"vase-1": 4200, "bowl-1": 1900}
FEE = 590
Place = tuple[str | int, ...]

BAD: list[Any] = [
    None, True, False, 0, -1, 1, 1.0, 0.5, -0.0, 10**9, 10**11, 10**18, 2**63, 10**400, 1e308, "",
    "0", "1", "-1", "free", "\ud800", "\0", "\u202e", "x" * 5000, [], {}, [1], {"minor": 0},
    {"minor": 1, "currency": "EUR"}, {"minor": 0, "currency": "JPY"}, float("nan"), float("inf"),
    "4200", "bowl-1", "collect", "EUR", "JPY", "1970-01-01T00:00:00Z", str(uuid.UUID(int=0)),
]  # fmt: skip
EXTRA = (
    "price", "status", "shop_id", "total", "unit", "unit_minor", "subtotal", "fee", "discount",
    "currency", "paid", "reasons", "token", "device", "demo", "id", "__class__", "",
)  # fmt: skip


def a_body() -> dict[str, Any]:
    body = courier_body()
    body["lines"] = [
        {"variant_id": key, "quantity": n, "seen_unit": {"minor": price, "currency": "EUR"}}
        for n, (key, price) in enumerate(PRICES.items(), start=1)
    ]
    body["seen_total"]["minor"] = 4200 + 2 * 1900 + FEE
    return body


def places(schema: dict[str, Any], at: Place = ()) -> Iterator[Place]:
    """Where every field stands that the schema names, lines by their first."""
    definitions = OrderRequest.model_json_schema()["$defs"]
    for one in [schema, *schema.get("anyOf", [])]:
        if "$ref" in one:
            yield from places(definitions[one["$ref"].rpartition("/")[2]], at)
        for name, field in one.get("properties", {}).items():
            yield (*at, name)
            yield from places(field, (*at, name))
        if "items" in one:
            yield (*at, 0)
            yield from places(one["items"], (*at, 0))


PLACES = list(places(OrderRequest.model_json_schema()))
OBJECTS = [()] + [p for p in PLACES if any(q[: len(p)] == p and q != p for q in PLACES)]


def put(body: Any, place: Place, value: Any) -> bool:
    """Write a value there, making what leads to it; False where that is no object."""
    for step in place[:-1]:
        if isinstance(body, dict):
            body = body.setdefault(step, {})
        elif isinstance(body, list) and isinstance(step, int) and step < len(body):
            body = body[step]
        else:
            return False
        if not isinstance(body, dict | list):
            return False
    if isinstance(body, list) and place[-1] not in range(len(body)):
        return False
    body[place[-1]] = value
    return True


@pytest.fixture
def window() -> Window:
    make_shop()
    for key, price in PRICES.items():
        make_product(key.removesuffix("-1"), price=price, stock=None)
    return Window()


def costs_what_it_must(window: Window, body: bytes) -> None:
    """Refused with a 4xx and nothing stored, or stored at the shop's own prices."""
    before = Order.objects.count()
    answer = window.post("orders", body, **{"Idempotency-Key": str(uuid.uuid4())})
    assert answer.status_code in (200, 201) or 400 <= answer.status_code < 500, answer.content
    if answer.status_code not in (200, 201):
        assert Order.objects.count() == before
        return
    order = Order.objects.get(number=answer.json()["number"])
    own = dict(Variant.objects.values_list("pk", "price_minor"))
    lines = list(order.lines.all())
    assert lines and all(1 <= line.quantity <= 20 for line in lines)
    assert all(line.unit_minor == own.get(line.asked_variant_id, 0) for line in lines)
    subtotal = sum(line.unit_minor * line.quantity for line in lines)
    assert (order.subtotal_minor, order.currency) == (subtotal, "EUR")
    assert order.fee_minor == (FEE if order.fulfilment == "courier" else 0)
    assert order.total_minor == subtotal + order.fee_minor
    assert answer.json()["total"] == {"minor": order.total_minor, "currency": "EUR"}
    # What is not for sale is promised to nobody, and so costs nobody nothing.
    unknown = any(line.asked_variant_id not in own for line in lines)
    assert not unknown or "product_gone" in order.reasons
    assert order.demo is False and order.device is not None


def test_the_schema_is_walked_to_its_leaves() -> None:
    known = (
        ("lines", 0, "quantity"), ("lines", 0, "seen_unit", "minor"), ("seen_total", "minor"),
        ("contact", "name"), ("address", "postcode"), ("sealed", "box"),
    )  # fmt: skip
    assert set(known) <= set(PLACES)
    assert () in OBJECTS and ("lines", 0) in OBJECTS and ("contact",) in OBJECTS


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_no_field_makes_an_order_cheaper(window: Window, place: Place) -> None:
    for bad in BAD:
        body = a_body()
        if put(body, place, bad):
            costs_what_it_must(window, json.dumps(body).encode())


@pytest.mark.parametrize("place", OBJECTS, ids=lambda place: ".".join(map(str, place)) or "body")
def test_nothing_that_is_added_is_read(window: Window, place: Place) -> None:
    for name in EXTRA:
        body = a_body()
        if put(body, (*place, name), 0):
            answer = window.order(body)
            assert answer.status_code == 422, (place, name)
    assert not Order.objects.exists()


WHOLE = json.dumps(a_body()).encode()
NOTHING = b'"seen_total": {"minor": 0, "currency": "EUR"}, '


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(WHOLE.replace(b'"quantity": 2', b'"quantity": 2, "quantity": 1'), id="two"),
        pytest.param(WHOLE.replace(b'"seen_total"', NOTHING + b'"seen_total"'), id="two totals"),
        pytest.param(WHOLE.replace(b"4200", b"NaN"), id="NaN"),
        pytest.param(WHOLE.replace(b"4200", b"-0"), id="minus nothing"),
        pytest.param(WHOLE.replace(b"4200", b"4.2e3"), id="exponent"),
        pytest.param(WHOLE.replace(b"4200", b"1e-400"), id="underflow"),
        pytest.param(WHOLE.replace(b'"quantity": 2', b'"quantity": 1000000000'), id="10**9"),
        pytest.param(WHOLE.replace(b'"quantity": 2', b'"quantity": 2.0000000000000001'), id="2.0"),
        pytest.param(WHOLE.replace(b"vase-1", b"vase-1\\u0000"), id="NUL"),
        pytest.param(WHOLE.replace(b"vase-1", b"\\ud800"), id="surrogate"),
        pytest.param(WHOLE.replace(b"vase-1", b"bowl-1"), id="the same twice"),
        pytest.param(WHOLE.replace(b"collect", b"Collect"), id="case"),
        pytest.param(WHOLE + WHOLE, id="two bodies"),
        pytest.param(b"[" + WHOLE + b"]", id="a list"),
        pytest.param(b"\xef\xbb\xbf" + WHOLE, id="BOM"),
        pytest.param(WHOLE.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(gzip.compress(WHOLE), id="gzip"),
    ],
)  # fmt: skip
def test_no_spelling_makes_an_order_cheaper(window: Window, body: bytes) -> None:
    costs_what_it_must(window, body)


def test_a_bomb_is_not_unpacked(window: Window) -> None:
    bomb = gzip.compress(b" " * 20_000_000 + WHOLE)
    for encoding in ("gzip", "deflate", "br", "identity"):
        headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Encoding": encoding}
        answer = window.post("orders", bomb, **headers)
        assert 400 <= answer.status_code < 500, answer.content
    assert not Order.objects.exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON | st.sampled_from(BAD)), max_size=4))
def test_no_changes_together_make_an_order_cheaper(
    window: Window, changes: list[tuple[Place, Any]]
) -> None:
    body = copy.deepcopy(a_body())
    for place, value in changes:
        put(body, place, value)
    costs_what_it_must(window, json.dumps(body).encode())
