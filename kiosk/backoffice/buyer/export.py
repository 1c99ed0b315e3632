"""What a buyer takes along: everything that is kept of one order, for machines and people."""

import base64
from datetime import datetime
from typing import Any

from django.utils import timezone

from kiosk.backoffice.buyer.words import days, words_in
from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.courier.models import Proof
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.passing.services import agreed
from kiosk.backoffice.privacy.erasing import open_erasure
from kiosk.backoffice.privacy.policy import kept_days

_AFTER = ("buyers", "trails")  # purposes whose days begin as the order ends
_FOR = ("proofs", "messages", "reads")  # and of which each row has its own


def kept(language: str) -> list[tuple[str, str]]:
    """What is kept, and for how long, in the buyer's words."""
    words, found = words_in(language), kept_days()
    return [
        *(
            (
                words[f"keep_{key}"],
                words["keep_after"].format(days=days(found[key], language)),
            )
            for key in _AFTER
        ),
        *((words[f"keep_{key}"], days(found[key], language)) for key in _FOR),
    ]


def exported(order: Order) -> dict[str, Any]:
    """The whole of it. Times are ISO 8601 in UTC, amounts in minor units, degrees WGS 84.

    Who of the staff did what, and what they wrote to each other, is not the buyer's.
    """
    wish = open_erasure(order)
    return {
        "made_at": _time(timezone.now()),
        "order": _order(order),
        "contact": {"name": order.name, "phone": order.phone, "email": order.email},
        "address": {
            name: getattr(order, name) for name in ("line1", "line2", "postcode", "city", "note")
        }
        if order.line1
        else None,
        "lines": [_line(line) for line in order.lines.all()],
        "history": [{"at": _time(e.at), "status": e.status} for e in order.events.all()],
        "delivery": _delivery(order),
        "e_mails": [_mail(message) for message in Message.objects.filter(order=order)],
        "erasure_asked_at": _time(wish.asked_at) if wish else None,
        "kept": [{"what": what, "for": how_long} for what, how_long in kept(order.language)],
        "kept_for_the_books": words_in(order.language)["keep_books"],
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "status": order.status,
        "status_at": _time(order.status_at),
        "placed_at": _time(order.placed_at),
        "received_at": _time(order.created_at),
        "promised_by": _time(order.promise_done_by),
        "fulfilment": order.fulfilment,
        "language": order.language,
        "reviewed_for": order.reasons,
        "currency": order.currency,
        "subtotal_minor": order.subtotal_minor,
        "fee_minor": order.fee_minor,
        "total_minor": order.total_minor,
        "seen_total_minor": order.seen_total_minor,
        "demonstration": order.demo,
    }


def _line(line: Any) -> dict[str, Any]:
    return {
        "title": line.title,
        "variant": line.variant_label,
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "seen_unit_minor": line.seen_unit_minor,
    }


def _mail(message: Message) -> dict[str, Any]:
    return {
        "about": message.kind,
        "state": message.state,
        "written_at": _time(message.created_at),
        "sent_at": _time(message.sent_at),
    }


def _delivery(order: Order) -> dict[str, Any] | None:
    delivery = Delivery.objects.filter(order=order).first()
    if delivery is None:
        return None
    return {
        "status": delivery.status,
        "to": [delivery.dropoff_lat, delivery.dropoff_lon],
        "route": delivery.route,
        "history": [{"at": _time(e.at), "status": e.status} for e in delivery.events.all()],
        "handed_over": _proof(delivery),
        "agreed_to": {
            "camera_in_the_window": Camera.objects.filter(
                delivery=delivery, buyer_allows=True
            ).exists(),
            "passers_by_are_told": agreed(delivery, "buyer"),
        },
    }


def _proof(delivery: Delivery) -> dict[str, Any] | None:
    """How it was handed over; a photograph as base64 of its JPEG."""
    proof = Proof.objects.filter(delivery=delivery).first()
    if proof is None:
        return None
    photo = base64.b64encode(proof.photo).decode() if proof.photo else None
    return {"by": proof.kind, "at": _time(proof.at), "photo_jpeg": photo}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
