"""Somebody who ordered finds their order again; nothing of it stays for the next visitor."""

import pytest
from visiting import Journey, delivery, fix, order

from kiosk.contract import FollowedOrder, LookupAsked, LookupFound
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.window.visit import Screen, actions, effects, new_visit, spoken, views
from kiosk.window.visit.lookup import (
    LookUp,
    LookupAnswered,
    LookupProblem,
    OpenLookup,
    OrderGone,
)

ASKED = LookupAsked(number="L-7F3K", code="4827")
TICKET = "a-ticket"


def at_the_keys() -> Journey:
    return Journey().do(actions.Wake(), OpenLookup())


def typed(number: str = "l-7f3k", code: str = "4827") -> Journey:
    journey = at_the_keys().do(actions.EditField("number", number))
    return journey.do(actions.FocusField("code"), actions.EditField("code", code))


def found(status: DeliveryStatus = DeliveryStatus.ENROUTE_TO_DROPOFF) -> LookupAnswered:
    ride = order(OrderStatus.HANDED_OVER, version=4, delivery=delivery(status))
    shown = FollowedOrder.model_validate(ride.model_dump())
    return LookupAnswered(ASKED, LookupFound(ticket=TICKET, order=shown), heard_at=100.0)


def riding() -> Journey:
    return typed().do(LookUp(), found())


def view(journey: Journey) -> views.LookupView:
    journey.do(actions.SetLanguage("en"))
    return views.lookup(journey.visit, journey.world)


def test_number_and_code_lead_to_the_ride() -> None:
    journey = typed().do(LookUp())
    assert journey.effects == [effects.LookUpOrder(ASKED)]
    assert view(journey).busy
    journey.unchanged_by(LookUp(), actions.EditField("code", "1"))
    journey.do(found())
    assert journey.visit.screen is Screen.TRACKING
    assert journey.effects == [effects.FollowTicket(TICKET)]
    shown = views.tracking(journey.visit, journey.world)
    assert (shown.number, shown.code, shown.qr) == ("ML-1042", "ML-1042", "")
    assert shown.fix == fix(1) and shown.has_map and shown.steps
    later = order(version=5, delivery=delivery(DeliveryStatus.ARRIVED_AT_DROPOFF))
    journey.do(actions.OrderChanged(TICKET, later, 103.0))
    assert journey.visit.placed and journey.visit.placed.order == later


@pytest.mark.parametrize("end", [actions.StartAgain(), actions.IdleOver()])
def test_the_next_visitor_finds_nothing_of_it(end: actions.Action) -> None:
    journey = riding().do(actions.IdleWarning(Journey().world.now), end)
    assert journey.visit == new_visit("fr", ready=True)
    assert effects.Unfollow() in journey.effects
    journey.unchanged_by(actions.OrderChanged(TICKET, order(version=9)), found())


def test_back_puts_the_order_down_and_leaves_the_basket() -> None:
    journey = Journey().with_vase().do(actions.Back(), OpenLookup())
    journey.do(actions.EditField("number", "L-7F3K"), actions.EditField("code", "4827"))
    journey.do(LookUp(), found(), actions.Back())
    assert journey.effects == [effects.Unfollow()]
    assert journey.visit.screen is Screen.BROWSE
    assert journey.visit.placed is None and journey.visit.fix is None and journey.visit.basket


def test_back_puts_the_keys_away_first_and_forgets_what_was_typed() -> None:
    journey = typed().do(actions.Back())
    assert journey.visit.screen is Screen.LOOKUP and not journey.visit.focus
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BROWSE and not journey.visit.lookup.number


@pytest.mark.parametrize("problem", list(LookupProblem))
def test_every_problem_is_said_in_words_and_aloud(problem: LookupProblem) -> None:
    journey = typed().do(LookUp(), LookupAnswered(ASKED, problem=problem))
    said = view(journey)
    assert said.problem and not said.busy
    assert spoken.screen_words(said, "en").startswith(said.problem) and spoken.tells(said)
    journey.do(actions.EditField("code", "482"))
    assert not view(journey).problem


@pytest.mark.parametrize(
    ("number", "code", "missing"),
    [("", "4827", "number"), ("L-7F3K", "", "code"), ("L-7F3K", "48", "code")],
)
def test_what_is_missing_is_asked_for(number: str, code: str, missing: str) -> None:
    journey = typed(number, code).do(LookUp())
    assert journey.effects == [] and journey.visit.focus == missing
    assert [f.name for f in view(journey).fields if f.problem] == [missing]


@pytest.mark.parametrize(
    ("number", "code"), [("L" * 40, "48270"), ("l-7f3k\u202e", "48 27"), ("é", "٤٨٢٧")]
)
def test_only_what_a_number_is_made_of_is_taken(number: str, code: str) -> None:
    known = typed(number, code).visit.lookup
    assert known.number == known.number.upper() and known.number.isascii()
    assert len(known.number) <= 16
    assert known.code in ("4827", "")


def test_a_late_answer_to_other_digits_changes_nothing() -> None:
    journey = typed().do(LookUp())
    other = LookupAsked(number="L-7F3K", code="0000")
    journey.unchanged_by(LookupAnswered(other, found().found))
    journey.do(actions.StartAgain(), actions.Wake(), OpenLookup())
    journey.unchanged_by(found())


def test_an_order_that_is_not_shown_any_more_asks_for_the_code_again() -> None:
    journey = riding()
    journey.unchanged_by(OrderGone("another"))
    journey.do(OrderGone(TICKET))
    assert journey.visit.screen is Screen.LOOKUP and journey.visit.placed is None
    assert view(journey).problem and not view(journey).fields[0].value


def test_an_order_that_has_ended_is_shown_and_not_followed() -> None:
    ended = order(OrderStatus.COMPLETED, delivery=delivery(DeliveryStatus.DELIVERED, position=None))
    answer = LookupAnswered(ASKED, LookupFound(ticket=TICKET, order=ended))
    journey = typed().do(LookUp(), answer)
    assert journey.effects == [] and journey.visit.screen is Screen.TRACKING


def test_what_was_typed_stands_in_no_repr() -> None:
    for journey in (typed(), typed().do(LookUp()), riding()):
        told = f"{journey.visit.lookup} {journey.effects} {journey.visit.placed}"
        assert "7F3K" not in told and "4827" not in told and TICKET not in told
