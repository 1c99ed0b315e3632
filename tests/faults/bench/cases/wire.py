"""Faults of the wire (8 to 12, 15)."""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.faults.bench.cases.case import Case
from tests.faults.bench.office import eventually
from tests.faults.bench.proxy import Weather
from tests.faults.bench.stand import Stand

PARALLEL = 20


def weather(wire: Weather) -> Any:
    def play(stand: Stand, orders: int, seed: int) -> None:
        stand.storm(wire, orders, seed=seed)

    return play


def slow(stand: Stand, orders: int, seed: int) -> None:
    """Answers that come byte by byte, and ones that come late."""
    stand.storm(Weather(bytes_a_second=4000, latency_s=0.1), orders, seed=seed)


def again_and_again(stand: Stand, orders: int, seed: int) -> None:
    """Requests come twice, once more much later, after others that were made after them."""
    each = max(2, orders // 4)
    for number, deed in enumerate(("twice", "replay", "hold", "late")):
        share = 100 if deed == "replay" else 50
        stand.proxy.set(Weather(shares={deed: share}))
        stand.window.orders(each, seed=seed + number)
        counted = {"replay": "replayed", "hold": "reordered"}.get(deed, deed)
        while not stand.proxy.did[counted]:
            stand.window.orders(1, seed=seed + each)


def blackhole(stand: Stand, orders: int, seed: int) -> None:
    """Everything is taken and nothing answered, until it is not."""
    stand.storm(Weather(blackhole=True), orders, seed=seed)
    time.sleep(1.0)
    stand.proxy.mend()


def flap(stand: Stand, orders: int, seed: int) -> None:
    """What waited is sent while new orders come, again and again."""
    chance, over = random.Random(seed), threading.Event()

    def flapping() -> None:
        while not over.wait(chance.uniform(0.05, 0.6)):
            stand.proxy.set(Weather(cut=chance.random() < 0.5))

    thread = threading.Thread(target=flapping)
    thread.start()
    try:
        for window in stand.windows:
            window.begin_orders(orders, seed=seed)
        for window in stand.windows:
            window.wait_for("played", 180)
        eventually(lambda: stand.proxy.did["cut"], "a cut")
    finally:
        over.set()
        thread.join()


def twenty_at_once(stand: Stand, orders: int, seed: int) -> None:
    """An order that never left the wire, sent by twenty at the same moment."""
    for number in range(max(1, orders // 4)):
        steal_one(stand, seed + number)
        request = stand.proxy.stolen[0]
        with ThreadPoolExecutor(PARALLEL) as many:
            told = list(many.map(partial(send, stand), [request] * PARALLEL))
        # One made the order, the others were told of it, in the same words.
        codes = sorted(code for code, _ in told)
        assert codes == [200] * (PARALLEL - 1) + [201], codes
        assert len({answer["number"] for _, answer in told}) == 1
        stand.proof["parallel"] += PARALLEL
        stand.proxy.mend()


def steal_one(stand: Stand, seed: int) -> None:
    """One new order is taken off the wire, and none that is only asked again."""
    stand.drain()
    stand.proxy.stolen.clear()
    stand.proxy.set(Weather(shares={"steal": 100}))
    stand.window.orders(1, seed=seed)
    eventually(lambda: stand.proxy.stolen, "an order on the wire")


def changed_body(stand: Stand, orders: int, seed: int) -> None:
    """The same key with another content: refused, and the first order stays."""
    for number in range(max(1, orders // 4)):
        steal_one(stand, seed + number)
        head, body = stand.proxy.stolen[0]
        first = send(stand, (head, body))
        changed = json.loads(body)
        changed["lines"][0]["quantity"] += 1
        code, _ = send(stand, (head, json.dumps(changed).encode()))
        assert code == 422, code
        assert send(stand, (head, body)) == (200, first[1])
        stand.proof["refused"] += 1
        stand.proxy.mend()


def send(stand: Stand, request: tuple[bytes, bytes]) -> tuple[int, dict[str, Any]]:
    """A captured request, straight to the back office; gives the code and the answer."""
    head, body = request
    lines = head.decode("latin-1").split("\r\n")[1:]
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    headers = {k: v for k, v in headers.items() if k.lower() not in _OWN}
    url = f"http://127.0.0.1:{stand.office.port}/api/v1/orders"
    asked = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


_OWN = frozenset({"host", "content-length", "connection", "accept-encoding"})

WIRES = (
    Case(8, "connections reset", weather(Weather(shares={"reset": 50})), ("reset",)),
    Case(8, "latency and slow bytes", slow, ("latency", "slow")),
    Case(8, "black hole", blackhole, ("blackhole",)),
    Case(9, "answer lost", weather(Weather(shares={"drop_reply": 50})), ("drop_reply",)),
    Case(
        10,
        "answer cut off or garbled",
        weather(Weather(shares={"truncate": 30, "garble": 30}, reads=True)),
        ("truncate", "garble"),
    ),
    Case(
        11,
        "twice, late, reordered",
        again_and_again,
        ("twice", "late", "replayed", "reordered"),
    ),
    Case(11, "20 at once under one key", twenty_at_once, ("parallel",)),
    Case(12, "same key, changed body", changed_body, ("refused",)),
    Case(15, "the link flaps while the outbox drains", flap, ("cut",)),
)
