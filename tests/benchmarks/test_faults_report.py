"""The report of the faults says what was counted, and is not clean where anything is amiss."""

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.faults import report
from benchmarks.faults.plan import portions, rounds
from tests.faults.bench.count import KEYS

ABOUT = {
    "date": "2026-01-02",
    "program": "abc1234",
    "seed": 1,
    "whole": True,
    "machine": {"processor": "P", "cores": "2", "system": "S", "python": "3.11"},
}


def row(**more: object) -> dict[str, object]:
    told = {"database": "sqlite", "fault": 9, "name": "answer lost", "seed": 1, "seconds": 3}
    return told | dict.fromkeys(KEYS, 0) | {"attempts": 5, "amiss": [], "proof": {"drop": 4}} | more


def test_totals_are_of_their_database() -> None:
    rows = [row(attempts=5), row(attempts=7), row(database="postgresql", attempts=2)]
    found = report.gather(ABOUT, rows)
    assert found["clean"]
    assert [d["total"]["attempts"] for d in found["databases"].values()] == [12, 2]
    assert list(found["databases"]) == ["sqlite", "postgresql"]


@pytest.mark.parametrize(
    "wrong",
    [
        *({key: 1} for key in ("lost", "doubled", "unexpected", "said_failed_but_stored")),
        {"void": "nothing fired"},
        {"amiss": ["stock: 3 pieces gone for 2 sold"]},
    ],
)
def test_anything_amiss_is_not_clean_and_is_said(wrong: dict[str, object]) -> None:
    found = report.gather(ABOUT, [row(), row(**wrong)])
    assert not found["clean"]
    (value,) = wrong.values()
    told = value[0] if isinstance(value, list) else str(value)
    assert told in report.tables(found)


def test_no_run_at_all_is_not_clean() -> None:
    assert not report.gather(ABOUT, [])["clean"]


def test_the_tables_go_between_their_marks(tmp_path: Path) -> None:
    shutil.copy(report.FOLDER / "README.md", tmp_path)
    report.write(report.gather(ABOUT | {"whole": False}, [row()]), tmp_path)
    told = (tmp_path / "README.md").read_text()
    assert told.count("writes from here -->") == told.count("<!-- to here -->") == 1
    assert "| 9 answer lost | 5 | 0 |" in told and "not whole" in told
    assert json.loads((tmp_path / "report.json").read_text())["whole"] is False
    (tmp_path / "README.md").write_text("no marks")
    with pytest.raises(ValueError, match="needs its two marks"):
        report.write(report.gather(ABOUT, [row()]), tmp_path)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("orders", [100, 10_000])
def test_as_many_orders_as_wished_are_planned(database: str, orders: int) -> None:
    plan = portions(orders, database)
    assert sum(portion.orders for portion in plan) >= orders
    assert len(plan) == len({portion.case.name for portion in plan}) > 15
    assert all(sum(rounds(portion)) == portion.orders for portion in plan)
