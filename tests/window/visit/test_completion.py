"""Streets for the beginning of an address: asked, offered, chosen, and forgotten."""

import pytest
from visiting import PERSONAL, Journey, profile

from kiosk.shop.address import StreetFound
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import actions, effects, views

HALEURS = StreetFound("avenue des Haleurs", "75002", "Paris", "", ("1", "3", "3 bis", "30"))
NUMBERED = StreetFound("avenue des Haleurs", "75002", "Paris", "30", HALEURS.numbers)
RICOCHETS = StreetFound("rue des Ricochets", "75000", "Paris", "", ())


@pytest.fixture
def line() -> Journey:
    """Name and phone are known, and the address line is typed into."""
    return (
        Journey()
        .at_details()
        .do(
            actions.EditField("name", PERSONAL["name"]),
            actions.EditField("phone", PERSONAL["phone"]),
            actions.FocusField("line1"),
        )
    )


def offered(line: Journey, *found: StreetFound, text: str = "hal") -> Journey:
    return line.do(actions.EditField("line1", text), actions.AddressesFound(text, found))


def shown(line: Journey) -> views.CompletionView:
    return views.details(line.visit, line.world).completion


def test_two_letters_ask_for_streets_where_the_couriers_ride(line: Journey) -> None:
    line.do(actions.EditField("line1", "h"))
    assert line.effects == []
    line.do(actions.EditField("line1", "ha"))
    assert line.effects == [effects.CompleteAddress("ha", ("75000", "75002"))]


def test_only_the_address_line_is_completed(line: Journey) -> None:
    line.do(actions.EditField("name", "Haleur"), actions.EditField("city", "Haleur"))
    assert line.effects == []


def test_streets_are_offered_as_they_will_be_written(line: Journey) -> None:
    offered(line, HALEURS, NUMBERED)
    assert shown(line).streets == (
        views.Suggestion("Avenue des Haleurs", "75002 Paris"),
        views.Suggestion("30 avenue des Haleurs", "75002 Paris"),
    )


def test_the_number_stands_last_where_the_country_writes_it_so() -> None:
    line = Journey(shop=profile(country="DE")).at_details().do(actions.FocusField("line1"))
    offered(line, NUMBERED).do(actions.ChooseAddress(0))
    assert line.visit.draft.line1 == "avenue des Haleurs 30"
    offered(line.do(actions.FocusField("line1")), HALEURS).do(actions.ChooseAddress(0))
    assert line.visit.draft.line1 == "avenue des Haleurs "
    assert shown(line).caret == len("avenue des Haleurs ")


def test_an_answer_to_what_stands_there_no_longer_changes_nothing(line: Journey) -> None:
    line.do(actions.EditField("line1", "ha"), actions.EditField("line1", "rue"))
    line.unchanged_by(actions.AddressesFound("ha", (HALEURS,)))
    line.do(actions.FocusField("city"))
    line.unchanged_by(actions.AddressesFound("rue", (HALEURS,)))


def test_rows_stay_until_the_next_answer_and_leave_with_the_text(line: Journey) -> None:
    offered(line, HALEURS).do(actions.EditField("line1", "hale"))
    assert shown(line).streets
    line.do(actions.AddressesFound("hale", ()))
    assert not shown(line).streets
    offered(line, HALEURS).do(actions.EditField("line1", ""))
    assert not shown(line).streets


def test_choosing_fills_street_postcode_and_town_and_asks_for_the_number(line: Journey) -> None:
    line.do(actions.PlaceOrder(), actions.FocusField("line1"))
    assert {p.field for p in line.visit.problems} == {"line1", "postcode", "city"}
    offered(line, RICOCHETS, HALEURS).do(actions.ChooseAddress(1))
    draft = line.visit.draft
    assert (draft.line1, draft.postcode, draft.city) == (" avenue des Haleurs", "75002", "Paris")
    assert line.visit.focus == "line1" and line.visit.problems == ()
    view = shown(line)
    assert view.numbers == ("1", "3", "3 bis", "30") and view.caret == 0 and view.title


def test_a_digit_narrows_the_numbers_and_asks_for_no_street(line: Journey) -> None:
    offered(line, HALEURS).do(
        actions.ChooseAddress(0), actions.EditField("line1", "3 avenue des Haleurs")
    )
    assert line.effects == []
    assert shown(line).numbers == ("3", "3 bis", "30")
    line.do(actions.ChooseNumber("3 bis"))
    assert line.visit.draft.line1 == "3 bis avenue des Haleurs"
    assert line.visit.focus == "", "nothing is missing: the keyboard may leave"
    line.unchanged_by(actions.ChooseNumber("3 bis"), actions.ChooseAddress(0))


def test_choosing_with_a_number_goes_on_to_the_next_missing_field(line: Journey) -> None:
    line.do(actions.EditField("phone", " "))
    offered(line, NUMBERED, text="30 hal").do(actions.ChooseAddress(0))
    assert line.visit.draft.line1 == "30 avenue des Haleurs"
    assert line.visit.focus == "phone"
    assert shown(line) == views.CompletionView()


def test_a_number_that_no_file_knows_can_be_typed(line: Journey) -> None:
    offered(line, RICOCHETS).do(
        actions.ChooseAddress(0),
        actions.EditField("line1", "9 rue des Ricochets"),
        actions.FocusField("city"),
    )
    assert line.visit.draft.line1 == "9 rue des Ricochets"


def test_leaving_without_a_number_leaves_no_blank(line: Journey) -> None:
    offered(line, HALEURS).do(actions.ChooseAddress(0), actions.FocusField(""))
    assert line.visit.draft.line1 == "avenue des Haleurs"
    assert shown(line) == views.CompletionView()


def test_writing_another_street_over_the_chosen_one_asks_again(line: Journey) -> None:
    offered(line, HALEURS).do(
        actions.ChooseAddress(0), actions.EditField("line1", "avenue des Hal")
    )
    assert line.effects == [effects.CompleteAddress("avenue des Hal", ("75000", "75002"))]
    assert shown(line).numbers == ()


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_a_row_that_is_not_there_chooses_nothing(line: Journey, index: int) -> None:
    offered(line, HALEURS).unchanged_by(actions.ChooseAddress(index))


def test_nothing_is_offered_to_the_next_visitor_or_after_the_order(line: Journey) -> None:
    offered(line, HALEURS).do(actions.StartAgain())
    assert line.visit.completion.found == ()
    line.unchanged_by(actions.AddressesFound("hal", (HALEURS,)))
    collected = Journey().kept(Fulfilment.COURIER)
    assert collected.visit.completion.found == ()


def test_nothing_typed_or_offered_shows_in_a_repr(line: Journey) -> None:
    offered(line, HALEURS)
    for thing in (
        line.visit,
        shown(line),
        actions.AddressesFound("hal", (HALEURS,)),
        effects.CompleteAddress("hal"),
        actions.ChooseNumber("30"),
    ):
        said = repr(thing)
        assert "Haleurs" not in said and "'hal'" not in said and "30" not in said


@pytest.mark.parametrize(("country", "keys"), [("FR", "digits"), ("NL", "text"), ("GB", "text")])
def test_a_postcode_with_letters_has_letters_on_its_keyboard(country: str, keys: str) -> None:
    line = Journey(shop=profile(country=country)).at_details()
    fields = {f.name: f for g in views.details(line.visit, line.world).groups for f in g}
    assert fields["postcode"].keyboard == keys
