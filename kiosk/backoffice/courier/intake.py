"""Positions as couriers' phones send them: in batches, late, twice, by wrong clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kiosk.backoffice.courier.errands import is_open_for_fixes
from kiosk.backoffice.courier.home import home_of, is_home
from kiosk.backoffice.courier.models import Courier, Errand, Fix
from kiosk.backoffice.courier.rounding import door_of, rounded
from kiosk.backoffice.orders.deliveries import WAY, report_position
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import PositionFix
from kiosk.contract.courier import FixBatch
from kiosk.shop.geo import Point, distance_m

# A phone's clock is believed so far; what is more is taken off.
CLOCK_BELIEVED = timedelta(seconds=3)
# A fix may be this much from the future once the clock is corrected: rounding, nothing else.
FUTURE = timedelta(seconds=5)
# A fix that the phone had ready when its courier pressed Start.
BEFORE_START = timedelta(seconds=5)
FARTHEST_M = 100_000.0  # from the shop; nobody carries an order further


class NotSharedError(Exception):
    """Nobody asked for a position: before the start, after the end, or during a pause."""


class AbsurdError(Exception):
    """A fix that no phone measures. `problems` says which."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Told:
    """A fix on its way in; `at` is by the clock of who told it."""

    seq: int
    at: datetime
    where: Point
    accuracy_m: float
    speed_mps: float | None = None
    heading_deg: float | None = None
    battery: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """How many fixes were new, and whether the newest of them is shown to a buyer."""

    kept: int
    shown: bool


def from_batch(batch: FixBatch) -> list[Told]:
    """A phone's batch by our clock: what its clock shows now tells how wrong it is."""
    wrong = timezone.now() - batch.sent_at
    wrong = wrong if abs(wrong) > CLOCK_BELIEVED else timedelta()
    try:
        return [
            Told(
                fix.seq,
                fix.fix_time + wrong,
                Point(fix.lat, fix.lon),
                fix.accuracy_m,
                fix.speed_mps,
                fix.heading_deg,
                fix.battery,
            )
            for fix in batch.fixes
        ]
    except OverflowError as error:
        raise AbsurdError(["fixes: a time beyond all calendars"]) from error


def take(courier: Courier, source: str, told: Sequence[Told]) -> Taken:
    """Keep what is new for every errand that is under way, and show the newest to its buyer.

    Raises NotSharedError where no errand is, AbsurdError where one fix is none.
    """
    with writing():
        errands = [e for e in _under_way(courier) if is_open_for_fixes(e)]
        if not errands:
            raise NotSharedError
        now = timezone.now()
        _check(told, Point(errands[0].delivery.pickup_lat, errands[0].delivery.pickup_lon), now)
        home = home_of(courier)
        seen = [fix for fix in told if not is_home(home, fix.where)]
        results = [_take(errand, source, seen, now, errands) for errand in errands]
    return Taken(max(r.kept for r in results), any(r.shown for r in results))


def _under_way(courier: Courier) -> list[Errand]:
    """What the courier carries, the rows held."""
    found = Errand.objects.select_for_update(of=("self",)).select_related("delivery__order")
    found = found.defer(*(f"delivery__{name}" for name in WAY))
    return list(found.filter(courier=courier, ended_at=None).order_by("pk"))


def _check(told: Sequence[Told], shop: Point, now: datetime) -> None:
    problems = []
    for place, fix in enumerate(told):
        if fix.at > now + FUTURE:
            problems.append(f"fixes.{place}.fix_time: it has not come yet")
        if distance_m(shop, fix.where) > FARTHEST_M:
            problems.append(f"fixes.{place}: too far away to come from this shop")
    if problems:
        raise AbsurdError(problems[:20])


def _take(
    errand: Errand, source: str, told: Sequence[Told], now: datetime, others: Sequence[Errand]
) -> Taken:
    # Either lies ahead where our own clock was put back: it then tells nothing of what comes now.
    since = min(errand.consented_at or now, now) - BEFORE_START
    last = errand.newest_fix_at if (errand.newest_fix_at or now) <= now + FUTURE else None
    mine = {fix.seq: fix for fix in told if fix.at >= since}
    known = Fix.objects.filter(errand=errand, source=source, seq__in=list(mine))
    for seq in known.values_list("seq", flat=True):
        del mine[seq]
    if not mine:
        return Taken(0, shown=False)
    fresh = [replace(fix, at=min(fix.at, now)) for fix in mine.values()]
    Fix.objects.bulk_create(_row(errand, source, fix, now) for fix in fresh)
    newest = max(fresh, key=lambda fix: (fix.at, fix.seq))
    if last and newest.at <= last:
        return Taken(len(fresh), shown=False)
    Errand.objects.filter(pk=errand.pk).update(newest_fix_at=newest.at)
    _show(errand, newest, now, others)
    return Taken(len(fresh), shown=True)


def _show(errand: Errand, fix: Told, now: datetime, others: Sequence[Errand]) -> None:
    """To this errand's buyer; near another buyer's door only about where."""
    seq = errand.delivery.position_seq + 1
    shown = PositionFix(seq=seq, received_at=now, **_measured(fix))
    for other in others:
        if other.pk != errand.pk:
            shown = rounded(shown, door_of(other.delivery))
    report_position(
        errand.delivery,
        shown.seq,
        shown.fix_time,
        Point(shown.lat, shown.lon),
        shown.accuracy_m,
        shown.speed_mps,
        shown.heading_deg,
    )


def _row(errand: Errand, source: str, fix: Told, now: datetime) -> Fix:
    kept = {"seq": fix.seq, "received_at": now, "battery": fix.battery, **_measured(fix)}
    return Fix(errand=errand, source=source, **kept)


def _measured(fix: Told) -> dict[str, Any]:
    """When and where it was, by the names of columns and of what windows are told."""
    return {
        "fix_time": fix.at,
        "lat": fix.where.lat,
        "lon": fix.where.lon,
        "accuracy_m": fix.accuracy_m,
        "speed_mps": fix.speed_mps,
        "heading_deg": fix.heading_deg,
    }
