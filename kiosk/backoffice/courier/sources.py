"""Positions from other apps: OwnTracks in HTTP mode, and Traccar Client in both of its formats.

OwnTracks: https://owntracks.org/booklet/tech/json (`_type` location: degrees, `acc` metres, `vel`
km/h, `cog` degrees, `batt` percent, `tst` seconds since 1970). Traccar Client: the OsmAnd
protocol of https://www.traccar.org/osmand/, as a query (up to 8: `speed` in knots, `timestamp` in
seconds since 1970) and as JSON (from 9.0: ISO time, m/s, battery from 0 to 1).

Both apps say no more than when a fix was made: a clock that is ahead shows in it, one that is
behind looks like a delay.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kiosk.backoffice.courier.intake import Told
from kiosk.contract.courier import MAX_ACCURACY_M, MAX_SPEED_MPS
from kiosk.shop.geo import Point

OWNTRACKS, TRACCAR = "owntracks", "traccar"
_KNOT_MPS = 1852 / 3600
_KMH_MPS = 1 / 3.6
_UNKNOWN_M = 50.0  # of an app that does not say how sure it is


class UnreadableError(ValueError):
    """This is none of these formats. The message says what is missing, not what was sent."""


def from_owntracks(body: bytes, now: datetime) -> list[Told]:
    """A message of OwnTracks; nothing for one that is no location."""
    if not body.strip():
        return []  # a friend was deleted in the app
    told = _object(body)
    if told.get("_type") != "location":
        return []
    at = _seconds(told.get("tst"))
    speed = _number(told, "vel", 0, 10_000)
    return [
        _told(
            at,
            now,
            where=_point(told.get("lat"), told.get("lon")),
            accuracy=_number(told, "acc", 0, MAX_ACCURACY_M),
            speed=None if speed is None else speed * _KMH_MPS,
            heading=_number(told, "cog", 0, 360),
            battery=_number(told, "batt", 0, 100),
        )
    ]


def from_traccar(query: Mapping[str, str], body: bytes, now: datetime) -> list[Told]:
    """A position of Traccar Client; nothing for one that says itself that it has none."""
    if body.strip().startswith(b"{"):
        return _from_json(_object(body), now)
    if query.get("valid") in ("false", "0") or "lat" not in query:
        return []
    speed = _number(query, "speed", 0, 10_000)
    return [
        _told(
            _seconds(query.get("timestamp")),
            now,
            where=_point(query.get("lat"), query.get("lon")),
            accuracy=_number(query, "accuracy", 0, MAX_ACCURACY_M),
            speed=None if speed is None else speed * _KNOT_MPS,
            heading=_number(query, "bearing", 0, 360),
            battery=_number(query, "batt", 0, 100),
        )
    ]


def _from_json(told: Mapping[str, Any], now: datetime) -> list[Told]:
    location = told.get("location")
    if not isinstance(location, dict):
        return []
    coords = location.get("coords")
    if not isinstance(coords, dict):
        raise UnreadableError("location.coords is missing")
    battery = location.get("battery")
    level = _number(battery, "level", 0, 1) if isinstance(battery, dict) else None
    return [
        _told(
            _iso(location.get("timestamp")),
            now,
            where=_point(coords.get("latitude"), coords.get("longitude")),
            accuracy=_number(coords, "accuracy", 0, MAX_ACCURACY_M),
            speed=_number(coords, "speed", 0, 1_000),
            heading=_number(coords, "heading", 0, 360),
            battery=None if level is None else level * 100,
        )
    ]


def _told(
    at: datetime,
    now: datetime,
    *,
    where: Point,
    accuracy: float | None,
    speed: float | None,
    heading: float | None,
    battery: float | None,
) -> Told:
    return Told(
        # One fix a moment: that is how these apps' fixes are told apart.
        seq=round(at.timestamp() * 1000),
        at=min(at, now),
        where=where,
        accuracy_m=_UNKNOWN_M if accuracy is None else accuracy,
        speed_mps=None if speed is None else min(speed, MAX_SPEED_MPS),
        heading_deg=heading,
        battery=None if battery is None else round(battery),
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("the body is no JSON") from error
    if not isinstance(told, dict):
        raise UnreadableError("the body is no JSON object")
    return told


def _number(told: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    """A number within its bounds; None for what the app does not know, such as -1."""
    value = _float(told.get(name))
    return value if value is not None and least <= value <= most else None


def _float(given: Any) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        value = float(given)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _point(lat: Any, lon: Any) -> Point:
    north, east = _float(lat), _float(lon)
    if north is None or east is None:
        raise UnreadableError("latitude and longitude are two numbers of degrees")
    try:
        return Point(north, east)
    except ValueError as error:
        raise UnreadableError("latitude and longitude are two numbers of degrees") from error


def _seconds(given: Any) -> datetime:
    """Of seconds since 1970, or milliseconds, or an ISO time."""
    value = _float(given)
    if value is None:
        return _iso(given)
    try:
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UnreadableError("the time is no seconds since 1970") from error


def _iso(given: Any) -> datetime:
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        at = None
    if at is None:
        raise UnreadableError("the time is missing, or is no ISO time")
    return at if at.tzinfo else at.replace(tzinfo=UTC)
