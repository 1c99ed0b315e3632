"""Where a delivery goes and by which streets, on the shop's own map."""

from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.routing import NoRouteError, Route
from kiosk.backoffice.ways import router
from kiosk.shop.geo import Point


def way_of(delivery: Delivery) -> tuple[Point, Route] | None:
    """The door and the way to it; None where the shop has no map or the map no such address."""
    known, order = router(), delivery.order
    door = known.geocode(order.line1, order.postcode) if known and order.line1 else None
    if known is None or door is None:
        return None
    try:
        return door, known.route(Point(delivery.pickup_lat, delivery.pickup_lon), door)
    except NoRouteError:
        return None
