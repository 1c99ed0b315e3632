"""How many orders each fault gets."""

from dataclasses import dataclass

from tests.faults.bench.cases import CASES, Case

# Faults of the wire, and nights of anything (0), cost little but their orders: most are taken
# under them. The others start programs again, put copies back or wait for a timer, every few.
WIRE = frozenset({0, 8, 9, 10, 11, 12, 15})
FEW = 60
# Of those of the wire: one lets each order wait until somebody gives up, one sends each 20 times.
SLOW = frozenset({"black hole", "20 at once under one key"})
# In one go, and counted at its end.
AT_ONCE = 150


@dataclass(frozen=True)
class Portion:
    """A fault and how many orders are taken under it."""

    case: Case
    orders: int


def portions(orders: int, database: str) -> list[Portion]:
    """At least so many orders on a database, spread over all faults that it can have."""
    cases = [case for case in CASES if database in case.databases]
    cheap = [case for case in cases if case.number in WIRE and case.name not in SLOW]
    few = min(FEW, max(12, orders // len(cases)))
    # Who is killed while typing attempts less than was asked for: half of it is counted on.
    left = max(0, orders - few // 2 * (len(cases) - len(cheap)))
    share = max(few, -(-left // len(cheap)))
    return [Portion(case, share if case in cheap else few) for case in cases]


def rounds(portion: Portion) -> list[int]:
    """The portion's orders in rounds of at most AT_ONCE."""
    whole, rest = divmod(portion.orders, AT_ONCE)
    return [AT_ONCE] * whole + ([rest] if rest else [])
