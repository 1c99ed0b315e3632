"""Whether a delivery's camera may be on, by where the delivery and its courier are."""

from datetime import datetime
from enum import StrEnum

from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.orders.models import Delivery
from kiosk.contract import PositionFix
from kiosk.shop.camera import (
    SURE_M,
    CameraState,
    lost_sight,
    near_the_door,
    on_the_ride,
    past_the_ride,
)
from kiosk.shop.geo import Point, distance_m


class Verdict(StrEnum):
    """All but ENDED may change: `early` before departure, `no_door` while the address is on no map,
    `lost` while the courier may be near the door for all that is known, `expired` until they open
    it again.
    """

    MAY = "may"
    EARLY = "early"
    ENDED = "ended"
    NO_DOOR = "no_door"
    LOST = "lost"
    EXPIRED = "expired"


def verdict(delivery: Delivery, camera: Camera | None, now: datetime) -> Verdict:
    """Whether a picture may be taken now; `camera` None for one that was never opened."""
    if past_the_ride(delivery.state) or (camera is not None and camera.ended_at is not None):
        return Verdict.ENDED
    if not on_the_ride(delivery.state):
        return Verdict.EARLY
    if delivery.dropoff_lat is None or delivery.dropoff_lon is None:
        return Verdict.NO_DOOR
    door = Point(delivery.dropoff_lat, delivery.dropoff_lon)
    at, heard_at, sure = _last_known(delivery)
    away_m = distance_m(at, door)
    if near_the_door(away_m) and sure:
        return Verdict.ENDED
    if lost_sight(away_m, (now - heard_at).total_seconds()):
        return Verdict.LOST
    until = camera.expires_at if camera is not None and camera.key_sha256 else None
    return Verdict.EXPIRED if until is not None and now >= until else Verdict.MAY


def _last_known(delivery: Delivery) -> tuple[Point, datetime, bool]:
    """Where the courier was, when, and whether that is sure; the shop, until they are heard of."""
    if not delivery.position:
        return Point(delivery.pickup_lat, delivery.pickup_lon), delivery.status_at, False
    fix = PositionFix.model_validate(delivery.position)
    return Point(fix.lat, fix.lon), fix.received_at, fix.accuracy_m <= SURE_M


def state_of(delivery: Delivery, camera: Camera, now: datetime) -> CameraState:
    found = verdict(delivery, camera, now)
    if found is Verdict.ENDED:
        return CameraState.ENDED
    if found is not Verdict.MAY or not camera.key_sha256:
        return CameraState.OFF
    if camera.publisher:
        return CameraState.LIVE
    return CameraState.STALLED if camera.live_at else CameraState.CONNECTING
