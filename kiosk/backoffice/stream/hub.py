"""One reader of the event table for all streams of this process."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from django.db import connection

from kiosk.backoffice.platform.epoch import HighWater, epoch, last_event_seq
from kiosk.backoffice.platform.events import events_after, oldest_event_seq, on_event
from kiosk.backoffice.platform.models import Device, StreamEvent

log = logging.getLogger("kiosk.stream")

# Other processes write events too (an import on the command line): look this often, seconds.
LOOK_EVERY = 1.0
PER_STREAM = 0.0002  # seconds between two tellings, for each stream that is open
RING = 2_000  # events kept in memory; who is further behind reads the database
BATCH = 500

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Follower:
    """Who listens: a device, or whoever holds one order's token.

    News of an order is for its own window and its buyer, also where it came from no window.
    """

    device_id: int | None = None
    order_token: str = ""

    def sees(self, event: StreamEvent) -> bool:
        if self.order_token:
            return event.ref == self.order_token
        return (event.device_id is None and not event.ref) or event.device_id == self.device_id


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at the database brought."""

    epoch: str
    events: list[StreamEvent]
    last: int
    revoked: frozenset[int]


class Hub:
    """Keeps the latest events in memory and wakes the streams. Lives on one event loop."""

    def __init__(self, high_water: HighWater) -> None:
        self.epoch = ""
        self.seq = 0
        self.closing = False
        self.streams = 0  # that are open
        self.revoked: frozenset[int] = frozenset()
        self._high_water = high_water
        self._ring: deque[StreamEvent] = deque(maxlen=RING)
        self._ring_after = 0  # the ring holds every event with a higher number
        self._changed: asyncio.Future[None] = asyncio.Future()
        self._wake = asyncio.Event()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="events")
        self._task: asyncio.Task[None] | None = None
        self._stop_listening: Callable[[], None] | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.seq = self._ring_after = await self.in_thread(last_event_seq)
        self.epoch = await self.in_thread(epoch)

        def wake() -> None:
            loop.call_soon_threadsafe(self._wake.set)

        self._stop_listening = on_event(wake)
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        self.close()
        if self._stop_listening:
            self._stop_listening()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End all streams: their windows come back to the next server."""
        self.closing = True
        self._announce()

    async def in_thread(self, read: Callable[[], _Result]) -> _Result:
        """Run a database read away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _guarded, read)

    def changed(self) -> "asyncio.Future[None]":
        """Done when anything happened after this call; of everybody, and so not to be cancelled."""
        return self._changed

    async def read(self, after: int, who: Follower) -> tuple[list[StreamEvent], int]:
        """What `who` may see after a number, newest of each kind and subject, and up to where."""
        upto = self.seq
        if after >= self._ring_after:
            # Newest first: a ring holds thousands, and who listens lacks a few.
            newer = takewhile(lambda event: event.seq > after, reversed(self._ring))
            events = list(newer)[::-1]
        else:
            batch = await self.in_thread(lambda: events_after(after, BATCH))
            events = list(batch)
            upto = events[-1].seq if len(events) == BATCH else max(upto, after)
        latest: dict[tuple[str, str], StreamEvent] = {}
        for event in events:
            if who.sees(event):
                latest.pop((event.kind, event.ref), None)
                latest[event.kind, event.ref] = event
        return list(latest.values()), upto

    async def knows(self, seq: int) -> bool:
        """Whether nothing after this number was forgotten yet."""
        if self._ring_after <= seq <= self.seq:
            return True
        if seq > self.seq:
            return False
        return seq >= await self.in_thread(oldest_event_seq) - 1

    async def _watch(self) -> None:
        while not self.closing:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY)
            self._wake.clear()
            try:
                self._take(await self.in_thread(self._look))
                # Telling everybody takes its time, in which no order is answered: under a storm
                # of news each telling has more of it.
                await asyncio.sleep(self.streams * PER_STREAM)
            except Exception:
                log.exception("the event table cannot be read; trying again")
                await asyncio.sleep(LOOK_EVERY)

    def _look(self) -> _Look:
        events = list(events_after(self.seq, BATCH))
        last = events[-1].seq if events else last_event_seq()
        now = epoch()
        if events:
            self._high_water.note(now, last)
        revoked = Device.objects.exclude(revoked_at=None).values_list("pk", flat=True)
        return _Look(now, events, last, frozenset(revoked))

    def _take(self, look: _Look) -> None:
        if look.epoch != self.epoch:
            self._ring.clear()
            self.epoch, self.seq, self._ring_after = look.epoch, look.last, look.last
        elif look.events:
            overflow = len(self._ring) + len(look.events) - RING
            if overflow > 0:
                held = [*self._ring, *look.events]
                self._ring_after = held[overflow - 1].seq
            self._ring.extend(look.events)
            self.seq = look.last
        elif look.revoked == self.revoked:
            return
        self.revoked = look.revoked
        if len(look.events) == BATCH:
            self._wake.set()
        self._announce()

    def _announce(self) -> None:
        changed, self._changed = self._changed, asyncio.Future()
        changed.set_result(None)


def _guarded(read: Callable[[], _Result]) -> _Result:
    try:
        return read()
    except Exception:
        # The next read of this thread begins with a fresh connection.
        connection.close()
        raise
