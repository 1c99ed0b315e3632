"""What is known of an order that the box keeps, and what can go wrong with keeping it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from kiosk.contract import Problem
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment, Promise


class DataInUse(Exception):
    """Another instance of the program has this data directory open."""


class RefusedDisk(Exception):
    """The order could not be made durable: it is not accepted."""


class NoKey(Exception):
    """The shop's key is not known yet: nobody could be sealed, so nothing is accepted."""


class IntentTaken(Exception):
    """The intent was kept before with another content; the first one stays."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line as it was shown: the words in the visitor's language."""

    title: str
    variant: str
    quantity: int
    total: Money


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """What the glass may show again of an order. Holds no personal data."""

    lines: tuple[SummaryLine, ...]
    total: Money
    fulfilment: Fulfilment
    language: str
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The proof that an order is on the disk."""

    intent_id: uuid.UUID
    key: str
    kept_at: datetime
    summary: OrderSummary


@dataclass(frozen=True, slots=True)
class Due:
    """An order to send now. `payload` is the OrderRequest's JSON, `signature` the box's word on it.

    `failures` counts how often the back office itself failed on it; `parked` is one that staff
    must look at.
    """

    intent_id: uuid.UUID
    key: str
    payload: bytes = field(repr=False)
    signature: str
    attempts: int
    failures: int
    parked: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """An order that the back office does not take, with its answer and what was sent."""

    intent_id: uuid.UUID
    kept_at: datetime
    attempts: int
    problem: Problem
    payload: bytes = field(repr=False)


_SUMMARY = TypeAdapter(OrderSummary)


def summary_json(summary: OrderSummary) -> str:
    return _SUMMARY.dump_json(summary).decode()


def read_kept(intent_id: str, row: Sequence[Any]) -> Kept:
    """A row of key, time and summary."""
    key, kept_at, summary = row
    return Kept(
        uuid.UUID(intent_id),
        key,
        datetime.fromisoformat(kept_at),
        _SUMMARY.validate_json(summary),
    )


def read_due(row: Sequence[Any]) -> Due:
    """A row of intent, key, payload, signature, attempts, failures and whether it is parked."""
    intent, key, payload, signature, attempts, failures, parked = row
    return Due(uuid.UUID(intent), key, bytes(payload), signature, attempts, failures, bool(parked))
