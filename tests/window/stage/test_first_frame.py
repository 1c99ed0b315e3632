"""What hung on the glass last hangs there again before anything else has been loaded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import first_start
import pytest

from kiosk.window.stage.firstframe import still
from kiosk.window.stage.screens import attract
from kiosk.window.stage.upright import window_box
from kiosk.window.visit import actions

GLASS = (540, 960)
NOW = datetime(2026, 11, 24, 21, 5, tzinfo=UTC)
RED = bytes((200, 16, 32, 255))

# What takes long to import, or opens what nobody has asked for yet.
HEAVY = (
    *("PIL", "apsw", "babel", "numpy", "phonenumbers", "pydantic", "qrcode"),
    *(
        "requests",
        "urllib3",
        "sqlite3",
        "kiosk.contract",
        "kiosk.shop.catalogue",
        "kiosk.window.link",
    ),
    *("kiosk.window.replica", "kiosk.window.visit", "kiosk.window.stage.screens", "kivy.uix.label"),
    *("kiosk.backoffice.platform", "kiosk.backoffice.orders", "django"),
)


def hung(**changes) -> still.Still:
    pixels = RED * (500 * 400)
    until = datetime.now(UTC) + timedelta(hours=1)
    usual = still.Still(GLASS, (20, 300), (500, 400), "#102030", "ab" * 32, 0.5, until, pixels)
    return replace(usual, **changes)


@pytest.fixture
def start(tmp_path):
    """Start `kiosk window` on a folder, with nobody to ask."""
    return lambda: first_start.start(tmp_path, "http://127.0.0.1:9")


def test_the_last_poster_is_painted_before_anything_heavy_is_imported(tmp_path, start):
    still.write(tmp_path, hung())
    first = start()
    assert first["hung"]
    assert first["seen"] == [[200, 16, 32, 255], [16, 32, 48, 255]]
    found = [m for m in first["modules"] if any(m == h or m.startswith(f"{h}.") for h in HEAVY)]
    assert found == []


def test_a_first_start_has_nothing_to_show_and_starts(start):
    assert start()["hung"] is False


@pytest.mark.parametrize(
    ("changes", "glass", "now"),
    [
        ({}, (960, 540), NOW),  # the glass was turned
        ({"lit_until": NOW}, GLASS, NOW),  # it may be dark by now
        ({"pixels": RED * 199_999}, GLASS, NOW),  # half of it came to the disk
        ({"pixels": RED * 200_001}, GLASS, NOW),
    ],
    ids=["turned", "dark", "short", "long"],
)
def test_nothing_is_shown_that_does_not_belong_on_this_glass_now(tmp_path, changes, glass, now):
    still.write(tmp_path, hung(lit_until=NOW + timedelta(hours=1)))
    assert still.read(tmp_path, GLASS, NOW) is not None
    still.write(tmp_path, hung(**({"lit_until": NOW + timedelta(hours=1)} | changes)))
    assert still.read(tmp_path, glass, now) is None


def test_a_damaged_file_is_as_good_as_none(tmp_path):
    still.write(tmp_path, hung(lit_until=NOW + timedelta(hours=1)))
    file = tmp_path / still.NAME
    whole = file.read_bytes()
    for damaged in (b"", b"{}\n", b"[1]\n", whole[:300], whole[:-9] + b"123456789", b"\xff" * 500):
        file.write_bytes(damaged)
        assert still.read(tmp_path, GLASS, NOW) is None


def forget_the_first_frame(app):
    app.root.current.services.first_frame._kept = ()
    (Path(app.settings.data) / still.NAME).unlink(missing_ok=True)


def come_anew(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name == "browse" and app.root.at_rest, 30)
    send(actions.StartAgain())
    stage.wait_until(lambda: app.root.current_name == "attract" and app.root.at_rest, 30)


def test_a_visit_that_ends_before_a_later_poster_does_not_keep_the_first_from_being_kept(
    app, stage, send, monkeypatch
):
    for name, seconds in {"POSTER_S": 1, "LOAD_S": 0.1, "FADE_S": 0.1, "HUSH_S": 0.1}.items():
        monkeypatch.setattr(attract, name, seconds)
    posters = app.root.current
    monkeypatch.setattr(posters._keep, "timeout", 0.2)
    posters._index = 0
    come_anew(app, stage, send)
    stage.wait_until(lambda: posters._index == 1, 60, "the second poster")
    posters._stop_waiting()
    forget_the_first_frame(app)
    come_anew(app, stage, send)
    file = Path(app.settings.data) / still.NAME
    stage.wait_until(file.exists, 60, "a first frame for the next start")


def test_the_poster_that_hangs_is_kept_as_it_hangs(app, stage, send):
    folder = Path(app.settings.data)
    # Another test may have stood here for so long that this poster is written down already.
    forget_the_first_frame(app)
    app.root.current._index = 0
    come_anew(app, stage, send)
    stage.wait_until(lambda: (folder / still.NAME).exists(), 60, "a first frame for the next start")
    poster = app.root.current._front
    kept = still.read(folder, GLASS, app.store.now)
    assert kept is not None
    assert (*kept.pos, *kept.size) == window_box(poster.ids.photo)
    glass = stage.image()
    x, y = kept.size[0] // 2, 3 * kept.size[1] // 4  # no words stand there
    row, column = GLASS[1] - kept.pos[1] - kept.size[1] + y, kept.pos[0] + x
    at = (y * kept.size[0] + x) * 4
    drawn, written = glass.getpixel((column, row)), tuple(kept.pixels[at : at + 3])
    assert max(abs(a - b) for a, b in zip(drawn, written, strict=True)) <= 2
