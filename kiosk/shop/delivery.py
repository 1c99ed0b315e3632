"""A delivery's life, in the words that delivery services share.

The statuses are DoorDash Drive's names, with close variants at Uber Direct and Stuart.
"""

from enum import StrEnum

from kiosk.shop.order import TransitionError


class DeliveryStatus(StrEnum):
    CREATED = "created"
    CONFIRMED = "confirmed"
    ENROUTE_TO_PICKUP = "enroute_to_pickup"
    ARRIVED_AT_PICKUP = "arrived_at_pickup"
    PICKED_UP = "picked_up"
    ENROUTE_TO_DROPOFF = "enroute_to_dropoff"
    ARRIVED_AT_DROPOFF = "arrived_at_dropoff"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNING = "returning"
    RETURNED = "returned"

    @property
    def final(self) -> bool:
        return self in _FINAL

    @property
    def stopped(self) -> bool:
        """It will not reach its buyer."""
        return self in _STOPPED

    @property
    def position_public(self) -> bool:
        """A courier is shown only between pick-up and delivery."""
        return self in _PUBLIC


class CancelReason(StrEnum):
    """Why a delivery was cancelled, or comes back to the shop.

    A courier says one of the first five; `buyer` asked for it, the `shop` cannot deliver it, or a
    `service` gave it back without a better word.
    """

    NOBODY_THERE = "nobody_there"
    NOT_WANTED = "not_wanted"
    ADDRESS = "address"
    DAMAGED = "damaged"
    COURIER = "courier"
    BUYER = "buyer"
    SHOP = "shop"
    SERVICE = "service"


_S = DeliveryStatus
_ORDER = (
    _S.CREATED,
    _S.CONFIRMED,
    _S.ENROUTE_TO_PICKUP,
    _S.ARRIVED_AT_PICKUP,
    _S.PICKED_UP,
    _S.ENROUTE_TO_DROPOFF,
    _S.ARRIVED_AT_DROPOFF,
    _S.DELIVERED,
)
_FINAL = frozenset({_S.DELIVERED, _S.CANCELLED, _S.RETURNED})
_STOPPED = frozenset({_S.CANCELLED, _S.RETURNING, _S.RETURNED})
_PUBLIC = frozenset({_S.PICKED_UP, _S.ENROUTE_TO_DROPOFF, _S.ARRIVED_AT_DROPOFF})


def allowed(now: DeliveryStatus) -> frozenset[DeliveryStatus]:
    """Where a delivery may go: forward (skipping is real life), back to the shop, or off."""
    if now in _FINAL:
        return frozenset()
    if now is _S.RETURNING:
        return frozenset({_S.RETURNED})
    after = _ORDER[_ORDER.index(now) + 1 :]
    picked_up = _ORDER.index(now) >= _ORDER.index(_S.PICKED_UP)
    return frozenset(after) | ({_S.RETURNING} if picked_up else set()) | {_S.CANCELLED}


def advance(now: DeliveryStatus, to: DeliveryStatus) -> DeliveryStatus:
    """`to`, if a delivery may go there from `now`. Raises TransitionError."""
    if to not in allowed(now):
        raise TransitionError(f"a delivery that is {now} cannot become {to}")
    return to
