"""The store on real parts: replica, outbox and workers, and a stage that only writes down."""

import pytest

from kiosk.window.link import Link, LinkSettings, Offline, Online, SyncProgress
from kiosk.window.stage.idle import IdleClock
from kiosk.window.visit import Screen, actions


class Notes:
    """A stage that keeps what it was told to show."""

    def __init__(self):
        self.shown, self.said, self.idles, self.forgotten = [], [], [], 0

    def show(self, name, view):
        self.shown.append((name, view))

    def say(self, text, icon, count):
        self.said.append(text)

    def comfort(self, view):
        pass

    def idle(self, view):
        self.idles.append(view)

    def foresee(self, selection):
        pass

    def rehearse(self, name, view):
        pass

    def forget(self):
        self.forgotten += 1

    @property
    def screen(self):
        return self.shown[-1][0] if self.shown else None

    @property
    def view(self):
        return self.shown[-1][1]


@pytest.fixture
def box(app, stage, tmp_path):
    """(store, notes, seed): a new box that knows nothing yet."""
    from demo_shop import seed

    from kiosk.window.stage.store import Store

    link = Link(LinkSettings("http://127.0.0.1:9", "", tmp_path), lambda _event: None)
    store = Store(catalogue=link.catalogue, office=link, workers=app.workers, now=app.store._now)
    notes = Notes()

    def fill():
        seed(tmp_path, pictures=False, catalogue=link.catalogue)
        store.reload()

    yield store, notes, fill
    link.stop()


@pytest.fixture
def at_the_posters(stage, box):
    """(store, notes): a box that knows the demo shop."""
    store, notes, fill = box
    fill()
    store.attach(notes)
    stage.wait_until(lambda: notes.screen is Screen.ATTRACT, 5)
    return store, notes


def test_a_new_box_shows_that_it_is_being_prepared_then_the_posters(stage, box):
    store, notes, fill = box
    store.attach(notes)
    stage.wait_until(lambda: notes.screen is Screen.PREPARING, 3)
    store.hear(SyncProgress(3, 12))
    assert notes.view.progress == 0.25
    fill()
    stage.wait_until(lambda: notes.screen is Screen.ATTRACT, 30)
    assert store.visit.language == "fr"


def test_a_first_poster_is_not_covered_by_that_the_box_is_prepared(stage, box):
    store, notes, fill = box
    store.curtained = True
    store.attach(notes)
    stage.wait_until(lambda: store._read_once, 3)
    store.hear(SyncProgress(3, 12))
    assert notes.shown == []
    fill()
    stage.wait_until(lambda: notes.screen is Screen.ATTRACT, 30)


def test_nothing_shows_before_the_replica_was_read(box):
    store, notes, _ = box
    store.attach(notes)
    store.hear(Online())
    assert notes.shown == []


def test_offline_is_said_and_taken_back(stage, at_the_posters):
    store, notes = at_the_posters
    store.hear(Online())
    assert notes.view.chrome.offline == ""
    store.hear(Offline("no route"))
    assert notes.view.chrome.offline


def test_a_piece_is_read_from_the_disk_off_the_ui_thread(stage, at_the_posters):
    store, notes = at_the_posters
    store.dispatch(actions.Wake())
    store.dispatch(actions.OpenProduct("bols-gigognes"))
    assert notes.screen is Screen.PRODUCT and notes.view.loading
    stage.wait_until(lambda: not notes.view.loading, 3)
    assert notes.view.title == "Bols gigognes"


def test_a_change_that_was_read_before_a_piece_was_opened_does_not_close_it(stage, at_the_posters):
    store, notes = at_the_posters
    store.dispatch(actions.Wake())
    store.reload()  # knows nothing of the piece that is opened while it reads
    store.dispatch(actions.OpenProduct("amphore"))
    stage.wait_until(lambda: not notes.view.loading, 3)
    stage.pause(0.3)
    assert notes.screen is Screen.PRODUCT and not notes.view.loading


def test_a_piece_that_is_gone_says_so(stage, at_the_posters):
    store, notes = at_the_posters
    store.dispatch(actions.Wake())
    store.dispatch(actions.OpenProduct("never-was"))
    stage.wait_until(lambda: notes.said, 3)
    assert notes.screen is Screen.BROWSE


def test_the_end_of_a_visit_is_told_to_the_stage(stage, at_the_posters):
    store, notes = at_the_posters
    store.dispatch(actions.Wake("vase-galbe"))
    store.dispatch(actions.AddToBasket())
    store.dispatch(actions.StartAgain())
    assert notes.forgotten == 1
    assert not store.visit.basket


# ---- nobody there ------------------------------------------------------------------------------


@pytest.fixture
def idle(stage):
    """A clock on the pilot's time: a frame for which a busy machine takes seconds is one frame."""
    told = []
    clock = IdleClock(
        0.3,
        2.0,
        warn=lambda: told.append("warn"),
        tick=lambda: told.append("tick"),
        over=lambda: told.append("over"),
        now=stage.lived,
    )
    yield clock, told
    clock.rest()


def test_without_a_touch_it_warns_counts_and_ends(stage, idle):
    clock, told = idle
    clock.touched()
    stage.wait_until(lambda: "over" in told, 10)
    assert told[0] == "warn" and "tick" in told and told[-1] == "over"


def test_a_touch_during_the_warning_starts_from_the_beginning(stage, idle):
    clock, told = idle
    clock.touched()
    stage.wait_until(lambda: told, 3)
    clock.touched()
    assert not clock.warned
    stage.wait_until(lambda: told.count("warn") == 2, 4)
    assert "over" not in told


def test_in_front_of_the_posters_nobody_is_warned(stage, idle):
    clock, told = idle
    clock.touched()
    clock.rest()
    stage.pause(0.6)
    assert told == []
