"""Buyers who follow their couriers: many at once, held by a process of their own.

    python -m benchmarks.live.viewers URL HOW VIEWERS < TOKENS

HOW is "stream", "long poll" or "every 3 s". Reads one token a line until an empty one, says
"ready", follows until standard input ends, and prints the age of every position as it was seen, in
milliseconds, as a JSON list.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from benchmarks.live.connection import Connection

HOWS = ("stream", "long poll", "every 3 s")
EVERY_S = 3.0
_AT_ONCE = 20  # connections being made


class Viewer:
    """One phone on one order, over one connection that is kept."""

    def __init__(self, url: str, token: str, ages: list[float]) -> None:
        self._line = Connection(url)
        self._path = f"/api/v1/orders/{token}"
        self._ages = ages
        self._seen = -1

    async def connect(self) -> None:
        await self._line.connect()

    async def stream(self, ready: Callable[[], None]) -> None:
        self._line.ask(f"{self._path}/events")
        ready()
        while line := await self._line.reader.readline():
            if line.startswith(b"data: "):
                self._see(json.loads(line[6:]).get("fix"))

    async def long_poll(self, ready: Callable[[], None]) -> None:
        after = ""
        while True:
            batch = await self._line.answer(f"{self._path}/events/poll?wait=20&after={after}")
            ready()
            after = batch["last_id"]
            for event in batch["events"]:
                self._see(event.get("fix"))

    async def every_3_s(self, ready: Callable[[], None]) -> None:
        await asyncio.sleep(random.uniform(0, EVERY_S))  # noqa: S311 - spreads load
        while True:
            order = await self._line.answer(self._path)
            ready()
            self._see(order["delivery"]["position"])
            await asyncio.sleep(EVERY_S)

    def _see(self, fix: dict[str, Any] | None) -> None:
        if fix and fix["seq"] > self._seen:
            self._seen = fix["seq"]
            # The couriers' phones and these share a clock: it is when the fix was sent.
            sent = datetime.fromisoformat(fix["fix_time"]).timestamp()
            self._ages.append(round((time.time() - sent) * 1000, 2))


async def follow(url: str, how: str, viewers: int, tokens: list[str]) -> list[float]:
    """The ages in milliseconds of all that so many viewers saw."""
    loop = asyncio.get_running_loop()
    ages: list[float] = []
    gate = asyncio.Semaphore(_AT_ONCE)
    ready = [loop.create_future() for _ in range(viewers)]

    async def one(number: int) -> None:
        viewer = Viewer(url, tokens[number % len(tokens)], ages)
        ways: dict[str, Callable[[Callable[[], None]], Awaitable[None]]] = {
            "stream": viewer.stream,
            "long poll": viewer.long_poll,
            "every 3 s": viewer.every_3_s,
        }

        def is_ready() -> None:
            if not ready[number].done():
                ready[number].set_result(None)

        async with gate:
            await viewer.connect()
        await ways[how](is_ready)

    tasks = [asyncio.create_task(one(number)) for number in range(viewers)]
    done, _ = await asyncio.wait(
        [asyncio.gather(*ready), *tasks], return_when=asyncio.FIRST_COMPLETED
    )
    for first in done:
        first.result()
    ages.clear()
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    failed = [task.exception() for task in tasks if task.done()]
    for task in tasks:
        task.cancel()
    if failed:
        raise RuntimeError(f"{len(failed)} viewers were cut off: {failed[0]!r}")
    return ages


if __name__ == "__main__":
    given = []
    while token := sys.stdin.readline().strip():
        given.append(token)
    print(json.dumps(asyncio.run(follow(sys.argv[1], sys.argv[2], int(sys.argv[3]), given))))
