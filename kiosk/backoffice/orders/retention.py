"""Forgetting buyers: an order stays for the books, the person behind it does not."""

from datetime import datetime

from django.db import transaction

from kiosk.backoffice.orders.models import Delivery, Order, OrderEvent
from kiosk.shop.order import OrderStatus

_ENDED = [status.value for status in OrderStatus if status.final]


def forget_buyers(before: datetime) -> int:
    """Wipe name, phone, e-mail, address, way there and notes of orders that ended before; how many.

    An order always has a phone, while of a name nothing readable may have been left.
    """
    with transaction.atomic():
        ended = Order.objects.filter(status__in=_ENDED, status_at__lt=before).exclude(phone="")
        OrderEvent.objects.filter(order__in=ended).update(note="")
        Delivery.objects.filter(order__in=ended).update(
            dropoff_lat=None, dropoff_lon=None, route=[], route_s=[], position=None
        )
        return ended.update(
            name="", phone="", email="", line1="", line2="", postcode="", city="", note=""
        )
