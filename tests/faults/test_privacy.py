"""Whatever a visitor typed is gone with them: on the glass, in the process, on the disk.

A visitor's made-up details go into every field of the real window on a real back office. An order
that was placed is on the window's disk, sealed: the window's own files are searched, all of them.
"""

import logging
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.ops.tour.visitor import DOOR, Visitor
from kiosk.shop.promise import Fulfilment
from kiosk.shop.selection import Selection
from kiosk.window.replica import Outbox
from kiosk.window.visit import Screen, actions
from tests.faults.canary import Canary, in_files, in_memory, on_the_clipboard
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import evening, settings
from tests.journeys.own_process import in_own_process

__all__ = ["demo_house"]

LAST_ANSWER_S = 15.0
# The shop's own memory of who ordered.
OFFICE = ("backoffice.sqlite3", "backoffice.sqlite3-wal")


def listen_in(folder: Path) -> None:
    """Keep all that this process says, at the most talkative level of every logger."""
    said = os.open(folder / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)


def go_to_details(visitor: Visitor) -> None:
    """The short way: what is touched on it is for other tests."""
    send = visitor.app.store.dispatch
    visitor.at(Screen.ATTRACT, 60)
    rows = visitor.app.link.catalogue.page(Selection(), None, 24).rows
    send(actions.Wake(next(row.product_id for row in rows if row.available)))
    visitor.see(lambda: visitor.visit.variant_id, "a piece")
    send(actions.AddToBasket())
    send(actions.OpenBasket())
    send(actions.Checkout())
    send(actions.ChooseFulfilment(Fulfilment.COURIER))
    send(actions.GoToDetails())
    visitor.at(Screen.DETAILS)
    visitor.see(lambda: visitor.app.root.at_rest, "the fields")


def asked_for(visitor: Visitor) -> list[str]:
    return [field.name for group in visitor.app.root.current.view.groups for field in group]


def type_into_every_field(visitor: Visitor, canary: Canary) -> None:
    asked = asked_for(visitor)
    assert set(asked) <= set(canary.fields), "a field that the search knows nothing of"
    for field in asked:
        # The keyboard covers the last ones: its own way on leads there.
        visitor.pilot.tap(f"details.field:{field}" if field is asked[0] else "key:next")
        visitor.see(lambda field=field: visitor.visit.focus == field, field)
        visitor.pilot.type(canary.typed(field))
    for field in asked:
        assert len(getattr(visitor.visit.draft, field)) == len(canary.typed(field))


def look_for_something(visitor: Visitor, canary: Canary) -> None:
    visitor.at(Screen.ATTRACT, 60)
    visitor.app.store.dispatch(actions.Wake())
    visitor.app.store.dispatch(actions.OpenSearch())
    visitor.at(Screen.FIND)
    visitor.see(lambda: visitor.app.root.at_rest, "the search")
    visitor.pilot.type(canary.typed("search"))
    assert visitor.visit.finding.words == canary.typed("search")


def idle_out(visitor: Visitor) -> None:
    clock = visitor.app.idle_clock
    clock.rest()
    clock._idle_s, clock._warning_s = 0.2, 0.4
    visitor.pilot.tap((visitor.pilot.window.width / 2, visitor.pilot.window.height - 6))
    visitor.at(Screen.ATTRACT)
    clock._idle_s, clock._warning_s = 600.0, 20.0


def start_again(visitor: Visitor) -> None:
    visitor.app.store.dispatch(actions.StartAgain())
    visitor.at(Screen.ATTRACT)


def in_another_language(visitor: Visitor) -> None:
    visitor.app.store.dispatch(actions.SetLanguage("en"))
    visitor.pilot.frames(10)
    idle_out(visitor)


def as_if_nobody_had_been_there(visitor: Visitor, *canaries: Canary) -> None:
    """The fields of the next passer-by look, pixel for pixel, as they did to the first one."""
    go_to_details(visitor)
    visitor.pilot.frames(30)
    pilot, glass = visitor.pilot, visitor.pilot.image()
    fields = pilot.offered("details.field:")
    assert fields
    for field in fields:  # and no more of the screen: it tells the time of the promise
        left, bottom = map(round, pilot.get(field).to_window(*pilot.get(field).pos))
        width, height = map(round, pilot.get(field).size)
        shown = glass.crop(
            (left, glass.height - bottom - height, left + width, glass.height - bottom)
        )
        assert not ImageChops.difference(EMPTY.setdefault(field, shown), shown).getbbox(), field
    start_again(visitor)
    is_gone(visitor, *canaries)


