"""The report: each part's figures in report.json, and as tables in the README.

The parts are measured on their own, each on a machine that has nothing else to do: a part that is
not run keeps the figures it had, with their date.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.keeping import keep
from benchmarks.live import tables
from benchmarks.orders import machine

FOLDER = Path(__file__).parent
PARTS = ("motion", "camera", "transport", "map")


def conditions() -> dict[str, Any]:
    """When it begins, and on what; `ended` completes it."""
    known = machine.describe()
    kept = {name: known[name] for name in ("processor", "cores", "system", "python")}
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return {"date": now, **kept, "load": [_load()]}


def keep_part(
    name: str, found: Mapping[str, Any], began: Mapping[str, Any], folder: Path = FOLDER
) -> None:
    """Put a part's figures in the place of those it had, and write all tables anew."""
    taken = {**began, "load": [*began["load"], _load()]}
    report = read(folder) | {name: {"taken": taken, **found}}
    kept = {part: report[part] for part in PARTS if part in report}
    keep(folder, kept, tables.tables(kept))


def read(folder: Path = FOLDER) -> dict[str, Any]:
    """What is known, by part; nothing before the first."""
    path = folder / "report.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known


def _load() -> float:
    return round(os.getloadavg()[0], 2)
