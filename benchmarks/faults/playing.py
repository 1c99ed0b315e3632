"""Plays the faults on one database; each one's figures as a line of JSON."""

import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.faults.plan import Portion, portions, rounds
from benchmarks.postgres import Postgres, postgres
from tests.faults.bench.count import KEYS, Reckoning
from tests.faults.bench.stand import Stand, stand

Say = Callable[[dict[str, Any]], None]


def play(database: str, orders: int, seed: int, folder: Path, until: float, say: Say) -> None:
    """Every fault in turn, each on a new shop, until `until` (time.monotonic) at the latest."""
    for number, portion in enumerate(portions(orders, database)):
        if time.monotonic() > until:
            return
        home = folder / f"{number}"
        with ExitStack() as held:
            home.mkdir()
            server = None
            if database == "postgresql":
                server = held.enter_context(postgres(home / "server"))
            row = _portion(portion, home, server, seed, until, say)
        say({"kind": "row", "database": database, **row})
        shutil.rmtree(home, ignore_errors=True)


def _portion(
    portion: Portion, home: Path, server: Postgres | None, seed: int, until: float, say: Say
) -> dict[str, Any]:
    case = portion.case
    began = time.monotonic()
    total: Counter[str] = Counter()
    proof: Counter[str] = Counter()
    amiss: list[str] = []
    row: dict[str, Any] = {"fault": case.number, "name": case.name, "seed": seed}
    chance = random.Random(f"{seed} {case.name}")  # noqa: S311 (to be played again)
    try:
        with stand(home / "shop", server, seed=seed) as shop:
            for count in rounds(portion):
                found = _round(shop, portion, count, chance.randrange(2**31))
                total.update({key: getattr(found, key) for key in KEYS})
                proof.update(shop.proof)
                amiss = found.amiss
                say({"kind": "progress", "name": case.name, **{k: total[k] for k in KEYS}})
                if time.monotonic() > until:
                    break
    except Exception as error:
        row["void"] = f"{type(error).__name__}: {error}"
    return row | {
        **{key: total[key] for key in KEYS},
        "amiss": amiss,
        "proof": dict(sorted(proof.items())),
        "seconds": round(time.monotonic() - began),
    }


def _round(shop: Stand, portion: Portion, count: int, seed: int) -> Reckoning:
    shop.begin_anew()
    try:
        portion.case.play(shop, count, seed)
        return shop.reckon(*portion.case.proofs)
    finally:
        shop.heal()


def speak(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)
