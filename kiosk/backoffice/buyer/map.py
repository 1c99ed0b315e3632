"""A small map of a delivery: the shop, the way, the courier, the door."""

import json
import math
from dataclasses import dataclass

from kiosk.contract import DeliveryView
from kiosk.shop.geo import Point

WIDTH, HEIGHT, MARGIN = 360, 240, 34  # SVG units


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees to SVG units: x = (lon − lon0) · kx, y = (lat0 − lat) · ky."""

    lat0: float
    lon0: float
    kx: float
    ky: float

    def place(self, point: Point) -> tuple[float, float]:
        return (
            round((point.lon - self.lon0) * self.kx, 1),
            round((self.lat0 - point.lat) * self.ky, 1),
        )


@dataclass(frozen=True, slots=True)
class RouteMap:
    """What the page draws; `courier` is None while the position may not be shown.

    `places` is the way as [[lat, lon], …] and `fix` the position as on the wire, both JSON: the
    page's script moves the courier by them (static/buyer/motion.js).
    """

    frame: Frame
    route: str
    shop: tuple[float, float]
    home: tuple[float, float] | None
    courier: tuple[float, float] | None
    places: str = "[]"
    fix: str = ""
    simulated: bool = False
    shop_label: int = 24
    home_label: int = 24
    width: int = WIDTH
    height: int = HEIGHT


def route_map(delivery: DeliveryView) -> RouteMap | None:
    """The map of a delivery; None while there is nothing to place but the shop."""
    fix = delivery.position
    courier = Point(fix.lat, fix.lon) if fix else None
    points = [delivery.pickup, *delivery.route]
    points += [p for p in (delivery.dropoff, courier) if p]
    if len(points) < 2:
        return None
    frame = _frame(points)
    home_north = delivery.dropoff is not None and delivery.dropoff.lat > delivery.pickup.lat
    way = delivery.route or [p for p in (delivery.pickup, delivery.dropoff) if p]
    return RouteMap(
        frame=frame,
        route=" ".join(f"{x},{y}" for x, y in map(frame.place, way)),
        shop=frame.place(delivery.pickup),
        home=frame.place(delivery.dropoff) if delivery.dropoff else None,
        courier=frame.place(courier) if courier else None,
        places=json.dumps([[p.lat, p.lon] for p in delivery.route], separators=(",", ":")),
        fix=fix.model_dump_json() if fix else "",
        simulated=delivery.simulated,
        # Names stand away from the line between the two places.
        shop_label=24 if home_north else -15,
        home_label=-15 if home_north else 24,
    )


def _frame(points: list[Point]) -> Frame:
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    # At least some 150 m across, so that two points at one corner do not fill the page.
    tall, wide = max(north - south, 0.0014), max((east - west) * squeeze, 0.0014)
    ky = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
    kx = ky * squeeze
    middle_lat, middle_lon = (south + north) / 2, (west + east) / 2
    return Frame(lat0=middle_lat + HEIGHT / 2 / ky, lon0=middle_lon - WIDTH / 2 / kx, kx=kx, ky=ky)
