"""Uber Direct, as its public documentation and public clients describe it.

Not tried against the real service. Known from developer.uber.com/docs/deliveries: a token by
client credentials (scope eats.deliveries), quotes and deliveries under /v1/customers/ID, an
idempotency key that is remembered for six hours, webhooks of the kinds event.delivery_status and
event.courier_update, signed by HMAC-SHA256 of the body in x-uber-signature (x-postmates-signature
before), repeated and in any order. courier_imminent: less than some 80 m from either door.
A courier's phone_number takes calls from the drop-off's number alone.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kiosk.backoffice.dispatch.accounts import Account
from kiosk.backoffice.dispatch.service import (
    Courier,
    Errand,
    Heard,
    NoAnswer,
    Offer,
    Place,
    Refused,
    Unreadable,
    check_signature,
    display_name,
)
from kiosk.backoffice.dispatch.talking import Line
from kiosk.backoffice.dispatch.told import Told
from kiosk.shop.contact import normal_phone
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.money import Money

_S = DeliveryStatus
STATUS: dict[str, DeliveryStatus | None] = {
    "pending": None,
    "scheduled": None,
    "pickup": _S.ENROUTE_TO_PICKUP,
    "pickup_complete": _S.PICKED_UP,
    "dropoff": _S.ENROUTE_TO_DROPOFF,
    "delivered": _S.DELIVERED,
    "canceled": None,
    "returned": _S.RETURNED,
}
DROPPED = "canceled"
VEHICLES = {
    "bicycle": "bike",
    "bike": "bike",
    "cargo_bike": "cargo_bike",
    "walker": "foot",
    "scooter": "scooter",
    "motorcycle": "scooter",
    "car": "car",
    "van": "car",
}
_KINDS = ("event.delivery_status", "event.courier_update", "event.delivery_return")
_SIGNATURES = ("x-uber-signature", "x-postmates-signature")
_MAX_NOTE = 280  # characters


class UberDirect:
    name = "uber_direct"
    title = "Uber Direct"

    def __init__(self, account: Account) -> None:
        self._key = account.signing_key
        self._line = Line(account, "/oauth/v2/token", "eats.deliveries")
        self._path = f"/v1/customers/{account.customer_id}"

    def quote(self, errand: Errand) -> Offer:
        asked = _filled(_doors(errand))
        told = Told(self._line.ask("POST", f"{self._path}/delivery_quotes", asked))
        return Offer(_fee(told, errand), told["id"].text())

    def book(self, errand: Errand, offer: Offer | None) -> Heard:
        asked = _doors(errand) | {
            "quote_id": offer.remote_id if offer else "",
            "manifest_items": [
                {"name": title, "quantity": count, "size": "small"} for title, count in errand.goods
            ],
            "manifest_reference": errand.number,
            "manifest_total_value": errand.value.minor,
            "external_id": errand.key,
            "idempotency_key": errand.key,
            "deliverable_action": "deliverable_action_meet_at_door",
            "undeliverable_action": "return",
        }
        try:
            return _booked(Told(self._line.ask("POST", f"{self._path}/deliveries", _filled(asked))))
        except Refused as refused:
            other = Told(refused.answer)["metadata"]["delivery_id"].text()
            known = self.ask(other) if other else None
            if known is None or known.reference != errand.key:
                raise
            return known

    def ask(self, remote_id: str) -> Heard:
        return _booked(Told(self._line.ask("GET", f"{self._path}/deliveries/{remote_id}")))

    def cancel(self, remote_id: str) -> None:
        self._line.ask("POST", f"{self._path}/deliveries/{remote_id}/cancel")

    def hear(self, headers: Mapping[str, str], body: bytes) -> Heard | None:
        given = next((headers[name] for name in _SIGNATURES if name in headers), "")
        check_signature(given, self._key, body)
        told = Told.of(body)
        kind = told["kind"].text() or told["event_type"].text()
        if kind not in _KINDS:
            return None
        remote_id = told["delivery_id"].text() or told["data"]["id"].text()
        if not remote_id:
            raise Unreadable("no delivery_id")
        event_id = told["id"].text(100) or hashlib.sha256(body).hexdigest()
        position = told["location"].point("lat", "lng")
        return _heard(told["data"], remote_id, event_id, told, position)


def _booked(told: Told) -> Heard:
    remote_id = told["id"].text()
    if not remote_id:
        raise NoAnswer("no id")
    return _heard(told, remote_id)


def _heard(
    data: Told,
    remote_id: str,
    event_id: str = "",
    message: Told | None = None,
    position: Any = None,
) -> Heard:
    status = (message and message["status"].text()) or data["status"].text()
    return Heard(
        remote_id=remote_id,
        reference=data["external_id"].text(),
        event_id=event_id,
        at=(message["created"].moment() if message else None) or data["updated"].moment(),
        status=STATUS.get(status),
        unknown="" if not status or status in STATUS else status[:40],
        dropped=status == DROPPED,
        courier=_courier(data["courier"]),
        position=position or data["courier"]["location"].point("lat", "lng"),
        imminent=data["courier_imminent"].flag(),
        eta=data["dropoff_eta"].moment(),
        tracking_url=data["tracking_url"].url(),
        proof=_proof(data["dropoff"]["verification"]),
    )


def _courier(told: Told) -> Courier | None:
    name = display_name(told["name"].text())
    if not name:
        return None
    # Two numbers, neither the courier's own: one lets in whoever knows its code, the other only
    # who calls from the phone at the drop-off, which is the buyer's.
    public = told["public_phone_info"]["formatted_phone_number"].text(40)
    masked = told["phone_number"].text(40)
    vehicle = VEHICLES.get(told["vehicle_type"].text().lower(), "bike")
    return Courier(name, vehicle, public or masked, normal_phone(masked, "") or "")


def _proof(told: Told) -> dict[str, str] | None:
    for kind, place in (("picture", told["picture"]), ("signature", told["signature"])):
        url = place["image_url"].url()
        if url:
            return {"type": kind, "url": url}
    if told["pin_code"]["entered"] or told["pincode"]["entered"]:
        return {"type": "code", "url": ""}
    return None


def _fee(told: Told, errand: Errand) -> Money:
    minor = told["fee"].number()
    if minor is None or minor < 0:
        raise NoAnswer("no fee")
    currency = (told["currency_type"].text() or told["currency"].text()).upper()
    return Money(int(minor), currency if len(currency) == 3 else errand.value.currency)


def _doors(errand: Errand) -> dict[str, Any]:
    return _door("pickup", errand.pickup) | _door("dropoff", errand.dropoff)


def _door(which: str, place: Place) -> dict[str, Any]:
    address = {
        "street_address": [line for line in (place.line1, place.line2) if line],
        "city": place.city,
        "zip_code": place.postcode,
        "country": place.country,
    }
    return {
        f"{which}_address": json.dumps(address, ensure_ascii=False),
        f"{which}_name": place.name,
        f"{which}_phone_number": place.phone,
        f"{which}_notes": place.note[:_MAX_NOTE],
        f"{which}_latitude": place.where.lat if place.where else None,
        f"{which}_longitude": place.where.lon if place.where else None,
    }


def _filled(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value not in ("", None)}
