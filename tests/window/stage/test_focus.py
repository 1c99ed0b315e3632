"""The focus on the real window: by keys, by an exploring finger, and in words."""

import pytest

from kiosk.window.stage.handles import visible
from kiosk.window.visit import actions

NEXT, PREVIOUS, RIGHT, LEFT, ENTER, ESCAPE = 274, 273, 275, 276, 13, 27


@pytest.fixture
def browsing(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name == "browse", 5, "the shelves")
    stage.wait_until(lambda: app.root.at_rest, 5, "the shelves alone")
    stage.wait_until(lambda: not app.root.current.ids.wall.busy, 20, "the cards")
    return stage


@pytest.fixture
def spoken(browsing, send, app):
    send(actions.SetComfort("spoken", True))
    browsing.wait_until(lambda: app.root.current is not None, 5, "the shelves, built anew")
    browsing.wait_until(lambda: not app.root.current.ids.wall.busy, 20, "the cards")
    return browsing


def press(stage, code, *modifiers):
    window = stage.window
    window.dispatch("on_key_down", code, 0, None, list(modifiers))
    window.dispatch("on_key_up", code, 0)
    stage.frames(2)


def test_the_arrows_walk_through_all_and_come_back(app, browsing):
    guide = app.root.guide
    press(browsing, NEXT)
    first, seen = guide.place.handle, []
    for _ in range(400):
        seen.append(guide.place.handle)
        assert visible(guide.place)
        press(browsing, NEXT)
        if guide.place.handle == first:
            break
    assert guide.place.handle == first
    assert {"bar.comfort", "bar.language", "category.all"} <= set(seen)
    assert len({h for h in seen if h.startswith("card.")}) == app.root.current.ids.wall.count
    press(browsing, PREVIOUS)
    assert guide.place.handle == seen[-1]
