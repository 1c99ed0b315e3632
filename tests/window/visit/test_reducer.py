"""Whole visits through the reducer: every way on, back, twice, late, and out."""

from dataclasses import replace
from uuid import uuid4

import pytest
from visiting import (
    NIGHT,
    PERSONAL,
    Journey,
    delivery,
    fix,
    order,
    profile,
    promise,
    quote,
    receipt,
    typed,
)

from kiosk.contract import LookupAsked
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Draft, Notice, Screen, Visit, actions, effects, new_visit, reduce
from kiosk.window.visit.lookup import (
    LookUp,
    LookupAnswered,
    LookupProblem,
    OpenLookup,
    OrderGone,
)
from kiosk.window.visit.world import World

SOME_TOUCHES = [
    actions.Back(),
    actions.StartAgain(),
    actions.StayHere(),
    actions.OpenBasket(),
    actions.Checkout(),
    actions.ChooseFulfilment(Fulfilment.COLLECT),
    actions.GoToDetails(),
    actions.FocusField("name"),
    actions.EditField("name", "x"),
    actions.PlaceOrder(),
    actions.FollowOrder(),
    actions.AddToBasket(),
    actions.SetQuantity("vase-s", 2),
    actions.OpenCategory(None),
    actions.OpenProduct("scarf"),
    actions.ChooseVariant("vase-l"),
    actions.ShowPicture(9),
    actions.Wake(),
    actions.IdleOver(),
    actions.NoticeOver(1),
    actions.ProductGone("vase"),
    actions.OrderParked(uuid4()),
    actions.OrderKept(uuid4()),
    actions.OrderNotKept(uuid4()),
    actions.OrderAnswered(receipt(uuid4())),
    actions.OrderChanged("someone else's", order()),
    actions.PositionChanged("someone else's", fix(9)),
    OpenLookup(),
    LookUp(),
    LookupAnswered(LookupAsked(number="L-7F3K", code="4827"), problem=LookupProblem.UNKNOWN),
    OrderGone("someone else's"),
]


def everywhere() -> dict[Screen, Journey]:
    return {
        Screen.BROWSE: Journey().do(actions.Wake()),
        Screen.PRODUCT: Journey().with_vase(),
        Screen.BASKET: Journey().at_basket(),
        Screen.FULFILMENT: Journey().at_fulfilment(),
        Screen.DETAILS: Journey().filled(),
        Screen.THANKS: Journey().accepted(),
        Screen.TRACKING: Journey().followed(),
        Screen.LOOKUP: Journey().do(actions.Wake(), OpenLookup()),
    }


def personal_in(text: str) -> list[str]:
    """What was typed and stands in `text` (the town also stands in the time zone's name)."""
    values = [v for k, v in PERSONAL.items() if k != "city"] + ["+33612345678"]
    return [v for v in values if v in text]


def test_from_the_street_to_the_door() -> None:
    journey = Journey()
    journey.do(actions.Wake(), actions.OpenProduct("vase"))
    assert journey.effects == [effects.LoadProduct("vase"), effects.LoadRelated("vase")]
    journey.do(actions.AddToBasket())
    assert journey.visit.notice is Notice.ADDED
    journey.do(actions.OpenBasket(), actions.SetQuantity("vase-s", 2), actions.Checkout())
    ask, look = journey.effects
    assert isinstance(ask, effects.AskQuote) and look == effects.LookForRoom()
    assert ask.request.lines[0].quantity == 2
    journey.do(actions.QuoteArrived(quote(journey.visit)), actions.GoToDetails())
    journey.do(*typed(), actions.PlaceOrder())
    assert journey.visit.busy == "placing"
    (keep,) = journey.effects
    assert isinstance(keep, effects.KeepOrder)
    request = keep.request
    assert request.intent_id == journey.world.intent_id
    assert request.contact.phone == "+33612345678"
    assert request.address is not None and request.address.city == "Paris"
    assert request.seen_total.minor == 2 * 4800 + 590
    assert request.seen_done_by == promise().done_by
    journey.do(actions.OrderKept(journey.intent))
    assert journey.visit.screen is Screen.THANKS
    journey.do(actions.OrderAnswered(receipt(journey.intent)))
    assert journey.effects == [effects.Follow("t" * 22)]
    journey.do(actions.FollowOrder())
    assert journey.visit.screen is Screen.TRACKING
    ride = order(delivery=delivery(DeliveryStatus.PICKED_UP), version=4)
    journey.do(actions.OrderChanged("t" * 22, ride), actions.PositionChanged("t" * 22, fix(7)))
    assert journey.visit.placed and journey.visit.placed.order == ride
    assert journey.visit.fix == fix(7)
    journey.do(actions.StartAgain())
    assert journey.visit == new_visit("fr", ready=True)
    assert journey.effects == [effects.Unfollow(), effects.Forget()]


