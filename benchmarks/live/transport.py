"""How fresh a courier's position is on 500 phones, what that costs, and whether memory grows.

    python -m benchmarks.live.transport [--only sqlite|postgres] [--seconds 60] [--fixes 1200]

Starts the real back office on SQLite and on a throw-away PostgreSQL, lets 100 couriers ride and 500
viewers follow them: by event stream, by long poll and by asking every 3 s, each for so many seconds
with a fix of each courier every 3 s. Then an hour of fixes (1,200 of each) as fast as they are
taken, with the viewers on their streams, and the memory as it goes. Writes its part of report.json.
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

from benchmarks.live.report import conditions, keep_part
from benchmarks.live.viewers import HOWS
from benchmarks.orders.figures import spread
from benchmarks.postgres import postgres

EVERY_S = 3.0
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
    """A running back office whose couriers ride by its standard input."""

    process: "subprocess.Popen[str]"
    url: str
    tokens: list[str]
    reported: int = 0

    def fix(self, courier: int) -> None:
        assert self.process.stdin  # noqa: S101 (opened as a pipe)
        self.process.stdin.write(f"{courier}\n")
        self.process.stdin.flush()

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
        tokens = json.loads(process.stdout.readline())
        found = Office(process, json.loads(process.stdout.readline())["url"], tokens)

        def read() -> None:
            assert process.stdout  # noqa: S101
            for line in process.stdout:
                found.reported = json.loads(line).get("reported", found.reported)

        threading.Thread(target=read, daemon=True).start()
        yield found


@contextlib.contextmanager
def following(there: Office, how: str, viewers: int) -> Iterator[list[float]]:
    """Viewers until the block ends; the ages of what they saw are filled in then."""
    ages: list[float] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.live.viewers", there.url, how, str(viewers)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout  # noqa: S101 (opened as pipes)
    try:
        process.stdin.write("\n".join(there.tokens) + "\n\n")
        process.stdin.flush()
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
        cpu, begin, sent = there.cpu_s(), time.monotonic(), 0
        while (due := begin + sent * EVERY_S / size.couriers) < begin + size.seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            there.fix(sent % size.couriers)
            sent += 1
        took = time.monotonic() - begin
        share = (there.cpu_s() - cpu) / took
        time.sleep(EVERY_S + 1.0)
    expected = sent * size.viewers / size.couriers
    return {
        "how": how, "fixes": sent, "seen": len(ages), "of": int(expected), "ms": spread(ages),
        "share_of_a_core": round(share, 3), "rss_mib": round(there.memory_mib(), 1),
    }  # fmt: skip


def compressed(there: Office, size: Size) -> dict[str, Any]:
    """So many fixes of each courier as fast as they are taken, and the memory as it goes."""
    total = size.fixes * size.couriers
    start = there.reported
    memory: list[tuple[float, float]] = []
    with following(there, "stream", size.viewers) as ages:
        begin = time.monotonic()
        feeding = threading.Thread(
            target=lambda: [there.fix(n % size.couriers) for n in range(total)], daemon=True
        )
        feeding.start()
        while there.reported - start < total - 100:
            memory.append((time.monotonic() - begin, there.memory_mib()))
            time.sleep(max(0.5, (time.monotonic() - begin) / 50))
        took = time.monotonic() - begin
        memory.append((took, there.memory_mib()))
        time.sleep(2.0)
    tenth = next(rss for at, rss in memory if at >= took / 10)
    return {
        "fixes": total, "took_s": round(took, 1), "per_second": round(total / took, 1),
        "seen": len(ages),
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
