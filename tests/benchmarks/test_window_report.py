"""How the window's benchmark reports: goals, and what an earlier run has found."""

import json
import math
from pathlib import Path

from benchmarks.window import report
from benchmarks.window.report import Taken
from benchmarks.window.rows import ROWS, Goal

MACHINE = dict.fromkeys(
    ("processor", "cores", "system", "python", "kivy", "mesa", "chromium", "xvfb"), "?"
)
CONDITIONS = {
    "date": "2026-01-01 00:00 UTC", "runs": 3, "busy": True, "load": [0.1, 1.2], "machine": MACHINE
}  # fmt: skip


def taken(products: int, own: list[float], peer: list[float]) -> Taken:
    runs = {"vitrine": own, "chromium": peer}
    return Taken(
        products,
        CONDITIONS,
        {name: [{"start_kept_s": value} for value in values] for name, values in runs.items()},
    )


def test_goals_beside_the_peer_and_alone() -> None:
    assert Goal(0.8, of_peer=True).met(0.8, 1.0)
    assert not Goal(0.8, of_peer=True).met(0.81, 1.0)
    assert Goal(60, more=True).met(59.5, math.nan)
    assert not Goal(60, more=True).met(50, math.nan)
    assert not Goal(1.0, strict=True).met(1.0, math.nan)
    assert Goal(0.5, of_peer=True).met(1.0, math.nan) is None
    assert Goal(0.005).met(math.nan, 1.0) is None


def test_the_median_counts_and_a_missed_goal_is_said() -> None:
    found = report.merge({}, taken(1000, [0.9, 0.5, 2.0], [1.0, 1.0, 1.0]))
    line = next(x for x in report.table(found).splitlines() if ROWS[1].title in x)
    assert "| 0.90 | 1.00 | at most 0.8x | **missed** |" in line


def test_what_was_not_measured_in_one_run_is_not_judged() -> None:
    first = report.merge({}, taken(1000, [0.5], [1.0]))
    later = Taken(1000, CONDITIONS | {"date": "2026-01-02"}, {"vitrine": [{"start_kept_s": 0.4}]})
    line = next(
        x for x in report.table(report.merge(first, later)).splitlines() if ROWS[1].title in x
    )
    assert "| 0.40 | 1.00 | at most 0.8x | not side by side |" in line


def test_another_size_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        "before\n<!-- the benchmark writes from here -->\nold\n<!-- to here -->\nafter\n"
    )
    report.write(taken(10_000, [2.0], [4.0]), tmp_path)
    report.write(taken(1000, [1.0], [math.nan]), tmp_path)
    kept = json.loads((tmp_path / "report.json").read_text())
    assert list(kept["sizes"]) == ["1000", "10000"]
    assert kept["sizes"]["1000"]["peers"]["chromium"]["start_kept_s"]["median"] is None
    text = readme.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert text.index("### 1,000 products") < text.index("### 10,000 products")
    assert f"| {ROWS[1].title} | 2.00 |" in text
