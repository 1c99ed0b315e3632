"""A small shop to test with, and a window that asks."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import requests
from django.test import Client

from kiosk.backoffice.catalogue.models import Category, Product, Variant
from kiosk.backoffice.platform.devices import add_device
from kiosk.backoffice.platform.models import Shop

# A media server as a shop would name it.
CAMERA = {
    "KIOSK_CAMERA_SERVER": "nginx-rtmp",
    "KIOSK_CAMERA_INGEST": "rtmp://127.0.0.1:1935/courier",
    "KIOSK_CAMERA_WATCH": "rtmp://127.0.0.1:1935/ride",
}
CONTRACT = {"Kiosk-Contract": "1"}
ALWAYS = ["00:00-24:00"]


def make_shop(**changes: Any) -> Shop:
    """A shop that is always open, in EUR, with a courier at 5.90 and no holidays."""
    shop = Shop(
        **{
            "shop_id": "lucarne",
            "name": "Lucarne",
            "tagline": {"fr": "La nuit aussi"},
            "currency": "EUR",
            "country": "FR",
            "languages": ["fr", "en"],
            "line1": "14, rue de la Lucarne",
            "postcode": "75000",
            "city": "Paris",
            "lat": 48.86,
            "lon": 2.34,
            "weekly": [ALWAYS] * 7,
            "public_holidays": False,
            "courier_fee_minor": 590,
            "postcodes": ["75000", "75001"],
            **changes,
        }
    )
    shop.save()
    return shop


def make_product(handle: str = "vase", price: int = 4200, stock: int | None = 5) -> Product:
    """A product with one variant, whose id is "HANDLE-1"."""
    category, _ = Category.objects.get_or_create(id="ceramics", defaults={"title": {"fr": "Grès"}})
    product = Product.objects.create(
        id=handle, handle=handle, category=category, title={"fr": handle.title()}
    )
    Variant.objects.create(
        id=f"{handle}-1",
        product=product,
        sku=f"{handle}-1",
        price_minor=price,
        currency="EUR",
        stock=stock,
    )
    return product


def order_body(variant: str = "vase-1", price: int = 4200, quantity: int = 1) -> dict[str, Any]:
    """A collect order of one line as a window sends it, with a fresh intent."""
    return {
        "intent_id": str(uuid.uuid4()),
        "placed_at": datetime.now(UTC).isoformat(),
        "language": "fr",
        "lines": [
            {
                "variant_id": variant,
                "quantity": quantity,
                "seen_unit": {"minor": price, "currency": "EUR"},
            }
        ],
        "fulfilment": "collect",
        "contact": {"name": "Inès Canari", "phone": "+33199001234", "email": "ines@post.example"},
        "seen_total": {"minor": price * quantity, "currency": "EUR"},
    }


def courier_body(price: int = 4200, fee: int = 590, postcode: str = "75001") -> dict[str, Any]:
    """The same by courier."""
    body = order_body(price=price)
    body["fulfilment"] = "courier"
    body["address"] = {"line1": "3, rue du Pont", "postcode": postcode, "city": "Paris"}
    body["seen_total"]["minor"] = price + fee
    return body


class Window:
    """A window in this process, through Django's whole stack without a socket."""

    def __init__(self, token: str | None = None) -> None:
        self.token = add_device("window")[1] if token is None else token
        self.headers = {**CONTRACT, "Authorization": f"Bearer {self.token}"}
        self._client = Client(raise_request_exception=False, SERVER_NAME="localhost")

    def get(self, path: str, **headers: str) -> Any:
        return self._client.get(f"/api/v1/{path}", headers={**self.headers, **headers})

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self._client.post(
            f"/api/v1/{path}",
            body if isinstance(body, bytes) else json.dumps(body),
            content_type="application/json",
            headers={**self.headers, **headers},
        )

    def order(self, body: dict[str, Any], key: str | None = None) -> Any:
        return self.post("orders", body, **{"Idempotency-Key": key or str(uuid.uuid4())})

    def changes(self, cursor: str = "", limit: int = 200) -> dict[str, Any]:
        answer = self.get(f"catalogue/changes?cursor={cursor}&limit={limit}")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())


def ask(url: str, path: str, token: str, **options: Any) -> requests.Response:
    """GET from a running server."""
    headers = {**CONTRACT, "Authorization": f"Bearer {token}", **options.pop("headers", {})}
    return requests.get(f"{url}/api/v1/{path}", headers=headers, timeout=20, **options)


def send_order(url: str, token: str, body: dict[str, Any], key: str) -> requests.Response:
    """POST an order to a running server."""
    headers = {**CONTRACT, "Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return requests.post(f"{url}/api/v1/orders", json=body, headers=headers, timeout=60)
