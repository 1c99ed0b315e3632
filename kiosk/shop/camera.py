"""When a courier's camera may show a picture: from departure until shortly before the door."""

from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point, distance_m

ENDS_BEFORE_DOOR_M = 150.0
# A courier of whom nothing was heard for so long may stand in front of the door.
WHEREABOUTS_S = 120.0
# The longest that one delivery's camera runs, whatever else should fail to end it.
LONGEST = timedelta(hours=3)


class CameraState(StrEnum):
    """`stalled`: it is on, and its picture does not come. `ended`: it does not come back."""

    OFF = "off"
    CONNECTING = "connecting"
    LIVE = "live"
    STALLED = "stalled"
    ENDED = "ended"


def on_the_ride(status: DeliveryStatus) -> bool:
    """Between the shop and the door: neither of the two is filmed."""
    return status is DeliveryStatus.ENROUTE_TO_DROPOFF


def past_the_ride(status: DeliveryStatus) -> bool:
    """Whether no camera can come on any more."""
    after = (DeliveryStatus.ARRIVED_AT_DROPOFF, DeliveryStatus.RETURNING)
    return status.final or status in after


def near_the_door(at: Point | None, door: Point) -> bool:
    return at is not None and distance_m(at, door) <= ENDS_BEFORE_DOOR_M


def lost_sight(last_seen: datetime, now: datetime) -> bool:
    """Whether nobody knows any more how far the door is; aware times."""
    return (now - last_seen).total_seconds() > WHEREABOUTS_S
