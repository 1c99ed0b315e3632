"""The report: every figure in report.json, and as a table in the README."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.keeping import keep
from benchmarks.window import figures
from benchmarks.window.rows import ROWS, Row

FOLDER = Path(__file__).parent
OWN = "vitrine"
_MET = {True: "met", False: "**missed**", None: "–"}


@dataclass(frozen=True, slots=True)
class Taken:
    """One catalogue size as it was measured: `runs` are rows by key, of each peer."""

    products: int
    conditions: dict[str, Any]
    runs: dict[str, list[dict[str, float]]]


def merge(report: dict[str, Any], taken: Taken) -> dict[str, Any]:
    """The report with one size measured anew; rows and peers that were not stay."""
    sizes = dict(report.get("sizes", {}))
    entry = sizes.get(str(taken.products), {"peers": {}})
    peers = {name: dict(rows) for name, rows in entry["peers"].items()}
    for name, runs in taken.runs.items():
        rows = peers.setdefault(name, {})
        for key in sorted({key for run in runs for key in run}):
            values = [_plain(run[key]) for run in runs if key in run]
            known = [value for value in values if value is not None]
            middle = figures.median(known) if known else math.nan
            rows[key] = {"median": _plain(middle), "runs": values, "date": taken.conditions["date"]}
    sizes[str(taken.products)] = {"conditions": taken.conditions, "peers": peers}
    return {"sizes": dict(sorted(sizes.items(), key=lambda item: int(item[0])))}


def _plain(value: float) -> float | None:
    """JSON knows no NaN."""
    return None if math.isnan(value) else float(f"{value:.5g}")


def table(report: dict[str, Any]) -> str:
    """The report in Markdown, one table a size."""
    parts = []
    for products, entry in report["sizes"].items():
        peers = sorted(entry["peers"], key=lambda name: (name != OWN, name))
        others = [name for name in peers if name != OWN]
        lines = [
            f"### {int(products):,} products",
            _said(entry["conditions"]),
            "",
            "| | " + " | ".join(peers) + " | goal | |",
            "|---|" + "---:|" * len(peers) + "---|---|",
        ]
        for row in ROWS:
            found = {name: _median(entry, name, row) for name in peers}
            own = found.get(OWN, math.nan)
            peer = found[others[0]] if others else math.nan
            cells = " | ".join(_cell(row, found[name]) for name in peers)
            together = not row.goal.of_peer or _together(entry, row, [OWN, *others[:1]])
            met = _MET[row.goal.met(own, peer)] if together else "not side by side"
            lines.append(f"| {row.title}, {row.unit} | {cells} | {row.goal.words()} | {met} |")
        parts.append("\n".join(lines))
    growth = _growth(report)
    return "\n\n".join([*parts, growth] if growth else parts)


def _said(conditions: dict[str, Any]) -> str:
    machine = conditions["machine"]
    busy = "about one of them busy elsewhere" if conditions["busy"] else "nothing else running"
    return (
        f"{conditions['date']}, medians of {conditions['runs']} runs; {machine['processor']}, "
        f"{machine['cores']} cores, {busy}, load {conditions['load'][0]:.1f} before and "
        f"{conditions['load'][1]:.1f} after; {machine['system']}, Python {machine['python']}, "
        f"Kivy {machine['kivy']}, Mesa {machine['mesa']}, Chromium {machine['chromium']}."
    )


def _median(entry: dict[str, Any], peer: str, row: Row) -> float:
    value = entry["peers"].get(peer, {}).get(row.key, {}).get("median")
    return math.nan if value is None else float(value)


def _together(entry: dict[str, Any], row: Row, names: list[str]) -> bool:
    """Whether a row of these peers was taken in one run of the benchmark."""
    dates = [entry["peers"].get(name, {}).get(row.key, {}).get("date") for name in names]
    return len(set(dates)) == 1


def _cell(row: Row, value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.{row.digits}f}"


def _growth(report: dict[str, Any]) -> str:
    """How each of our rows grows from the smallest catalogue to the largest."""
    sizes = report["sizes"]
    if len(sizes) < 2:
        return ""
    small, large = next(iter(sizes)), list(sizes)[-1]
    lines = [
        f"### From {int(small):,} to {int(large):,} products",
        "",
        "| | factor |",
        "|---|---:|",
    ]
    for row in ROWS:
        before, after = (_median(sizes[size], OWN, row) for size in (small, large))
        factor = after / before if before else math.nan
        lines.append(f"| {row.title} | {'–' if math.isnan(factor) else f'{factor:.2f}'} |")
    return "\n".join(lines)


def write(taken: Taken, folder: Path = FOLDER) -> None:
    """Bring report.json and the README's table up to date."""
    file = folder / "report.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    report = merge(before, taken)
    keep(folder, report, table(report))
