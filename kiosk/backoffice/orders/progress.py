"""What a courier's fixes tell together: how far they are, when they come, whether they are lost.

Kept with the delivery as JSON, because the next fix may reach another process. Gone with the
position: see deliveries.py.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kiosk.backoffice.orders.lines import line_of
from kiosk.backoffice.orders.models import Delivery
from kiosk.contract import PositionFix
from kiosk.shop.arrival import Arrival
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.phoneclock import PhoneClock
from kiosk.shop.routefilter import RIDE, SIMULATED, FixVerdict, RouteFilter

_PUT_BACK_S = 5.0  # by more than that, our own clock was put back and all that was kept is moot


@dataclass(frozen=True, slots=True)
class Progress:
    """What follows from a fix: another time to publish; that the courier has left the way, and
    where they were `last_on_way`. `reckoned`: the arrival time is worked out here, not elsewhere.
    """

    eta: datetime | None = None
    reckoned: bool = False
    last_on_way: Point | None = None


def age_of(delivery: Delivery, fix_time: datetime, received_at: datetime) -> float:
    """Seconds from a new fix to its arrival; remembers how the phone's clock differs."""
    kept = _kept(delivery)
    clock = PhoneClock(kept.get("clock", ()))
    age = clock.age_s(fix_time.timestamp(), received_at.timestamp())
    kept["clock"] = clock.state
    delivery.progress = kept
    return round(max(age, 0.0), 3)


def progressed(delivery: Delivery, fix: PositionFix) -> Progress:
    """Take a fix into what is kept of `delivery`, which is not saved here."""
    kept = _kept(delivery)
    now = fix.received_at.timestamp()
    if now < kept.get("heard", now) - _PUT_BACK_S:
        kept = {"clock": kept.get("clock", ())}
    kept["heard"] = now
    delivery.progress = kept
    line = line_of(delivery)
    if line is None:
        return Progress()
    along = RouteFilter(line, SIMULATED if delivery.simulated else RIDE)
    along.resume(kept.get("filter", ()))
    verdict = along.fix(now - fix.age_s, Point(fix.lat, fix.lon), fix.accuracy_m, fix.speed_mps)
    kept["filter"] = along.state
    if verdict is FixVerdict.OFF_ROUTE:
        last = line.to_point(line.at(along.ahead(now))) if along.asks_for_route else None
        return Progress(last_on_way=last)
    if verdict is not FixVerdict.TAKEN or delivery.state is not DeliveryStatus.ENROUTE_TO_DROPOFF:
        return Progress()
    arrival = Arrival(kept.get("arrival", ()))
    left = line.duration_s - line.seconds_at(along.ahead(now))
    told = arrival.told(now, left, delivery.eta.timestamp() if delivery.eta else None)
    kept["arrival"] = arrival.state
    return Progress(None if told is None else datetime.fromtimestamp(told, UTC), reckoned=True)


def rerouted(delivery: Delivery) -> None:
    """Another way: where the courier is on it, the next fix tells."""
    kept = _kept(delivery)
    kept.pop("filter", None)
    if "arrival" in kept:
        arrival = Arrival(kept["arrival"])
        arrival.rerouted()
        kept["arrival"] = arrival.state
    delivery.progress = kept or None


def _kept(delivery: Delivery) -> dict[str, Any]:
    return dict(delivery.progress or {})
