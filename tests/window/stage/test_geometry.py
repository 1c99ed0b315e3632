"""Every button within reach and large enough, every word large enough, on three real glasses."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from ruler import GLASSES, HUNG, LANGUAGES, MODES, TYPED, Inspector, glass, settled, variant

from kiosk.shop.colour import Colour
from kiosk.window.reach import TARGET_MM, Glass
from kiosk.window.visit import Screen, actions
from kiosk.window.visit.finding import Filter, Kind
from kiosk.window.visit.lookup import LookUp, OpenLookup

__all__ = ["glass"]

GREEN = Filter(Kind.COLOUR, Colour.GREEN)


@pytest.mark.parametrize(("glass", "mode"), HUNG, indirect=["glass"])
def test_everything_is_within_reach_and_large_enough(app, stage, send, glass, mode):
    looked = Inspector(app, stage, glass, MODES[mode].get("low", False))
    send(actions.SetLanguage(LANGUAGES.get(mode, "fr")))
    for name, value in MODES[mode].items():
        send(actions.SetComfort(name, value))
    if not MODES[mode]:
        send(actions.Wake())
    for name, steps in (
        (Screen.LOOKUP, (OpenLookup(),)),
        ("nothing typed", (LookUp(), actions.FocusField(""))),
        (Screen.BROWSE, (actions.Back(),)),
        (Screen.FIND, (actions.OpenSearch(), actions.SearchFor("vaze vert"))),
        ("nothing found", (actions.SearchFor("chandelle"),)),
        ("filters", (actions.SearchFor(""), actions.OpenFilters(), actions.ToggleFilter(GREEN))),
        ("filtered", (actions.ShowFound(),)),
        (Screen.PRODUCT, (actions.OpenProduct("sac-demi-lune"),)),
        (Screen.LOOKBOOK, (actions.OpenLookbook(),)),
        (Screen.QUICK, (actions.OpenQuick(),)),
        (Screen.PRODUCT, (actions.OpenProduct("sac-demi-lune"),)),
        (Screen.BASKET, (actions.AddToBasket(), actions.OpenBasket())),
        (Screen.FULFILMENT, (actions.Checkout(),)),
        (Screen.DETAILS, (actions.GoToDetails(),)),
        ("typing", (actions.PlaceOrder(),)),
        (
            Screen.THANKS,
            (*(actions.EditField(k, v) for k, v in TYPED.items()), actions.PlaceOrder()),
        ),
    ):
        for step in steps:
            send(step)
            stage.wait_until(lambda: app.store.visit.screen != "product" or variant(app), 5)
        if name in list(Screen):
            stage.wait_until(lambda name=name: app.root.current_name is name, 8, name)
        settled(app, stage)
        looked.look(str(name))
    send(actions.IdleWarning(app.store.now))
    stage.frames(4)
    looked.look("idle")
    assert not looked.found, "\n".join(looked.found)


def test_the_walls_first_row_lies_where_hands_reach(app, stage, send, glass):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy, 20, "the cards")
    looked = Inspector(app, stage, glass, low=False)
    stage.wait_until(lambda: any(h.startswith("card.") for h in stage.handles()), 10, "cards")
    cards = [stage.get(h) for h in stage.handles() if h.startswith("card.")]
    first = [c for c in cards if c.top == max(card.top for card in cards)]
    assert len(first) >= 2
    for card in first:
        _, low, _, high = looked.box(card)
        seen = min(high, looked.desk[1]) - max(low, looked.desk[0])
        assert seen >= 2 * TARGET_MM


def test_a_posters_words_cover_nothing_of_what_stands_below(app, stage, glass, become, clock):
    from demo_shop import plan

    clock(datetime(2026, 12, 3, 12, tzinfo=ZoneInfo("Europe/Paris")))
    become(windows=plan())
    app.root.current.enter()
    screen = app.root.current
    assert screen.view.heroes[0].left, "a drop that is counted down"
    for place in range(len(screen.view.heroes)):
        screen._index = place
        screen._settle()
        stage.frames(6)
        said = [word for word in screen._front.ids.words.children if word.text]
        tag = screen.ids.tag
        below = tag.top if tag.opacity else screen.ids.rule.y
        assert min(word.y for word in said) >= below - 1, said[-1].text
        assert max(word.top for word in said) <= screen.ids.sign.y + 1


def test_a_glass_that_hangs_out_of_reach_is_told():
    assert not Glass(398, 708, 1400).reaches(low=False)
    assert all(glass.reaches(low=low) for glass in GLASSES.values() for low in (False, True))
