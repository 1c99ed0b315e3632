"""A phone's clock may be anything: the age of its fixes stays true."""

from kiosk.shop.phoneclock import PhoneClock


def ages(*told: tuple[float, float]) -> list[float]:
    """Of fixes (by the phone's clock, received by ours); the clock is kept between them as JSON."""
    state: list[float] = []
    found = []
    for fix_time, received_at in told:
        clock = PhoneClock(state)
        found.append(round(clock.age_s(fix_time, received_at), 3))
        state = clock.state
    return found


def test_a_clock_that_is_wrong_by_a_day_ages_nothing() -> None:
    for wrong in (-86_400.0, 0.0, 86_400.0):
        assert ages(*((t + wrong, t + 0.5) for t in range(0, 30, 3))) == [0.0] * 10


def test_a_fix_that_was_late_on_its_way_is_known_as_late() -> None:
    assert ages((0, 0.5), (3, 3.5), (6, 14.5), (9, 15), (12, 12.5 + 3)) == [0, 0, 8, 5.5, 3]


def test_a_clock_that_stands_still_or_is_set_begins_anew() -> None:
    assert ages((100, 0), (100, 3), (100, 6)) == [0, 0, 0]
    assert ages((100, 0), (3_703, 3), (3_706, 6), (50, 9), (53, 12)) == [0] * 5
