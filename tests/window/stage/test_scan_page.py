"""From "My order" to the ride by a phone's code, on a real window with a camera before it."""

import threading
import time

import pytest
from before_camera import camera, code, moving, street
from ruler import HUNG, LANGUAGES, MODES, Inspector, glass, settled

from kiosk.contract import CodeShown, FollowedOrder, LookupFound
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.link import Away
from kiosk.window.stage.scanner import Scanner
from kiosk.window.visit import Screen, actions
from kiosk.window.visit.lookup import OpenLookup
from kiosk.window.visit.scan import CodeRead, Hint, OpenScan, Saw, Sight

__all__ = ["glass"]

SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HELD = code(f"VITRINE:{SECRET}")


class Office:
    """The link, but for what is asked about codes."""

    def __init__(self, link, now):
        self._link, self._now = link, now
        self.asked, self.away = [], False

    def __getattr__(self, name):
        return getattr(self._link, name)

    def look_up(self, asked):
        self.asked.append(asked)
        if self.away:
            raise Away("no answer in time")
        order = FollowedOrder(
            number="ML-1042",
            version=1,
            status=OrderStatus.PREPARING,
            status_at=self._now(),
            fulfilment=Fulfilment.COLLECT,
        )
        return LookupFound(ticket="a-ticket", order=order)

    def follow_ticket(self, ticket):
        pass


@pytest.fixture
def office(app, monkeypatch):
    double = Office(app.link, lambda: app.store.now)
    monkeypatch.setattr(app.store, "_office", double)
    return double


@pytest.fixture
def look(app, stage, office, monkeypatch):
    """Give the window a camera, open the page and press; gives the camera."""
    opened = []

    def begin(drawn):
        eye = camera(drawn)
        opened.append(eye)
        made = eye.__enter__()
        scanner = Scanner(made.address, app.handover.post, app.store.dispatch)
        monkeypatch.setattr(app.store, "_camera", scanner)
        app.store.dispatch(actions.Wake())
        stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 10)
        stage.tap("bar.order")
        stage.wait_until(lambda: app.root.current_name is Screen.LOOKUP and app.root.at_rest, 10)
        assert made.seen == 0 and not app.store.visit.lookup.scan.on
        stage.tap("lookup.camera")
        stage.wait_until(lambda: app.store.visit.lookup.scan.on, 2)
        return made

    yield begin
    app.store.dispatch(actions.StartAgain())
    for eye in opened:
        eye.__exit__(None, None, None)


def closed(stage, eye):
    stage.wait_until(
        lambda: not eye.watched and not any(t.name == "scanner" for t in threading.enumerate()),
        10,
        "the camera to be let go",
    )


def test_a_phone_held_up_leads_to_the_ride(app, stage, office, look):
    eye = look(moving(HELD))
    stage.wait_until(lambda: app.store.visit.screen is Screen.TRACKING, 10, "the ride")
    assert office.asked == [CodeShown(secret=SECRET)]
    assert app.store.visit.placed.ticket == "a-ticket"
    closed(stage, eye)
    assert SECRET not in repr(app.store.visit)


@pytest.mark.parametrize("leaves", ["bar.back", "bar.start_again", "lookup.camera"])
def test_the_camera_is_let_go_with_the_page(app, stage, look, leaves):
    eye = look(lambda n: street(seed=n))
    stage.wait_until(lambda: app.store.visit.lookup.scan.sees, 10, "pictures")
    assert eye.watched == 1
    panel = app.root.current.ids.scan
    assert panel.on and panel.sign and panel.promise
    stage.tap(leaves)
    closed(stage, eye)
    if leaves == "lookup.camera":
        assert not panel.on and app.store.visit.screen is Screen.LOOKUP


def test_typing_goes_on_where_the_camera_dies(app, stage, office, look):
    eye = look(lambda n: street(seed=n))
    stage.wait_until(lambda: app.store.visit.lookup.scan.sees, 10, "pictures")
    eye.over.set()  # it is unplugged
    stage.wait_until(lambda: app.store.visit.lookup.scan.hint is Hint.AWAY, 10, "its end")
    panel = app.root.current.ids.scan
    assert panel.hint and not panel.on
    stage.tap("lookup.field:number")
    stage.type("L7F3K")
    stage.tap("key:next")
    stage.type("4827")
    stage.tap("key:done")
    stage.wait_until(lambda: app.store.visit.screen is Screen.TRACKING, 10, "the ride")
    assert office.asked[0].number == "L7F3K"


def test_a_back_office_that_is_away_is_said(app, stage, office, look):
    office.away = True
    eye = look(moving(HELD))
    stage.wait_until(lambda: app.store.visit.lookup.problem, 10, "that it is away")
    assert app.root.current.problem and not app.root.current.busy
    closed(stage, eye)


def test_the_glass_goes_on_while_the_camera_hangs(app, stage, office, look, monkeypatch):
    """It takes the connection and says nothing: no frame waits for it."""
    eye = look(lambda n: time.sleep(3) or street(seed=n))
    stage.wait_until(lambda: eye.watched, 5, "a connection")
    began, frames = time.monotonic(), 0
    while time.monotonic() - began < 1.0:
        stage.frames(1)
        frames += 1
    assert frames > 10
    assert app.root.current.ids.scan.sign  # it says that it is starting
    stage.tap("bar.back")
    assert app.store.visit.screen is Screen.BROWSE


def test_large_words_leave_the_sign_in_sight(app, stage, look):
    eye = look(lambda n: street(seed=n))
    app.store.dispatch(actions.SetComfort("text", 200))
    stage.wait_until(lambda: app.root.current_name is Screen.LOOKUP and app.root.at_rest, 10)
    assert eye.seen == 1 and app.store.visit.lookup.scan.on
    stage.pause(0.5)
    screen = app.root.current
    panel, scroll = screen.ids.scan, screen.ids.scroll
    top = panel.to_window(panel.x, panel.top)[1]
    assert scroll.y < top <= scroll.top + 1


class Still:
    """A camera that sees nothing."""

    def open(self):
        pass

    def close(self):
        pass


@pytest.mark.parametrize(("glass", "mode"), HUNG, indirect=["glass"])
def test_it_is_within_reach_and_large_enough(app, stage, send, glass, mode, monkeypatch):
    monkeypatch.setattr(app.store, "_camera", Still())
    looked = Inspector(app, stage, glass, MODES[mode].get("low", False))
    send(actions.SetLanguage(LANGUAGES.get(mode, "fr")))
    send(actions.Wake())
    for name, value in MODES[mode].items():
        send(actions.SetComfort(name, value))
    for name, steps in (
        ("closed", (OpenLookup(),)),
        ("on", (OpenScan(), Saw(Sight.SEES))),
        ("another code", (CodeRead("https://elsewhere.example"),)),
        ("away", (Saw(Sight.AWAY),)),
    ):
        for step in steps:
            send(step)
        stage.wait_until(lambda: app.root.current_name is Screen.LOOKUP, 8)
        settled(app, stage)
        looked.look(name)
    assert not looked.found, "\n".join(looked.found)


def test_without_a_camera_the_page_is_as_it_was(app, stage, send):
    send(actions.Wake())
    send(OpenLookup())
    stage.wait_until(lambda: app.root.current_name is Screen.LOOKUP and app.root.at_rest, 8)
    assert "lookup.camera" not in stage.handles()
    assert app.root.current.ids.scan.height == 0
    send(actions.SetComfort("spoken", True))
    stage.frames(3)
    names = {getattr(part, "handle", "") for part in app.root.guide.places()}
    assert "lookup.field:code" in names and "lookup.camera" not in names
