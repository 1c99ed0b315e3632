"""The buyer's way to a code for a window's camera, from the page of their order."""

from django.utils import timezone

from kiosk.backoffice.lookup.showing import may_be_shown
from kiosk.backoffice.lookup.words import words_in
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.instances import reads_codes


def may_show(order: Order) -> dict[str, str] | None:
    """What the page says of it; None where no window has a camera, or none shows the order."""
    if not (reads_codes(timezone.now()) and may_be_shown(order)):
        return None
    return words_in(order.language)
