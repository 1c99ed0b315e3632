"""The last four digits of the phone: what a buyer knows and a photograph of the link does not.

Of 10,000 possibilities somebody who guesses gets TRIES in all, one in 500; this project's own
judgement between them and a buyer who mistypes. A right answer costs no try.
"""

import unicodedata
from datetime import timedelta
from enum import Enum

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.writing import writing
from kiosk.backoffice.privacy.models import DigitsTry

DIGITS = 4
TRIES, TRIES_AN_HOUR = 20, 5
TICKET_S = 600
_SALT = "kiosk.buyer-rights"
_HOUR = timedelta(hours=1)
_LONGEST = 64  # characters that are looked at


class Outcome(Enum):
    """How a try ended. The value is the key of the words for it."""

    RIGHT = ""
    NO_DIGITS = "rights_form"
    WRONG = "rights_wrong"
    LATER = "rights_later"
    NEVER = "rights_never"


def try_digits(order: Order, given: str) -> Outcome:
    """Compare, and count what was wrong, in one transaction: no race gives more tries."""
    digits = "".join(str(unicodedata.digit(c)) for c in given[:_LONGEST] if c.isdecimal())
    with writing():
        stopped = closed(order)
        if stopped:
            return stopped
        if len(digits) < DIGITS:
            return Outcome.NO_DIGITS
        if constant_time_compare(digits[-DIGITS:], order.phone[-DIGITS:]):
            return Outcome.RIGHT
        DigitsTry.objects.create(order=order)
        return closed(order) or Outcome.WRONG


def closed(order: Order) -> Outcome | None:
    """LATER or NEVER where no further try is taken."""
    tries = DigitsTry.objects.filter(order=order)
    if tries.count() >= TRIES:
        return Outcome.NEVER
    if tries.filter(at__gt=timezone.now() - _HOUR).count() >= TRIES_AN_HOUR:
        return Outcome.LATER
    return None


def open_again(order: Order) -> None:
    """Forget the wrong tries, so that the buyer has all of theirs again."""
    DigitsTry.objects.filter(order=order).delete()


def ticket_for(order: Order) -> str:
    """What shows that somebody knew the digits, for TICKET_S."""
    return signing.dumps(order.token, salt=_SALT)


def admits(ticket: str, order: Order) -> bool:
    """Whether a ticket is this order's and its time is not over."""
    try:
        return bool(signing.loads(ticket, salt=_SALT, max_age=TICKET_S) == order.token)
    except (signing.BadSignature, ValueError):
        return False
