"""The ways that couriers ride, kept measured: a fix every few seconds asks for the same one."""

import threading
from collections import OrderedDict
from datetime import datetime

from django.db import transaction

from kiosk.backoffice.orders.models import Delivery
from kiosk.shop.geo import Point
from kiosk.shop.routeline import RouteLine

# Points of all ways together, some 200 bytes each: enough for 500 couriers in a city.
_MOST_POINTS = 100_000

# A delivery's number may come again after a restore, its first moment does not.
_Key = tuple[int, datetime]

_lock = threading.Lock()
_known: "OrderedDict[_Key, tuple[int, int, RouteLine | None]]" = OrderedDict()


def line_of(delivery: Delivery) -> RouteLine | None:
    """The way of a delivery as it was last changed, None where it has none that leads anywhere.

    For deliveries that were read without their route, too.
    """
    key = delivery.pk, delivery.created_at
    with _lock:
        version, _, line = _known.get(key, (-1, 0, None))
        if version == delivery.version:
            _known.move_to_end(key)
            return line
    route, seconds = Delivery.objects.values_list("route", "route_s").get(pk=delivery.pk)
    try:
        line = RouteLine([Point(lat, lon) for lat, lon in route], seconds)
    except ValueError:
        line = None
    entry = delivery.version, len(route), line
    # A version that is rolled back may come again with another way.
    transaction.on_commit(lambda: _keep(key, entry))
    return line


def _keep(key: _Key, entry: tuple[int, int, RouteLine | None]) -> None:
    with _lock:
        _known[key] = entry
        _known.move_to_end(key)
        points = sum(size for _, size, _ in _known.values())
        while points > _MOST_POINTS and len(_known) > 1:
            points -= _known.popitem(last=False)[1][1]
