"""What a backup says of itself, so that what was put back can be compared with it."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

MANIFEST_KEY = "backup-manifest"

# Runs a query and gives its rows: SQLite's and PostgreSQL's say the same.
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What lies in a database. `totals` are minor units by currency, `newest_order` ISO 8601 or "".

    `digest` is the SHA-256 of every order's number, intent, status and total.
    """

    orders: int
    lines: int
    events: int
    totals: dict[str, int]
    newest_order: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` is ISO 8601. `sealing_keys` are the ids of those that its sealed orders need."""

    made_at: str
    software: str
    counted: Counted
    sealing_keys: list[str] = field(default_factory=list)


def counted(ask: Ask) -> Counted:
    """Count what can be asked."""
    digest = hashlib.sha256()
    orders = 0
    for number, intent, status, total in ask(
        "SELECT number, intent_id, status, total_minor FROM orders_order ORDER BY number"
    ):
        told = f"{number} {str(intent).replace('-', '')} {status} {total}\n"
        digest.update(told.encode())
        orders += 1
    sums = ask("SELECT currency, SUM(total_minor) FROM orders_order GROUP BY currency ORDER BY 1")
    return Counted(
        orders=orders,
        lines=_one(ask, "SELECT COUNT(*) FROM orders_orderline"),
        events=_one(ask, "SELECT COUNT(*) FROM orders_orderevent"),
        totals={str(currency): int(total) for currency, total in sums},
        newest_order=str(_one(ask, "SELECT MAX(created_at) FROM orders_order") or ""),
        digest=digest.hexdigest(),
    )


def write_manifest(db: sqlite3.Connection, manifest: Manifest) -> None:
    db.execute(
        "INSERT OR REPLACE INTO platform_setting (key, value) VALUES (?, ?)",
        (MANIFEST_KEY, json.dumps(asdict(manifest))),
    )


def read_manifest(db: sqlite3.Connection) -> Manifest | None:
    """What the copy says of itself; None where it says nothing that can be read."""
    row = db.execute("SELECT value FROM platform_setting WHERE key = ?", (MANIFEST_KEY,)).fetchone()
    try:
        told = json.loads(row[0])
        return Manifest(**{**told, "counted": Counted(**told["counted"])})
    except (TypeError, ValueError, KeyError):
        return None


def differences(said: Counted, found: Counted) -> list[str]:
    """In words, what is not as it was said."""
    was, now = asdict(said), asdict(found)
    return [f"{name}: {now[name]} instead of {was[name]}" for name in was if was[name] != now[name]]


def _one(ask: Ask, query: str) -> Any:
    return next(iter(ask(query)))[0]
