"""The demonstration's quarter on a map of a real window, and what can be seen of it."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.shop.geo import Point
from kiosk.window.visit.motion import MarkerState, Quality

DEMO = Path(__file__).parents[3] / "assets" / "demo_map" / "quartier.vmap"
SHOP = Point(48.86, 2.34)
SIZE = (540, 600)


@pytest.fixture(scope="module")
def prepared(app):
    from kiosk.contract.mapfile import MapFile
    from kiosk.window.stage.map.geometry import prepare

    return prepare(MapFile.load(DEMO))


def style(app, night):
    from kiosk.window.stage import theme
    from kiosk.window.stage.map.style import map_style

    return map_style(theme.current().brand.palette(night=night), night=night)


@pytest.fixture
def view(app, stage, prepared):
    from kivy.core.window import Window

    from kiosk.window.stage.map.view import MapView

    view = MapView(
        prepared, style(app, night=False), 0.5, size_hint=(None, None), size=SIZE, pos=(0, 100)
    )
    Window.add_widget(view)
    view.centre_on(SHOP, 0.6, 0)
    settle(stage, view)
    yield view
    Window.remove_widget(view)
    stage.frames(2)


def settle(stage, view):
    stage.wait_until(lambda: view.still, 10, "a map at rest")
    stage.frames(2)


def shot(stage):
    """The map alone: behind it posters go on."""
    image = stage.image()
    return image.crop((0, image.height - 100 - SIZE[1], SIZE[0], image.height - 100))


def seen(stage):
    """How light the map is, in fields of ten by ten pixels."""
    return np.asarray(shot(stage).convert("L").resize((54, 60)), float).ravel()


def pixel(stage, view, at):
    """What the glass shows at a place of the map."""
    x, y = view.to_window_px(at)
    image = stage.image()
    return image.getpixel((round(x), image.height - 1 - round(y)))


def near(colour, wanted, by=10):
    return all(abs(a - 255 * b) <= by for a, b in zip(colour, wanted, strict=True))


def east(metres, north=0.0):
    return Point(SHOP.lat + north / 111_195, SHOP.lon + metres / 73_150)


def marker(at, quality=Quality.LIVE, travelled=None):
    return MarkerState(at, 90.0, 5.0, 1.0, quality, travelled)
