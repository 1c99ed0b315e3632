"""What a brand plans ahead: windows by date and hour, drops, themes, dark hours.

All times are the wall clock of the shop's zone. Which of several plans counts:

- every drop that is on has a poster of its own, in the plan's order, before all others;
- of the collections that are on, the first in the plan takes the place of the usual posters;
- of the themes named by what is on, the first in the plan dresses the glass;
- a part of the day that goes over midnight belongs to the date on which it begins: dates,
  weekdays and exceptions speak of that date;
- where clocks are turned, the wall clock counts: an hour that comes twice counts twice, one that
  is left out never comes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.shop.hours import OpeningHours
from kiosk.shop.text import Texts

# How long a drop without a last date stays on the glass once it is sold.
FRESH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Daypart:
    """From `starts` until `ends`; an end that is not after the start is on the next day."""

    starts: time
    ends: time

    @classmethod
    def parse(cls, text: str) -> "Daypart":
        """ "22:00-02:00"; "24:00" ends a day. Raises ValueError with what was expected."""
        starts, dash, ends = (part.strip() for part in text.partition("-"))
        try:
            if not dash:
                raise ValueError
            return cls(
                time.fromisoformat(starts),
                time(0) if ends == "24:00" else time.fromisoformat(ends),
            )
        except ValueError:
            raise ValueError(f"{text!r} is no part of a day: write 22:00-02:00") from None

    def __str__(self) -> str:
        ends = "24:00" if self.ends == time(0) else f"{self.ends:%H:%M}"
        return f"{self.starts:%H:%M}-{ends}"

    @property
    def over_midnight(self) -> bool:
        return self.ends <= self.starts

    def begun(self, clock: time) -> bool:
        """Whether it holds `clock` on the date on which it begins."""
        return self.starts <= clock and (self.over_midnight or clock < self.ends)

    def goes_on(self, clock: time) -> bool:
        """Whether it still holds `clock` on the date after the one on which it begins."""
        return self.over_midnight and clock < self.ends


WHOLE_DAY = (Daypart(time(0), time(0)),)


def _holds(parts_on: Callable[[date], tuple[Daypart, ...]], at: datetime, zone: ZoneInfo) -> bool:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = at.astimezone(zone)
    today, clock = local.date(), local.time()
    return any(part.begun(clock) for part in parts_on(today)) or any(
        part.goes_on(clock) for part in parts_on(today - timedelta(days=1))
    )


# ---- windows -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """One plan: a drop where it has `drop_at`, a collection where it shows something, else a theme.

    `since` and `until` are dates, both included; `weekdays` counts from Monday, 0 (none: every
    day); `dayparts` are in order (none: all day). `heroes` and `products` are ids. `drop_at` is
    aware: until then `products` are announced and not sold. `theme` is a palette ("day",
    "night") or a theme of the brand.
    """

    id: str
    title: Texts = field(default_factory=dict)
    line: Texts = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    weekdays: tuple[int, ...] = ()
    dayparts: tuple[Daypart, ...] = ()
    heroes: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    drop_at: datetime | None = None
    theme: str = ""

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"{self.id} ends on {self.until}, before it begins on {self.since}")
        if self.drop_at is not None and self.drop_at.tzinfo is None:
            raise ValueError(f"the moment of {self.id} needs its time zone")
        if any(not 0 <= day <= 6 for day in self.weekdays):
            raise ValueError(f"{self.id}: weekdays are 0 (Monday) to 6")

    @property
    def is_collection(self) -> bool:
        return self.drop_at is None and bool(self.heroes or self.products)

    def parts_on(self, day: date) -> tuple[Daypart, ...]:
        """The parts of `day` that begin on it; none where it is not planned for that date."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return ()
        if self.weekdays and day.weekday() not in self.weekdays:
            return ()
        return self.dayparts or WHOLE_DAY

    def is_on(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the glass shows it at `at` (aware)."""
        if not _holds(self.parts_on, at, zone):
            return False
        if self.drop_at is None or self.until is not None:
            return True
        return at.astimezone(UTC) < self.drop_at.astimezone(UTC) + FRESH

    def is_ahead(self, at: datetime) -> bool:
        """Whether this is a drop whose moment has not come."""
        return self.drop_at is not None and at.astimezone(UTC) < self.drop_at.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Showing:
    """What of a plan is on the glass at a moment."""

    drops: tuple[PlannedWindow, ...] = ()
    collection: PlannedWindow | None = None
    theme: str = ""


def showing(plan: Iterable[PlannedWindow], at: datetime, zone: ZoneInfo) -> Showing:
    """What `plan` (in its order) shows at `at` (aware), by the rules of this module."""
    on = [window for window in plan if window.is_on(at, zone)]
    return Showing(
        drops=tuple(window for window in on if window.drop_at is not None),
        collection=next((window for window in on if window.is_collection), None),
        theme=next((window.theme for window in on if window.theme), ""),
    )


def sold_from(plan: Iterable[PlannedWindow], product_id: str, at: datetime) -> datetime | None:
    """The moment before which a product is not sold; None where none lies ahead of `at`.

    Of several drops the last one counts, and whether the glass shows them does not matter.
    """
    ahead = [
        window.drop_at
        for window in plan
        if window.drop_at and product_id in window.products and window.is_ahead(at)
    ]
    return max(ahead, key=lambda moment: moment.astimezone(UTC), default=None)


# ---- dark hours --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DarkDay:
    """A date whose night differs: other hours, or none."""

    date: date
    dayparts: tuple[Daypart, ...] = ()


@dataclass(frozen=True, slots=True)
class DarkHours:
    """When the glass is dark unless somebody touches it. `weekly` is seven days, Monday first.

    A shop that is open is never dark, nor for `around_opening` minutes before and after.
    """

    weekly: tuple[tuple[Daypart, ...], ...] = ((),) * 7
    special: tuple[DarkDay, ...] = ()
    around_opening: int = 0

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError("dark hours need seven days, Monday first")
        if self.around_opening < 0:
            raise ValueError("minutes around the opening are not below nothing")

    def parts_on(self, day: date) -> tuple[Daypart, ...]:
        special = next((s for s in self.special if s.date == day), None)
        return special.dayparts if special else self.weekly[day.weekday()]

    def is_dark(self, at: datetime, hours: OpeningHours) -> bool:
        """Whether the glass is dark at `at` (aware), in the zone of `hours`."""
        return _holds(self.parts_on, at, hours.zone) and not self._lit(at, hours)

    def _lit(self, at: datetime, hours: OpeningHours) -> bool:
        margin = timedelta(minutes=self.around_opening)
        moment = at.astimezone(UTC)
        near = next(hours.spans_from(moment - margin), None)
        return near is not None and near.start.astimezone(UTC) - margin <= moment


# Arrêté du 27 décembre 2018, article 2: the lights of shop windows go out at 1:00, or an hour
# after the premises are left where that is later, and may come on at 7:00, or an hour before
# work begins where that is earlier.
FRENCH_LAW = DarkHours(
    weekly=((Daypart(time(1), time(7)),),) * 7,
    around_opening=60,
)