EMPTY: dict[str, Image.Image] = {}


def is_gone(visitor: Visitor, *canaries: Canary) -> None:
    visitor.pilot.wait_until(lambda: visitor.app.root.at_rest, 10, "the posters at rest")
    visitor.pilot.frames(5)
    nobody_holds(visitor, *canaries)
    assert not any(map(on_the_clipboard, canaries))


def nobody_holds(visitor: Visitor, *canaries: Canary) -> None:
    """A question that was on its way to a worker may have to be answered first."""
    until = time.monotonic() + LAST_ANSWER_S
    while found := set().union(*in_memory(*canaries)):
        assert time.monotonic() < until, f"still held by {found}"
        visitor.pilot.frames(10)


def place_an_order(visitor: Visitor, canary: Canary) -> None:
    """All that may be made up is; the courier rides to known postcodes only."""
    go_to_details(visitor)
    type_into_every_field(visitor, canary)
    visitor.app.store.dispatch(actions.EditField("postcode", DOOR["postcode"]))
    visitor.pilot.tap("key:done")
    visitor.see(lambda: "key:done" not in visitor.pilot.handles(), "the keyboard put away")
    visitor.place()
    visitor.pilot.wait_until(lambda: visitor.app.root.at_rest, 10, "thanks")
    nobody_holds(visitor, canary)  # the order is sent, and nobody needs its buyer here
    start_again(visitor)


def play_every_way_of_leaving(folder: Path, *canaries: Canary) -> None:
    listen_in(folder)
    *left, ordered, torn = canaries
    with evening(folder) as held:
        visitor = held.visitor
        visitor.at(Screen.ATTRACT, 60)
        as_if_nobody_had_been_there(visitor)
        look_for_something(visitor, left[0])
        idle_out(visitor)
        is_gone(visitor, left[0])
        for leave, canary in zip((idle_out, start_again, in_another_language), left, strict=True):
            go_to_details(visitor)
            type_into_every_field(visitor, canary)
            leave(visitor)
            is_gone(visitor, canary)
        as_if_nobody_had_been_there(visitor, *left)
        place_an_order(visitor, ordered)
        is_gone(visitor, ordered)
        go_to_details(visitor)
        type_into_every_field(visitor, torn)
        assert in_memory(torn)[0], "the search finds what stands on the glass"
        held.office.stop()
        os.kill(os.getpid(), signal.SIGKILL)


def play_the_next_morning(folder: Path, *canaries: Canary) -> None:
    """What the killed window left behind, shown again."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window.stage import environment

    told = settings(folder, "", "")
    environment.prepare(told)
    from kiosk.window.stage.pilot import open_window

    with open_window(told) as (app, pilot):
        visitor = Visitor(app, pilot)
        go_to_details(visitor)
        assert [getattr(visitor.visit.draft, field) for field in asked_for(visitor)] == [""] * 7
        is_gone(visitor, *canaries)


def test_nothing_typed_outlives_a_visit_nor_a_kill(elsewhere: Path) -> None:
    left = [Canary(), Canary(), Canary()]
    ordered, torn = Canary(), Canary()
    with pytest.raises(AssertionError, match="ended with -9"):
        in_own_process(play_every_way_of_leaving, elsewhere, *left, ordered, torn)
    assert in_files([*left, torn], elsewhere) == []
    assert in_files([ordered], elsewhere), "the shop knows who ordered"
    assert in_files([ordered], elsewhere, but=OFFICE) == []
    kept = Outbox(elsewhere / "window" / "outbox.db")
    assert kept._db.read("SELECT count(*) FROM kept_order") == [(1,)], "the order itself is kept"
    kept.close()
    in_own_process(play_the_next_morning, elsewhere, *left, ordered, torn)
    assert in_files([*left, torn], elsewhere) == []


@pytest.fixture
def elsewhere(demo_house: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all that a process may write into: home and temporary files, too."""
    for name, folder in {"HOME": "home", "TMPDIR": "tmp", "XDG_CACHE_HOME": "cache"}.items():
        (demo_house / folder).mkdir()
        monkeypatch.setenv(name, str(demo_house / folder))
    return demo_house
