"""A night in which anything may happen at any moment, drawn by Hypothesis from a seed.

Orders are begun and go on by themselves while the next thing strikes. At the end of each night
the weather is fair again and everybody stands: then nothing may be missing, and nothing twice.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.faults.bench.cases.clock import CLOCKS, MONTH, a_month_later
from tests.faults.bench.cases.disk import disk_errors, disk_full
from tests.faults.bench.cases.memory import change_goods, cloned, opened_twice
from tests.faults.bench.cases.update import window_updated
from tests.faults.bench.count import Reckoning
from tests.faults.bench.failpoints import BEFORE_SYNC, OFFICE, WINDOW
from tests.faults.bench.losing import ENVIRONMENT, lose
from tests.faults.bench.office import eventually
from tests.faults.bench.proxy import DEEDS, Weather
from tests.faults.bench.stand import Stand, Void

# So many units of orders are begun after each step.
UNITS = (1, 10)
MEAN = sum(UNITS) / 2
POINTS = st.sampled_from([*WINDOW, *OFFICE])
SHARES = st.dictionaries(
    st.sampled_from([deed for deed in DEEDS if deed != "steal"]),
    st.integers(5, 40),
    min_size=1,
    max_size=3,
)


class Night(RuleBasedStateMachine):
    """One example. `stand` and `burst` (orders of one unit) are set on a subclass."""

    stand: ClassVar[Stand]
    burst: ClassVar[int] = 1
    done: ClassVar[Callable[[Reckoning, "Counter[str]", list[str]], None]]

    def __init__(self) -> None:
        super().__init__()
        self.stand.begin_anew()
        self.steps: list[str] = []
        self._chance = random.Random(0)
        self._copied = False
        self._hung = False

    @initialize(chance=st.integers(0, 2**31))
    def fall(self, chance: int) -> None:
        self._chance = random.Random(chance)

    def _step(self, what: str) -> None:
        self.steps.append(what)

    # ---- orders --------------------------------------------------------------------------------

    def _order(self, units: int, share: float) -> None:
        """Begin orders on every window that stands, and go on when a share of them is thanked."""
        count = units * self.burst
        self._step(f"{count} orders")
        awaited = []
        for window in self.stand.windows:
            if window.running:
                awaited.append((window, window.thanked + int(count * share)))
                window.begin(count, seed=self._chance.randrange(2**31))
        until = time.monotonic() + count * 2 + 20
        for window, thanked in awaited:
            while window.thanked < thanked and window.running and time.monotonic() < until:
                if window.played_all:
                    break
                time.sleep(0.01)

    @invariant()
    def orders(self) -> None:
        """After whatever has happened people order on."""
        self._order(self._chance.randint(*UNITS), self._chance.random())

    @rule()
    def a_quiet_hour(self) -> None:
        """Nothing happens. Its name comes first: the simplest night that Hypothesis knows."""

    # ---- the wire ------------------------------------------------------------------------------

    @rule(shares=SHARES)
    def bad_wire(self, shares: dict[str, int]) -> None:
        self._step(f"wire {shares}")
        self.stand.proxy.set(Weather(shares=shares))

    @rule(latency=st.floats(0.01, 0.3), pace=st.sampled_from([0, 2000, 20000]))
    def slow_wire(self, latency: float, pace: int) -> None:
        self._step(f"slow wire {latency:.2f} s, {pace} bytes/s")
        self.stand.proxy.set(Weather(latency_s=latency, bytes_a_second=pace))

    @rule()
    def cut(self) -> None:
        self._step("cut")
        self.stand.proxy.set(Weather(cut=True))

    @rule()
    def blackhole(self) -> None:
        self._step("black hole")
        self.stand.proxy.set(Weather(blackhole=True))

    @rule()
    def mend(self) -> None:
        self._step("mend")
        self.stand.proxy.mend()

    # ---- crashes -------------------------------------------------------------------------------

    @rule(which=st.integers(0, 7))
    def kill_a_window(self, which: int) -> None:
        window = self.stand.windows[which % len(self.stand.windows)]
        self._step(f"kill {window.name}")
        window.kill()
        self.stand.proof["window killed"] += 1
        self.stand.revive()

    @rule()
    def kill_the_office(self) -> None:
        self._step("kill the back office")
        self._go_on()
        self.stand.office.kill()
        self.stand.proof["office killed"] += 1

    @rule(point=POINTS, passing=st.integers(1, 5))
    def kill_at(self, point: str, passing: int) -> None:
        self._step(f"kill at {point}, the {passing}th time")
        self.stand.marks.arm(point, passing)

    @rule()
    def revive(self) -> None:
        self._step("revive")
        self._go_on()
        self.stand.revive()

    @precondition(lambda self: self.stand.office.running)
    @rule()
    def hang_the_office(self) -> None:
        self._step("hang the back office")
        self.stand.office.hang()
        self._hung = True
        self.stand.proof["hung"] += 1

    @precondition(lambda self: self._hung)
    @rule()
    def go_on(self) -> None:
        self._step("go on")
        self._go_on()

    def _go_on(self) -> None:
        if self._hung and self.stand.office.running:
            self.stand.office.go_on()
        self._hung = False

    # ---- memories ------------------------------------------------------------------------------

    def _fair(self) -> None:
        self._go_on()
        self.stand.heal()

    @rule()
    def back_up(self) -> None:
        self._step("back up")
        self._fair()
        self.stand.office.keep_a_copy()
        self._copied = True

    @precondition(lambda self: self._copied)
    @rule()
    def restore(self) -> None:
        self._step("restore")
        self._go_on()
        self.stand.office.kill()
        self.stand.office.put_back()
        self.stand.proof["restored"] += 1
        self.stand.revive()

    @rule(which=st.integers(0, 7), clock=st.sampled_from((*CLOCKS, MONTH)))
    def set_a_clock(self, which: int, clock: str) -> None:
        window = self.stand.windows[which % len(self.stand.windows)]
        self._step(f"{window.name}'s clock {clock}")
        window.kill()
        window.start(clock=clock)
        self.stand.proof["clock"] += 1

    @rule(which=st.integers(0, 7))
    def roll_a_window_back(self, which: int) -> None:
        """To a copy from before orders that were all sent; no older backup is good after it."""
        window = self.stand.windows[which % len(self.stand.windows)]
        self._step(f"roll {window.name} back")
        self._fair()
        window.kill()
        copy = window.folder.with_name(window.folder.name + "-older")
        shutil.copytree(window.folder, copy)
        window.start()
        window.orders(self.burst, seed=self._chance.randrange(2**31))
        self.stand.drain()
        window.kill()
        shutil.rmtree(window.folder)
        copy.rename(window.folder)
        window.start()
        self._copied = False
        self.stand.proof["rolled back"] += 1

    # ---- goods ---------------------------------------------------------------------------------

    @precondition(lambda self: self.stand.office.running and not self._hung)
    @rule(chance=st.integers(0, 2**31))
    def change_the_goods(self, chance: int) -> None:
        self._step("change the goods")
        self.stand.ample = False
        change_goods(self.stand, chance)
        self.stand.proof["goods changed"] += 1

    @rule(signs=st.sampled_from(["0", "8", "ef"]))
    def poison(self, signs: str) -> None:
        self._step(f"poison what begins with {signs}")
        (self.stand.marks.folder / "poison").write_text(signs)

    # ---- the morning ---------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self._cured()
            found = self.stand.reckon()
        except Void:
            found = Reckoning()  # a night of which nothing was asked
        type(self).done(found, Counter(self.stand.proof), self.steps)
        assert found.clean, f"{found} after {self.steps}"

    def _settled(self) -> None:
        """Nothing of what was begun is under way any more."""
        self._fair()
        for window in self.stand.windows:
            window.play_all(600)

    def _cured(self) -> None:
        """Nothing is poisoned, parked or held back either: what comes now is counted by itself."""
        self._settled()
        (self.stand.marks.folder / "poison").unlink(missing_ok=True)
        self._unpark()
        self.stand.drain()

    def _unpark(self) -> None:
        """What was poisoned is tried again when its window starts."""
        for window in self.stand.windows:
            if window.state()["parked"] or window.clock:
                window.stop()
                window.start()
            eventually(lambda window=window: not window.state()["parked"], "nothing parked", 60)


class LongNight(Night):
    """One with what starts programs anew more than once: no short run has the time for it."""

    @rule(chance=st.integers(0, 2**31))
    def clone_a_window(self, chance: int) -> None:
        """No older backup is good after it: the clone's orders are nowhere else."""
        self._step("clone a window")
        self._settled()
        cloned(self.stand, 2 * self.burst, chance)
        self._copied = False

    @rule(chance=st.integers(0, 2**31))
    def open_a_second(self, chance: int) -> None:
        self._step("open a window's folder twice")
        self._settled()
        opened_twice(self.stand, self.burst, chance)

    @rule(chance=st.integers(0, 2**31))
    def fill_a_disk(self, chance: int) -> None:
        self._step("fill a disk")
        self._settled()
        disk_full(self.stand, 4 * self.burst, chance)

    # Its three orders are synced once each; what comes after them may come after the cut.
    @rule(which=st.integers(0, 7), passing=st.integers(1, 3))
    def cut_the_power(self, which: int, passing: int) -> None:
        """Of a window while it takes orders: what it had not synced survives by chance."""
        window = self.stand.windows[which % len(self.stand.windows)]
        self._step(f"cut the power of {window.name}")
        undo = window.folder.with_name(f"{window.name}.undo")
        window.kill()
        window.start(**{ENVIRONMENT: str(undo)})
        self.stand.marks.arm(BEFORE_SYNC, passing)
        self._order(3, 1.0)
        window.kill()
        self.stand.proof["writes lost"] += lose(undo, self._chance.randrange(2**31))
        self.stand.proof["power cut"] += 1
        window.start()

    def _strike(self, play: Callable[[Stand, int, int], None], chance: int, *proofs: str) -> None:
        """Play a fault that has a case of its own. Raises Void unless each proof was counted."""
        self._cured()
        self.stand.look_for_proof()
        before = Counter(self.stand.proof)
        play(self.stand, self.burst, chance)
        self.stand.heal()
        self.stand.look_for_proof()
        missing = [proof for proof in proofs if self.stand.proof[proof] <= before[proof]]
        if missing:
            raise Void(f"{', '.join(missing)} never fired")

    @rule(chance=st.integers(0, 2**31))
    def fail_a_disk(self, chance: int) -> None:
        self._step("a window's disk fails")
        self._strike(disk_errors, chance, "injected", "refused")

    @rule(chance=st.integers(0, 2**31))
    def let_a_month_pass(self, chance: int) -> None:
        """No older backup is good after it: no window keeps what was answered for so long."""
        self._step("a month passes")
        self._strike(a_month_later, chance, "drop_reply", "a month later")
        self._copied = False

    @rule(chance=st.integers(0, 2**31))
    def cut_an_update(self, chance: int) -> None:
        """No older backup is good after it: the older version's outbox holds its own orders."""
        self._step("a window's update is cut")
        self._strike(window_updated, chance, "window.statement")
        self._copied = False


def play_nights(
    stand: Stand,
    number: int,
    *,
    nights: int,
    steps: int,
    burst: int,
    done: Callable[[Reckoning, "Counter[str]", list[str]], None],
    night: type[Night] = Night,
) -> None:
    """Nights of a seed on one stand. `done` hears how each ended. Raises AssertionError."""
    told = {"stand": stand, "burst": burst, "done": staticmethod(done)}
    kind: Any = type(night.__name__, (night,), told)
    run_state_machine_as_test(
        seed(number)(kind),
        settings=settings(
            max_examples=nights,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
