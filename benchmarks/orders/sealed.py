"""Orders as a window's outbox has them ready: sealed to the shop's key, numbered and signed."""

import itertools
import json
import random
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from nacl.signing import SigningKey

from benchmarks.orders.fill import CURRENCY, PRODUCTS, VARIANTS, price_of, variant_id
from benchmarks.orders.office import BenchError, Office
from kiosk.contract import OrderRequest, Personal, SealingKey
from kiosk.contract.sealing import seal, sign

LINES = 2


@dataclass(frozen=True, slots=True)
class Ready:
    """An order that only has to be sent, by the window of that token."""

    body: bytes
    token: str
    key: str
    signature: str


class Outboxes:
    """Makes the orders of all the office's windows, one window after the other."""

    def __init__(self, office: Office) -> None:
        self._shop = _sealing_key(office)
        self._windows = [(token, uuid.uuid4(), SigningKey.generate()) for token in office.tokens]
        self._turn: Iterator[int] = itertools.count()
        self._chance = random.Random(1)  # noqa: S311 - the same baskets at every run

    def ready(self, count: int) -> list[Ready]:
        return [self._one(next(self._turn)) for _ in range(count)]

    def _one(self, turn: int) -> Ready:
        token, instance, signing = self._windows[turn % len(self._windows)]
        order = basket(self._chance.sample(range(PRODUCTS * VARIANTS), LINES))
        person = Personal.model_validate(
            {
                "intent_id": order.intent_id,
                "contact": {"name": "Inès Charge", "phone": f"+3319{turn:09}"},
            }
        )
        told = {"contact": None, "sealed": seal(person, self._shop), "instance_id": instance,
                "number": turn // len(self._windows) + 1}  # fmt: skip
        body = order.model_copy(update=told).model_dump_json(exclude_none=True).encode()
        return Ready(body, token, str(uuid.uuid4()), sign(body, signing))


def basket(chosen: list[int]) -> OrderRequest:
    """An order to collect of one piece each of these variants, seen at their prices."""
    return OrderRequest.model_validate(
        {
            "intent_id": str(uuid.uuid4()),
            "placed_at": datetime.now(UTC).isoformat(),
            "language": "fr",
            "lines": [
                {
                    "variant_id": variant_id(n),
                    "quantity": 1,
                    "seen_unit": {"minor": price_of(n), "currency": CURRENCY},
                }
                for n in chosen
            ],
            "fulfilment": "collect",
            "contact": {"name": "Inès Charge", "phone": "+33199001234"},
            "seen_total": {"minor": sum(map(price_of, chosen)), "currency": CURRENCY},
        }
    )


def _sealing_key(office: Office) -> SealingKey:
    asked = urllib.request.Request(  # noqa: S310 - on loopback
        f"{office.url}/api/v1/profile",
        headers={"Authorization": f"Bearer {office.tokens[0]}", "Kiosk-Contract": "1"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        key = json.load(answer)["sealing_key"]
    if key is None:
        raise BenchError("this shop has no key to seal to: kiosk backoffice keys list")
    return SealingKey.model_validate(key)
