"""A real window, drawn into memory: one for the session, since Kivy has only one."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

os.environ["SDL_VIDEODRIVER"] = "offscreen"

BRAND = Path(__file__).parents[3] / "assets" / "brand"
NIGHT = datetime(2026, 11, 24, 22, 5, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="session")
def shop_data(tmp_path_factory):
    """A window's data folder with the demo shop in it."""
    from demo_shop import seed

    data = tmp_path_factory.mktemp("window")
    seed(data)
    return data


@pytest.fixture(scope="session")
def app(shop_data):
    """The window's app, started once, at half the pixels of a 1080p glass of the same size."""
    from kiosk.window.settings import WindowSettings
    from kiosk.window.stage.environment import prepare

    settings = WindowSettings(
        base_url="", data=shop_data, brand=BRAND, width=540, height=960, idle_s=600
    )
    prepare(settings)
    from kiosk.window.stage.app import WindowApp

    app = WindowApp(settings, now=lambda: NIGHT)
    app._run_prepare()
    yield app
    app.stop()


@pytest.fixture(scope="session")
def _pilot(app):
    from kiosk.window.stage.pilot import Pilot

    return Pilot()


@pytest.fixture
def stage(app, _pilot):
    """The pilot, in front of the posters of a new visit."""
    from kiosk.window.visit import actions

    if app.store.visit.screen != "attract":
        app.store.dispatch(actions.StartAgain())
    _pilot.wait_until(lambda: app.root.current_name == "attract", 5, "the posters")
    _pilot.pause(0.4)
    return _pilot


@pytest.fixture
def send(app):
    """Dispatch an action, as a screen would."""
    return app.store.dispatch
