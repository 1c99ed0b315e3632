"""How the orders' benchmark comes from what it saw to what it writes."""

from benchmarks.orders.__main__ import EVERY_S, freshness
from benchmarks.orders.clients import Sent
from benchmarks.orders.figures import spread
from benchmarks.orders.report import GOAL_MS, tables


def sent(out: float) -> Sent:
    return Sent(out, out + 0.01, 201, "accepted", "token")


def test_percentiles_are_by_nearest_rank() -> None:
    assert spread([float(n) for n in range(1, 101)]) == {
        "p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0
    }  # fmt: skip
    assert spread([7.0]) == {"p50": 7.0, "p95": 7.0, "p99": 7.0, "max": 7.0}


def test_who_was_not_told_before_the_next_order_is_counted() -> None:
    orders = [sent(10.0), sent(10.0 + EVERY_S)]
    prompt = [(10.02, "catalogue", ""), (10.02, "order", "x"), (10.28, "catalogue", "")]
    late = [(10.26, "catalogue", "")]
    found = freshness(orders, [prompt, late])
    assert (found["told"], found["not_told_in_time"]) == (3, 1)
    assert found["ms"]["p50"] == 20.0 and found["ms"]["max"] == 30.0


def report(ms: float) -> str:
    times = dict.fromkeys(("p50", "p95", "p99", "max"), ms)
    row = {"clients": 1, "streams": 0, "orders": 100, "per_second": 60.0, "ms": times}
    office = {
        "database": "SQLite", "rows": [row],
        "streams": {
            "windows": 500, "memory_mib": {"idle": 70.0, "streams": 90.0},
            "fresh": {"ms": times, "told": 9, "not_told_in_time": 0, "within_s": EVERY_S},
        },
    }  # fmt: skip
    machine = dict.fromkeys(("processor", "cores", "system", "python", "django", "load"), "?")
    conditions = {"date": "?", "seconds": 1.0, "machine": machine, "sync_ms": times}
    box = {"orders": 5, "ms": times}
    return tables({"conditions": conditions, "databases": {"sqlite": office}, "box": box})


def test_a_missed_goal_is_said() -> None:
    assert "tenth: met" in report(GOAL_MS)
    assert "tenth: **missed**" in report(GOAL_MS + 0.1)
