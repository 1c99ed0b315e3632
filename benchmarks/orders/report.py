"""The report: every figure in report.json, and as tables in the README."""

from pathlib import Path
from typing import Any

from benchmarks.keeping import keep

FOLDER = Path(__file__).parent

# A popular commerce engine, on SQLite, measured on the same kind of machine: an order of two
# lines took it eight requests, 212 ms from the first to the answer of the last, 5 a second.
PEER = {"requests_per_order": 8, "ms": 212.0, "per_second": 5.0}
GOAL_MS = PEER["ms"] / 10

_NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def write(taken: dict[str, Any]) -> None:
    """Write report.json, and the tables between the README's two marks."""
    keep(FOLDER, taken | {"peer": PEER}, tables(taken))


def tables(taken: dict[str, Any]) -> str:
    """The figures in Markdown."""
    return "\n\n".join(
        [_conditions(taken["conditions"]), _orders(taken), _one(taken), _streams(taken)]
    )


def _conditions(known: dict[str, Any]) -> str:
    machine = known["machine"]
    return (
        f"{known['date']}, {known['seconds']:g} s a row; {machine['processor']}, "
        f"{machine['cores']} cores for clients, back office and database together, load "
        f"{machine['load']} before; {machine['system']}, Python {machine['python']}, "
        f"Django {machine['django']}; a synced write of 4 KiB takes {known['sync_ms']['p50']:.2f} "
        f"ms (p50), {known['sync_ms']['p99']:.2f} ms (p99)."
    )


def _orders(taken: dict[str, Any]) -> str:
    lines = [
        "| | clients | streams | orders, all found again | orders/s | p50 ms | p95 ms | p99 ms |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, found in taken["databases"].items():
        for row in found["rows"]:
            ms = row["ms"]
            lines.append(
                f"| {_NAMES[kind]} | {row['clients']} | {row['streams']} | {row['orders']:,} | "
                f"{row['per_second']:.0f} | {ms['p50']:.1f} | {ms['p95']:.1f} | {ms['p99']:.1f} |"
            )
    stands = "; ".join(found["database"] for found in taken["databases"].values())
    return "\n".join([*lines, "", f"{stands}."])


def _one(taken: dict[str, Any]) -> str:
    names = list(taken["databases"])
    ones = [_at_one_client(found) for found in taken["databases"].values()]
    best = [max(r["per_second"] for r in f["rows"]) for f in taken["databases"].values()]
    peer = "a popular commerce engine, SQLite"
    met = all(one["ms"]["p50"] <= GOAL_MS for one in ones)
    return "\n".join(
        [
            "| one order of two lines | " + " | ".join(f"vitrine, {_NAMES[n]}" for n in names)
            + f" | {peer} | goal |",
            "|---|" + "---:|" * len(names) + "---:|---|",
            _cells("requests", [1 for _ in ones], 8, "1", "d"),
            _cells("ms, one client", [one["ms"]["p50"] for one in ones], PEER["ms"],
                   f"≤ {GOAL_MS:.1f}, a tenth: {'met' if met else '**missed**'}", ".1f"),
            _cells("orders/s, the best row", best, PEER["per_second"], "", ".0f"),
        ]
    )  # fmt: skip


def _cells(title: str, own: list[Any], peer: Any, goal: str, digits: str) -> str:
    return (
        f"| {title} | " + " | ".join(format(value, digits) for value in own)
        + f" | {format(peer, digits)} | {goal} |"
    )  # fmt: skip


def _at_one_client(found: dict[str, Any]) -> dict[str, Any]:
    return next(dict(row) for row in found["rows"] if row["clients"] == 1 and not row["streams"])


def _streams(taken: dict[str, Any]) -> str:
    lines = ["| | p50 ms | p99 ms | |", "|---|---:|---:|---|"]
    for kind, found in taken["databases"].items():
        streams, fresh = found["streams"], found["streams"]["fresh"]
        memory = streams["memory_mib"]
        lines.append(
            f"| an order sent → {streams['windows']} windows know of the stock, {_NAMES[kind]} | "
            f"{fresh['ms']['p50']:.1f} | {fresh['ms']['p99']:.1f} | {fresh['told']:,} told, "
            f"{fresh['not_told_in_time']} not within {fresh['within_s']} s; the back office grows "
            f"from {memory['idle']:.0f} to {memory['streams']:.0f} MiB |"
        )
    box = taken["box"]
    lines.append(
        f"| the box keeps an order (synced) | {box['ms']['p50']:.1f} | {box['ms']['p99']:.1f} | "
        f"{box['orders']} orders |"
    )
    return "\n".join(lines)
