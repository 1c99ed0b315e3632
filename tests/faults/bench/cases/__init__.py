"""The faults: what is done to a shop in the middle of its orders, and the proof that it was."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.clock import TIMES
from tests.faults.bench.cases.crash import CRASHES
from tests.faults.bench.cases.disk import DISKS
from tests.faults.bench.cases.glass import GLASSES
from tests.faults.bench.cases.memory import MEMORIES
from tests.faults.bench.cases.nights import NIGHT
from tests.faults.bench.cases.update import UPDATES
from tests.faults.bench.cases.wire import WIRES

__all__ = ["CASES", "Case"]

CASES: tuple[Case, ...] = (NIGHT, *CRASHES, *DISKS, *WIRES, *TIMES, *MEMORIES, *UPDATES, *GLASSES)
