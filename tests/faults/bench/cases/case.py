"""What a fault is, to who plays it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.bench.count import Reckoning
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

    def strike(self, stand: Stand, orders: int, seed: int) -> Reckoning:
        """Play it and count; the stand is whole again afterwards. Raises Void without proof."""
        stand.begin_anew()
        try:
            self.play(stand, orders, seed)
            return stand.reckon(*self.proofs)
        finally:
            stand.heal()
