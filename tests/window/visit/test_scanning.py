"""When the window's camera is open, and what comes of the codes that it reads."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from visiting import Journey, order

from kiosk.contract import CodeShown, FollowedOrder, LookupAsked, LookupFound
from kiosk.shop.order import OrderStatus
from kiosk.window.visit import Screen, actions, effects, new_visit, spoken, views
from kiosk.window.visit.lookup import LookUp, LookupAnswered, LookupProblem, OpenLookup
from kiosk.window.visit.scan import CloseScan, CodeRead, Hint, OpenScan, Saw, Scan, Sight

SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OURS = CodeRead(f"VITRINE:{SECRET}")
SHOWN = CodeShown(secret=SECRET)


def with_camera(*done: actions.Action) -> Journey:
    journey = Journey()
    journey.world = replace(journey.world, camera=True)
    return journey.do(actions.Wake(), OpenLookup(), *done)


def looking(*seen: actions.Action) -> Journey:
    return with_camera(OpenScan(), Saw(Sight.SEES), *seen)


def found() -> LookupAnswered:
    shown = FollowedOrder.model_validate(order(OrderStatus.PREPARING).model_dump())
    return LookupAnswered(SHOWN, LookupFound(ticket="a-ticket", order=shown))


def scan_view(journey: Journey) -> views.ScanView:
    journey.do(actions.SetLanguage("en"))
    shown = views.lookup(journey.visit, journey.world).scan
    assert shown is not None
    return shown


def test_without_a_camera_nothing_is_other_than_it_was() -> None:
    journey = Journey().do(actions.Wake(), OpenLookup())
    assert journey.visit.focus == "number"
    assert views.lookup(journey.visit, journey.world).scan is None
    journey.unchanged_by(OpenScan(), CloseScan(), Saw(Sight.SEES), OURS)
    assert journey.effects == []


def test_the_camera_waits_for_a_touch_and_says_that_it_is_on() -> None:
    journey = with_camera()
    assert journey.visit.focus == "" and journey.visit.lookup.scan == Scan()
    said = scan_view(journey)
    assert not said.on and not said.sign and "only while" in said.promise
    journey.unchanged_by(Saw(Sight.SEES), OURS)
    journey.do(OpenScan())
    assert journey.effects == [effects.OpenCamera()]
    assert scan_view(journey).on and scan_view(journey).sign == "The camera is starting"
    journey.unchanged_by(OpenScan())
    journey.do(Saw(Sight.SEES))
    assert scan_view(journey).sign == "The camera is on" and not scan_view(journey).hint


def _leaves() -> Iterable[tuple[str, tuple[actions.Action, ...]]]:
    at = Journey().world.now
    yield "closed", (CloseScan(),)
    yield "back", (actions.Back(),)
    yield "started again", (actions.StartAgain(),)
    yield "typing", (actions.FocusField("number"),)
    yield (
        "asking by number",
        (
            actions.EditField("number", "L-7F3K"),
            actions.EditField("code", "4827"),
            LookUp(),
        ),
    )
    yield "nobody there", (actions.IdleWarning(at),)
    yield "walked away", (actions.IdleWarning(at), actions.IdleOver())
    yield "ease of use", (actions.SetComfort("shown", True),)
    yield "away", (Saw(Sight.AWAY),)
    yield "time", (Saw(Sight.TIME),)
    yield "read", (OURS,)


@pytest.mark.parametrize(("why", "steps"), list(_leaves()))
def test_whatever_ends_the_page_closes_the_camera(
    why: str, steps: tuple[actions.Action, ...]
) -> None:
    journey = looking()
    wanted: list[effects.Effect] = []
    for step in steps:
        journey.do(step)
        wanted += journey.effects
    assert wanted.count(effects.CloseCamera()) == 1, why
    assert not journey.visit.lookup.scan.on
    journey.unchanged_by(Saw(Sight.SEES), Saw(Sight.DARK), CodeRead("https://elsewhere.example"))


def test_a_code_of_ours_leads_to_the_ride_and_nothing_of_it_stays() -> None:
    journey = looking(OURS)
    assert journey.effects == [effects.LookUpOrder(SHOWN), effects.CloseCamera()]
    assert views.lookup(journey.visit, journey.world).busy
    journey.unchanged_by(OURS, OpenScan(), LookUp(), actions.EditField("code", "1"))
    journey.do(found())
    assert journey.visit.screen is Screen.TRACKING
    assert journey.effects == [effects.FollowTicket("a-ticket")]
    assert journey.visit.lookup.shown is None
    journey.do(actions.StartAgain())
    assert journey.visit == new_visit("fr", ready=True)
    journey.unchanged_by(found())


def test_a_code_that_is_over_is_said_kindly_and_wants_another_touch() -> None:
    answer = LookupAnswered(SHOWN, problem=LookupProblem.UNKNOWN)
    journey = looking(OURS, answer, actions.SetLanguage("en"))
    said = views.lookup(journey.visit, journey.world)
    assert said.problem.startswith("That code is over") and not said.busy
    assert said.scan and not said.scan.on
    assert spoken.screen_words(said, "en").startswith("That code is over")
    journey.unchanged_by(OURS)
    journey.do(OpenScan())
    assert journey.effects == [effects.OpenCamera()]
    assert not views.lookup(journey.visit, journey.world).problem


@pytest.mark.parametrize("problem", [LookupProblem.LATER, LookupProblem.AWAY])
def test_other_answers_are_those_to_number_and_code(problem: LookupProblem) -> None:
    journey = looking(OURS, LookupAnswered(SHOWN, problem=problem))
    assert journey.visit.lookup.problem is problem


def test_an_answer_to_something_else_changes_nothing() -> None:
    journey = looking(OURS)
    typed = LookupAsked(number="L-7F3K", code="4827")
    other = CodeShown(secret="B" * 26)
    for asked in (typed, other):
        journey.unchanged_by(LookupAnswered(asked, found().found))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("https://backoffice.example/o/" + "t" * 32, Hint.PAGE),
        ("https://backoffice.example/p/fr?p=vase", Hint.OTHER),
        ("https://elsewhere.example/o/" + "t" * 32, Hint.OTHER),
        ("https://backoffice.example@elsewhere.example/o/x", Hint.OTHER),
        (f"vitrine:{SECRET}", Hint.OTHER),
        (f"VITRINE:{SECRET}A", Hint.OTHER),
        (f"VITRINE:{SECRET}\n", Hint.OTHER),
        (f"VITRINE:{SECRET[:-1]}é", Hint.OTHER),
        (SECRET, Hint.OTHER),
        ("", Hint.OTHER),
        ("\x00" * 500, Hint.OTHER),
    ],
)
def test_no_other_code_is_asked_about(text: str, hint: Hint) -> None:
    journey = with_camera()
    journey.world = replace(journey.world, office="https://backoffice.example")
    journey.do(OpenScan(), Saw(Sight.SEES), CodeRead(text))
    assert journey.effects == [] and journey.visit.lookup.scan == Scan(True, True, hint)
    assert scan_view(journey).on and scan_view(journey).hint
    journey.do(Saw(Sight.SEES))  # what was said of it stays to be read
    assert journey.visit.lookup.scan.hint is hint


def test_what_the_camera_cannot_see_is_said_and_taken_back() -> None:
    for sight, hint in ((Sight.NEARLY, Hint.NEARLY), (Sight.DARK, Hint.DARK)):
        journey = looking(Saw(sight))
        assert journey.visit.lookup.scan == Scan(True, True, hint)
        journey.do(Saw(Sight.SEES))
        assert journey.visit.lookup.scan == Scan(True, True)
    for sight in (Sight.AWAY, Sight.TIME):
        journey = looking(Saw(sight))
        said = scan_view(journey)
        assert not said.on and said.hint and said.press == "Turn on the camera"


def test_every_state_of_the_camera_is_said_aloud() -> None:
    for journey in (looking(), looking(Saw(Sight.DARK)), looking(Saw(Sight.AWAY)), with_camera()):
        said = scan_view(journey)
        view = views.lookup(journey.visit, journey.world)
        words = spoken.screen_words(view, "en")
        assert (said.hint or said.sign or said.title) in words and spoken.tells(view)


def test_what_was_read_stands_in_no_repr() -> None:
    journey = looking(OURS)
    told = f"{OURS} {SHOWN} {journey.visit.lookup} {journey.effects} {found()}"
    assert SECRET not in told
