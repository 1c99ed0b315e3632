"""What a fault is, to who plays it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.bench.stand import Stand


@dataclass(frozen=True)
class Case:
    """`number` is the fault's in the catalogue. `play` does it to a stand while it takes so many
    orders, by a seed. `proofs` are what must have been counted, or the run is void.
    """

    number: int
    name: str
    play: Callable[[Stand, int, int], None]
    proofs: tuple[str, ...]
    databases: tuple[str, ...] = ("sqlite", "postgresql")
