"""Faults 1 to 20 in any order, at any moment: nights that Hypothesis draws."""

from collections import Counter

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.machine import MEAN, LongNight, play_nights
from tests.faults.bench.count import Reckoning
from tests.faults.bench.stand import Stand

NIGHTS, STEPS = 3, 8
ANY = 0


def nights(stand: Stand, orders: int, seed: int) -> None:
    """The first night is the simplest one, in which nothing happens but orders."""
    counted, proof = stand.counted, Counter[str]()

    def done(_found: Reckoning, fired: "Counter[str]", steps: list[str]) -> None:
        proof.update(fired)
        proof["nights"] += 1
        stand.journal.note("night", steps=steps)

    burst = max(1, round(orders / (NIGHTS * STEPS * MEAN)))
    play_nights(stand, seed, nights=NIGHTS, steps=STEPS, burst=burst, done=done, night=LongNight)
    stand.counted = counted
    stand.proof.update(proof)


NIGHT = Case(ANY, "nights of anything", nights, ("nights",))
