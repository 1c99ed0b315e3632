"""When a courier's camera may show a picture: from departure until shortly before the door."""

from datetime import timedelta
from enum import StrEnum

from kiosk.shop.delivery import DeliveryStatus

ENDS_BEFORE_DOOR_M = 150.0
# A courier of whom nothing was heard for so long may stand in front of the door; sooner, if they
# can have come so far. One who stands still is heard of every 15 s.
WHEREABOUTS_S, STILL_S = 120.0, 15.0
FASTEST_MPS = 8.0
# A position that is less sure than that says nothing of the door for good.
SURE_M = 60.0
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


def near_the_door(away_m: float) -> bool:
    """Whether a courier `away_m` from the door is too near to show what they see."""
    return away_m <= ENDS_BEFORE_DOOR_M


def lost_sight(away_m: float, unheard_s: float) -> bool:
    """Whether a courier who was `away_m` from the door so long ago may be in front of it."""
    ridden_m = FASTEST_MPS * max(unheard_s - STILL_S, 0.0)
    return unheard_s > WHEREABOUTS_S or near_the_door(away_m - ridden_m)
