"""The live report's parts are measured one by one; each says what was missed."""

import json
import shutil
from pathlib import Path
from typing import Any

from benchmarks.live.report import FOLDER, PARTS, keep_part, read
from benchmarks.live.tables import tables

TAKEN = {"date": "?", "processor": "?", "cores": "2", "load": [0.1, 0.2], "system": "?",
         "python": "?"}  # fmt: skip
BEGAN = TAKEN | {"load": [0.1]}


def camera(**more: Any) -> dict[str, Any]:
    spell = {"pictures": 250, "median_ms": 180, "p95_ms": 220, "max_ms": 240, "pictures_per_s": 25,
             "longest_gap_s": 0.1}  # fmt: skip
    found = {
        "minutes": 1, "published_until_seen_s": 1.0,
        "steady": {"first": spell, "last": spell, "whole": spell, "window_share": 0.2,
                   "ui_ms_median": 0.3, "ui_ms_p99": 0.9},
        "stalled": {"said_after_s": 2.1, "live_again_s": 0.5},
        "slowed": {"worst_ms": 900, "on_time_again_s": 1.0},
        "killed": {"stalled_after_s": 2.1, "reconnecting_after_s": 6.1, "folded_after_s": 18.1,
                   "sent_until_published_s": 1.0, "published_until_seen_s": 1.0},
        "delivered": {"cut_after_s": 0.4, "last_picture_s": 0.5},
        "nobody_answers": {"nowhere": {"longest_ms": 1.4, "waited_ms": 0.1}},
    }  # fmt: skip
    return found | more


def transport(fresh: float, grown: float) -> dict[str, Any]:
    ms = {"p50": fresh, "p95": 90.0, "p99": 95.0}
    row = {"how": "stream", "fixes": 2000, "seen": 9990, "of": 10000, "ms": ms,
           "post_ms": ms, "share_of_a_core": 0.4, "rss_mib": 110.0}  # fmt: skip
    rss = {"after_a_tenth": 120.0, "at_the_end": 120.0 + grown, "most": 140.0}
    hour = {"fixes": 120000, "posts": 10000, "took_s": 600.0, "ms": ms, "rss_mib": rss}
    return {"couriers": 100, "viewers": 500, "seconds": 60, "every_s": 3.0,
            "databases": {"sqlite": {"rows": [row], "hour": hour}}}  # fmt: skip


def told(name: str, found: dict[str, Any]) -> str:
    return tables({name: {"taken": TAKEN, **found}})


def test_a_part_leaves_the_others_their_figures(tmp_path: Path) -> None:
    for name in ("README.md", "report.json"):
        shutil.copy(FOLDER / name, tmp_path)
    before = read()
    keep_part("camera", camera(), BEGAN, tmp_path)
    after = read(tmp_path)
    assert after.pop("camera")["minutes"] == 1
    assert after == {name: found for name, found in before.items() if name != "camera"}
    readme = (tmp_path / "README.md").read_text()
    assert readme.count("| steps back |") == 2 and readme.count("Not run yet.") < len(PARTS)


def test_the_report_that_is_kept_is_the_one_that_is_told() -> None:
    assert tables(read()) in (FOLDER / "README.md").read_text()
    assert set(json.loads((FOLDER / "report.json").read_text())) <= set(PARTS)


def test_what_was_not_run_is_said() -> None:
    assert tables({}).count("Not run yet.") == len(PARTS)


def test_a_goal_that_is_missed_is_said() -> None:
    assert "**missed**" not in told("camera", camera())
    late = told("camera", camera(stalled={"said_after_s": 2.1, "live_again_s": 2.4}))
    assert late.count("**missed**") == 1 and "| 2.4 | at most 2 | **missed** |" in late
    assert "**missed**" not in told("transport", transport(60.0, 2.0))
    assert told("transport", transport(140.0, 30.0)).count("**missed**") == 2
