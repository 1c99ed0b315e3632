"""Another language, again and again: everything follows at once and nothing is left behind."""

import gc
from itertools import cycle, islice

import pytest
from kivy.uix.widget import Widget

from kiosk.window.stage import theme as themes
from kiosk.window.visit import Screen, actions

ROUND = ("en", "de", "ja", "ar", "nl", "fr")
PRODUCT = actions.OpenProduct("vase-galbe")


@pytest.fixture
def at_a_piece(app, stage, send):
    send(actions.Wake())
    send(PRODUCT)
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT and app.root.at_rest, 5)
    yield stage
    send(actions.StartAgain())


def alive():
    for _ in range(3):
        gc.collect()
    return sum(issubclass(type(thing), Widget) for thing in gc.get_objects())


def observers():
    """Who hears the theme: widgets that live, and the ends of those that do not."""
    theme = themes.current()
    found = [o for name in theme.properties() for o in theme.get_property_observers(name)]
    dead = sum(getattr(o, "is_dead", bool)() for o in found)
    return len(found) - dead, dead


def turn(app, stage, send, times):
    for language in islice(cycle(ROUND), times):
        send(actions.SetLanguage(language))
        stage.frames(2)
        assert app.root.current.chrome.language == language
    stage.wait_until(lambda: app.root.at_rest and not app.root.ahead.waiting, 10)
    stage.pause(0.5)


def test_fifty_switches_leave_no_widget_and_no_observer(app, at_a_piece, send):
    turn(app, at_a_piece, send, 2 * len(ROUND))
    widgets, (hearing, _) = alive(), observers()
    turn(app, at_a_piece, send, 9 * len(ROUND))
    assert alive() == widgets
    assert observers()[0] == hearing
    # The ends of what is gone are dropped when the next screens are built.
    turn(app, at_a_piece, send, len(ROUND))
    assert observers()[1] <= 3 * hearing


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_the_next_visitor_is_greeted_in_the_shops_language(app, at_a_piece, send, language):
    send(actions.SetLanguage(language))
    at_a_piece.frames(2)
    assert themes.current().rtl is (language == "ar")
    send(actions.StartAgain())
    at_a_piece.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 3)
    assert app.store.visit.language == "fr"
    assert app.root.current.chrome.language == "fr"
    assert not themes.current().rtl and not app.root.mirrored


def test_what_the_visitor_has_stays_when_the_language_changes(app, at_a_piece, send):
    send(actions.AddToBasket())
    for language in ("ar", "ja", "fr"):
        send(actions.SetLanguage(language))
        at_a_piece.frames(3)
        visit = app.store.visit
        assert (visit.screen, visit.product_id) == (Screen.PRODUCT, "vase-galbe")
        assert visit.basket.pieces == 1
        assert app.root.current_name is Screen.PRODUCT


def test_the_shelves_and_a_piece_say_in_which_language_their_words_are(app, at_a_piece, send):
    send(actions.SetLanguage("de"))
    at_a_piece.frames(3)
    assert app.root.current.text_language == "Text auf Französisch"
    send(actions.Back())
    at_a_piece.wait_until(lambda: app.root.current_name is Screen.BROWSE, 3)
    assert app.root.current.text_language == "Text auf Französisch"
    send(actions.SetLanguage("en"))
    at_a_piece.frames(3)
    assert app.root.current.text_language == ""
