"""Opening hours in the shop's own time zone, with special days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.shop.text import Texts

# How far ahead an opening is looked for; a shop closed for longer has no next opening.
HORIZON_DAYS = 370


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from `opens` until `closes`, wall clock. A close of 00:00 means midnight."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError(
                f"closes {self.closes} before it opens {self.opens}: split at midnight"
            )

    @classmethod
    def parse(cls, text: str) -> "Interval":
        """ "10:00-13:00". Raises ValueError with what was expected."""
        opens, dash, closes = text.partition("-")
        try:
            if not dash:
                raise ValueError
            end = closes.strip()
            return cls(
                time.fromisoformat(opens.strip()),
                time(0) if end == "24:00" else time.fromisoformat(end),
            )
        except ValueError as error:
            raise ValueError(f"{text!r} is no interval: write 10:00-13:00 ({error})") from None


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date that differs from the week: a holiday, a closing, a late evening."""

    date: date
    intervals: tuple[Interval, ...] = ()
    reason: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """One opening as absolute, zone-aware instants."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`weekly` holds seven days, Monday first, each with its intervals in order."""

    timezone: str
    weekly: tuple[tuple[Interval, ...], ...]
    special: tuple[SpecialDay, ...] = ()

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError("opening hours need seven days, Monday first")
        ZoneInfo(self.timezone)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, at: datetime) -> datetime:
        """`at` (aware) in the shop's zone."""
        if at.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return at.astimezone(self.zone)

    def special_on(self, day: date) -> SpecialDay | None:
        return next((s for s in self.special if s.date == day), None)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        special = self.special_on(day)
        return special.intervals if special else self.weekly[day.weekday()]

    def spans_from(self, at: datetime) -> Iterator[Span]:
        """Openings that end after `at`, in order, within HORIZON_DAYS."""
        today = self.local(at).date()
        for ahead in range(HORIZON_DAYS):
            day = today + timedelta(days=ahead)
            for interval in self.intervals_on(day):
                end_day = day + timedelta(days=1) if interval.closes == time(0) else day
                span = Span(
                    datetime.combine(day, interval.opens, self.zone),
                    datetime.combine(end_day, interval.closes, self.zone),
                )
                if span.end > at:
                    yield span

    def current(self, at: datetime) -> Span | None:
        """The opening that holds `at`, if the shop is open."""
        first = next(self.spans_from(at), None)
        return first if first and first.start <= at else None

    def is_open(self, at: datetime) -> bool:
        return self.current(at) is not None

    def next_opening(self, at: datetime) -> datetime | None:
        """When it opens next after `at`; None where nothing is planned."""
        return next((s.start for s in self.spans_from(at) if s.start > at), None)
