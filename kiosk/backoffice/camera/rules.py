"""Whether a delivery's camera may be on, by where the delivery and its courier are."""

from datetime import datetime
from enum import StrEnum

from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.orders.models import Delivery
from kiosk.contract import PositionFix
from kiosk.shop.camera import CameraState, lost_sight, near_the_door, on_the_ride, past_the_ride
from kiosk.shop.geo import Point


class Verdict(StrEnum):
    """All but ENDED may change: `early` before departure, `no_door` while the address is on no map,
    `lost` while nobody knows how far the door is, `expired` until the courier opens it again.
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
    fix = PositionFix.model_validate(delivery.position) if delivery.position else None
    door = Point(delivery.dropoff_lat, delivery.dropoff_lon)
    if near_the_door(Point(fix.lat, fix.lon) if fix else None, door):
        return Verdict.ENDED
    if lost_sight(fix.received_at if fix else delivery.status_at, now):
        return Verdict.LOST
    until = camera.expires_at if camera is not None and camera.key_sha256 else None
    return Verdict.EXPIRED if until is not None and now >= until else Verdict.MAY


def state_of(delivery: Delivery, camera: Camera, now: datetime) -> CameraState:
    found = verdict(delivery, camera, now)
    if found is Verdict.ENDED:
        return CameraState.ENDED
    if found is not Verdict.MAY or not camera.key_sha256:
        return CameraState.OFF
    if camera.publisher:
        return CameraState.LIVE
    return CameraState.STALLED if camera.live_at else CameraState.CONNECTING
