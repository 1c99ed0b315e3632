"""Orders per second, and how long one takes, on SQLite and on PostgreSQL, beside event streams.

    python -m benchmarks.orders

Needs Debian's postgresql for the second. What is measured, and how: benchmarks/orders/README.md,
where the figures are written too.
"""

import argparse
import bisect
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.orders import box, report
from benchmarks.orders.clients import Sent, paced, storm
from benchmarks.orders.figures import spread
from benchmarks.orders.machine import describe, sync_ms
from benchmarks.orders.office import DATABASES, BenchError, Office, running
from benchmarks.orders.sealed import Outboxes
from benchmarks.orders.streams import Arrival, listening
from benchmarks.postgres import NoPostgres

CLIENTS = (1, 8, 32)
BESIDE_STREAMS = 8  # clients
WINDOWS = 2_000  # that order; so many that none of them orders suspiciously often
EVERY_S = 0.25
BOX_ORDERS = 500


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.orders", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--seconds", type=float, default=10.0, help="of each row (default: 10)")
    parser.add_argument("--streams", type=int, default=500, help="windows that listen")
    parser.add_argument("--dry", action="store_true", help="print the figures, write no report")
    return parser.parse_args()


def row(
    office: Office, outboxes: Outboxes, clients: int, seconds: float, streams: int = 0
) -> dict[str, Any]:
    """One row of the table, its orders counted in the database. Raises BenchError."""
    before = office.orders()
    sent = storm(office, outboxes, clients, seconds)
    kept = office.orders() - before - clients  # each client's first order is not measured
    accepted = sum(1 for one in sent if one.status == 201 and one.order == "accepted")
    if not accepted == kept == len(sent):
        raise BenchError(f"{len(sent)} orders sent, {accepted} accepted, {kept} in the database")
    span = max(one.back for one in sent) - min(one.out for one in sent)
    found = {"clients": clients, "streams": streams, "orders": kept, "per_second": kept / span}
    return found | {"ms": spread([one.took_ms for one in sent])}


def beside_streams(
    office: Office, outboxes: Outboxes, count: int, seconds: float
) -> dict[str, Any]:
    """Orders while windows listen; the back office's memory before and with them; freshness."""
    idle = office.memory_mib()
    with listening(office, count) as streams:
        held = office.memory_mib()
        orders = paced(office, outboxes, int(seconds / EVERY_S), EVERY_S)
        busy = row(office, outboxes, BESIDE_STREAMS, seconds, count)
    return {
        "memory_mib": {"idle": idle, "streams": held},
        "fresh": freshness(orders, streams.heard),
        "row": busy,
    }


def freshness(orders: Sequence[Sent], heard: Sequence[Sequence[Arrival]]) -> dict[str, Any]:
    """From sending an order until a window was told that there is less to sell: ms, each window."""
    waits, missed = [], 0
    spans = [*pairwise(one.out for one in orders), (orders[-1].out, orders[-1].out + EVERY_S)]
    for stream in heard:
        told = [at for at, kind, _ in stream if kind == "catalogue"]
        for out, until in spans:
            place = bisect.bisect_left(told, out)
            if place < len(told) and told[place] < until:
                waits.append((told[place] - out) * 1000)
            else:
                missed += 1
    return {"ms": spread(waits), "told": len(waits), "not_told_in_time": missed,
            "within_s": EVERY_S}  # fmt: skip


def measure(kind: str, options: argparse.Namespace, work: Path) -> dict[str, Any]:
    with running(kind, work, max(WINDOWS, options.streams)) as office:
        found: dict[str, Any] = {"database": office.database(), "rows": []}
        _say(found["database"])
        outboxes = Outboxes(office)
        storm(office, outboxes, 8, 2.0)  # every thread has its connection and what it imports
        for clients in CLIENTS:
            found["rows"].append(_told(row(office, outboxes, clients, options.seconds)))
        streams = beside_streams(office, outboxes, options.streams, options.seconds)
        found["rows"].append(_told(streams.pop("row")))
        found["streams"] = streams | {"windows": options.streams}
        _say(str(streams))
        return found


def _told(found: dict[str, Any]) -> dict[str, Any]:
    _say(
        f"{found['clients']:2} clients, {found['streams']:3} streams: "
        f"{found['per_second']:6.1f} orders/s, ms {found['ms']}"
    )
    return found


def _say(words: str) -> None:
    print(f"· {words}", file=sys.stderr, flush=True)


def main() -> int:
    options = arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="vitrine-orders-") as folder:
            work = Path(folder)
            conditions = {
                "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
                "seconds": options.seconds,
                "machine": describe(),
                "sync_ms": spread(sync_ms(work)),
            }
            _say(f"one synced write: {conditions['sync_ms']} ms")
            taken = {
                "conditions": conditions,
                "databases": {kind: measure(kind, options, work) for kind in options.databases},
                "box": {"orders": BOX_ORDERS, "ms": spread(box.commits(work, BOX_ORDERS))},
            }
        _say(f"kept on the box: {taken['box']['ms']} ms")
        if not options.dry:
            report.write(taken)
    except (BenchError, NoPostgres) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
