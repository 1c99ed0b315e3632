"""Stuart, as its public documentation and public clients describe it.

Not tried against the real service. Known: a token by client credentials (scope api), jobs of
pickups and dropoffs under /v2/jobs, found again by their client_reference; webhooks
{"event": "job" | "delivery" | "driver", "type": "create" | "update", "data": …} in camel case,
which have no name of their own and no time. How they are signed the public pages do not say:
HMAC-SHA256 of the body in x-stuart-signature is what public clients check. Nor do they say that a
driver's phone is anything but the driver's own: buyers are not told.
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote as quoted

from kiosk.backoffice.dispatch.accounts import Account
from kiosk.backoffice.dispatch.service import (
    Courier,
    Errand,
    Heard,
    NoAnswer,
    Offer,
    Place,
    Unreadable,
    check_signature,
    display_name,
)
from kiosk.backoffice.dispatch.talking import Line
from kiosk.backoffice.dispatch.told import Told
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.money import Money, exponent

_S = DeliveryStatus
# A delivery's statuses, and those of its job that mean more than that it goes on.
STATUS: dict[str, DeliveryStatus | None] = {
    "new": None,
    "scheduled": None,
    "searching": None,
    "in_progress": None,
    "pending": None,
    "picking": _S.ENROUTE_TO_PICKUP,
    "almost_picking": _S.ENROUTE_TO_PICKUP,
    "waiting_at_pickup": _S.ARRIVED_AT_PICKUP,
    "delivering": _S.ENROUTE_TO_DROPOFF,
    "almost_delivering": _S.ENROUTE_TO_DROPOFF,
    "waiting_at_dropoff": _S.ARRIVED_AT_DROPOFF,
    "delivered": _S.DELIVERED,
    "finished": _S.DELIVERED,
    "cancelled": None,
    "canceled": None,
    "expired": None,
    "voided": None,
}
DROPPED = frozenset({"cancelled", "canceled", "expired", "voided"})
# Its cancellation reasons that mean the same to a buyer whoever caused them: a "customer" who asks
# for it may be the shop or the buyer, so that this one says nothing.
REASONS = {
    "address_error": CancelReason.ADDRESS,
    "package_damaged": CancelReason.DAMAGED,
    "end-customer_unreachable": CancelReason.NOBODY_THERE,
    "end-customer_refused_package": CancelReason.NOT_WANTED,
    "courier_issue": CancelReason.COURIER,
    "pu_closed": CancelReason.SHOP,
    "duplicate_package": CancelReason.SHOP,
    "incorrect_package": CancelReason.SHOP,
}
VEHICLES = {
    "walk": "foot",
    "bike": "bike",
    "cargobike": "cargo_bike",
    "cargobikexl": "cargo_bike",
    "motorbike": "scooter",
    "motorbikexl": "scooter",
    "scooter": "scooter",
    "car": "car",
    "van": "car",
}
_IMMINENT = {"almost_delivering": True, "delivering": False}
_EVENTS = ("job", "delivery", "driver")


class Stuart:
    name = "stuart"
    title = "Stuart"

    def __init__(self, account: Account) -> None:
        self._key = account.signing_key
        self._line = Line(account, "/oauth/token", "api")

    def quote(self, errand: Errand) -> Offer:
        told = Told(self._line.ask("POST", "/v2/jobs/pricing", _job(errand)))
        amount = told["amount"].number()
        if amount is None or amount < 0:
            raise NoAnswer("no amount")
        currency = told["currency"].text(3).upper() or errand.value.currency
        return Offer(Money(round(amount * 10 ** exponent(currency)), currency))

    def book(self, errand: Errand, offer: Offer | None) -> Heard:
        known = None if offer else self._find(errand)
        return known or _booked(Told(self._line.ask("POST", "/v2/jobs", _job(errand))))

    def ask(self, remote_id: str) -> Heard:
        return _booked(Told(self._line.ask("GET", f"/v2/jobs/{remote_id}")))

    def cancel(self, remote_id: str) -> None:
        self._line.ask("POST", f"/v2/jobs/{remote_id}/cancel")

    def _find(self, errand: Errand) -> Heard | None:
        path = f"/v2/jobs?client_reference={quoted(errand.key, safe='')}"
        found = self._line.ask("GET", path)
        for job in found if isinstance(found, list) else []:
            told = Told(job)
            if told["deliveries"].first()["client_reference"].text() == errand.key:
                return _booked(told)
        return None

    def hear(self, headers: Mapping[str, str], body: bytes) -> Heard | None:
        check_signature(headers.get("x-stuart-signature", ""), self._key, body)
        told = Told.of(body)
        event, data = told["event"].text(), told["data"]
        if event not in _EVENTS:
            return None
        job = data if event == "job" else data["job"]
        delivery = data if event == "delivery" else job["currentDelivery"]
        remote_id = job["id"].text() or data["jobId"].text()
        if not remote_id:
            raise Unreadable("no job")
        driver = data if event == "driver" else delivery["driver"] or data["driver"]
        status = delivery["status"].text() or (job["status"].text() if event == "job" else "")
        event_id = hashlib.sha256(body).hexdigest()
        return _heard(remote_id, status, delivery, driver, event_id)


def _booked(told: Told) -> Heard:
    remote_id = told["id"].text()
    if not remote_id:
        raise NoAnswer("no id")
    delivery = told["deliveries"].first()
    driver = told["driver"] or delivery["driver"]
    status = told["status"].text()
    if status not in DROPPED:
        status = delivery["status"].text() or status
    return _heard(remote_id, status, delivery, driver)


def _heard(remote_id: str, status: str, delivery: Told, driver: Told, event_id: str = "") -> Heard:
    return Heard(
        remote_id=remote_id,
        reference=(delivery["clientReference"] or delivery["client_reference"]).text(),
        event_id=event_id,
        status=STATUS.get(status),
        unknown="" if not status or status in STATUS else status[:40],
        dropped=status in DROPPED,
        reason=REASONS.get(delivery["cancellation"]["reasonKey"].text()),
        courier=_courier(driver),
        position=driver.point("latitude", "longitude"),
        imminent=_IMMINENT.get(status),
        eta=(delivery["etaToDestination"] or delivery["eta"]["dropoff"]).moment(),
        tracking_url=(delivery["trackingUrl"] or delivery["tracking_url"]).url(),
        proof=_proof(delivery),
    )


def _courier(told: Told) -> Courier | None:
    name = display_name(told["firstname"].text(), told["lastname"].text())
    name = name or display_name(told["display_name"].text() or told["name"].text())
    if not name:
        return None
    way = told["transportType"]["code"].text() or told["transport_type"].text()
    return Courier(name, VEHICLES.get(way, "bike"), told["phone"].text(40))


def _proof(told: Told) -> dict[str, str] | None:
    proof = told["proof"] or told["endCustomerProof"]
    url = proof["signature_url"].url() or proof["signatureUrl"].url()
    if url:
        return {"type": "signature", "url": url}
    url = proof["package_delivered_picture_url"].url() or told["packageDeliveredPictureUrl"].url()
    return {"type": "picture", "url": url} if url else None


def _job(errand: Errand) -> dict[str, Any]:
    what = ", ".join(f"{count} × {title}" for title, count in errand.goods)
    dropoff = _stop(errand.dropoff) | {
        "package_type": "small",
        "package_description": what[:200],
        "client_reference": errand.key,
    }
    job = {
        "assignment_code": errand.number,
        "pickups": [_stop(errand.pickup)],
        "dropoffs": [dropoff],
    }
    return {"job": job}


def _stop(place: Place) -> dict[str, Any]:
    first, _, last = place.name.partition(" ")
    contact = {"firstname": first, "lastname": last, "phone": place.phone}
    line = " ".join(part for part in (place.line1, place.line2) if part)
    return {
        "address": f"{line}, {place.postcode} {place.city}",
        "comment": place.note,
        "contact": contact,
    }
