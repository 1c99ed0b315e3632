"""The wire: strict where it is asked, forgiving where it is answered."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from pydantic import ValidationError

from kiosk.contract import (
    CONTRACT,
    CatalogueChanges,
    ContractError,
    OrderReceipt,
    OrderRequest,
    check_contract,
)
from kiosk.contract.pages import pieces_url
from kiosk.shop.catalogue import Picture, Product, Rendition, Variant
from kiosk.shop.money import Money
from kiosk.shop.order import ReviewReason


def order() -> dict[str, Any]:
    return {
        "intent_id": str(uuid4()),
        "placed_at": datetime(2026, 11, 21, 23, 0, tzinfo=UTC).isoformat(),
        "language": "fr",
        "lines": [
            {"variant_id": "v1", "quantity": 2, "seen_unit": {"minor": 4200, "currency": "EUR"}}
        ],
        "fulfilment": "courier",
        "contact": {"name": "Zoé", "phone": "+33199001234"},
        "address": {"line1": "3, rue des Lilas", "postcode": "75000", "city": "Paris"},
        "seen_total": {"minor": 8990, "currency": "EUR"},
    }


def test_an_order_travels_unchanged() -> None:
    request = OrderRequest.model_validate_json(json.dumps(order()))
    assert OrderRequest.model_validate_json(request.model_dump_json()) == request


def mutated(path: str, value: object) -> dict[str, Any]:
    body = order()
    *way, last = path.split(".")
    at: Any = body
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("price", 1),
        ("status", "accepted"),
        ("shop_id", "other"),
        ("lines.0.price", 1),
        ("contact.admin", True),
        ("lines.0.quantity", 0),
        ("lines.0.quantity", 10**9),
        ("lines.0.quantity", 1.5),
        ("lines.0.quantity", True),
        ("lines.0.quantity", "2"),
        ("lines.0.seen_unit.minor", -1),
        ("lines.0.seen_unit.minor", 42.0),
        ("seen_total.currency", "eur"),
        ("language", "français"),
        ("contact.phone", "0612345678"),
        ("contact.name", ""),
        ("address", None),
        ("placed_at", "2026-11-21T23:00:00"),
        ("contract", 2),
        ("lines", []),
    ],
)
def test_what_an_order_may_not_say(path: str, value: object) -> None:
    with pytest.raises(ValidationError):
        OrderRequest.model_validate_json(json.dumps(mutated(path, value)))


def test_one_variant_stands_on_one_line() -> None:
    body = order()
    body["lines"] *= 2
    with pytest.raises(ValidationError, match="one line"):
        OrderRequest.model_validate(body)


def feed() -> CatalogueChanges:
    picture = Picture((Rendition("a" * 64, 540, 675), Rendition("b" * 64, 1080, 1350)))
    product = Product(
        id="p1",
        handle="vase",
        version=3,
        category_id="c1",
        title={"fr": "Vase"},
        variants=(Variant("v1", "SKU", Money(12800, "EUR"), stock=3),),
        pictures=(picture,),
    )
    return CatalogueChanges(epoch="e", cursor="e-9", upserts=[product], deletions=["p0"])


def test_a_newer_back_office_may_say_more() -> None:
    said = json.loads(feed().model_dump_json())
    said["colour_of_the_week"] = "celadon"
    said["upserts"][0]["video"] = "x"
    said["upserts"][0]["variants"][0]["lead_days"] = 3
    assert CatalogueChanges.model_validate_json(json.dumps(said)) == feed()


def test_an_older_back_office_may_say_less() -> None:
    said = json.loads(feed().model_dump_json())
    for later in ("reviews", "rating", "related"):
        del said["upserts"][0][later]
    assert CatalogueChanges.model_validate_json(json.dumps(said)) == feed()


def test_a_code_leads_to_pieces_whatever_their_handles_hold() -> None:
    url = pieces_url("https://shop.example/", "fr", ["vase & bol", "thé,glacé"], "v:1")
    assert url.startswith("https://shop.example/p/fr?")
    asked = parse_qs(urlsplit(url).query)
    assert asked == {"p": ["vase & bol", "thé,glacé"], "v": ["v:1"]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p.update(variants=[]),
        lambda p: p["variants"][0]["price"].update(minor=10**15),
        lambda p: p["variants"][0]["price"].update(currency="euro"),
        lambda p: p["pictures"][0]["renditions"][0].update(sha256="../../etc/passwd"),
        lambda p: p["pictures"][0]["renditions"][0].update(width=10**6),
        lambda p: p.pop("title"),
    ],
)
def test_a_wrong_product_is_refused(spoil: Any) -> None:
    said = json.loads(feed().model_dump_json())
    spoil(said["upserts"][0])
    with pytest.raises(ValidationError):
        CatalogueChanges.model_validate_json(json.dumps(said))


def test_the_smallest_picture_that_is_large_enough() -> None:
    picture = feed().upserts[0].pictures[0]
    assert picture.at_least(500).width == 540  # type: ignore[union-attr]
    assert picture.at_least(541).width == 1080  # type: ignore[union-attr]
    assert picture.at_least(5000).width == 1080  # type: ignore[union-attr]
    assert picture.at_least(500, 676).width == 1080  # type: ignore[union-attr]


def test_an_unknown_contract_is_a_clear_error() -> None:
    check_contract(str(CONTRACT), "back office")
    with pytest.raises(ContractError, match="update the older"):
        check_contract("2", "back office")
    with pytest.raises(ContractError, match="no contract version"):
        check_contract(None, "back office")


def test_a_reason_of_a_newer_back_office_does_not_spoil_its_answer() -> None:
    told = {
        "intent_id": "7f0c0f0e-0000-4000-8000-000000000001",
        "number": "L-7F3K",
        "status": "needs_review",
        "reasons": ["moon_too_full", "sold_out"],
        "pickup_code": "0417",
        "token": "t" * 32,
        "page_url": "https://shop.example/o/t",
        "total": {"minor": 1, "currency": "EUR"},
    }
    assert OrderReceipt.model_validate(told).reasons == [ReviewReason.SOLD_OUT]
    with pytest.raises(ValidationError):
        OrderReceipt.model_validate({**told, "reasons": "sold_out"})
