"""A real window, drawn into memory: one for the session, since Kivy has only one.

Kivy is told how to run before any test module of this folder is imported.
"""

import atexit
import gc
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.window.settings import WindowSettings
from kiosk.window.stage.environment import prepare
from tests.once import in_turn, of_the_run

os.environ["SDL_VIDEODRIVER"] = "offscreen"

BRAND = Path(__file__).parents[3] / "assets" / "brand"
QUARTER = Path(__file__).parents[3] / "assets" / "demo_map" / "quartier.vmap"
DATA = Path(tempfile.mkdtemp(prefix="vitrine-stage-"))
NIGHT = datetime(2026, 11, 24, 22, 5, tzinfo=ZoneInfo("Europe/Paris"))
# A quarter of the pixels of a 1080p glass of the same size: the same layout, faster frames.
SETTINGS = WindowSettings(base_url="", data=DATA, brand=BRAND, width=540, height=960, idle_s=600)

# Where the window's words leave the process: this espeak-ng writes them down.
PROGRAMS = Path(tempfile.mkdtemp(prefix="vitrine-programs-"))
HEARD = PROGRAMS / "heard"
(PROGRAMS / "espeak-ng").write_text(
    f'#!/bin/sh\ntext=$(cat)\nprintf "%s\\t%s\\036" "$*" "$text" >> {HEARD}\n'
)
(PROGRAMS / "espeak-ng").chmod(0o700)

for folder in (DATA, PROGRAMS):
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
prepare(SETTINGS)


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The window's app on the demo shop, at night, started once."""
    from demo_shop import cut_once, seed

    from kiosk.window.stage import garbage
    from kiosk.window.stage.app import WindowApp

    cut = of_the_run(tmp_path_factory, "renditions")
    with in_turn(cut), cut_once(cut):
        seed(DATA)
    app = WindowApp(SETTINGS, now=lambda: NIGHT)
    from kivy.core.window import Window

    from kiosk.window.stage import theme as themes

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(PROGRAMS), prepend=os.pathsep)
        patch.setenv("SPEECHD_ADDRESS", f"unix_socket:{PROGRAMS}/none")
        app._run_prepare()
    BUILT.append((app, themes.current(), themes.current().glass, Window.size))
    # It would search through all that a whole run has built, for seconds, and in anybody's frame:
    # each file begins with one.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(garbage, "QUIET_S", 3600.0)
        patch.setattr(garbage, "VISITS_AT_MOST", 10_000)
        yield app
    app.stop()


# The one window of these tests, and how it was hung.
BUILT: list = []
# After so many looks at the young, each at some ten thousand objects that were made, a test begins
# with a search through all: what hung on another glass would fill the memory.
LOOKS_A_SEARCH = 100


@pytest.fixture(scope="module", autouse=True)
def as_if_new():
    """Each file finds the window as it was hung, with no screen built: whatever came before it."""
    for app, theme, glass, size in BUILT:
        from kivy.core.window import Window

        from kiosk.window.stage import theme as themes
        from kiosk.window.visit import actions

        app.store.dispatch(actions.StartAgain())
        themes.install(theme)
        Window.size = size
        app.root.hang(glass)
        app.store.refresh()
        app._garbage._search(0)


@pytest.fixture(scope="session")
def _pilot(app):
    from kiosk.window.stage.pilot import Pilot

    return Pilot()


@pytest.fixture
def stage(app, _pilot):
    """The pilot, in front of the posters of a new visit."""
    from kiosk.window.visit import actions

    if gc.get_count()[2] > LOOKS_A_SEARCH:
        app._garbage._search(0)
    if app.store.visit.screen != "attract":
        app.store.dispatch(actions.StartAgain())
    _pilot.wait_until(
        lambda: app.root.current_name == "attract" and app.root.at_rest, 30, "the posters"
    )
    return _pilot


@pytest.fixture
def low_glass(app, stage):
    """The window as 24 inches across, hanging at 900 mm."""
    from kiosk.window.reach import Glass
    from kiosk.window.stage import theme as themes
    from kiosk.window.visit import actions

    usual, size = themes.current().glass, stage.window.size
    stage.window.size = size[1], size[0]
    stage.frames(4)
    app.root.hang(Glass(531, 299, lower_edge=900))
    app.store.refresh()
    yield stage
    app.store.dispatch(actions.StartAgain())
    stage.window.size = size
    stage.frames(4)
    app.root.hang(usual)
    app.store.refresh()
    stage.frames(4)


@pytest.fixture
def send(app):
    """Dispatch an action, as a screen would."""
    return app.store.dispatch


@pytest.fixture
def details(app, stage, send):
    """The fields of an order by courier, on a box that knows the demo's streets."""
    from kiosk.window.visit import Screen, actions

    app.streets.index.use(QUARTER, "Paris", "75000")
    send(actions.Wake("vase-galbe"))
    stage.wait_until(lambda: app.store.visit.variant_id, 5, "the piece")
    for action in (actions.AddToBasket(), actions.OpenBasket(), actions.Checkout()):
        send(action)
    send(actions.GoToDetails())
    stage.wait_until(lambda: app.root.current_name is Screen.DETAILS and app.root.at_rest, 5)
    return app.root.current


@pytest.fixture
def heard(stage):
    """A function: the (arguments, text) of all that has been said since the test began."""
    HEARD.write_text("")

    def said():
        whole = HEARD.read_text().split("\x1e")[:-1]
        return [tuple(said.split("\t", 1)) for said in whole]

    return said


@pytest.fixture
def become(app, stage):
    """Make the shop another one; it is the demo shop again afterwards."""
    from kiosk.window.link import ProfileChanged

    own = app.link.catalogue.profile()

    def change(**changes):
        profile = own.model_copy(update=changes)
        app.link.catalogue.set_profile(profile)
        app.store.hear(ProfileChanged(profile.version))
        stage.wait_until(lambda: app.store.world.profile == profile, 3)
        stage.frames(3)

    yield change
    change()


@pytest.fixture
def clock(app, stage, monkeypatch):
    """Set the box's clock, and let the window notice."""
    from kiosk.window.visit import actions

    def set_to(at):
        monkeypatch.setattr(app.store, "_now", lambda: at)
        app.store.dispatch(actions.TimePassed())
        stage.frames(3)

    yield set_to
    set_to(NIGHT)
