"""Fingers pass; rain, palms, bounces, rims and stuck drops do not. No window is needed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.window.stage.touch import sieve as rules
from kiosk.window.stage.touch.sieve import Contact, Sieve

WIDTH, HEIGHT = 535.0, 952.0


class Glass:
    """A sieve, and what the window saw of each contact."""

    def __init__(self):
        self.sieve = Sieve(WIDTH, HEIGHT)
        self.seen = []
        self.now = 100.0

    def say(self, phase, key, x, y, at, **how):
        self.now = at
        self.seen += self.sieve.take(Contact(phase, key, x, y, at, **how))
        self.seen += self.sieve.tick(at)

    def tap(self, key, x, y, at, lasts=0.08, **how):
        self.say("begin", key, x, y, at, **how)
        self.say("end", key, x, y, at + lasts, **how)

    def wait(self, at):
        self.seen += self.sieve.tick(at)

    def of(self, key):
        return [phase for phase, whose in self.seen if whose == key]

    def taps(self):
        return [key for phase, key in self.seen if phase == "end"]


@pytest.fixture
def glass():
    return Glass()


def test_a_tap_passes_within_its_own_frame(glass):
    glass.say("begin", 1, 200, 300, 0.0)
    assert glass.seen == [("begin", 1)]
    glass.say("end", 1, 201, 300, 0.07)
    assert glass.taps() == [1]
    assert not glass.sieve.ignored


def test_a_person_who_taps_as_fast_as_people_can_is_heard_each_time(glass):
    for tap in range(60):
        glass.tap(tap, 200 + tap % 3, 300, tap / 7)
    assert len(glass.taps()) == 60


@pytest.mark.parametrize("rate", [9, 30, 200])
def test_five_hundred_taps_at_a_machines_rate_are_one(glass, rate):
    for tap in range(500):
        glass.tap(tap, 200 + tap % 5, 300, tap / rate, lasts=0.4 / rate)
    assert glass.taps() == [0]
    assert [key for phase, key in glass.seen if phase == "begin"] == [0]


def test_a_masked_place_is_heard_again_and_the_others_all_the_time(glass):
    for tap in range(20):
        glass.tap(tap, 200, 300, tap / 50, lasts=0.01)
    glass.tap("elsewhere", 200, 340, 0.5)
    assert glass.of("elsewhere") == ["begin", "end"]
    for tap in range(4):
        glass.tap(f"too soon {tap}", 200, 300, 1.0 + tap)
        assert glass.of(f"too soon {tap}") == []
    glass.tap("later", 200, 300, 0.4 + rules.MASK_S + 0.1)
    assert glass.of("later") == ["begin", "end"]


def test_two_fingers_pinch(glass):
    glass.say("begin", 1, 200, 300, 0.0)
    glass.say("begin", 2, 260, 300, 0.02)
    assert glass.of(2) == [], "it may still become a palm"
    glass.wait(0.09)
    for step in range(1, 6):
        glass.say("update", 1, 200 - 8 * step, 300, 0.1 + step / 60)
        glass.say("update", 2, 260 + 8 * step, 300, 0.1 + step / 60)
    glass.say("end", 1, 160, 300, 0.4)
    glass.say("end", 2, 300, 300, 0.4)
    for finger in (1, 2):
        assert glass.of(finger) == ["begin", *["update"] * 5, "end"]


def test_a_pinch_that_moves_at_once_begins_at_once(glass):
    glass.say("begin", 1, 200, 300, 0.0)
    glass.say("begin", 2, 260, 300, 0.01)
    glass.say("update", 1, 190, 300, 0.03)
    assert glass.seen == [("begin", 1), ("begin", 2), ("update", 1)]


def test_fingers_in_a_row_are_a_hand(glass):
    for finger in range(6):
        glass.say("begin", finger, 100 + 52 * finger, 300, 0.0)
    for finger in range(6):
        glass.say("end", finger, 100 + 52 * finger, 300, 0.1)
    assert glass.seen == [("begin", 0), ("cancel", 0)]


def test_two_quick_thumbs_on_the_keyboard_both_type(glass):
    glass.say("begin", 1, 200, 300, 0.0)
    glass.say("begin", 2, 248, 300, 0.03)
    glass.say("end", 1, 200, 300, 0.05)
    glass.say("end", 2, 248, 300, 0.07)
    assert glass.seen == [("begin", 1), ("end", 1), ("begin", 2), ("end", 2)]


def test_a_palm_presses_nothing(glass):
    for finger, (x, y) in enumerate([(200, 300), (222, 318), (246, 322), (268, 310), (290, 270)]):
        glass.say("begin", finger, x, y, finger * 0.015)
    glass.say("begin", "heel", 240, 250, 0.3)
    for finger in (0, 1, 2, 3, 4, "heel"):
        glass.say("end", finger, 240, 290, 0.5)
    assert glass.taps() == []
    assert glass.seen == [("begin", 0), ("cancel", 0)]
    glass.tap("then", 240, 290, 1.0)
    assert glass.of("then") == ["begin", "end"]


def test_a_wide_contact_is_a_palm_also_when_it_grows(glass):
    glass.tap(1, 200, 300, 0.0, wide=45.0)
    assert glass.of(1) == []
    glass.say("begin", 2, 200, 500, 1.0, wide=12.0)
    glass.say("update", 2, 200, 500, 1.1, wide=60.0)
    glass.say("end", 2, 200, 500, 1.3, wide=60.0)
    assert glass.of(2) == ["begin", "cancel"]


def test_of_ten_fingers_two_are_taken(glass):
    for finger in range(10):  # three people's, wide apart
        glass.say("begin", finger, 60 + 45 * finger, 200 + 150 * (finger % 4), finger * 0.2)
    assert glass.sieve.touched == rules.FINGERS
    for finger in range(10):
        glass.say("end", finger, 60 + 45 * finger, 200 + 150 * (finger % 4), 3.0)
    assert glass.taps() == [0, 1]


def test_a_drop_is_too_short_where_the_device_is_exact(glass):
    glass.tap(1, 200, 300, 0.0, lasts=0.016, exact=True)
    assert glass.of(1) == ["begin", "cancel"]
    glass.tap(2, 200, 300, 1.0, lasts=0.05, exact=True)
    assert glass.of(2) == ["begin", "end"]


def test_an_emulated_pointer_may_tap_in_no_time(glass):
    for click in range(20):
        glass.tap(click, 50 + 20 * click, 300, click / 5, lasts=0.0)
    assert len(glass.taps()) == 20


def test_once_it_rains_a_drop_is_not_even_felt_and_a_finger_is(glass):
    for drop in range(40):
        x, y = 50 + 37 * drop % 400, 80 + 91 * drop % 700
        glass.tap(drop, x, y, drop / 10, lasts=0.01, exact=True)
    felt = [key for phase, key in glass.seen if phase == "begin"]
    assert len(felt) <= rules.RAIN_CONTACTS
    assert glass.taps() == []
    glass.tap("finger", 300, 300, 5.0, exact=True)
    assert glass.of("finger") == ["begin", "end"]


def test_the_rim_answers_only_a_finger_that_travels(glass):
    for jitter in range(8):
        glass.say("begin", "bezel", 1.0, 400, 0.0) if not jitter else glass.say(
            "update", "bezel", 1.0 + jitter % 3, 400 + jitter % 2, jitter / 60
        )
    glass.say("end", "bezel", 1.0, 400, 2.0)
    assert glass.of("bezel") == []
    glass.say("begin", "swipe", 1.0, 600, 3.0)
    glass.say("update", "swipe", 20.0, 600, 3.1)
    glass.say("end", "swipe", 90.0, 600, 3.2)
    assert glass.of("swipe") == ["begin", "update", "end"]


def test_a_contact_that_rests_for_ever_lets_go(glass):
    glass.say("begin", "leaf", 200, 300, 0.0)
    glass.wait(rules.STUCK_S - 1)
    assert glass.of("leaf") == ["begin"], "a long press is none"
    glass.wait(rules.STUCK_S + 1)
    assert glass.of("leaf") == ["begin", "cancel"]
    glass.say("update", "leaf", 202, 300, 22.0)
    glass.tap(1, 200, 400, 23.0)
    assert glass.of(1) == ["begin", "end"]


def test_a_finger_that_reads_along_is_never_stuck(glass):
    glass.say("begin", 1, 100, 100, 0.0)
    for second in range(1, 60):
        glass.say("update", 1, 100 + 6 * second, 100, float(second))
    glass.say("end", 1, 460, 100, 60.0)
    assert glass.of(1)[-1] == "end"


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["begin", "update", "end"]),
        st.integers(0, 7),
        st.integers(0, 54),
        st.integers(0, 95),
        st.sampled_from([0.0, 0.004, 0.02, 0.07, 0.15, 1.0, 25.0]),
        st.sampled_from([0.0, 12.0, 60.0]),
        st.booleans(),
    ),
    max_size=80,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(EVENTS)
def test_whatever_comes_each_touch_begins_and_ends_once_and_a_finger_is_heard_after(events):
    glass = Glass()
    down = {}
    for number, (phase, finger, x, y, later, wide, exact) in enumerate(events):
        at = glass.now + later
        if (finger in down) == (phase == "begin"):
            continue  # a device neither lifts what is not there nor puts down what is
        key = down.setdefault(finger, (finger, number))
        glass.say(phase, key, x * 10.0, y * 10.0, at, wide=wide, exact=exact)
        if phase == "end":
            del down[finger]
        assert glass.sieve.touched <= rules.FINGERS
    for key in down.values():
        glass.say("end", key, 100.0, 100.0, glass.now + 0.01)
    assert glass.sieve.touched == 0
    for key in {key for _, key in glass.seen}:
        phases = glass.of(key)
        assert phases[0] == "begin"
        assert phases[-1] in ("end", "cancel")
        assert set(phases[1:-1]) <= {"update"}
    glass.tap("after", 300.0, 500.0, glass.now + rules.MASK_S + 0.1)
    assert glass.of("after") == ["begin", "end"]
