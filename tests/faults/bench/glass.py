"""The real window in a process of its own, playing whole orders as it is told through a pipe.

Before it places an order it says which, and waits until that has been written down outside; after
it, it says what stands on the glass, once a frame with it has been painted.
"""

import json
import os
import random
import select
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kiosk.shop.promise import Fulfilment
from kiosk.shop.selection import Selection
from kiosk.window.settings import WindowSettings
from kiosk.window.visit import Screen, actions
from tests.faults.bench import failpoints
from tests.faults.bench.weight import picture, weight

# The glass is small, since nothing here looks at its beauty, and it waits a tenth of what it waits
# behind a shop's window, since hours of weather pass in minutes.
SIZE = (270, 480)
PACE = {
    "connect_s": 1.0,
    "read_s": 2.0,
    "answer_s": 3.0,
    "file_s": 10.0,
    "idle_s": 15.0,
    "retry_first_s": 0.1,
    "retry_longest_s": 2.0,
    "stream_again_s": 2.0,
    "refetch_every_s": 1.0,
    "sync_every_s": 5.0,
    "poll_wait_s": 1.0,
}
STUCK_S = 20.0
# Between two looks at what there is to do: a window that looks all the time keeps a core from those
# it waits for.
NAP_S = 0.008
EVERY = 100  # of a hundred
PERSON = {"name": "Zoe Lefevre", "phone": "0612345678"}
DOOR = {"line1": "30 avenue des Haleurs", "postcode": "75000", "city": "Paris"}


class Stuck(Exception):
    """The glass does not come to what is waited for; the message says what it shows."""


class TurnedAway(Exception):
    """The window takes no orders, and said so before anything was typed."""


@dataclass(frozen=True)
class Wanted:
    """A round of orders: how many, and in how many of a hundred a finger presses the button, the
    answer is waited for, or every screen on the way is drawn.
    """

    count: int = 1
    taps: int = 2
    answers: int = 10
    walks: int = 5
    ways: tuple[str, ...] = ("collect", "courier")
    seed: int = 0


