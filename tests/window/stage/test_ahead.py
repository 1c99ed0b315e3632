"""The screen that comes next is built while nobody touches the glass."""

import pytest

from kiosk.window.stage import ahead
from kiosk.window.visit import Screen, actions


@pytest.fixture
def anew(app, stage, monkeypatch):
    """Nothing is built yet but the posters."""
    monkeypatch.setattr(ahead, "AFTER_S", 1.0)
    app.root._build_anew()
    app.store.refresh()
    assert built(app) == {Screen.ATTRACT}
    return stage


def built(app):
    return set(app.root._screens)


def test_from_the_posters_to_a_piece_the_next_screen_is_there_before_it_is_asked_for(
    app, anew, send
):
    anew.wait_until(lambda: Screen.BROWSE in built(app), 20, "the shelves")
    assert app.root.current_name is Screen.ATTRACT
    send(actions.Wake())
    anew.wait_until(lambda: Screen.PRODUCT in built(app), 20, "a piece")
    assert app.root.current_name is Screen.BROWSE
    anew.wait_until(lambda: not app.root.ahead.waiting, 20, "all that may come next")
    assert built(app) == {Screen.ATTRACT, Screen.BROWSE, Screen.PRODUCT, Screen.FIND}


def test_nothing_is_built_under_a_finger(app, anew, send):
    send(actions.Wake())
    anew.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 10)
    anew.wait_until(lambda: app.root.ahead.waiting, 10, "something to build")
    before = built(app)
    anew.hold((anew.window.width / 2, anew.window.height - 5), 3 * ahead.AFTER_S)
    assert app.root.ahead.waiting
    assert built(app) == before
