"""The piece of the earth that a map covers."""

import math
from dataclasses import dataclass
from functools import cached_property

from shapely import Polygon, box

from kiosk.contract.mapfile import Projection
from kiosk.shop.geo import EARTH_RADIUS_M, Point

MOST_M = 6_000.0  # half the side of the largest map: a quarter, not a region
LEAST_M = 50.0
# So far beyond the frame nodes are read too: what crosses its border goes on there.
MARGIN_M = 1_000.0
# Steps of OpenStreetMap's own grid in a degree, and around the earth.
GRID = 10_000_000
ROUND = 360 * GRID

XY = tuple[float, float]


class ExtractError(ValueError):
    """No map can be made of this extract; one line that says what to do."""


@dataclass(frozen=True)
class Frame:
    """A rectangle about `centre`; half its sides in metres."""

    centre: Point
    half_w: float
    half_h: float

    @cached_property
    def projection(self) -> Projection:
        return Projection(self.centre)

    @cached_property
    def shape(self) -> Polygon:
        return box(*self.bounds)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres from the centre."""
        return -self.half_w, -self.half_h, self.half_w, self.half_h

    def holds(self, x: float, y: float) -> bool:
        return abs(x) <= self.half_w and abs(y) <= self.half_h

    @cached_property
    def _scale(self) -> XY:
        """Metres of one step of the grid, east and north."""
        step = math.radians(1) * EARTH_RADIUS_M / GRID
        return step * max(math.cos(math.radians(self.centre.lat)), 1e-6), step

    @cached_property
    def reach(self) -> tuple[int, int, int, int]:
        """What is read, in steps of the grid: its centre's lon and lat, and half its sides."""
        east, north = self._scale
        return (
            round(self.centre.lon * GRID),
            round(self.centre.lat * GRID),
            math.ceil((self.half_w + MARGIN_M) / east),
            math.ceil((self.half_h + MARGIN_M) / north),
        )

    def metres(self, lon: int, lat: int) -> XY:
        """Of a place on the grid."""
        east, north = self._scale
        x0, y0, _, _ = self.reach
        return ((lon - x0 + ROUND // 2) % ROUND - ROUND // 2) * east, (lat - y0) * north