def test_collecting_needs_no_address() -> None:
    journey = Journey().at_details(Fulfilment.COLLECT)
    journey.do(actions.EditField("name", "Zoé"), actions.EditField("phone", "0612345678"))
    journey.do(actions.PlaceOrder())
    (keep,) = journey.effects
    assert isinstance(keep, effects.KeepOrder)
    assert keep.request.address is None
    assert keep.request.seen_total.minor == 4800


# ---- nothing twice, nothing out of turn ---------------------------------------------------------


def test_a_second_tap_places_no_second_order() -> None:
    journey = Journey().placed()
    journey.unchanged_by(actions.PlaceOrder())
    journey.do(actions.OrderKept(journey.intent))
    journey.unchanged_by(actions.PlaceOrder(), actions.OrderKept(journey.intent))


def test_while_an_order_is_kept_nothing_moves() -> None:
    journey = Journey().placed()
    journey.unchanged_by(
        actions.Back(),
        actions.StartAgain(),
        actions.EditField("name", "Other"),
        actions.FocusField("name"),
        actions.IdleOver(),
        actions.QuoteArrived(quote(journey.visit, unit=1)),
    )


def test_idle_that_ends_during_the_commit_waits_for_the_answer() -> None:
    journey = Journey().placed().do(actions.IdleWarning(NIGHT))
    journey.unchanged_by(actions.IdleOver())
    journey.do(actions.OrderKept(journey.intent))
    assert journey.visit.screen is Screen.THANKS
    assert journey.visit.warned_at is None


def test_an_order_that_could_not_be_kept_leaves_everything_to_try_again() -> None:
    journey = Journey().placed().do(actions.IdleWarning(NIGHT))
    journey.do(actions.OrderNotKept(journey.intent))
    visit = journey.visit
    assert (visit.screen, visit.busy, visit.refused) == (Screen.ELSEWHERE, "", True)
    assert visit.draft.name == PERSONAL["name"]
    assert visit.basket and visit.placed is None and visit.warned_at is None
    journey.world = replace(journey.world, intent_id=uuid4())
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.DETAILS and not journey.visit.refused
    journey.do(actions.PlaceOrder())
    assert isinstance(journey.effects[0], effects.KeepOrder)


@pytest.mark.parametrize("late", ["kept", "not kept"])
def test_an_answer_about_another_order_is_ignored(late: str) -> None:
    journey = Journey().placed()
    other = uuid4()
    late_answer = actions.OrderKept(other) if late == "kept" else actions.OrderNotKept(other)
    journey.unchanged_by(late_answer, actions.OrderParked(other))
    journey.unchanged_by(actions.OrderAnswered(receipt(other)))


def test_the_shop_may_answer_before_the_box_has_said_kept() -> None:
    journey = Journey().placed()
    journey.do(actions.OrderAnswered(receipt(journey.intent)))
    journey.do(actions.OrderKept(journey.intent))
    assert journey.visit.screen is Screen.THANKS
    assert journey.visit.placed and journey.visit.placed.receipt


def test_a_repeated_receipt_changes_nothing() -> None:
    journey = Journey().accepted()
    journey.unchanged_by(actions.OrderAnswered(receipt(journey.intent, number="ML-9")))


def test_a_receipt_after_parking_counts() -> None:
    journey = Journey().kept()
    journey.do(actions.OrderParked(journey.intent))
    assert journey.visit.placed and journey.visit.placed.parked
    journey.do(actions.OrderAnswered(receipt(journey.intent)))
    assert journey.visit.placed and journey.visit.placed.receipt


def test_an_answer_never_reaches_the_next_visitor() -> None:
    journey = Journey().kept()
    intent = journey.intent
    journey.do(actions.StartAgain(), actions.Wake())
    journey.unchanged_by(
        actions.OrderAnswered(receipt(intent)),
        actions.OrderParked(intent),
        actions.OrderKept(intent),
        actions.OrderChanged("t" * 22, order()),
        actions.PositionChanged("t" * 22, fix(3)),
    )


def test_news_of_an_order_only_goes_forward() -> None:
    journey = Journey().followed()
    token = "t" * 22
    newer = order(OrderStatus.READY, version=5)
    journey.do(actions.OrderChanged(token, newer), actions.PositionChanged(token, fix(5)))
    journey.unchanged_by(
        actions.OrderChanged(token, order(version=4)),
        actions.PositionChanged(token, fix(5)),
        actions.PositionChanged(token, fix(2)),
        actions.OrderChanged("other", order(version=9)),
    )


def test_there_is_nothing_to_follow_before_the_answer() -> None:
    Journey().kept().unchanged_by(actions.FollowOrder())


@pytest.mark.parametrize("screen", list(everywhere()))
def test_no_touch_or_late_answer_breaks_any_screen(screen: Screen) -> None:
    here = everywhere()[screen]
    for touch in SOME_TOUCHES:
        touched, _ = reduce(here.visit, touch, here.world)
        for second in SOME_TOUCHES:
            reduce(touched, second, here.world)


# ---- back, and out ------------------------------------------------------------------------------


