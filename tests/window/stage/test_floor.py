"""A screen that is alone stands on what the glass is cleared with; one that comes hides another."""

import pytest
from kivy.core.window import Window

from kiosk.window.stage import theme as themes
from kiosk.window.visit import Screen, actions


def colour(image, x=2):
    return image.getpixel((x, image.height - 3))


def test_a_screen_alone_is_cleared_in_its_own_colour_day_and_night(app, stage, send, monkeypatch):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    theme = themes.current()
    for night in (not theme.night, theme.night):
        monkeypatch.setattr(theme, "night", night)
        stage.frames(2)
        assert Window.clearcolor == pytest.approx(theme.paper)
        assert tuple(app.root.current._floor.size) == (0, 0)


def test_a_screen_that_has_gone_has_no_say_when_night_falls(app, stage, send, monkeypatch):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    gone = next(s for s in app.root._screens.values() if s is not app.root.current)
    gone.alone(True)
    gone._ground.rgba = (0.5, 0.0, 0.5, 1.0)
    gone._cover()
    assert Window.clearcolor == pytest.approx(themes.current().paper)


def test_a_screen_that_fades_in_hides_the_one_before_with_a_floor_of_its_own(
    app, stage, send, monkeypatch
):
    monkeypatch.setattr(app.root, "fades", True)
    send(actions.Wake())
    coming, scene = app.root.current, app.root._scene
    assert app.root.current_name is Screen.BROWSE and len(scene.children) == 2
    stage.frames(1)
    assert len(scene.children) == 1 or tuple(coming._floor.size) == tuple(coming.size)
    stage.wait_until(lambda: app.root.at_rest, 5)
    assert coming.opacity == 1 and tuple(coming._floor.size) == (0, 0)


def test_where_the_processor_fills_the_glass_a_screen_is_there_with_the_next_frame(
    app, stage, send, monkeypatch
):
    monkeypatch.setattr(app.root, "fades", False)
    send(actions.Wake())
    coming = app.root.current
    stage.frames(1)
    assert app.root._scene.children == [coming]
    assert coming.opacity == 1 and tuple(coming._floor.size) == (0, 0)


def test_no_colour_of_the_screen_before_is_left(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    alone = stage.image()
    app.root.current.alone(False)
    Window.clearcolor = (1, 0, 0, 1)
    stage.frames(2)
    floored = stage.image()
    app.root.current.alone(True)
    assert alone.tobytes() == floored.tobytes()
