"""The report: every figure in report.json, and as tables in the README."""

import json
from pathlib import Path
from typing import Any

from benchmarks.keeping import keep
from tests.faults.bench.count import KEYS

FOLDER = Path(__file__).parent
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_WRONG = ("lost", "doubled", "unexpected", "said_failed_but_stored")


def is_clean(report: dict[str, Any]) -> bool:
    """Nothing lost, doubled, invented or denied, and no run that proves nothing."""
    rows = [row for found in report["databases"].values() for row in found["faults"]]
    void = any(row.get("void") or row["amiss"] for row in rows)
    return bool(rows) and not void and not any(row[key] for row in rows for key in _WRONG)


def gather(about: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The report of rows: per database a total and each fault."""
    databases: dict[str, Any] = {}
    for row in rows:
        found = databases.setdefault(row["database"], {"total": dict.fromkeys(KEYS, 0)})
        found.setdefault("faults", []).append({k: v for k, v in row.items() if k != "database"})
        for key in KEYS:
            found["total"][key] += row[key]
    report = about | {"databases": dict(sorted(databases.items(), reverse=True))}
    return report | {"clean": is_clean(report)}


def read(folder: Path = FOLDER) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What `gather` was given for the report that lies there, to go on with."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    rows = [
        {"database": name, **row}
        for name, found in report.pop("databases").items()
        for row in found["faults"]
    ]
    return {key: value for key, value in report.items() if key != "clean"}, rows


def write(report: dict[str, Any], folder: Path = FOLDER) -> None:
    """Write report.json, and the tables between the README's two marks."""
    keep(folder, report, tables(report))


def tables(report: dict[str, Any]) -> str:
    """The figures in Markdown."""
    state = "whole" if report["whole"] else "**not whole: it was ended before its last fault**"
    machine = report["machine"]
    parts = [
        f"{report['date']}, program {report['program']}, seed {report['seed']}, {state}; "
        f"{machine['processor']}, {machine['cores']} cores, {machine['system']}, Python "
        f"{machine['python']}.",
        _totals(report),
    ]
    parts += [_faults(NAMES[name], found) for name, found in report["databases"].items()]
    return "\n\n".join(parts)


def _head(first: str) -> list[str]:
    names = ["attempts", "confirmed", "lost", "doubled", "recovered", "unexpected", "denied"]
    return [
        f"| {first} | " + " | ".join(names) + " |",
        "|---|" + "---:|" * len(names),
    ]


def _totals(report: dict[str, Any]) -> str:
    lines = _head("")
    for name, found in report["databases"].items():
        lines.append(f"| **{NAMES[name]}** | {_figures(found['total'])} |")
    return "\n".join(lines)


def _faults(title: str, found: dict[str, Any]) -> str:
    lines = [f"### {title}", "", *_head("fault")]
    lines[-2] += " proof that it fired |"
    lines[-1] += "---|"
    for row in sorted(found["faults"], key=lambda row: row["fault"]):
        proof = ", ".join(f"{what} {count:,}" for what, count in row["proof"].items())
        if row.get("void"):
            proof = f"**void: {row['void']}**"
        if row["amiss"]:
            proof += f" **{'; '.join(row['amiss'])}**"
        lines.append(f"| {row['fault']} {row['name']} | {_figures(row)} | {proof} |")
    return "\n".join(lines)


def _figures(row: dict[str, Any]) -> str:
    return " | ".join(f"{row[key]:,}" for key in KEYS)