def test_the_way_back_is_the_way_there() -> None:
    journey = Journey().filled()
    seen = []
    while journey.visit.back:
        journey.do(actions.Back())
        seen.append(journey.visit.screen)
    assert seen == [Screen.FULFILMENT, Screen.BASKET, Screen.PRODUCT, Screen.BROWSE]
    assert journey.visit.draft.name == PERSONAL["name"]
    journey.do(actions.Back())
    assert journey.visit == new_visit("fr", ready=True)


def test_back_puts_the_keyboard_away_first() -> None:
    journey = Journey().at_details().do(actions.FocusField("phone"), actions.Back())
    assert (journey.visit.screen, journey.visit.focus) == (Screen.DETAILS, "")


def test_there_is_no_way_back_behind_an_order() -> None:
    Journey().kept().unchanged_by(actions.Back())
    journey = Journey().followed().do(actions.Back())
    assert journey.visit.screen is Screen.THANKS
    journey.unchanged_by(actions.Back())


def test_going_round_in_circles_keeps_the_way_back_short() -> None:
    journey = Journey().with_vase()
    for _ in range(50):
        journey.do(actions.OpenBasket(), actions.OpenProduct("scarf"), actions.AddToBasket())
    assert len(journey.visit.back) <= 3
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BASKET
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BROWSE


def test_the_shelves_can_be_reached_from_the_basket() -> None:
    journey = Journey().at_basket().do(actions.OpenCategory(None))
    assert journey.visit.screen is Screen.BROWSE
    assert journey.visit.back == ()
    assert journey.visit.basket


@pytest.mark.parametrize("screen", list(everywhere()))
def test_starting_again_forgets_everybody(screen: Screen) -> None:
    journey = everywhere()[screen].do(actions.SetLanguage("en"), actions.StartAgain())
    assert journey.visit == new_visit("fr", ready=True)
    assert journey.effects == [effects.Unfollow(), effects.Forget()]


@pytest.mark.parametrize(
    ("told", "greeted"), [("en", "en"), ("", "fr"), ("de", "de"), ("pt", "fr")]
)
def test_every_visit_begins_in_the_language_of_the_window(told: str, greeted: str) -> None:
    journey = Journey()
    journey.world = replace(journey.world, language=told)
    journey.do(actions.Wake(), actions.SetLanguage("fr"), actions.StartAgain())
    assert journey.visit.language == greeted


@pytest.mark.parametrize("screen", list(everywhere()))
def test_idle_warns_then_forgets_everybody(screen: Screen) -> None:
    journey = everywhere()[screen]
    journey.unchanged_by(actions.IdleOver())
    journey.do(actions.IdleWarning(NIGHT))
    assert journey.visit.screen is screen
    journey.unchanged_by(actions.IdleWarning(NIGHT.replace(minute=59)))
    stayed, _ = reduce(journey.visit, actions.StayHere(), journey.world)
    assert stayed == replace(journey.visit, warned_at=None)
    journey.do(actions.IdleOver())
    assert journey.visit == new_visit("fr", ready=True)
    assert effects.Forget() in journey.effects


def test_posters_and_an_empty_window_are_never_idle() -> None:
    Journey().unchanged_by(actions.IdleWarning(NIGHT))
    empty = World(NIGHT, None)
    visit = new_visit("fr", ready=False)
    assert reduce(visit, actions.IdleWarning(NIGHT), empty) == (visit, ())
    assert reduce(visit, actions.StartAgain(), empty) == (visit, ())


def test_once_kept_nothing_personal_is_left() -> None:
    visit = Journey().kept().visit
    assert visit.draft == Draft()
    assert not visit.basket and visit.quote is None and visit.problems == ()
    assert not personal_in(repr(visit))


def test_what_is_typed_shows_in_no_repr() -> None:
    journey = Journey().filled()
    journey.do(actions.PlaceOrder())
    for thing in (journey.visit, *journey.effects, *typed()):
        assert not personal_in(repr(thing))


def test_a_window_without_a_shop_opens_once_it_is_there() -> None:
    visit = new_visit("", ready=False)
    assert visit.screen is Screen.PREPARING
    still, _ = reduce(visit, actions.ShopReady(), World(NIGHT, None))
    assert still is visit
    ready, _ = reduce(visit, actions.ShopReady(), World(NIGHT, profile()))
    assert ready == Visit(Screen.ATTRACT, "fr")
    journey = Journey().filled()
    journey.unchanged_by(actions.ShopReady())


def test_a_box_without_a_voice_begins_no_spoken_mode() -> None:
    mute, wish = Journey(), actions.SetComfort("spoken", True)
    mute.unchanged_by(wish)
    mute.do(actions.Wake()).unchanged_by(wish)
    voiced = Journey()
    voiced.world = replace(voiced.world, speaks=frozenset({"fr"}))
    assert voiced.do(wish).visit.comfort.spoken


def test_only_languages_of_the_glass_are_spoken() -> None:
    journey = Journey().do(actions.SetLanguage("en"))
    assert journey.visit.language == "en"
    journey.unchanged_by(actions.SetLanguage("pt"))
