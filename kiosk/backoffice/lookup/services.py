"""Finding an order by what its buyer has in their head: its number and the four digits of its code.

The code hands the parcel over, so nobody may find it out here. Of 10,000 codes somebody who knows
a number gets NUMBER_TRIES wrong ones, one in 500, and NUMBER_TRIES_AN_HOUR at a time; one window
takes WINDOW_TRIES wrong ones in WINDOW_SPAN from all its visitors together. This project's own
judgement between them and a buyer who mistypes; a right answer costs no try. A number that nobody
has is counted and answered like any other.
"""

import logging
from datetime import timedelta

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from kiosk.backoffice.lookup.models import LookupTry
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.numbers import as_number
from kiosk.backoffice.platform.models import Device
from kiosk.backoffice.platform.writing import writing
from kiosk.shop.order import OrderStatus

log = logging.getLogger(__name__)

WINDOW_TRIES, WINDOW_SPAN = 10, timedelta(minutes=10)
NUMBER_TRIES, NUMBER_TRIES_AN_HOUR = 20, 5
TICKET_S = 20 * 60
# So long after its end an order is still shown to who knows its code.
SHOWN_AFTER_END = timedelta(days=1)
_KEPT = timedelta(days=7)
_HOUR = timedelta(hours=1)
_NO_CODE = "    "
_SALT = "kiosk.lookup"
_ENDED = [status.value for status in OrderStatus if status.final]


class TooManyTriesError(Exception):
    """This window, or this number, has to wait before the next try."""

    retry_after_s = int(WINDOW_SPAN.total_seconds())


def look_up(device: Device, number: str, code: str) -> Order | None:
    """The order of that number and code; None alike for a wrong number and for a wrong code.

    Raises TooManyTriesError. Compared and counted in one transaction: no race gives more tries.
    """
    number = as_number(number)
    window, named = subject_of("window", str(device.pk)), subject_of("number", number)
    with writing():
        if not may_try(window) or _too_many(named):
            log.info("window %d looks for an order: told to wait", device.pk)
            raise TooManyTriesError
        order = shown_orders().filter(number=number).first()
        right = constant_time_compare(code, order.pickup_code if order else _NO_CODE)
        if order is None or not right:
            count_wrong(window, named)
            log.info("window %d looks for an order: not found", device.pk)
            return None
    log.info("window %d looks for an order: found", device.pk)
    return order


def ticket_for(order: Order, device: Device) -> str:
    """What lets this window, and no other, follow this order for TICKET_S."""
    return signing.dumps([order.pk, device.pk], salt=_SALT)


def order_of(ticket: str, device: Device) -> Order | None:
    """The order that a ticket of this window leads to; None once it is over."""
    try:
        order_id, device_id = signing.loads(ticket, salt=_SALT, max_age=TICKET_S)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return shown_orders().filter(pk=order_id).first() if device_id == device.pk else None


def shown_orders() -> QuerySet[Order]:
    """Those that a window may show: until a while after their end."""
    lately = timezone.now() - SHOWN_AFTER_END
    return Order.objects.filter(~Q(status__in=_ENDED) | Q(status_at__gt=lately))


def may_try(window: str) -> bool:
    """Whether the window of that subject has a try left. Within `writing`, with what follows."""
    now = timezone.now()
    LookupTry.objects.filter(at__lt=now - _KEPT).delete()
    lately = LookupTry.objects.filter(subject=window, at__gt=now - WINDOW_SPAN)
    return lately.count() < WINDOW_TRIES


def count_wrong(*subjects: str) -> None:
    LookupTry.objects.bulk_create([LookupTry(subject=subject) for subject in subjects])


def subject_of(kind: str, value: str) -> str:
    """The keyed hash by which something is known here."""
    return salted_hmac(f"kiosk.lookup.{kind}", value, algorithm="sha256").hexdigest()


def _too_many(named: str) -> bool:
    of_number = LookupTry.objects.filter(subject=named)
    lately = of_number.filter(at__gt=timezone.now() - _HOUR)
    return lately.count() >= NUMBER_TRIES_AN_HOUR or of_number.count() >= NUMBER_TRIES
