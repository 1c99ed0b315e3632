"""Counting orders in the shared database, so that every process counts the same.

Both functions are to be called in the transaction that stores the order: no other one stores
beside it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from kiosk.backoffice.limits.models import OrderMark
from kiosk.backoffice.order_limits import BUYER_SPAN, CATCHING_UP, WINDOW_SPAN, Policy
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.statements import moment
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
    placed, arrived, *of_buyer = _count(order, at, policy)
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


_OF_SUBJECT = f"FROM {OrderMark._meta.db_table} m WHERE m.subject = %s AND "
_PLACED = f"{_OF_SUBJECT} m.placed_at > %s AND m.placed_at < %s"
_ARRIVED = f"{_OF_SUBJECT} m.received_at > %s"
_OPEN_OF_BUYER = (
    f"{_PLACED} AND EXISTS (SELECT 1 FROM {Order._meta.db_table} o"  # noqa: S608 (our own names)
    f" WHERE o.id = m.order_id AND o.status IN ({', '.join(map(repr, _OPEN))}))"
)


def _count(order: Order, at: datetime, policy: Policy) -> list[int]:
    """Orders placed and arrived at its window, then the open ones of each name of its buyer.

    Counted no further than matters: a window that was cut off for a day has thousands.
    """
    window, *buyer = _subjects(order)
    near = _around(order.placed_at, WINDOW_SPAN)
    lately = moment(at - WINDOW_SPAN)
    asked = [
        (_PLACED, (window, *near), policy.per_window),
        (_ARRIVED, (window, lately), max(policy.flood, CATCHING_UP * policy.per_window)),
    ]
    near = _around(order.placed_at, BUYER_SPAN)
    asked += [(_OPEN_OF_BUYER, (subject, *near), policy.per_buyer) for subject in buyer]
    counts = [
        f"(SELECT count(*) FROM (SELECT 1 {rows} LIMIT %s) t)"  # noqa: S608
        for rows, _, _ in asked
    ]
    with connection.cursor() as db:
        db.execute(
            f"SELECT {', '.join(counts)}",
            [part for _, values, enough in asked for part in (*values, enough)],
        )
        return list(db.fetchone())


def _around(at: datetime, span: timedelta) -> tuple[Any, Any]:
    return moment(at - span), moment(at + span)


def _subjects(order: Order) -> list[str]:
    """Its window first, then how its buyer can be reached."""
    told = (("phone", order.phone), ("email", order.email.casefold()))
    names = [("window", str(order.device_id)), *((kind, value) for kind, value in told if value)]
    return [
        salted_hmac(f"kiosk.limits.{kind}", value, algorithm="sha256").hexdigest()
        for kind, value in names
    ]
