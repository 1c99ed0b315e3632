"""How soon 500 phones know where 100 couriers are, by three ways, and what an hour of it takes.

    python -m benchmarks.live.transport [--only sqlite|postgres] [--seconds 60] [--fixes 1200]

Starts the real back office on SQLite and on a throw-away PostgreSQL, lets 100 couriers' phones post
their fixes as the courier's page does and 500 viewers follow them: by event stream, by long poll
and by asking every 3 s, each for so many seconds with a fix of each courier every 3 s. Then an hour
of fixes (1,200 of each courier, in batches of twelve) as fast as they are taken, with the viewers
on their streams, and the memory as it goes. Writes its part of report.json and of the README.
"""

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.live.couriers import EVERY_S
from benchmarks.live.report import conditions, keep_part
from benchmarks.live.viewers import HOWS
from benchmarks.orders.figures import spread
from benchmarks.postgres import postgres

BATCH = 12  # fixes in a post of the compressed hour: what a tunnel of 36 s makes of them
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Size:
    """`seconds` of each row; `fixes` of each courier in the compressed hour."""

    couriers: int = 100
    viewers: int = 500
    seconds: float = 60.0
    fixes: int = 1200


@dataclass
class Office:
    """A running back office, and the process of its couriers' phones."""

    process: "subprocess.Popen[str]"
    url: str
    tokens: list[str]
    phones: "subprocess.Popen[str]"

    def ride(self, words: str) -> dict[str, Any]:
        """Let the phones do so (see couriers.py), until they are done."""
        assert self.phones.stdin and self.phones.stdout  # noqa: S101 (opened as pipes)
        self.phones.stdin.write(f"{words}\n")
        self.phones.stdin.flush()
        told: dict[str, Any] = json.loads(self.phones.stdout.readline() or "{}")
        if not told:
            raise SystemExit("a courier's phone was turned away: see above")
        return told

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mib(self) -> float:
        """Its resident set."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"^VmRSS:\s+(\d+) kB", text, re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0


@contextlib.contextmanager
def office(kind: str, work: Path, size: Size) -> Iterator[Office]:
    """A new one on that database."""
    with contextlib.ExitStack() as stack:
        url = ""
        if kind == "postgres":
            server = stack.enter_context(postgres(work / "pg"))
            url = server.create_database("live")
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.live.riding_office", str(work / "shop"),
             str(size.couriers)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"KIOSK_DATABASE_URL": url, "KIOSK_ORDERS_PER_BUYER": "0"},
        )  # fmt: skip
        stack.callback(process.wait)
        stack.callback(process.kill)
        assert process.stdout  # noqa: S101 (opened as a pipe)
        riding = json.loads(process.stdout.readline())
        where = json.loads(process.stdout.readline())["url"]
        phones = _beside("couriers", where, riding["keys"])
        stack.callback(phones.wait)
        stack.callback(phones.kill)
        yield Office(process, where, riding["tokens"], phones)


def _beside(module: str, url: str, lines: list[str], *more: str) -> "subprocess.Popen[str]":
    """A process that is told these lines, and goes on reading."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.live.{module}", url, *more],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin  # noqa: S101 (opened as a pipe)
    process.stdin.write("\n".join(lines) + "\n\n")
    process.stdin.flush()
    return process


@contextlib.contextmanager
def following(there: Office, how: str, viewers: int) -> Iterator[list[float]]:
    """Viewers until the block ends; the ages of what they saw are filled in then."""
    ages: list[float] = []
    process = _beside("viewers", there.url, there.tokens, how, str(viewers))
    assert process.stdout  # noqa: S101 (opened as a pipe)
    try:
        if process.stdout.readline().strip() != "ready":
            raise SystemExit(f"not all of {viewers} viewers by {how} came in")
        yield ages
        told, _ = process.communicate(timeout=120)
        ages += json.loads(told)
    finally:
        process.kill()
        process.wait()


def paced(there: Office, how: str, size: Size) -> dict[str, Any]:
    """A fix of each courier every 3 s, evenly spread."""
    with following(there, how, size.viewers) as ages:
        cpu = there.cpu_s()
        rode = there.ride(f"paced {size.seconds}")
        share = (there.cpu_s() - cpu) / rode["seconds"]
        time.sleep(EVERY_S + 1.0)
    fixes = len(rode["took_ms"])
    return {
        "how": how, "fixes": fixes, "seen": len(ages),
        "of": fixes * size.viewers // size.couriers, "ms": spread(ages),
        "post_ms": spread(rode["took_ms"]), "share_of_a_core": round(share, 3),
        "rss_mib": round(there.memory_mib(), 1),
    }  # fmt: skip


def compressed(there: Office, size: Size) -> dict[str, Any]:
    """So many fixes of each courier as fast as they are taken, and the memory as it goes."""
    memory: list[tuple[float, float]] = []
    over = threading.Event()
    begin = time.monotonic()

    def watch() -> None:
        while not over.wait(2.0):
            memory.append((time.monotonic() - begin, there.memory_mib()))

    with following(there, "stream", size.viewers) as ages:
        cpu, begin = there.cpu_s(), time.monotonic()
        watching = threading.Thread(target=watch)
        watching.start()
        try:
            rode = there.ride(f"hurried {size.fixes} {BATCH}")
        finally:
            over.set()
            watching.join()
        cpu = there.cpu_s() - cpu
        time.sleep(2.0)
    took, posts = rode["seconds"], len(rode["took_ms"])
    memory.append((took, there.memory_mib()))
    tenth = next(rss for at, rss in memory if at >= took / 10)
    return {
        "fixes": posts * BATCH, "posts": posts, "took_s": round(took, 1),
        "per_second": round(posts * BATCH / took, 1), "seen": len(ages), "ms": spread(ages),
        "office_ms_a_post": round(cpu / posts * 1000, 2), "post_ms": spread(rode["took_ms"]),
        "rss_mib": {
            "after_a_tenth": round(tenth, 1), "at_the_end": round(memory[-1][1], 1),
            "most": round(max(rss for _, rss in memory), 1),
        },
    }  # fmt: skip


def measure(kind: str, size: Size) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-live-") as work,
        office(kind, Path(work), size) as it,
    ):
        found: dict[str, Any] = {"idle_rss_mib": round(it.memory_mib(), 1), "rows": []}
        for how in HOWS:
            row = paced(it, how, size)
            found["rows"].append(row)
            print(kind, json.dumps(row), flush=True)
        found["hour"] = compressed(it, size)
        print(kind, json.dumps(found["hour"]), flush=True)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    for name, kind in (("couriers", int), ("viewers", int), ("seconds", float), ("fixes", int)):
        parser.add_argument(f"--{name}", type=kind, default=getattr(Size(), name))
    parser.add_argument("--dry", action="store_true", help="write nothing")
    given = parser.parse_args()
    size = Size(given.couriers, given.viewers, given.seconds, given.fixes)
    kinds = (given.only,) if given.only else ("sqlite", "postgres")
    began = conditions()
    rows = {kind: measure(kind, size) for kind in kinds}
    found = {**asdict(size), "every_s": EVERY_S, "databases": rows}
    if not given.dry:
        keep_part("transport", found, began)


if __name__ == "__main__":
    main()
