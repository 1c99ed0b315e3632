"""The dark hours on a real window: black but for one code, awake at a touch, dark again after."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.shop.schedule import FRENCH_LAW
from kiosk.window.visit import Screen, actions

ONE_AM = datetime(2026, 11, 25, 1, tzinfo=ZoneInfo("Europe/Paris"))
BLACK = (0, 0, 0)


@pytest.fixture
def lawful(become, clock):
    become(dark_hours=FRENCH_LAW, public_url="https://shop.example")
    return clock


def on(app, stage, screen):
    stage.wait_until(lambda: app.root.current_name is screen and app.root.at_rest, 5, screen.value)


def lit(image):
    """The share of the pixels that are not black, and the box around them."""
    mask = image.convert("L").point(lambda value: 255 * (value > 8))
    return mask.histogram()[255] / (image.width * image.height), mask.getbbox()


def test_the_glass_goes_black_at_its_hour_but_for_one_small_code(app, stage, lawful):
    lawful(ONE_AM - timedelta(minutes=1))
    assert app.root.current_name is Screen.ATTRACT
    lawful(ONE_AM)
    on(app, stage, Screen.DARK)
    code = stage.get("dark.code")
    stage.wait_until(lambda: code.ready, 5, "the code")
    stage.frames(2)
    share, box = lit(stage.image())
    assert 0 < share < 0.05
    assert box[2] - box[0] < stage.window.width / 3
    lawful(ONE_AM + timedelta(hours=6))
    on(app, stage, Screen.ATTRACT)


def test_the_code_moves_and_nothing_else_ever_does(app, stage, lawful):
    lawful(ONE_AM)
    on(app, stage, Screen.DARK)
    stage.wait_until(lambda: stage.get("dark.code").ready, 5, "the code")
    flips = []
    stage.frames(2)
    stage.window.bind(on_flip=lambda *_: flips.append(1))
    stage.pause(1.5)
    assert not flips, "a dark glass is not drawn again"
    before = stage.get("dark.code").pos[:]
    lawful(ONE_AM + timedelta(minutes=5))
    assert stage.get("dark.code").pos != before
    x, y = stage.get("dark.code").pos
    assert min(x, y) >= 0 and stage.get("dark.code").right <= stage.window.width


def test_a_touch_anywhere_wakes_it_and_it_is_dark_again_after(app, stage, lawful):
    lawful(ONE_AM)
    on(app, stage, Screen.DARK)
    stage.tap((5.0, stage.window.height - 5.0))
    on(app, stage, Screen.BROWSE)
    stage.wait_until(lambda: any(h.startswith("card.") for h in stage.handles()), 10, "cards")
    assert lit(stage.image())[0] > 0.5
    app.store.dispatch(actions.StartAgain())
    on(app, stage, Screen.DARK)


def test_a_visit_is_not_cut_when_the_dark_hours_begin(app, stage, lawful):
    lawful(ONE_AM - timedelta(minutes=1))
    stage.tap((5.0, stage.window.height - 5.0))
    on(app, stage, Screen.BROWSE)
    lawful(ONE_AM + timedelta(minutes=1))
    assert app.root.current_name is Screen.BROWSE
    app.store.dispatch(actions.IdleWarning(app.store.now))
    app.store.dispatch(actions.IdleOver())
    on(app, stage, Screen.DARK)
