"""Nights in which anything may happen at any moment, on both databases, from kept seeds."""

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.postgres import postgres
from tests.faults.bench.cases.machine import play_nights
from tests.faults.bench.count import Reckoning
from tests.faults.bench.short import founded
from tests.faults.bench.stand import Stand, stand

SEEDS = json.loads(Path(__file__).with_name("seeds.json").read_text())
NIGHTS, STEPS = 1, 5


def play(shop: Stand, seed: int) -> None:
    heard: list[Reckoning] = []

    def done(found: Reckoning, proof: "Counter[str]", steps: list[str]) -> None:
        heard.append(found)

    play_nights(shop, seed, nights=NIGHTS, steps=STEPS, burst=1, done=done)
    assert sum(night.confirmed for night in heard) > 0
    whole = shop.whole()
    assert whole.clean, whole


@pytest.mark.parametrize("seed", SEEDS["sqlite"])
def test_nights_on_sqlite(
    seed: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with stand(tmp_path, seed=seed, like=founded(tmp_path_factory)) as shop:
        play(shop, seed)


@pytest.mark.parametrize("seed", SEEDS["postgresql"])
def test_nights_on_postgresql(seed: int, tmp_path: Path) -> None:
    # Not below a folder that other tests close to others: the server is another user.
    with (
        TemporaryDirectory(prefix="kiosk-postgres-") as folder,
        postgres(Path(folder) / "server") as server,
        stand(tmp_path, server, seed=seed) as shop,
    ):
        play(shop, seed)
