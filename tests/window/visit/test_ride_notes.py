"""What the glass admits about a ride, row by row, in every language."""

from dataclasses import replace

import pytest
from visiting import Journey, delivery, fix, order

from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.window.visit import actions, effects, views
from kiosk.window.visit.motion import CourierMotion, MarkerState, Quality

TOKEN = "t" * 22
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")
HEARD = 1_000.0  # monotonic seconds


def riding(language: str = "en", status: DeliveryStatus = DeliveryStatus.PICKED_UP) -> Journey:
    journey = Journey().followed().do(actions.SetLanguage(language))
    told = order(OrderStatus.HANDED_OVER, version=3, delivery=delivery(status))
    return journey.do(actions.OrderChanged(TOKEN, told, HEARD))


def marker(view: views.TrackingView, now: float) -> MarkerState:
    assert view.fix is not None
    motion = CourierMotion(view.route, view.route_s)
    motion.fix(view.fix, view.fix_at)
    state = motion.state(now)
    assert state is not None
    return state


def noted(journey: Journey, now: float) -> tuple[views.TrackingView, Quality, str]:
    view = views.tracking(journey.visit, journey.world)
    state = marker(view, now)
    return view, state.quality, views.ride_note(view, state)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_position_says_its_age_and_a_lost_one_is_not_drawn(language: str) -> None:
    journey = riding(language)
    fresh, ageing, stale, lost = (noted(journey, HEARD + age) for age in (3, 12, 23.4, 61))
    assert (fresh[1:], ageing[1:]) == ((Quality.LIVE, ""), (Quality.AGEING, ""))
    assert stale[1] is Quality.STALE and "23" in stale[2]
    assert lost[1] is Quality.HIDDEN and lost[2] and "61" not in lost[2]
    if language != "en":
        english = riding()
        assert stale[2] != noted(english, HEARD + 23.4)[2]
        assert lost[2] != noted(english, HEARD + 61)[2]
    for view, _, _ in (stale, lost):
        assert view.eta == fresh[0].eta != "" and view.title == fresh[0].title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_feed_keeps_the_last_state_and_says_so(language: str) -> None:
    journey = riding(language)
    before = views.tracking(journey.visit, journey.world)
    journey.world = replace(journey.world, online=False)
    view, _, note = noted(journey, HEARD + 20)
    assert note.startswith(view.feed) and "20" in note and view.feed
    assert (view.title, view.eta, view.fix) == (before.title, before.eta, before.fix)


def test_a_fix_that_was_old_when_it_came_is_drawn_as_old() -> None:
    journey = riding()
    old = fix(2).model_copy(update={"age_s": 31.0})
    ride = delivery(DeliveryStatus.PICKED_UP, position=old)
    told = order(OrderStatus.HANDED_OVER, version=4, delivery=ride)
    journey.do(actions.OrderChanged(TOKEN, told, HEARD))
    assert noted(journey, HEARD + 1)[2] == "Position 32 s old"


def test_what_the_wall_clock_says_changes_nothing() -> None:
    journey = riding()
    before = noted(journey, HEARD + 20)
    journey.later(hours=-9_000)
    assert noted(journey, HEARD + 20)[1:] == before[1:]
    journey.later(hours=20_000)
    assert noted(journey, HEARD + 20)[1:] == before[1:]


def test_another_couriers_first_fix_counts_whatever_its_number() -> None:
    journey = riding()
    journey.do(actions.PositionChanged(TOKEN, fix(40), HEARD + 1))
    second = fix(0).model_copy(update={"rider": 1})
    journey.do(actions.PositionChanged(TOKEN, second, HEARD + 2))
    assert journey.visit.fix == second
    journey.unchanged_by(actions.PositionChanged(TOKEN, fix(41), HEARD + 3))


def test_a_courier_who_pauses_is_gone_from_the_map() -> None:
    journey = riding()
    ride = delivery(DeliveryStatus.PICKED_UP, position=None)
    told = order(OrderStatus.HANDED_OVER, version=4, delivery=ride)
    journey.do(actions.OrderChanged(TOKEN, told, HEARD + 5))
    view = views.tracking(journey.visit, journey.world)
    assert view.fix is None and views.ride_note(view, None) == ""


@pytest.mark.parametrize(
    ("status", "ride"),
    [
        (OrderStatus.COMPLETED, DeliveryStatus.DELIVERED),
        (OrderStatus.CANCELLED, DeliveryStatus.CANCELLED),
    ],
)
def test_with_the_ride_its_following_ends(status: OrderStatus, ride: DeliveryStatus) -> None:
    journey = riding()
    told = order(status, version=5, delivery=delivery(ride, position=None))
    journey.do(actions.OrderChanged(TOKEN, told, HEARD + 5))
    assert effects.Unfollow() in journey.effects
    view = views.tracking(journey.visit, journey.world)
    assert view.fix is None and view.feed == "" and view.finished
    journey.unchanged_by(actions.PositionChanged(TOKEN, fix(50), HEARD + 6))
