"""The screen that comes next is built while nobody touches the glass."""

import pytest

from kiosk.window.stage import ahead
from kiosk.window.visit import Screen, actions


@pytest.fixture
def anew(app, stage, monkeypatch):
    """Nothing is built yet but the posters."""
    monkeypatch.setattr(ahead, "AFTER_S", 1.0)
    app.root._build_anew()
    app.store.refresh()
    assert built(app) == {Screen.ATTRACT}
    return stage


def built(app):
    return set(app.root._screens)


def test_from_the_posters_to_a_piece_the_next_screen_is_there_before_it_is_asked_for(
    app, anew, send
):
    anew.wait_until(lambda: Screen.BROWSE in built(app), 20, "the shelves")
    assert app.root.current_name is Screen.ATTRACT
    send(actions.Wake())
    anew.wait_until(lambda: Screen.PRODUCT in built(app), 20, "a piece")
    assert app.root.current_name is Screen.BROWSE
    anew.wait_until(lambda: not app.root.ahead.waiting, 20, "all that may come next")
    assert built(app) == {Screen.ATTRACT, Screen.BROWSE, Screen.PRODUCT, Screen.FIND}


def test_nothing_is_built_under_a_finger(app, anew, send):
    send(actions.Wake())
    anew.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 10)
    anew.wait_until(lambda: app.root.ahead.waiting, 10, "something to build")
    before = built(app)
    anew.hold((anew.window.width / 2, anew.window.height - 5), 3 * ahead.AFTER_S)
    assert app.root.ahead.waiting
    assert built(app) == before


@pytest.fixture
def shelves(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 10)
    stage.wait_until(lambda: not app.root.current.ids.wall.busy, 10, "the cards")
    app.root.screen(Screen.PRODUCT)
    return stage


def laid_on_a_card(app, stage):
    """The id of the piece, and the finger that stays on its card."""
    handle = next(h for h in stage.handles() if h.startswith("card."))
    finger = stage._put_down(*stage._point(handle))
    stage.frames(2)
    return handle.removeprefix("card."), finger


def test_a_piece_is_drawn_before_the_finger_is_lifted(app, shelves, monkeypatch):
    piece, finger = laid_on_a_card(app, shelves)
    coming = app.root._screens[Screen.PRODUCT]
    shelves.wait_until(lambda: coming.view and coming.view.product_id == piece, 5, "the piece")
    shelves.wait_until(lambda: coming.ids.gallery._frames, 5, "its photographs")
    photographs = coming.ids.gallery._frames.values()
    shelves.wait_until(lambda: all(f.loaded for f in photographs), 5, "its photographs")
    assert app.root.current_name is Screen.BROWSE
    assert app.store.visit.product_id is None
    jobs = []
    monkeypatch.setattr(app.workers, "submit", lambda *a, **k: jobs.append(a))
    shelves._fingers.put("end", finger)
    shelves.frames(1)
    assert app.root.current is coming
    assert coming.ready and coming.view.beside
    assert all(f.loaded for f in coming.ids.gallery._frames.values())
    assert jobs == []


def test_a_finger_that_moves_on_wants_no_piece(app, shelves, monkeypatch):
    rehearsed = []
    monkeypatch.setattr(app.root, "rehearse", lambda name, view: rehearsed.append(view))
    waiting, submit = [], app.workers.submit
    monkeypatch.setattr(app.workers, "submit", lambda *a, **k: waiting.append((a, k)))
    _, finger = laid_on_a_card(app, shelves)
    assert waiting
    for _ in range(8):
        shelves._fingers.put("update", finger, (finger.sx, finger.sy + 0.01))
        shelves.frames(1)
    done = []
    for args, kwargs in waiting:
        submit(*args, **kwargs)
    submit(lambda: None, then=done.append)
    monkeypatch.setattr(app.workers, "submit", submit)
    shelves.wait_until(lambda: done, 5, "what was read")
    shelves._fingers.put("end", finger)
    shelves.frames(3)
    assert rehearsed == []
