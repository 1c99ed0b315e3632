"""Finding: what opens it, what narrows it, what it says, and the ways back."""

import pytest
from visiting import NIGHT, PARIS, Journey, profile

from kiosk.shop.catalogue import Category
from kiosk.shop.colour import Colour
from kiosk.shop.selection import EVERYTHING, Facets, PriceBand, Selection, Sort
from kiosk.window.visit import Screen, actions, effects, views
from kiosk.window.visit.finding import Answer, Filter, Kind, Mode

GREEN, BLUE = Filter(Kind.COLOUR, Colour.GREEN), Filter(Kind.COLOUR, Colour.BLUE)
CHEAP, DEAR = Filter(Kind.PRICE, PriceBand(0, 4000)), Filter(Kind.PRICE, PriceBand(4000, None))
TODAY = Filter(Kind.AVAILABLE)
FACETS = Facets(
    12,
    bands=((PriceBand(0, 4000), 5), (PriceBand(4000, None), 7)),
    colours=((Colour.BLUE, 3), (Colour.GREEN, 9)),
    makers=(("Atelier Vaugrain", 2), ("Orsel", 10)),
    available=11,
)


def searching(at=NIGHT):
    shelves = [Category("maison", {"fr": "Maison", "en": "Home"}, 0)]
    return Journey(at, profile(categories=shelves)).do(actions.Wake(), actions.OpenSearch())


def answered(journey, facets=FACETS, **more):
    more.setdefault("whole", facets.count)
    more.setdefault("offered", facets)
    answer = Answer(journey.visit.finding.selection, facets, **more)
    return journey.do(actions.Looked(answer))


def shown(journey):
    return views.find(journey.visit, journey.world)


# ---- rules -------------------------------------------------------------------------------------


def test_every_letter_asks_the_box_once():
    journey = searching()
    assert (journey.visit.screen, journey.visit.finding.mode) == (Screen.FIND, Mode.TYPING)
    assert journey.effects == [effects.LookFor(EVERYTHING)]
    journey.do(actions.SearchFor("v"))
    assert journey.effects == [effects.LookFor(Selection(words="v"))]
    journey.do(actions.SearchFor("v "))
    assert journey.effects == []
    assert journey.visit.finding.words == "v "


def test_a_late_answer_changes_nothing():
    journey = searching().do(actions.SearchFor("v"))
    late = Answer(journey.visit.finding.selection, FACETS, FACETS)
    journey.do(actions.SearchFor("va"))
    journey.unchanged_by(actions.Looked(late))
    journey.do(actions.Back(), actions.Back())
    journey.unchanged_by(actions.Looked(Answer(Selection(words="va"), FACETS, FACETS)))


def test_filters_narrow_together_and_prices_one_another():
    journey = searching().do(actions.OpenFilters())
    for choice in (GREEN, CHEAP, BLUE, DEAR, TODAY):
        journey.do(actions.ToggleFilter(choice))
    assert journey.effects == [
        effects.LookFor(
            Selection(
                price=PriceBand(4000, None),
                colours=frozenset({Colour.GREEN, Colour.BLUE}),
                available=True,
            )
        )
    ]
    journey.do(actions.ToggleFilter(GREEN), actions.SortBy(Sort.DEAREST))
    assert journey.visit.finding.chosen == (BLUE, DEAR, TODAY)
    assert journey.visit.finding.selection.sort is Sort.DEAREST
    journey.do(actions.DropFilters())
    assert journey.visit.finding.chosen == ()


def test_filters_opened_at_a_shelf_keep_to_it():
    journey = searching().do(actions.Back(), actions.OpenCategory("maison"), actions.OpenFilters())
    assert journey.effects == [effects.LookFor(Selection("maison"))]
    journey.do(actions.ToggleFilter(GREEN), actions.DropFilters())
    assert journey.visit.finding.selection == Selection("maison")


def test_what_was_found_is_there_again_on_the_way_back_from_a_piece():
    journey = answered(searching().do(actions.SearchFor("vase"), actions.ToggleFilter(GREEN)))
    before = journey.visit.finding
    journey.do(actions.OpenProduct("vase"))
    assert journey.visit.screen is Screen.PRODUCT
    journey.do(actions.Back())
    assert (journey.visit.screen, journey.visit.finding.mode) == (Screen.FIND, Mode.RESULTS)
    assert journey.visit.finding.selection == before.selection
    assert journey.visit.finding.answer == before.answer


def test_back_puts_the_keyboard_away_then_leaves():
    journey = searching().do(actions.SearchFor("vase"), actions.Back())
    assert (journey.visit.screen, journey.visit.finding.mode) == (Screen.FIND, Mode.RESULTS)
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BROWSE
    assert journey.visit.finding.words == ""
    assert searching().do(actions.Back()).visit.screen is Screen.BROWSE


