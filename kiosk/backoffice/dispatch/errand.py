"""An order in the words of delivery services."""

from kiosk.backoffice.dispatch.models import Handover
from kiosk.backoffice.dispatch.service import Errand, Place
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.shop import the_shop
from kiosk.shop.geo import Point


def errand_of(handover: Handover) -> Errand:
    """What the service must know, and no more: neither e-mail nor prices of the pieces."""
    order = handover.order
    shop = the_shop()
    pickup = Place(
        name=shop.name,
        phone=shop.phone,
        line1=shop.line1,
        line2="",
        postcode=shop.postcode,
        city=shop.city,
        country=shop.country,
        where=Point(shop.lat, shop.lon),
    )
    dropoff = Place(
        name=order.name,
        phone=order.phone,
        line1=order.line1,
        line2=order.line2,
        postcode=order.postcode,
        city=order.city,
        country=shop.country,
        note=order.note,
        where=_door(order),
    )
    language = shop.default_language
    goods = tuple(
        (line.title.get(language) or next(iter(line.title.values()), line.sku), line.quantity)
        for line in order.lines.all()
    )
    return Errand(handover.pk.hex, order.number, pickup, dropoff, goods, order.total)


def _door(order: Order) -> Point | None:
    delivery = Delivery.objects.filter(order=order).first()
    if delivery is None or delivery.dropoff_lat is None or delivery.dropoff_lon is None:
        return None
    return Point(delivery.dropoff_lat, delivery.dropoff_lon)
