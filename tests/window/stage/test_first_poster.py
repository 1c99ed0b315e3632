"""A box that has nothing yet hangs its first poster before the rest of the window is loaded."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import first_start
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "link"))
sys.path.insert(0, str(Path(__file__).parents[1] / "replica"))

from office_double import Office
from replica_data import profile, sha

from kiosk.window.stage.firstframe.scout import first_picture, place
from kiosk.window.stage.firstframe.still import Still
from kiosk.window.visit import Screen, actions
from kiosk.window.visit.state import new_visit

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
RED = (200, 16, 32)

# What is loaded while the poster hangs.
REST = (
    *("apsw", "babel", "numpy", "phonenumbers", "kivy.uix.label", "kiosk.window.replica"),
    *("kiosk.window.visit", "kiosk.window.link.facade", "kiosk.window.stage.screens"),
)


def jpeg(colour=RED, size=(90, 160)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", quality=95)
    return out.getvalue()


def poster(data: bytes, name="first", when="any", size=(90, 160)) -> dict:
    rendition = {"sha256": sha(data), "width": size[0], "height": size[1], "size": len(data)}
    return {"id": name, "when": when, "picture": {"renditions": [rendition]}}


def shop(*heroes, **more):
    return profile(heroes=list(heroes), **more)


@pytest.fixture
def office():
    office = Office()
    yield office
    office.stop()


@pytest.fixture
def start(tmp_path, office):
    """Start `kiosk window` in an empty folder."""
    return lambda: first_start.start(tmp_path, office.url)


def test_the_first_poster_hangs_before_the_rest_is_loaded(office, start):
    data = jpeg()
    office.pictures[sha(data)] = data
    office.profile = shop(poster(data), windows=[{"id": "w", "theme": "day"}])
    first = start()
    assert first["hung"]
    photograph, ground = first["seen"]
    assert max(abs(a - b) for a, b in zip(photograph, RED, strict=False)) <= 4
    assert min(ground[:3]) > 200  # the day's paper
    loaded = [m for m in first["modules"] if any(m == r or m.startswith(f"{r}.") for r in REST)]
    assert loaded == []


def test_another_photograph_than_was_asked_for_is_not_hung(office, start):
    data = jpeg()
    office.pictures[sha(data)] = jpeg(size=(91, 160))
    office.profile = shop(poster(data))
    assert start()["hung"] is False
    assert sum(n for path, n in office.asked.items() if path.startswith("/pictures")) == 1


def test_what_is_no_picture_is_not_hung(office, start):
    data = b"\xff\xd8 not a picture"
    office.pictures[sha(data)] = data
    office.profile = shop(poster(data))
    assert start()["hung"] is False


def test_a_shop_that_wants_a_dark_glass_gets_one(office, start):
    data = jpeg()
    office.pictures[sha(data)] = data
    closed = {"timezone": "Europe/Paris", "weekly": [[]] * 7}
    dark = {"weekly": [[{"starts": "00:00", "ends": "00:00"}]] * 7}
    office.profile = shop(poster(data), hours=closed, dark_hours=dark)
    assert start()["hung"] is False


def test_a_box_that_has_a_catalogue_asks_for_nothing_ahead(tmp_path, office, start):
    (tmp_path / "catalogue.db").touch()
    office.profile = shop(poster(jpeg()))
    assert start()["hung"] is False
    assert office.asked == {}


@pytest.fixture
def curtain(app, stage):
    """A first photograph about where the poster hangs, in the running window."""
    from kivy.core.window import Window

    from kiosk.window.stage.firstframe.curtain import Curtain

    hung = Still((540, 960), (0, 0), (4, 4), "#102030", "ab" * 32, 0.5, NOON, b"\0" * 64)
    curtain = Curtain(hung, about=True)
    Window.canvas.add(curtain._drawn)
    app._curtain, app.store.curtained = curtain, True
    yield curtain
    app._drop_curtain()
    app.store.curtained = False


def drawn(curtain) -> list[bool]:
    """Whether it is drawn behind everything, and before everything."""
    from kivy.core.window import Window

    return [curtain._drawn in canvas.children for canvas in (Window.canvas, Window.canvas.after)]


def test_a_shop_that_does_not_come_after_all_says_what_it_waits_for(app, curtain, monkeypatch):
    monkeypatch.setattr(app.store, "visit", new_visit("fr", ready=False))
    monkeypatch.setattr(app.store, "_stage", None)
    app._say_why(0.0)
    assert drawn(curtain) == [False, False]
    assert not app.store.curtained


def test_it_covers_the_poster_until_that_can_be_seen(app, stage, curtain, monkeypatch):
    monkeypatch.setattr("kiosk.window.stage.app.CURTAIN_S", 0.05)
    app._draw_back(curtain, Screen.ATTRACT)
    assert drawn(curtain) == [False, True]
    stage.wait_until(lambda: drawn(curtain) == [False, False], 10, "the poster itself")


def test_whoever_touches_the_glass_sees_what_they_asked_for(app, stage, send, curtain):
    app._draw_back(curtain, Screen.ATTRACT)
    send(actions.Wake())
    assert drawn(curtain) == [False, False]
    stage.wait_until(lambda: app.root.current_name == "browse" and app.root.at_rest, 30)


# ---- which picture, and where --------------------------------------------------------------------


def test_the_poster_suits_the_hour():
    day, night = poster(jpeg(), "day", "day"), poster(jpeg((9, 9, 90)), "night", "night")
    of_the_shop = shop(night, day)
    assert first_picture(of_the_shop, NOON) == of_the_shop.heroes[1].picture
    assert first_picture(of_the_shop, NIGHT) == of_the_shop.heroes[0].picture


def test_what_the_plan_shows_goes_first():
    usual, planned = poster(jpeg(), "usual"), poster(jpeg((9, 90, 9)), "planned")
    plan = [{"id": "w", "heroes": ["planned"], "since": "2026-11-01", "until": "2026-11-30"}]
    of_the_shop = shop(usual, window_heroes=[planned], windows=plan)
    assert first_picture(of_the_shop, NOON) == of_the_shop.window_heroes[0].picture
    december = NOON.replace(month=12)
    assert first_picture(of_the_shop, december) == of_the_shop.heroes[0].picture


def test_a_shop_without_posters_has_no_first_one():
    assert first_picture(shop(), NOON) is None


@pytest.mark.parametrize("glass", [(1080, 1920), (540, 960), (1920, 1080), (2160, 3840)])
@pytest.mark.parametrize("made", [True, False])
def test_it_hangs_within_the_glass(glass, made):
    left, bottom, width, height = place(glass, made=made)
    assert left >= 0
    assert bottom >= 0
    assert left + width <= glass[0]
    assert bottom + height <= glass[1]
    assert width * height > glass[0] * glass[1] * 0.3
