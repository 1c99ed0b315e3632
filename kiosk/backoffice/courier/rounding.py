"""Positions near somebody's door, for everybody whose door it is not."""

import math

from kiosk.backoffice.orders.models import Delivery
from kiosk.contract import PositionFix
from kiosk.shop.geo import EARTH_RADIUS_M, Point, distance_m

NEAR_M = 150.0
CELL_M = 150.0


def door_of(delivery: Delivery) -> Point | None:
    if delivery.dropoff_lat is None or delivery.dropoff_lon is None:
        return None
    return Point(delivery.dropoff_lat, delivery.dropoff_lon)


def rounded(fix: PositionFix, door: Point | None) -> PositionFix:
    """`fix`; within NEAR_M of `door` the middle of a cell of some CELL_M, without a direction."""
    where = Point(fix.lat, fix.lon)
    if door is None or distance_m(where, door) > NEAR_M:
        return fix
    lat, lon = middle_of(where)
    rough = {"lat": lat, "lon": lon, "accuracy_m": max(fix.accuracy_m, CELL_M)}
    return fix.model_copy(update={**rough, "heading_deg": None, "speed_mps": None})


def middle_of(where: Point) -> tuple[float, float]:
    """Latitude and longitude of the middle of the cell of a fixed grid: of how many looks ever,
    none tells more than another.
    """
    step = math.degrees(CELL_M / EARTH_RADIUS_M)
    lat = (math.floor(where.lat / step) + 0.5) * step
    # As wide as at the row's own latitude, so that a row's cells do not shift within it.
    wide = step / max(math.cos(math.radians(lat)), 0.01)
    lon = (math.floor(where.lon / wide) + 0.5) * wide
    return round(min(max(lat, -90.0), 90.0), 6), round(min(max(lon, -180.0), 180.0), 6)
