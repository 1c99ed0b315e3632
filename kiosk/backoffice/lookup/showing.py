"""Finding an order by a code that its buyer's phone holds up to a window's camera.

The code is a secret of its own, made when the buyer asks for it: not the link, not the number, and
nothing about anybody. It is good for SHOWN_S, for the first window that reads it and for no other
one, so that a photograph of it opens nothing once it was taken, or soon. What a window gets for
it is what number and code give, and wrong ones count as its tries.
"""

import base64
import logging
import secrets
from datetime import timedelta

from django.utils import timezone

from kiosk.backoffice.lookup.models import Showing
from kiosk.backoffice.lookup.services import (
    TooManyTriesError,
    count_wrong,
    may_try,
    shown_orders,
    subject_of,
)
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.models import Device
from kiosk.backoffice.platform.writing import writing

log = logging.getLogger(__name__)

SHOWN_S = 120
# A page that stays open asks for one every 90 seconds, 40 in an hour; two phones do so as well.
CODES_AN_HOUR = 120
_HOUR = timedelta(hours=1)


class TooManyCodesError(Exception):
    """So many codes of one order were made that whoever asks has to wait."""


def may_be_shown(order: Order) -> bool:
    return shown_orders().filter(pk=order.pk).exists()


def new_secret(order: Order) -> str:
    """A fresh secret for the order's code, kept hashed only; the one before it ends.

    Raises TooManyCodesError.
    """
    secret, now = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("="), timezone.now()
    with writing():
        Showing.objects.filter(since__lt=now - _HOUR, until__lt=now).delete()
        showing, _ = Showing.objects.get_or_create(
            order=order, defaults={"since": now, "until": now}
        )
        if showing.since < now - _HOUR:
            showing.since, showing.made = now, 0
        if showing.made >= CODES_AN_HOUR:
            raise TooManyCodesError
        showing.made += 1
        showing.subject = subject_of("shown", secret)
        showing.until = now + timedelta(seconds=SHOWN_S)
        showing.save()
    return secret


def take(device: Device, secret: str) -> Order | None:
    """The order whose code was shown to this window, once; None alike for every other secret.

    Raises TooManyTriesError.
    """
    window, shown = subject_of("window", str(device.pk)), subject_of("shown", secret)
    with writing():
        if not may_try(window):
            log.info("window %d was shown a code: told to wait", device.pk)
            raise TooManyTriesError
        known = Showing.objects.filter(subject=shown, until__gt=timezone.now()).first()
        order = shown_orders().filter(pk=known.order_id).first() if known else None
        if known is None or order is None:
            count_wrong(window)
            log.info("window %d was shown a code: not found", device.pk)
            return None
        Showing.objects.filter(pk=known.pk).update(subject=None)
    log.info("window %d was shown a code: found", device.pk)
    return order
