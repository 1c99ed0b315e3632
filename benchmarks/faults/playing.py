"""Plays the faults on one database; each one's figures as a line of JSON."""

import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.faults.plan import Portion, portions, rounds
from benchmarks.postgres import Postgres, postgres
from tests.faults.bench.count import KEYS, Reckoning
from tests.faults.bench.power import power_cut
from tests.faults.bench.stand import stand

# Whose power is cut, and how many orders are taken and places cut at.
POWER = {"sqlite": ("outbox", "sqlite"), "postgresql": ("postgresql",)}
POWER_NAMES = {"outbox": "power cut, window", "sqlite": "power cut, back office"}
POWER_ORDERS, POWER_CUTS = 60, 24
_MADE_UP_UNDER = "connections reset"

Say = Callable[[dict[str, Any]], None]


def play(
    database: str,
    orders: int,
    seed: int,
    folder: Path,
    until: float,
    say: Say,
    played: Mapping[str, int] | None = None,
) -> None:
    """Every fault in turn, each on a new shop, until `until` (time.monotonic) at the latest.

    Those in `played`, with their attempts, are not played again. A fault that let fewer orders be
    attempted than were asked for is made up for at the end, under another's weather.
    """
    taken = dict(played or {})
    for number, portion in enumerate(_in_turn(portions(orders, database), orders, taken)):
        if time.monotonic() > until:
            return
        home = folder / f"{number}"
        with ExitStack() as held:
            home.mkdir()
            server = None
            if database == "postgresql":
                server = held.enter_context(postgres(home / "server"))
            row = _portion(portion, home, server, seed, until, say)
        taken[portion.case.name] = row["attempts"]
        say({"kind": "row", "database": database, **row})
        shutil.rmtree(home, ignore_errors=True)
    for name in POWER[database]:
        if time.monotonic() < until and _power_title(name) not in taken:
            row = _power(name, seed, folder / f"power-{name}")
            say({"kind": "row", "database": database, **row})


def _in_turn(planned: list[Portion], orders: int, taken: Mapping[str, int]) -> Iterator[Portion]:
    yield from (portion for portion in planned if portion.case.name not in taken)
    again = next(portion.case for portion in planned if portion.case.name == _MADE_UP_UNDER)
    again = replace(again, name=f"{again.name}, again")
    missing = orders - sum(taken.values())
    if missing > 0 and again.name not in taken:
        yield Portion(again, missing)


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
                found = case.strike(shop, count, chance.randrange(2**31))
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


def _power(name: str, seed: int, folder: Path) -> dict[str, Any]:
    """Fault 3; and fault 4: each order was synced before it was confirmed."""
    began = time.monotonic()
    title = _power_title(name)
    row: dict[str, Any] = {"fault": 3, "name": title, "seed": seed, "amiss": [], "proof": {}}
    found = Reckoning()
    try:
        cut = power_cut(name, POWER_ORDERS, seed, folder, POWER_CUTS)
        found = cut.reckoning
        row |= {"amiss": found.amiss, "proof": dict(sorted(cut.proof.items()))}
        if not cut.proof["dropped"]:
            row["void"] = "no cut fell where anything could be lost"
        if cut.proof["synced_orders"] != found.confirmed:
            row["amiss"] = [*found.amiss, "an order was confirmed before it was synced"]
    except Exception as error:
        row["void"] = f"{type(error).__name__}: {error}"
    figures = {key: getattr(found, key) for key in KEYS}
    return row | figures | {"seconds": round(time.monotonic() - began)}


def _power_title(name: str) -> str:
    return POWER_NAMES.get(name, "power cut, back office")


def speak(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)
