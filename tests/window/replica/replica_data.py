"""Products and orders for these tests."""

import hashlib
import io
import uuid
from datetime import UTC, datetime

from nacl.public import PrivateKey
from PIL import Image

from kiosk.contract import (
    CatalogueChanges,
    ContactGiven,
    MoneyClaim,
    OrderLine,
    OrderReceipt,
    OrderRequest,
    Personal,
    ShopProfile,
)
from kiosk.contract.sealing import open_box, sealing_key
from kiosk.shop.catalogue import Picture, Product, Rendition, Variant
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.replica import OrderSummary


def product(number: int, category: str = "vases", **changes) -> Product:
    given = {
        "id": f"p{number:06}",
        "handle": f"piece-{number}",
        "version": 1,
        "category_id": category,
        "title": {"fr": f"Vase céladon {number}", "en": f"Celadon vase {number}"},
        "variants": (
            Variant(f"v{number:06}", f"SKU{number}", Money(4500 + number, "EUR"), stock=3),
        ),
        "position": number,
        "maker": "Inès Dœuff",
        **changes,
    }
    return Product(**given)


def changes(products=(), *, epoch="e1", cursor="c1", **more) -> CatalogueChanges:
    return CatalogueChanges(epoch=epoch, cursor=cursor, upserts=list(products), **more)


# A shop's keys for tests: X25519 of a fixed seed.
SHOP_PRIVATE = PrivateKey(bytes(range(32)))
SHOP_KEY = sealing_key(bytes(SHOP_PRIVATE.public_key))


def opened(payload: bytes) -> Personal:
    """Who ordered, as only the shop can read it."""
    sealed = OrderRequest.model_validate_json(payload).sealed
    assert sealed is not None
    return open_box(sealed, SHOP_PRIVATE)


def profile(**more) -> ShopProfile:
    day = [{"opens": "10:00", "closes": "19:00"}]
    return ShopProfile.model_validate(
        {
            "version": 1,
            "shop_id": "s1",
            "name": "Atelier",
            "currency": "EUR",
            "country": "FR",
            "languages": ["fr", "en"],
            "default_language": "fr",
            "address": {
                "line1": "1 rue du Four",
                "postcode": "75006",
                "city": "Paris",
                "country": "FR",
                "location": {"lat": 48.85, "lon": 2.33},
            },
            "hours": {"timezone": "Europe/Paris", "weekly": [day] * 7},
            "sealing_key": SHOP_KEY,
            "collect": {},
            "courier": {},
            "categories": [
                {"id": "bowls", "title": {"fr": "Bols"}, "position": 2},
                {"id": "vases", "title": {"fr": "Vases"}, "position": 1},
                {"id": "empty", "title": {"fr": "Rien"}, "position": 0},
            ],
            **more,
        }
    )


def picture_bytes(shade: int = 0, size=(40, 50), form="PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (shade % 256, shade // 256, 90)).save(out, form)
    return out.getvalue()


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def picture(data: bytes, width: int = 40, height: int = 50) -> Picture:
    return Picture((Rendition(sha(data), width, height, len(data)),), {"fr": "Un vase"})


def order(intent: uuid.UUID | None = None, quantity: int = 1, **more) -> OrderRequest:
    return OrderRequest(
        intent_id=intent or uuid.uuid4(),
        placed_at=datetime.now(UTC),
        language="fr",
        lines=[
            OrderLine(
                variant_id="v000001",
                quantity=quantity,
                seen_unit=MoneyClaim(minor=4501, currency="EUR"),
            )
        ],
        fulfilment=Fulfilment.COLLECT,
        contact=ContactGiven(name="Canari Jaune", phone="+33199001234"),
        seen_total=MoneyClaim(minor=4501 * quantity, currency="EUR"),
        **more,
    )


def summary() -> OrderSummary:
    return OrderSummary((), Money(4501, "EUR"), Fulfilment.COLLECT, "fr")


def receipt(intent: uuid.UUID, number: str = "A-1") -> OrderReceipt:
    return OrderReceipt(
        intent_id=intent,
        number=number,
        status=OrderStatus.ACCEPTED,
        pickup_code="7H3K",
        token="t" * 32,
        page_url="https://shop.example/o/t",
        total=Money(4501, "EUR"),
    )
