"""Planned windows, drops and dark hours: which of them count, minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.shop.hours import Interval, OpeningHours, SpecialDay
from kiosk.shop.schedule import (
    FRENCH_LAW,
    DarkDay,
    DarkHours,
    Daypart,
    PlannedWindow,
    showing,
    sold_from,
)

PARIS = ZoneInfo("Europe/Paris")
DAY = (Interval.parse("10:00-19:30"),)
SHOP = OpeningHours("Europe/Paris", (DAY,) * 7)
EVENING = (Daypart.parse("18:00-02:00"),)


def at(month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS, fold=fold)


def ids(windows: tuple[PlannedWindow, ...]) -> list[str]:
    return [window.id for window in windows]


# ---- parts of a day ----------------------------------------------------------------------------


def test_a_part_of_a_day_is_read_and_written_the_same() -> None:
    for text in ("22:00-02:00", "09:30-18:00", "00:00-24:00", "20:00-24:00"):
        assert str(Daypart.parse(text)) == text


@pytest.mark.parametrize("text", ["", "10", "10:00", "25:00-26:00", "ten-noon"])
def test_what_is_no_part_of_a_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="write 22:00-02:00"):
        Daypart.parse(text)


@given(
    starts=st.integers(0, 24 * 60 - 1),
    ends=st.integers(0, 24 * 60 - 1),
    day=st.dates(date(2026, 6, 1), date(2026, 8, 1)),
)
def test_a_window_of_one_date_is_on_for_exactly_its_length(
    starts: int, ends: int, day: date
) -> None:
    part = Daypart(time(*divmod(starts, 60)), time(*divmod(ends, 60)))
    window = PlannedWindow("w", since=day, until=day, dayparts=(part,), theme="night")
    midnight = datetime.combine(day, time(0), PARIS)
    on = [m for m in range(48 * 60) if window.is_on(midnight + timedelta(minutes=m), PARIS)]
    length = (ends - starts) % (24 * 60) or 24 * 60
    assert on == list(range(starts, starts + length))


# ---- windows -----------------------------------------------------------------------------------


def test_both_dates_are_included_in_the_shops_zone() -> None:
    winter = PlannedWindow("winter", since=date(2026, 12, 1), until=date(2026, 12, 24))
    assert not winter.is_on(at(11, 30, 23, 59), PARIS)
    assert winter.is_on(at(12, 1, 0), PARIS)
    assert winter.is_on(datetime(2026, 11, 30, 23, 30, tzinfo=UTC), PARIS)  # 0:30 in Paris
    assert winter.is_on(at(12, 24, 23, 59), PARIS)
    assert not winter.is_on(at(12, 25, 0), PARIS)


def test_an_evening_belongs_to_the_date_on_which_it_begins() -> None:
    fridays = PlannedWindow(
        "fridays", weekdays=(4,), dayparts=EVENING, since=date(2026, 11, 27), theme="night"
    )
    assert fridays.is_on(at(11, 27, 18), PARIS)  # a Friday
    assert fridays.is_on(at(11, 28, 1, 59), PARIS), "Friday's evening goes on"
    assert not fridays.is_on(at(11, 28, 2), PARIS)
    assert not fridays.is_on(at(11, 28, 18), PARIS), "Saturday has none"
    assert not fridays.is_on(at(11, 27, 1), PARIS), "Thursday's would have been before `since`"


def test_drops_come_first_then_the_first_collection_that_is_on() -> None:
    plan = (
        PlannedWindow("evening", dayparts=EVENING, heroes=("lamp",), theme="night"),
        PlannedWindow("winter", products=("scarf",), theme="winter"),
        PlannedWindow("spring", since=date(2027, 3, 1), products=("vase",)),
        PlannedWindow("drop", products=("pen",), drop_at=at(12, 3, 18)),
        PlannedWindow("later", products=("ink",), drop_at=at(12, 5, 18)),
    )
    noon = showing(plan, at(12, 1, 12), PARIS)
    assert (ids(noon.drops), noon.collection, noon.theme) == (["drop", "later"], plan[1], "winter")
    night = showing(plan, at(12, 1, 23), PARIS)
    assert (night.collection, night.theme) == (plan[0], "night"), "the first in the plan counts"
    assert showing((), at(12, 1, 12), PARIS).collection is None


def test_a_theme_alone_leaves_the_posters_to_the_collection_after_it() -> None:
    plan = (PlannedWindow("lights", theme="winter"), PlannedWindow("silk", heroes=("a",)))
    shown = showing(plan, at(12, 1, 12), PARIS)
    assert (shown.theme, shown.collection) == ("winter", plan[1])


def test_a_drop_without_a_last_date_leaves_a_day_after_its_moment() -> None:
    drop = PlannedWindow("drop", products=("pen",), drop_at=at(12, 3, 18))
    assert drop.is_on(at(12, 4, 17, 59), PARIS)
    assert not drop.is_on(at(12, 4, 18), PARIS)
    longer = PlannedWindow(
        "drop", products=("pen",), drop_at=at(12, 3, 18), until=date(2026, 12, 31)
    )
    assert longer.is_on(at(12, 20, 12), PARIS)


def test_a_product_is_sold_from_its_moment_whether_shown_or_not() -> None:
    drop = PlannedWindow("drop", products=("pen",), drop_at=at(12, 3, 18), since=date(2026, 12, 2))
    assert sold_from([drop], "pen", at(11, 1, 12)) == at(12, 3, 18)
    assert sold_from([drop], "pen", at(12, 3, 17, 59)) == at(12, 3, 18)
    assert sold_from([drop], "pen", at(12, 3, 18)) is None
    assert sold_from([drop], "ink", at(11, 1, 12)) is None


def test_of_several_drops_of_a_product_the_last_one_counts() -> None:
    plan = [
        PlannedWindow("first", products=("pen",), drop_at=at(12, 3, 18)),
        PlannedWindow("again", products=("pen",), drop_at=at(12, 20, 10)),
    ]
    assert sold_from(plan, "pen", at(12, 1, 12)) == at(12, 20, 10)
    assert sold_from(plan, "pen", at(12, 4, 12)) == at(12, 20, 10)
    assert sold_from(plan, "pen", at(12, 20, 10)) is None


def test_a_moment_in_the_hour_that_comes_twice_comes_once() -> None:
    drop = PlannedWindow("drop", products=("pen",), drop_at=at(10, 25, 2, 30, fold=1))
    first, second = at(10, 25, 2, 45), at(10, 25, 2, 29, fold=1)
    assert sold_from([drop], "pen", first) is not None, "2:45 of summer is before 2:30 of winter"
    assert sold_from([drop], "pen", second) is not None
    assert sold_from([drop], "pen", at(10, 25, 2, 30, fold=1)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": date(2026, 12, 2), "until": date(2026, 12, 1)},
        {"drop_at": datetime(2026, 12, 2, 18)},  # noqa: DTZ001
        {"weekdays": (7,)},
    ],
)
def test_a_plan_that_cannot_be_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="w"):
        PlannedWindow("w", **wrong)


# ---- dark hours --------------------------------------------------------------------------------


def test_no_dark_hours_are_planned_unless_somebody_does() -> None:
    assert not DarkHours().is_dark(at(12, 1, 3), SHOP)


def test_the_french_night() -> None:
    assert not FRENCH_LAW.is_dark(at(12, 1, 0, 59), SHOP)
    assert FRENCH_LAW.is_dark(at(12, 1, 1), SHOP)
    assert FRENCH_LAW.is_dark(at(12, 1, 6, 59), SHOP)
    assert not FRENCH_LAW.is_dark(at(12, 1, 7), SHOP)


def test_the_french_night_begins_an_hour_after_a_late_closing_and_ends_before_an_early_one() -> (
    None
):
    late = OpeningHours(
        "Europe/Paris",
        (DAY,) * 7,
        special=(
            SpecialDay(date(2026, 12, 1), (Interval.parse("18:00-24:00"),)),
            SpecialDay(date(2026, 12, 2), (Interval.parse("00:00-02:00"),)),
            SpecialDay(date(2026, 12, 3), (Interval.parse("05:30-12:00"),)),
        ),
    )
    assert not FRENCH_LAW.is_dark(at(12, 2, 2, 30), late)
    assert not FRENCH_LAW.is_dark(at(12, 2, 2, 59), late)
    assert FRENCH_LAW.is_dark(at(12, 2, 3), late)
    assert FRENCH_LAW.is_dark(at(12, 3, 4, 29), late)
    assert not FRENCH_LAW.is_dark(at(12, 3, 4, 30), late)


def test_a_holiday_has_no_opening_that_keeps_the_glass_lit() -> None:
    early = OpeningHours(
        "Europe/Paris",
        ((Interval.parse("06:00-19:00"),),) * 7,
        special=(SpecialDay(date(2026, 12, 25)),),
    )
    assert not FRENCH_LAW.is_dark(at(12, 24, 5, 30), early)
    assert FRENCH_LAW.is_dark(at(12, 25, 5, 30), early)


def test_a_shop_that_is_open_is_never_dark() -> None:
    always = DarkHours(weekly=((Daypart.parse("00:00-24:00"),),) * 7)
    assert always.is_dark(at(12, 1, 9, 59), SHOP)
    assert not always.is_dark(at(12, 1, 10), SHOP)
    assert always.is_dark(at(12, 1, 19, 30), SHOP)


def test_an_exception_counts_for_the_night_that_begins_on_its_date() -> None:
    night = DarkHours(
        weekly=((Daypart.parse("23:00-07:00"),),) * 7, special=(DarkDay(date(2026, 12, 31)),)
    )
    assert night.is_dark(at(12, 31, 6), SHOP), "the night that began on the 30th"
    assert not night.is_dark(at(12, 31, 23, 30), SHOP)
    new_year = datetime(2027, 1, 1, 6, tzinfo=PARIS)
    assert not night.is_dark(new_year, SHOP)
    assert night.is_dark(new_year + timedelta(hours=18), SHOP)


def test_the_turned_clock_is_the_wall_clock() -> None:
    night = DarkHours(weekly=((Daypart.parse("02:00-03:00"),),) * 7)
    spring = [at(3, 29, 1, 59), at(3, 29, 3)]  # one minute apart: 2:00 to 3:00 is left out
    assert [night.is_dark(moment, SHOP) for moment in spring] == [False, False]
    autumn = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 1:30 in Paris
    dark = [m for m in range(240) if night.is_dark(autumn + timedelta(minutes=m), SHOP)]
    assert dark == list(range(30, 150)), "2:00 to 3:00 comes twice"


@given(minutes=st.integers(0, 60 * 24 * 400), margin=st.integers(1, 180), starts=st.integers(0, 23))
def test_dark_is_never_within_reach_of_an_opening(minutes: int, margin: int, starts: int) -> None:
    dark = DarkHours(weekly=((Daypart(time(starts), time(9)),),) * 7, around_opening=margin)
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    if dark.is_dark(moment, SHOP):
        for nearby in (1 - margin, 0, margin - 1):
            assert not SHOP.is_open(moment + timedelta(minutes=nearby))


def test_dark_hours_need_a_whole_week_and_no_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="seven"):
        DarkHours(weekly=((),) * 6)
    with pytest.raises(ValueError, match="below"):
        DarkHours(around_opening=-1)