@pytest.mark.parametrize("ending", [actions.StartAgain(), actions.OpenCategory(None)])
def test_nothing_that_was_typed_outlives_the_search(ending):
    journey = answered(
        searching().do(actions.SearchFor("canari")),
        meant=(("canari", "canard"),),
        spelling="canard",
    )
    assert "canar" not in repr(journey.visit) + repr(actions.SearchFor("canari"))
    assert "canar" not in repr(shown(journey))
    journey.do(ending)
    assert journey.visit.finding.words == ""
    assert journey.visit.finding.answer is None


def test_a_very_long_text_is_cut():
    assert len(searching().do(actions.SearchFor("x" * 500)).visit.finding.words) == 60


# ---- words -------------------------------------------------------------------------------------


def test_the_number_of_pieces_is_said_and_shown_on_the_way():
    view = shown(answered(searching().do(actions.SearchFor("vase"))))
    assert view.title == "«\u00a0vase\u00a0»"
    assert (view.counted, view.show) == ("12 pièces", "Voir 12 pièces")
    assert (view.selection, view.count, view.remark) == (Selection(words="vase"), 12, "")


def test_only_choices_that_lead_somewhere_are_offered():
    view = shown(answered(searching().do(actions.OpenFilters())))
    labels = {group.title: [o.label for o in group.options] for group in view.groups}
    assert labels["Prix"] == ["Moins de 40\u00a0€", "40\u00a0€ et plus"]
    assert labels["Couleur"] == ["Bleu", "Vert"]
    assert labels["Atelier"] == ["Atelier Vaugrain", "Orsel"]
    few = Facets(1, colours=((Colour.GREEN, 1),), makers=(("Orsel", 1),))
    view = shown(answered(searching().do(actions.OpenFilters()), few))
    assert [group.title for group in view.groups] == ["Trier par"]


def test_filters_are_put_into_words_only_while_they_are_shown():
    journey = answered(searching().do(actions.SearchFor("vase")))
    assert shown(journey).groups == ()
    assert shown(journey.do(actions.OpenFilters())).groups


def test_what_leads_to_nothing_just_now_stays_in_its_place_and_is_not_possible():
    journey = searching().do(actions.OpenFilters(), actions.ToggleFilter(CHEAP))
    narrow = Facets(3, bands=((PriceBand(0, 4000), 3),), colours=((Colour.GREEN, 3),))
    groups = {g.title: g.options for g in shown(answered(journey, narrow, offered=FACETS)).groups}
    assert [(o.label, o.possible) for o in groups["Couleur"]] == [("Bleu", False), ("Vert", True)]
    assert [o.possible for o in groups["Prix"]] == [True, False]
    assert [o.possible for o in groups["Atelier"]] == [False, False]


def test_a_filter_that_is_on_can_always_be_taken_off():
    journey = searching().do(actions.OpenFilters(), actions.ToggleFilter(GREEN))
    view = shown(answered(journey, Facets(0)))
    assert [(o.label, o.action) for o in view.active] == [("Vert", actions.ToggleFilter(GREEN))]
    offered = next(g for g in view.groups if g.title == "Couleur").options
    assert [(o.label, o.selected) for o in offered] == [("Vert", True)]
    assert view.filters == "Filtres (1)"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NIGHT.replace(hour=15), "Disponible aujourd’hui"),
        (NIGHT, "En stock"),  # closed: whatever is ordered now is ready tomorrow
    ],
)
def test_today_is_offered_only_while_the_shop_can_keep_it(at, said):
    journey = answered(searching(at.astimezone(PARIS)).do(actions.OpenFilters()))
    first = shown(journey).groups[0]
    assert [o.label for o in first.options] == [said]


def test_nothing_found_says_what_was_looked_for_and_offers_ways_on():
    journey = searching().do(actions.SearchFor("vasse"), actions.ToggleFilter(GREEN))
    view = shown(answered(journey, Facets(0), spelling="vase"))
    assert view.empty == "Rien ne s’appelle «\u00a0vasse\u00a0» parmi\u00a0: Vert."
    assert [way.action for way in view.ways] == [
        actions.SearchFor("vase"),
        actions.ToggleFilter(GREEN),
        actions.OpenCategory(None),
    ]
    assert view.counted == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"meant": (("vaze", "vase"),)}, "Rien ne s’appelle «\u00a0vaze\u00a0»"),
        ({"whole": 0}, "Aucune pièce n’a tous ces mots"),
        ({"whole": 2}, "2 pièces ont tous ces mots"),
        ({"more": True}, "Voici les plus proches"),
    ],
)
def test_what_differs_from_what_was_asked_for_is_said(more, said):
    view = shown(answered(searching().do(actions.SearchFor("vaze vert")), **more))
    assert view.remark.startswith(said)


def test_without_words_the_place_is_named():
    journey = searching()
    assert shown(journey).title == "Que cherchez-vous\u00a0?"
    journey.do(actions.Back(), actions.OpenCategory("maison"), actions.OpenFilters())
    assert shown(journey).title == "Maison"
