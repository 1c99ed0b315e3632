"""Rough hands, and long weeks (22, 28)."""

import random
from statistics import median
from typing import Any

from tests.faults.bench.cases.case import Case
from tests.faults.bench.proxy import Weather
from tests.faults.bench.stand import Stand

EVENTS = 2_000
SAMPLES = 9
# How much more the last third of a soak may hold than the second: noise, and no slope.
MORE = {"rss": 1.06, "descriptors": 1.05, "threads": 1.0}


def touch_storm(stand: Stand, orders: int, seed: int) -> None:
    """500 taps of ten fingers on the button are one order."""
    for number in range(max(1, orders // 8)):
        stand.window.tell("storm", events=EVENTS, seed=seed + number)
        told = stand.window.wait_for("stormed", 300)
        stand.proof["taps"] += told["taps"]
        stand.proof["touches"] += told["events"]


def soak(stand: Stand, orders: int, seed: int) -> None:
    """Visit after visit over a flapping wire: nothing grows, and the picture still changes."""
    chance, samples = random.Random(seed), list[dict[str, Any]]()
    half = max(1, orders // SAMPLES // 2)
    for _ in range(SAMPLES):
        for wire in (Weather(cut=True), Weather()):
            stand.proxy.set(wire)
            stand.window.orders(half, seed=chance.randrange(2**31), walks=100)
        stand.drain()
        samples.append(stand.window.state())
    # Every thanks has a number of its own: a frozen glass would show one.
    stand.proof["pictures"] += samples[-1]["pictures"]
    assert samples[-1]["pictures"] >= SAMPLES * half, "the glass stands still"
    stand.journal.note("soak", samples=samples)
    third = SAMPLES // 3
    for name, more in MORE.items():
        before = median(sample[name] for sample in samples[third : 2 * third])
        after = median(sample[name] for sample in samples[-third:])
        assert after <= before * more + 2, f"{name} grew from {before} to {after}"
    stand.proof["samples"] += len(samples)


GLASSES = (
    Case(22, "touch storm", touch_storm, ("taps", "touches")),
    Case(28, "soak, compressed", soak, ("samples", "pictures")),
)
