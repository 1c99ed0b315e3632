"""Windows that order: each a thread with one connection that is kept, as a real one's is."""

import http.client
import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.orders.office import BenchError, Office
from benchmarks.orders.sealed import Outboxes, Ready

# More orders than any of these databases takes in a second: they are ready before it begins.
READY_A_SECOND = 160


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
    """Sends orders one after the other."""

    def __init__(self, office: Office) -> None:
        where = urlsplit(office.url)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)

    def place(self, order: Ready) -> Sent:
        headers = {
            "Authorization": f"Bearer {order.token}",
            "Content-Type": "application/json",
            "Kiosk-Contract": "1",
            "Idempotency-Key": order.key,
            "Kiosk-Signature": order.signature,
        }
        out = time.monotonic()
        self._connection.request("POST", "/api/v1/orders", order.body, headers)
        answer = self._connection.getresponse()
        told = answer.read()
        back = time.monotonic()
        receipt = json.loads(told) if answer.status in (200, 201) else {}
        return Sent(
            out, back, answer.status, receipt.get("status", ""), receipt.get("token", "")
        )  # fmt: skip

    def close(self) -> None:
        self._connection.close()


def storm(office: Office, outboxes: Outboxes, clients: int, seconds: float) -> list[Sent]:
    """Orders from so many clients at once, each as fast as it is answered, for so long."""
    waiting = deque(outboxes.ready(clients + int(seconds * READY_A_SECOND)))
    found: list[Sent] = []
    failures: list[BaseException] = []
    start = threading.Barrier(clients)

    def work() -> None:
        client, own = Client(office), []
        try:
            client.place(waiting.popleft())  # the connection is there before anything counts
            start.wait(30)
            until = time.monotonic() + seconds
            while waiting and time.monotonic() < until:
                own.append(client.place(waiting.popleft()))
        except Exception as error:
            failures.append(error)
            start.abort()
        finally:
            client.close()
        found.extend(own)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise BenchError(f"a client failed: {failures[0]!r}") from failures[0]
    return found


def paced(office: Office, outboxes: Outboxes, orders: int, every_s: float) -> list[Sent]:
    """Orders one at a time, one every `every_s` seconds."""
    client, found = Client(office), []
    first, *others = outboxes.ready(orders + 1)
    client.place(first)
    begin = time.monotonic() + every_s
    for number, order in enumerate(others):
        time.sleep(max(0.0, begin + number * every_s - time.monotonic()))
        found.append(client.place(order))
    time.sleep(every_s)
    client.close()
    return found
