"""Handing over: the buyer's four digits, or a photograph of where it was left.

Of 10,000 codes somebody who guesses gets TRIES, one in 1,000; then staff complete the order or
the courier takes a photograph. A right code costs no try.
"""

import io
import unicodedata
from enum import Enum

from django.utils.crypto import constant_time_compare
from PIL import Image

from kiosk.backoffice.catalogue.pictures import decoded
from kiosk.backoffice.courier.errands import locked
from kiosk.backoffice.courier.models import CodeTry, Errand, Proof
from kiosk.backoffice.orders.deliveries import advance_delivery
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.writing import writing
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import TransitionError

TRIES = 10
DIGITS = 4
PHOTO_SIDE = 1280  # px, the longer one
PHOTO_QUALITY = 78
PHOTO_BYTES = 12_000_000  # of what a phone sends
_LONGEST = 32


class Outcome(Enum):
    """How a try with a code ended. The value is the key of the words for it."""

    RIGHT = ""
    NO_CODE = "code_form"
    WRONG = "code_wrong"
    CLOSED = "code_closed"


def hand_over_by_code(errand: Errand, given: str) -> Outcome:
    """Delivered, if these are the buyer's digits. Compared and counted in one transaction.

    Raises NotYoursError, and TransitionError before the start.
    """
    digits = "".join(str(unicodedata.digit(c)) for c in given[:_LONGEST] if c.isdecimal())
    with writing():
        errand = _started(errand)
        if tries_left(errand.delivery) == 0:
            return Outcome.CLOSED
        if len(digits) != DIGITS:
            return Outcome.NO_CODE
        if not constant_time_compare(digits, errand.delivery.order.pickup_code):
            CodeTry.objects.create(delivery=errand.delivery)
            return Outcome.WRONG if tries_left(errand.delivery) else Outcome.CLOSED
        _hand_over(errand, Proof(delivery=errand.delivery, kind=Proof.Kind.CODE))
        return Outcome.RIGHT


def hand_over_by_photo(errand: Errand, content: bytes) -> None:
    """Delivered, with a photograph to show it.

    Raises PictureError, NotYoursError, and TransitionError before the start.
    """
    photo = small(content)
    with writing():
        errand = _started(errand)
        proof = Proof(delivery=errand.delivery, kind=Proof.Kind.PHOTO, photo=photo)
        _hand_over(errand, proof)


def tries_left(delivery: Delivery) -> int:
    return max(0, TRIES - CodeTry.objects.filter(delivery=delivery).count())


def has_photo(order: Order) -> bool:
    return Proof.objects.filter(delivery__order=order, photo__isnull=False).exists()


def photo_of(order: Order) -> bytes | None:
    """The JPEG that was taken when this order was left; None without one."""
    found = Proof.objects.filter(delivery__order=order, photo__isnull=False).first()
    return bytes(found.photo) if found and found.photo is not None else None


def small(content: bytes) -> bytes:
    """A JPEG of our own: upright, small, without anything that tells where or by what it was
    taken. Raises PictureError.
    """
    image = decoded(content)
    image.thumbnail((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=PHOTO_QUALITY)
    return out.getvalue()


def _started(errand: Errand) -> Errand:
    errand = locked(errand)
    if errand.started_at is None or not errand.delivery.state.position_public:
        raise TransitionError(f"a delivery that is {errand.delivery.status} is not handed over")
    return errand


def _hand_over(errand: Errand, proof: Proof) -> None:
    proof.save()
    advance_delivery(errand.delivery, DeliveryStatus.DELIVERED)
