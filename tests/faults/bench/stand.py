"""The whole bench: back office, windows, the wire between them, who writes down what is seen."""

import contextlib
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.postgres import Postgres
from tests.faults.bench.count import Reckoning, intents, reckon
from tests.faults.bench.failpoints import Marks
from tests.faults.bench.journal import Journal
from tests.faults.bench.office import Office, eventually
from tests.faults.bench.proxy import Proxy, Weather
from tests.faults.bench.window import Gone, Window

DRAIN_S = 120


class Void(AssertionError):
    """The run proves nothing; the message says what is missing."""


class Stand:
    """One shop under observation. `proof` counts what fired."""

    def __init__(self, folder: Path, office: Office, proxy: Proxy, journal: Journal) -> None:
        self.folder, self.office, self.proxy, self.journal = folder, office, proxy, journal
        self.marks = Marks(folder / "marks")
        self.windows: list[Window] = []
        self.proof: Counter[str] = Counter()
        self.ample = True  # whether the stock must be what was there less what was sold
        self.counted: frozenset[str] = frozenset()
        self._fired = 0

    # ---- windows -------------------------------------------------------------------------------

    def add_window(self, name: str, *, start: bool = True) -> Window:
        token = self.office.enrol(name)
        window = Window(name, self.folder / name, self.proxy.url, token, self.journal)
        window.marks = self.marks.folder
        self.windows.append(window)
        if start:
            window.start()
        return window

    @property
    def window(self) -> Window:
        return self.windows[0]

    def revive(self) -> None:
        """Whoever was killed stands again, with what is left on its disk."""
        if not self.office.running:
            self.office.kill()
            self.office.start()
            self.proxy.upstream = self.office.port
        for window in self.windows:
            if not window.running:
                window.kill()
                window.start()

    def rows(self) -> int:
        """How many orders the back office has."""
        return int(self.office.ask("SELECT count(*) FROM orders_order")[0][0])

    # ---- the end of a run ----------------------------------------------------------------------

    def heal(self) -> None:
        """Fair weather, everybody alive, nothing armed."""
        self.marks.disarm()
        self.proxy.mend()
        self.revive()

    def drain(self, seconds: float = DRAIN_S) -> None:
        """Until no window holds an order back."""
        for window in self.windows:
            eventually(
                lambda window=window: window.state()["waiting"] == 0,
                f"{window.name} without a waiting order",
                seconds,
            )

    def reckon(self, *proofs: str) -> Reckoning:
        """Heal, drain, and read the rows. Raises Void without proof that each fault fired."""
        self.heal()
        self.drain()
        time.sleep(0.1)  # what is replayed by the wire comes a moment later
        found = reckon(self.journal, self.office, self.counted, ample=self.ample)
        self.look_for_proof()
        missing = [proof for proof in proofs if not self.proof[proof]]
        if missing:
            raise Void(f"{', '.join(missing)} never fired: {dict(self.proof)}")
        if not found.confirmed:
            raise Void("nothing was confirmed on the screen")
        return found

    def whole(self) -> Reckoning:
        """All that was ever asked here, once more: what was there must be there still."""
        self.heal()
        self.drain()
        return reckon(self.journal, self.office, ample=self.ample)

    def look_for_proof(self) -> None:
        """What the wire did and which failpoints fired since the last look."""
        self.proof.update(self.proxy.did)
        self.proxy.did.clear()
        fired = self.marks.fired()
        self.proof.update(fired[self._fired :])
        self._fired = len(fired)

    def begin_anew(self) -> None:
        """Count from here on; what was counted is left out."""
        self.counted = intents(self.journal)
        self.look_for_proof()
        self.proof.clear()

    def storm(self, weather: Weather, orders: int, seconds: float = 180, **how: int) -> None:
        """Orders on every window in a weather."""
        self.proxy.set(weather)
        for window in self.windows:
            window.begin_orders(orders, **how)
        for window in self.windows:
            with contextlib.suppress(Gone):
                window.wait_for("played", seconds)


@contextmanager
def stand(
    folder: Path,
    server: Postgres | None = None,
    *,
    windows: int = 1,
    seed: int = 0,
    like: Path | None = None,
) -> Iterator[Stand]:
    """A new shop with its windows on the posters, on SQLite or on a PostgreSQL server."""
    folder.mkdir(parents=True, exist_ok=True)
    journal = Journal(folder / "journal.jsonl")
    office = Office(folder / "office", server)
    office.found(like)
    built: Stand | None = None
    try:
        office.start()
        with Proxy(office.port, seed) as proxy:
            built = Stand(folder, office, proxy, journal)
            for number in range(windows):
                built.add_window(f"window-{number + 1}")
            yield built
            for window in built.windows:
                window.stop()
    finally:
        for window in built.windows if built else []:
            window.kill()
        office.stop()
        journal.close()
