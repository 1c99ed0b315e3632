"""Windows that order: each a thread with one connection that is kept, as a real one's is."""

import http.client
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from benchmarks.orders.fill import CURRENCY, PRODUCTS, VARIANTS, price_of, variant_id
from benchmarks.orders.office import BenchError, Office

LINES = 2


@dataclass(frozen=True, slots=True)
class Sent:
    """One order's only request: when it went out and was answered (monotonic seconds), how."""

    out: float
    back: float
    status: int
    order: str  # its status, "" where there is none
    token: str

    @property
    def took_ms(self) -> float:
        return (self.back - self.out) * 1000


class Client:
    """Places orders one after the other, each for another of the office's windows."""

    def __init__(self, office: Office, seed: int) -> None:
        where = urlsplit(office.url)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
        self._tokens = office.tokens
        self._chance = random.Random(seed)  # noqa: S311 - the same baskets at every run
        self._next = seed * 997

    def place(self) -> Sent:
        body = json.dumps(self._order()).encode()
        self._next += 1
        headers = {
            "Authorization": f"Bearer {self._tokens[self._next % len(self._tokens)]}",
            "Content-Type": "application/json",
            "Kiosk-Contract": "1",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        out = time.monotonic()
        self._connection.request("POST", "/api/v1/orders", body, headers)
        answer = self._connection.getresponse()
        told = answer.read()
        back = time.monotonic()
        receipt = json.loads(told) if answer.status in (200, 201) else {}
        return Sent(
            out, back, answer.status, receipt.get("status", ""), receipt.get("token", "")
        )  # fmt: skip

    def close(self) -> None:
        self._connection.close()

    def _order(self) -> dict[str, object]:
        chosen = self._chance.sample(range(PRODUCTS * VARIANTS), LINES)
        return {
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
            "contact": {"name": "Inès Charge", "phone": f"+3319{uuid.uuid4().int % 10**9:09}"},
            "seen_total": {"minor": sum(map(price_of, chosen)), "currency": CURRENCY},
        }


def storm(office: Office, clients: int, seconds: float) -> list[Sent]:
    """Orders from so many clients at once, each as fast as it is answered, for so long."""
    found: list[Sent] = []
    failures: list[BaseException] = []
    start = threading.Barrier(clients)

    def work(number: int) -> None:
        client, own = Client(office, number), []
        try:
            client.place()  # the connection is there before anything counts
            start.wait(30)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                own.append(client.place())
        except Exception as error:
            failures.append(error)
            start.abort()
        finally:
            client.close()
        found.extend(own)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise BenchError(f"a client failed: {failures[0]!r}") from failures[0]
    return found


def paced(office: Office, orders: int, every_s: float) -> list[Sent]:
    """Orders one at a time, one every `every_s` seconds."""
    client, found = Client(office, 4711), []
    client.place()
    begin = time.monotonic() + every_s
    for number in range(orders):
        time.sleep(max(0.0, begin + number * every_s - time.monotonic()))
        found.append(client.place())
    time.sleep(every_s)
    client.close()
    return found
