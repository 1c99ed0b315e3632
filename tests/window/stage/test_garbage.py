"""What a visit leaves behind is searched when nobody stands at the glass, and only then."""

import gc
import weakref

import pytest

from kiosk.window.stage import garbage
from kiosk.window.visit import Screen, actions


class Cycle:
    def __init__(self):
        self.itself = self


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(garbage, "QUIET_S", 0.3)


def frozen_and_dropped():
    """A cycle that was for good when the window had been built, and is thrown away now."""
    cycle = Cycle()
    gc.freeze()
    return weakref.ref(cycle)


def test_it_is_searched_once_the_posters_hang_again(app, stage, send, soon):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    left = frozen_and_dropped()
    stage.pause(0.6)
    gc.collect()
    assert left() is not None  # in a visit nothing looks that far
    send(actions.StartAgain())
    stage.wait_until(lambda: left() is None, 8, "the search")
    assert gc.isenabled() and gc.get_freeze_count() > 10_000


def test_who_comes_meanwhile_is_not_made_to_wait(app, stage, send, soon):
    send(actions.Wake())
    send(actions.StartAgain())
    left = frozen_and_dropped()
    send(actions.Wake())
    stage.pause(0.8)
    assert left() is not None


def test_one_visit_after_another_does_not_fill_the_memory(app, stage, send, monkeypatch):
    monkeypatch.setattr(garbage, "QUIET_S", 3600.0)
    monkeypatch.setattr(garbage, "VISITS_AT_MOST", 3)
    left = frozen_and_dropped()
    for visit in range(3):
        assert left() is not None, f"searched after {visit} visits"
        send(actions.Wake())
        stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
        send(actions.StartAgain())
    stage.wait_until(lambda: left() is None, 8, "the search")