class Pipe:
    """Lines of JSON: commands come in, what happened goes out."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write, self._rest = read, write, b""
        self._waiting: deque[dict[str, Any]] = deque()

    def say(self, kind: str, **told: Any) -> None:
        os.write(self._write, json.dumps({"kind": kind, **told}).encode() + b"\n")

    def heard(self, seconds: float) -> dict[str, Any] | None:
        """The next command, None where there was none in so many seconds."""
        return self._waiting.popleft() if self._waiting else self._read_one(seconds)

    def wait_for_go(self, seconds: float) -> None:
        """Commands that come before it wait for their turn. Raises Stuck."""
        while (command := self._read_one(seconds)) is not None:
            if command["do"] == "go":
                return
            self._waiting.append(command)
        raise Stuck("nobody has written the attempt down")

    def _read_one(self, seconds: float) -> dict[str, Any] | None:
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], seconds)
            if not ready:
                return None
            piece = os.read(self._read, 65536)
            if not piece:
                raise SystemExit(0)  # nobody is there any more
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        command: dict[str, Any] = json.loads(line)
        return command


class Player:
    """Plays a visitor on the real application, one whole order after another."""

    def __init__(self, app: Any, pilot: Any, pipe: Pipe) -> None:
        self.app, self.pilot, self.pipe = app, pilot, pipe
        self.send = app.store.dispatch
        self.painted = 0
        self.pictures: set[str] = set()
        self._pieces: list[str] = []
        pilot.window.bind(on_flip=self._flipped)

    def _flipped(self, *_: Any) -> None:
        self.painted += 1

    @property
    def visit(self) -> Any:
        return self.app.store.visit

    def until(self, happened: Callable[[], Any], what: str, seconds: float = STUCK_S) -> None:
        end = time.monotonic() + seconds
        while not happened():
            self.breathe()
            if time.monotonic() > end:
                raise Stuck(f"{what} did not come; on the glass: {self.visit.screen}")

    def breathe(self) -> None:
        """A frame, and where nothing is to be done a moment's rest."""
        from kivy.base import EventLoop

        EventLoop.idle()
        if not EventLoop.window.canvas.needs_redraw:
            time.sleep(NAP_S)

    # ---- an order ------------------------------------------------------------------------------

    def order(self, wanted: Wanted, chance: random.Random) -> None:
        if chance.randrange(100) < wanted.walks:
            self.fill_in(wanted, chance)
        else:
            self._undrawn(lambda: self.fill_in(wanted, chance))
        intent = self.attempt()
        if chance.randrange(100) < wanted.taps:
            self.pilot.tap("details.place")
        else:
            self.send(actions.PlaceOrder())
        self.see_what_is_said(intent, answered=chance.randrange(100) < wanted.answers)
        if wanted.walks == EVERY:
            self.pictures.add(picture())
        self.send(actions.StartAgain())

    def attempt(self) -> str:
        """Say which order is about to be placed, and wait until that is written down."""
        intent = str(self.app.store.world.intent_id)
        self.pipe.say("attempt", intent=intent)
        self.pipe.wait_for_go(STUCK_S)
        return intent

    def fill_in(self, wanted: Wanted, chance: random.Random) -> None:
        """All that comes before the button: a piece, the basket, the way, the details."""
        self.fill_a_basket(chance)
        self.give_details(Fulfilment(chance.choice(wanted.ways)))

    def _undrawn(self, deed: Callable[[], None]) -> None:
        """What is walked past without a look need not be drawn: only the end of it is."""
        store = self.app.store
        stage, store._stage = store._stage, None
        try:
            deed()
        finally:
            store._stage = stage
            store.refresh()

    def fill_a_basket(self, chance: random.Random) -> None:
        self.until(lambda: self.visit.screen in (Screen.ATTRACT, Screen.DARK), "the posters", 60)
        self.send(actions.Wake(chance.choice(self.pieces())))
        self.until(lambda: self.visit.variant_id or self.visit.screen is Screen.BROWSE, "a piece")
        self.send(actions.AddToBasket())
        self.send(actions.OpenBasket())
        self.send(actions.Checkout())
        if self.visit.screen is Screen.ELSEWHERE:
            raise TurnedAway
        if self.visit.screen is not Screen.FULFILMENT:
            raise Stuck(f"no checkout: {self.visit.screen}, {self.visit.notice}")

    def give_details(self, way: Fulfilment) -> None:
        self.send(actions.ChooseFulfilment(way))
        self.send(actions.GoToDetails())
        if self.visit.screen is Screen.ELSEWHERE:
            raise TurnedAway
        given = PERSON | (DOOR if way is Fulfilment.COURIER else {})
        for name, text in given.items():
            self.send(actions.EditField(name, text))

    def pieces(self) -> list[str]:
        if not self._pieces:
            rows = self.app.link.catalogue.page(Selection(), None, 100).rows
            self._pieces = [row.product_id for row in rows if row.available]
        return self._pieces

    # ---- what the glass says -------------------------------------------------------------------

    def see_what_is_said(self, intent: str, *, answered: bool) -> None:
        self.until(lambda: not self.visit.busy, "an end of the placing")
        if self.visit.screen is not Screen.THANKS:
            self._see_a_refusal(intent)
            return
        self._see_thanks(intent)
        if answered:
            placed = lambda: self.visit.placed  # noqa: E731
            self.until_or(lambda: placed() and placed().receipt, 1.0)
            self._see_thanks(intent)

    def until_or(self, happened: Callable[[], Any], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not happened() and time.monotonic() < end:
            self.breathe()

    def _see_thanks(self, intent: str) -> None:
        # Its number may change from one frame to the next: the shop's answer has one of its own.
        self.until(lambda: self.number(intent) in self.painted_words(Screen.THANKS), "thanks")
        self.pipe.say("thanked", intent=intent, known=self.app.root.current.view.known)

    def number(self, intent: str) -> str:
        """What the thanks of this very order must show."""
        placed = self.visit.placed
        if placed is None or str(placed.intent_id) != intent:
            raise Stuck("the glass thanks for another order")
        return placed.receipt.number if placed.receipt else placed.intent_id.hex[:6].upper()

    def see_where_else(self) -> None:
        """Said before anything is typed: where else to order."""
        self.until(lambda: self._says_its_title(Screen.ELSEWHERE), "where else to order")
        self.pipe.say("turned_away")

    def _says_its_title(self, screen: Screen) -> bool:
        words = self.painted_words(screen)
        return bool(words) and self.app.root.current.title in words

    def _see_a_refusal(self, intent: str) -> None:
        """An order that was not accepted, which the glass must say in so many words."""
        if self.visit.screen is not Screen.ELSEWHERE or not self.visit.refused:
            at, why = str(self.visit.screen), str(self.visit.notice)
            self.pipe.say("not_placed", intent=intent, why=why, at=at)
            return
        self.until(lambda: self._says_its_title(Screen.ELSEWHERE), "a refusal")
        self.pipe.say("refused", intent=intent)

    def painted_words(self, screen: Screen) -> set[str]:
        """The texts of that screen, after a frame with it was painted; none where another is on."""
        from kiosk.window.stage import handles

        before = self.painted
        self.pilot.window.canvas.ask_update()
        while self.painted == before:
            self.breathe()
        current = self.app.root.current
        if self.app.root.current_name is not screen or current.get_root_window() is None:
            return set()
        return {
            str(w.text)
            for w in handles.walk(current)
            if getattr(w, "text", "") and handles.visible(w)
        }


def play(player: Player, pipe: Pipe) -> None:
    while True:
        command = pipe.heard(NAP_S)
        if command is None:
            player.breathe()
        elif command["do"] == "orders":
            wanted = Wanted(**{k: v for k, v in command.items() if k != "do"})
            obey_orders(player, pipe, replace(wanted, ways=tuple(wanted.ways)))
        elif command["do"] == "storm":
            storm(player, pipe, command["events"], random.Random(command["seed"]))
        elif command["do"] == "state":
            pipe.say("state", pictures=len(player.pictures), **state(player.app))
        elif command["do"] == "end":
            return


def obey_orders(player: Player, pipe: Pipe, wanted: Wanted) -> None:
    chance = random.Random(wanted.seed)
    played = 0
    for _ in range(wanted.count):
        try:
            player.order(wanted, chance)
            played += 1
        except TurnedAway:
            player.see_where_else()
            player.send(actions.StartAgain())
        except Stuck as error:
            pipe.say("stuck", why=str(error))
            player.send(actions.StartAgain())
    pipe.say("played", count=played)


def storm(player: Player, pipe: Pipe, events: int, chance: random.Random) -> None:
    """Five hundred taps of ten fingers on the button, then so many touches of no meaning."""
    from kiosk.window.stage.pilot_fingers import Stroke

    player.fill_in(Wanted(ways=("collect",)), chance)
    intent = player.attempt()
    player.until(lambda: player.app.root.at_rest, "the details at rest")
    button = player.pilot.wait_for("details.place")
    x, y = player.pilot._share(*button.to_window(*button.center))
    taps = []
    for tap in range(500):
        at, finger = tap * 0.004, tap % 10
        near = (x + chance.uniform(-0.02, 0.02), y + chance.uniform(-0.004, 0.004))
        taps += [Stroke("begin", finger, *near, at), Stroke("end", finger, *near, at + 0.002)]
    player.pilot.storm(taps)
    if player.visit.screen is Screen.DETAILS and not player.visit.busy:
        player.pilot.pause(3.0)  # a storm is no press: who wants to order presses again
        player.pilot.tap("details.place")
    player.see_what_is_said(intent, answered=False)
    wild = []
    for touch in range(events // 3):
        at, finger = touch * 0.003, touch % 10
        path = [(chance.random(), chance.random()) for _ in range(3)]
        for phase, where, after in zip(("begin", "update", "end"), path, (0, 1, 2), strict=True):
            wild.append(Stroke(phase, finger, *where, at + after * 0.001))
    player.pilot.storm(wild)
    player.send(actions.StartAgain())
    pipe.say("stormed", taps=500, events=len(wild))


def state(app: Any) -> dict[str, Any]:
    outbox = app.link.outbox
    return {
        "waiting": outbox.waiting_count(),
        "parked": outbox.parked_count(),
        "online": app.link.online,
        "screen": str(app.store.visit.screen),
        **weight(app),
    }


def settings(told: dict[str, Any]) -> WindowSettings:
    known = {f.name for f in fields(WindowSettings)}
    paths = {"data", "brand"}
    given = {k: Path(v) if k in paths else v for k, v in told.items() if k in known}
    return WindowSettings(**given, width=SIZE[0], height=SIZE[1], speech="off")


def main() -> int:
    told = json.loads(sys.argv[1])
    failpoints.install(os.environ.get("FAULT_MARKS", ""))
    pipe = Pipe(told["read"], told["write"])
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window.stage import environment

    window = settings(told)
    environment.prepare(window)
    from kivy.config import Config

    Config.set("graphics", "maxfps", "0")
    from kiosk.window.link import LinkSettings
    from kiosk.window.link.pace import Pace
    from kiosk.window.stage import app as stage
    from kiosk.window.stage.pilot import open_window

    pace = Pace(**PACE | told.get("pace", {}))
    stage.LinkSettings = lambda *given, **named: LinkSettings(*given, **named, pace=pace)
    with open_window(window) as (app, pilot):
        player = Player(app, pilot, pipe)
        player.until(lambda: player.visit.screen is not Screen.PREPARING, "the shop", 60)
        pipe.say("ready", clock=time.time())
        play(player, pipe)
    return 0


if __name__ == "__main__":
    sys.exit(main())
