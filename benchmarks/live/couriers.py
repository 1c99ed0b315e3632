"""Couriers' phones: many at once, held by a process of their own.

    python -m benchmarks.live.couriers URL < KEYS

Reads the keys of sessions, one a line, until an empty one. Then each line of standard input is a
ride, "paced SECONDS" or "hurried FIXES BATCH", and is answered by a line of JSON when it is over.
Paced, each phone posts a fix every 3 s as its page does, all of them evenly spread. Hurried, each
posts its fixes in batches as soon as the last one is taken, as often as a phone may.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.live.connection import Connection

PATH = "/api/v1/courier/positions"
EVERY_S = 3.0
LEAST_S = 0.52  # between two posts: the back office takes two a second from a phone
SPEED_MPS = 4.5
START, STEP, ROUTE = (48.86, 2.34), 1e-4, 200  # the way: so many points from there on
_STEP_M = 13.3


class Phone:
    """One courier's, on the way to the door and, where it comes to that, back again."""

    def __init__(self, url: str, key: str, took: list[float]) -> None:
        self._line = Connection(
            url, Cookie=f"courier={key}", Content_Type="application/json", Kiosk_Contract="1"
        )
        self._took = took
        self._seq = 0
        self._began = time.monotonic()

    async def connect(self) -> None:
        await self._line.connect()

    async def post(self, count: int, over_s: float = 0.0) -> None:
        """The newest fix, and others before it within so many seconds."""
        now = datetime.now(UTC)
        fixes = [
            self._fix(now - timedelta(seconds=over_s * (count - 1 - k) / max(count, 1)))
            for k in range(count)
        ]
        body = json.dumps({"sent_at": now.isoformat(), "fixes": fixes}).encode()
        began = time.perf_counter()
        taken = await self._line.answer(PATH, body)
        self._took.append(round((time.perf_counter() - began) * 1000, 2))
        if taken["kept"] != count or not taken["shown"]:
            raise RuntimeError(f"{count} fixes were sent, and of them taken: {taken}")

    def _fix(self, at: datetime) -> dict[str, Any]:
        self._seq += 1
        steps = (time.monotonic() - self._began) * SPEED_MPS / _STEP_M
        away = (ROUTE - 1) - abs(steps % (2 * ROUTE - 2) - (ROUTE - 1))
        lat, lon = START[0] + away * STEP, START[1] + away * STEP
        return {
            "seq": self._seq, "fix_time": at.isoformat(), "lat": lat, "lon": lon,
            "accuracy_m": 8.0, "speed_mps": SPEED_MPS, "heading_deg": 45.0, "battery": 80,
        }  # fmt: skip

    async def paced(self, begin: float, seconds: float) -> None:
        for k in range(int(seconds / EVERY_S)):
            await asyncio.sleep(max(0.0, begin + k * EVERY_S - time.monotonic()))
            await self.post(1)

    async def hurried(self, fixes: int, batch: int) -> None:
        for _ in range(fixes // batch):
            began = time.monotonic()
            await self.post(batch, LEAST_S)
            await asyncio.sleep(max(0.0, began + LEAST_S - time.monotonic()))


async def ride(url: str, keys: list[str]) -> None:
    took: list[float] = []
    phones = [Phone(url, key, took) for key in keys]
    for phone in phones:
        await phone.connect()
    loop = asyncio.get_running_loop()
    while words := (await loop.run_in_executor(None, sys.stdin.readline)).split():
        took.clear()
        begin = time.monotonic()
        if words[0] == "paced":
            apart = EVERY_S / len(phones)
            rides = [p.paced(begin + k * apart, float(words[1])) for k, p in enumerate(phones)]
        else:
            rides = [p.hurried(int(words[1]), int(words[2])) for p in phones]
        await asyncio.gather(*rides)
        print(json.dumps({"seconds": time.monotonic() - begin, "took_ms": took}), flush=True)


if __name__ == "__main__":
    given = []
    while key := sys.stdin.readline().strip():
        given.append(key)
    asyncio.run(ride(sys.argv[1], given))
