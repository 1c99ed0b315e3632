"""Opening hours, and promises that keep to them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.shop.hours import Interval, OpeningHours, SpecialDay
from kiosk.shop.money import Money
from kiosk.shop.promise import CollectRules, CourierRules, Fulfilment, Promise, promise

PARIS = ZoneInfo("Europe/Paris")
DAY = (Interval.parse("10:00-13:00"), Interval.parse("14:00-19:30"))
LATE = (Interval.parse("10:00-13:00"), Interval.parse("14:00-21:00"))
HOURS = OpeningHours(
    "Europe/Paris",
    ((), DAY, DAY, LATE, DAY, DAY, (Interval.parse("11:00-18:00"),)),
    (
        SpecialDay(date(2026, 12, 25), (), {"fr": "Noël"}),
        SpecialDay(date(2026, 12, 21), (Interval.parse("10:00-19:30"),)),
    ),
)


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def promised(when: datetime, fulfilment: Fulfilment = Fulfilment.COURIER) -> Promise:
    rules = CollectRules(prepare_minutes=30), CourierRules(prepare_minutes=30, ride_minutes=25)
    result = promise(HOURS, when, fulfilment, *rules)
    assert result is not None
    return result


# 2026-11-21 is a Saturday.
@pytest.mark.parametrize(
    ("when", "is_open", "opens"),
    [
        (at(21, 9, 59), False, at(21, 10)),
        (at(21, 10), True, at(21, 14)),
        (at(21, 12, 59), True, at(21, 14)),
        (at(21, 13), False, at(21, 14)),
        (at(21, 19, 30), False, at(22, 11)),
        (at(22, 18, 0), False, at(24, 10)),
        (at(23, 12), False, at(24, 10)),
        (at(24, 23, month=12), False, at(26, 10, month=12)),
        (at(21, 12, month=12), True, at(22, 10, month=12)),
    ],
)
def test_open_and_next_opening(when: datetime, is_open: bool, opens: datetime) -> None:
    assert HOURS.is_open(when) is is_open
    assert HOURS.next_opening(when) == opens


def test_the_shops_zone_decides_not_the_boxs() -> None:
    tokyo = datetime(2026, 11, 21, 18, 30, tzinfo=ZoneInfo("Asia/Tokyo"))  # 10:30 in Paris
    assert HOURS.is_open(tokyo)
    with pytest.raises(ValueError, match="time zone"):
        HOURS.local(datetime(2026, 11, 21, 10, 30))  # noqa: DTZ001


def test_an_opening_until_midnight_is_one_evening() -> None:
    bar = OpeningHours("Europe/Paris", ((Interval(time(18), time(0)),),) * 7)
    assert bar.is_open(at(21, 23, 59))
    assert not bar.is_open(at(22, 0, 1))


def test_the_night_the_clocks_go_back_keeps_wall_time() -> None:
    before = datetime(2026, 10, 24, 22, 0, tzinfo=PARIS)
    assert HOURS.next_opening(before) == datetime(2026, 10, 25, 11, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("when", "start", "done"),
    [
        (at(21, 11, 2), at(21, 11, 2), at(21, 12, 0)),  # now, rounded up to five minutes
        (at(21, 12, 40), at(21, 14), at(21, 14, 55)),  # too late before lunch
        (at(21, 19, 10), at(22, 11), at(22, 11, 55)),  # too late before closing
        (at(21, 23, 30), at(22, 11), at(22, 11, 55)),  # at night
        (at(22, 19), at(24, 10), at(24, 10, 55)),  # across the closed Monday
        (at(24, 22, month=12), at(26, 10, month=12), at(26, 10, 55, month=12)),  # over Christmas
    ],
)
def test_courier_promises(when: datetime, start: datetime, done: datetime) -> None:
    result = promised(when)
    assert (result.prepared_from, result.done_by) == (start, done)
    assert result.done_by.tzinfo is not None


def test_collecting_is_promised_within_the_opening() -> None:
    result = promised(at(21, 19, 0), Fulfilment.COLLECT)
    assert result.done_by == at(21, 19, 30)
    assert result.until == at(21, 19, 30)


def test_no_opening_no_promise() -> None:
    closed = OpeningHours("Europe/Paris", ((),) * 7)
    assert promise(closed, at(21, 10), Fulfilment.COLLECT, CollectRules(), CourierRules()) is None


def test_the_couriers_fee_falls_from_a_sum() -> None:
    rules = CourierRules(fee=Money(590, "EUR"), free_from=Money(12000, "EUR"))
    assert rules.fee_for(Money(11999, "EUR")) == Money(590, "EUR")
    assert rules.fee_for(Money(12000, "EUR")) == Money(0, "EUR")
    assert CourierRules().fee_for(Money(1, "EUR")) == Money(0, "EUR")


@pytest.mark.parametrize("bad", ["10:00", "13:00-10:00", "25:00-26:00", "10h-12h", ""])
def test_intervals_that_are_none(bad: str) -> None:
    with pytest.raises(ValueError, match="10:00-13:00"):
        Interval.parse(bad)


@pytest.mark.parametrize(
    ("placed", "ready"),
    [
        ("2026-03-29T01:50:00+01:00", "2026-03-29T03:20:00+02:00"),
        ("2026-10-25T02:50:00+02:00", "2026-10-25T02:20:00+01:00"),
        ("2026-10-25T02:10:00+01:00", "2026-10-25T02:40:00+01:00"),
    ],
)
def test_half_an_hour_is_half_an_hour_when_the_clocks_change(placed: str, ready: str) -> None:
    always = OpeningHours("Europe/Paris", ((Interval.parse("00:00-24:00"),),) * 7)
    rules = CollectRules(prepare_minutes=30), CourierRules()
    found = promise(always, datetime.fromisoformat(placed), Fulfilment.COLLECT, *rules)
    assert found and found.done_by.isoformat() == ready
