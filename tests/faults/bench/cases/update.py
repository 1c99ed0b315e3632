"""A newer version on an older one's data, killed at any statement of its migrations (18, 26)."""

import random
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from kiosk.contract import ContactGiven, MoneyClaim, OrderLine, OrderRequest
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment
from kiosk.window.replica import OrderSummary
from tests.faults.bench.cases.case import Case
from tests.faults.bench.office import ROOT, eventually
from tests.faults.bench.stand import Stand

# The outbox as its first version wrote it: in clear, and without a signature.
FIRST = """
    CREATE TABLE kept_order(
        intent_id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, kept_at TEXT NOT NULL,
        ordered TEXT NOT NULL, summary TEXT NOT NULL,
        sealing TEXT NOT NULL, payload BLOB NOT NULL,
        receipt TEXT, answered_epoch TEXT, problem TEXT);
    CREATE TABLE outbox(
        key TEXT PRIMARY KEY REFERENCES kept_order(key) ON DELETE CASCADE,
        attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '');
    PRAGMA user_version = 1;
"""
# So many statements a window makes until its tables are the newer ones, and a few more.
WINDOW_STATEMENTS, OFFICE_STATEMENTS = 30, 60
# Back to the tables before orders were sealed, by the back office's own migrations.
OLDER = """
import sys
from pathlib import Path
from kiosk.backoffice.setup import configure
configure(Path(sys.argv[1]))
from django.core.management import call_command
older = {"limits": "zero", "privacy": "zero", "orders": "0001", "platform": "0003"}
for app, name in older.items():
    call_command("migrate", app, name, verbosity=0, interactive=False)
"""


def window_updated(stand: Stand, orders: int, seed: int) -> None:
    """Orders that an older version has thanked for outlive every cut of the update."""
    chance, window = random.Random(seed), stand.window
    window.orders(2, seed=seed)
    stand.drain()
    window.stop()
    outbox = window.folder / "outbox.db"
    older = stand.folder / f"older-{seed}.db"
    waiting = _first_version(older, stand, orders)
    for _ in range(max(3, orders // 2)):
        for part in window.folder.glob("outbox.db*"):
            part.unlink()
        shutil.copy(older, outbox)
        stand.marks.arm("window.statement", chance.randint(1, WINDOW_STATEMENTS))
        window.start(wait=False)
        eventually(lambda: not window.running, "a window killed while it updates", 60)
        window.kill()
        assert _kept(outbox) >= waiting, "an order is gone from the disk"
    stand.marks.disarm()
    window.start()


def office_updated(stand: Stand, orders: int, seed: int) -> None:
    """The back office's own tables, and what a window sends meanwhile."""
    chance, office = random.Random(seed), stand.office
    stand.window.orders(orders, seed=seed)
    stand.drain()
    before = stand.rows()
    for number in range(max(1, orders // 4)):
        office.stop()
        _run_older(stand)
        stand.marks.arm("office.statement", chance.randint(1, OFFICE_STATEMENTS))
        try:
            office.start()
        except RuntimeError:
            office.kill()
        stand.window.orders(2, seed=seed + number)
        stand.marks.disarm()
        stand.revive()
        assert stand.rows() >= before
        stand.drain()


def _run_older(stand: Stand) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OLDER, str(stand.office.folder)],
        env=stand.office.environment() | {"FAULT_MARKS": ""},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr


def _first_version(path: Path, stand: Stand, orders: int) -> set[str]:
    """An outbox of the first version with so many orders that wait; gives their intents."""
    path.unlink(missing_ok=True)
    intents = set()
    sold = stand.office.ask("SELECT id, price_minor FROM catalogue_variant ORDER BY id")
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FIRST)
        for number in range(orders):
            variant, price = sold[number % len(sold)]
            order = _order(str(variant), int(price))
            intent, key = str(order.intent_id), str(uuid.uuid4())
            stand.journal.note("attempt", intent=intent, window="older version")
            summary = OrderSummary((), Money(int(price), "EUR"), order.fulfilment, "fr")
            row = (
                *(intent, key, datetime.now(UTC).isoformat(), "older", _SUMMARY.dump_json(summary)),
                *("none", order.model_dump_json().encode()),
            )
            db.execute(
                "INSERT INTO kept_order"
                "(intent_id, key, kept_at, ordered, summary, sealing, payload) "
                "VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?, ?)",
                row,
            )
            db.execute("INSERT INTO outbox(key) VALUES (?)", (key,))
            intents.add(intent)
        db.commit()
    for intent in intents:
        stand.journal.note("thanked", intent=intent, window="older version")
    return intents


_SUMMARY = TypeAdapter(OrderSummary)


def _order(variant: str, price: int) -> OrderRequest:
    claim = MoneyClaim(minor=price, currency="EUR")
    return OrderRequest(
        intent_id=uuid.uuid4(),
        placed_at=datetime.now(UTC),
        language="fr",
        lines=[OrderLine(variant_id=variant, quantity=1, seen_unit=claim)],
        fulfilment=Fulfilment.COLLECT,
        contact=ContactGiven(name="Zoe Lefevre", phone="+33612345678"),
        seen_total=claim,
    )


def _kept(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {str(row[0]) for row in db.execute("SELECT intent_id FROM kept_order")}


UPDATES = (
    Case(18, "window's update cut at a statement", window_updated, ("window.statement",)),
    Case(26, "back office's update cut at a statement", office_updated, ("office.statement",)),
)
