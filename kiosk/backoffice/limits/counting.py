"""Counting orders in the shared database, so that every process counts the same.

Both functions are to be called in the transaction that stores the order: no other one stores
beside it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from kiosk.backoffice.limits.models import OrderMark
from kiosk.backoffice.order_limits import BUYER_SPAN, CATCHING_UP, WINDOW_SPAN, Policy
from kiosk.backoffice.orders.models import Order
from kiosk.shop.order import OrderStatus

KEPT = timedelta(days=1)
_TRIM_EVERY = 100
_OPEN = [status.value for status in OrderStatus if not status.final]


class FloodError(Exception):
    """This window sends more than any night's orders: what it keeps is taken later."""

    retry_after_s = int(WINDOW_SPAN.total_seconds())


def too_many(order: Order, at: datetime) -> bool:
    """Whether staff should look at an order, not stored yet, that arrives at `at`; not in a demo.

    Raises FloodError where it should come again later.
    """
    policy: Policy = settings.ORDER_LIMITS
    if order.demo:
        return False
    window, *buyer = _subjects(order)
    found = OrderMark.objects.filter(subject__in=[window, *buyer]).aggregate(
        placed=Count("pk", filter=Q(subject=window) & _around(order.placed_at, WINDOW_SPAN)),
        arrived=Count("pk", filter=Q(subject=window, received_at__gt=at - WINDOW_SPAN)),
        **{
            f"of_{number}": Count(
                "pk",
                filter=Q(subject=subject, order__status__in=_OPEN)
                & _around(order.placed_at, BUYER_SPAN),
            )
            for number, subject in enumerate(buyer)
        },
    )
    placed, arrived, *of_buyer = found.values()
    if order.device_id is None:
        placed = arrived = 0
    if policy.flood and arrived >= policy.flood:
        raise FloodError
    per_window, per_buyer = policy.per_window, policy.per_buyer
    crowded = per_window and (placed >= per_window or arrived >= CATCHING_UP * per_window)
    return bool(crowded or (per_buyer and max(of_buyer, default=0) >= per_buyer))


def mark(order: Order, at: datetime) -> None:
    """Count an order that was just stored, and forget what is no longer counted."""
    OrderMark.objects.bulk_create(
        OrderMark(subject=subject, order=order, placed_at=order.placed_at, received_at=at)
        for subject in _subjects(order)
    )
    if order.pk % _TRIM_EVERY == 0:
        OrderMark.objects.filter(received_at__lt=at - KEPT).delete()


def _subjects(order: Order) -> list[str]:
    """Its window first, then how its buyer can be reached."""
    told = (("phone", order.phone), ("email", order.email.casefold()))
    names = [("window", str(order.device_id)), *((kind, value) for kind, value in told if value)]
    return [
        salted_hmac(f"kiosk.limits.{kind}", value, algorithm="sha256").hexdigest()
        for kind, value in names
    ]


def _around(moment: datetime, span: timedelta) -> Q:
    return Q(placed_at__gt=moment - span, placed_at__lt=moment + span)
