"""Forgetting buyers: an order stays for the books, the person behind it does not."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kiosk.backoffice.orders.models import Delivery, Order, OrderEvent, ParkedOrder
from kiosk.backoffice.platform.writing import writing
from kiosk.shop.order import OrderStatus

# Every column of an order that tells who ordered, and what stands in it when nobody knows.
PERSONAL: dict[str, Any] = {
    "name": "",
    "phone": "",
    "email": "",
    "line1": "",
    "line2": "",
    "postcode": "",
    "city": "",
    "note": "",
    "sealed": None,
    # The same details give the same digest: whoever guesses them would see that they are right.
    "body_sha256": "",
}
_ENDED = [status.value for status in OrderStatus if status.final]
_AT_ONCE = 200  # orders in one transaction, so that no new order waits for long

# Whoever keeps more of an order's buyer elsewhere forgets it in the same transaction.
_others: list[Callable[[Collection[int]], None]] = []


def on_forgetting(forget: Callable[[Collection[int]], None]) -> None:
    """Call `forget` with the keys of orders whose buyers are forgotten."""
    _others.append(forget)


def forget_buyers(before: datetime) -> int:
    """Forget who placed the orders that ended before; how many orders that were."""
    return forget_orders(Order.objects.filter(status__in=_ENDED, status_at__lt=before))


def forget_orders(orders: QuerySet[Order]) -> int:
    """Wipe name, phone, e-mail, address, way there, courier and notes of these orders; how many
    still told something. What a window told of them while they were on their way goes along.
    """
    found = orders.filter(_tells_something()).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    for some in _portions(keys):
        with writing():
            forgotten = Order.objects.filter(pk__in=some)
            OrderEvent.objects.filter(order__in=some).exclude(note="").update(note="")
            Delivery.objects.filter(order__in=some).update(courier_name="", **_NO_TRAIL)
            intents = forgotten.values("intent_id")
            ParkedOrder.objects.filter(intent_id__in=intents).delete()
            forgotten.update(**PERSONAL)
            for forget in _others:
                forget(some)
    return len(keys)


def is_forgotten(order: Order) -> bool:
    """Whether nothing of the buyer is left in this order."""
    return all(getattr(order, name) == blank for name, blank in PERSONAL.items())


_NO_TRAIL: dict[str, Any] = {
    "dropoff_lat": None,
    "dropoff_lon": None,
    "route": [],
    "route_s": [],
    "position": None,
    "progress": None,
    "relay_phone": "",
}


def forget_trails(before: datetime) -> int:
    """Wipe the way, the last position and the courier's relay number of deliveries whose order
    ended before; how many.
    """
    ended = Delivery.objects.filter(order__status__in=_ENDED, order__status_at__lt=before)
    somewhere = Q(position__isnull=False) | Q(dropoff_lat__isnull=False) | ~Q(route=[])
    somewhere |= ~Q(relay_phone="")
    keys = list(ended.filter(somewhere).order_by("pk").values_list("pk", flat=True))
    for some in _portions(keys):
        Delivery.objects.filter(pk__in=some).update(**_NO_TRAIL)
    return len(keys)


def forget_parked(before: datetime) -> int:
    """Wipe what windows told of orders that have arrived since, or that staff dealt with before.

    One that nobody has dealt with stays, however old it is.
    """
    arrived = Order.objects.filter(created_at__lt=before).values("intent_id")
    gone, _ = ParkedOrder.objects.filter(intent_id__in=arrived).delete()
    dealt_with = ParkedOrder.objects.filter(resolved_at__lt=before).exclude(body="")
    return gone + dealt_with.update(body="")


def _tells_something() -> Q:
    told = Q()
    for name, blank in PERSONAL.items():
        told |= Q(**{f"{name}__isnull": False}) if blank is None else ~Q(**{name: blank})
    return told


def _portions(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
