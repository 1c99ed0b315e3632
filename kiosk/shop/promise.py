"""What the shop promises: when an order will be prepared, ready, at the door.

A promise is a clock time in the shop's zone. Work is done while the shop is open: an order
placed too late before a closing is prepared at the next opening.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kiosk.shop.hours import OpeningHours, Span
from kiosk.shop.money import Money

ROUND_UP_MINUTES = 5


class Fulfilment(StrEnum):
    """How an order reaches its buyer."""

    COURIER = "courier"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True)
class CollectRules:
    enabled: bool = True
    prepare_minutes: int = 30


@dataclass(frozen=True, slots=True)
class CourierRules:
    """`fee` falls to nothing from a subtotal of `free_from`; `radius_m` is as the crow flies."""

    enabled: bool = True
    prepare_minutes: int = 30
    ride_minutes: int = 25
    fee: Money | None = None
    free_from: Money | None = None
    radius_m: int | None = None

    def fee_for(self, subtotal: Money) -> Money:
        if self.fee is None or (self.free_from and not subtotal < self.free_from):
            return Money.zero(subtotal.currency)
        return self.fee


@dataclass(frozen=True, slots=True)
class Promise:
    """Aware datetimes. `done_by` is ready at the counter, or at the door.

    `until` is the end of the opening in which it can be collected (collect only).
    """

    fulfilment: Fulfilment
    prepared_from: datetime
    done_by: datetime
    until: datetime | None = None


def promise(
    hours: OpeningHours,
    at: datetime,
    fulfilment: Fulfilment,
    collect: CollectRules,
    courier: CourierRules,
) -> Promise | None:
    """The promise for an order placed at `at`; None where no opening is long enough."""
    work = collect.prepare_minutes if fulfilment is Fulfilment.COLLECT else courier.prepare_minutes
    for span in hours.spans_from(at):
        start = max(span.start, hours.local(at))
        if _later(start, work) > span.end.astimezone(UTC):
            continue
        return _promised(span, start, fulfilment, work, courier.ride_minutes)
    return None


def _promised(span: Span, start: datetime, fulfilment: Fulfilment, work: int, ride: int) -> Promise:
    zone = start.tzinfo
    if fulfilment is Fulfilment.COLLECT:
        ready = min(_round_up(_later(start, work)), span.end.astimezone(UTC)).astimezone(zone)
        return Promise(fulfilment, start, ready, span.end)
    return Promise(fulfilment, start, _round_up(_later(start, work + ride)).astimezone(zone))


def _later(at: datetime, minutes: int) -> datetime:
    # In UTC: twice a year a wall clock adds up to another minute.
    return at.astimezone(UTC) + timedelta(minutes=minutes)


def _round_up(at: datetime) -> datetime:
    floor = at.replace(second=0, microsecond=0)
    over = floor.minute % ROUND_UP_MINUTES
    if over == 0 and floor == at:
        return at
    return floor + timedelta(minutes=ROUND_UP_MINUTES - over)
