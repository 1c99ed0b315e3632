"""One reader of the event table for all streams of this process."""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from typing import TypeVar

from django.db import connection

from kiosk.backoffice.platform.epoch import HighWater, epoch, last_event_seq
from kiosk.backoffice.platform.events import events_after, oldest_event_seq
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.platform.waking import on_news
from kiosk.backoffice.stream.look import Look, look
from kiosk.backoffice.stream.pace import Pace
from kiosk.backoffice.stream.postgres import Notices
from kiosk.backoffice.stream.readers import Follower, News, Reader, rooms_of

log = logging.getLogger("kiosk.stream")

# Whoever writes tells us. Where they cannot (a command beside SQLite), look this often, seconds:
# who is shut out by one is to be out within a second. And so often where PostgreSQL tells us of
# all, lest one word of it was lost.
LOOK_EVERY = 0.8
LOOK_EVERY_TOLD = 10.0
# Whether windows are still let in is asked this often at most while there is other news, seconds.
ASK_WHO_EVERY = 0.5
RING = 2_000  # events kept in memory; who is further behind reads the database
BATCH = 500

_Result = TypeVar("_Result")


class Hub:
    """Keeps the latest events in memory and tells the streams. Lives on one event loop."""

    def __init__(self, high_water: HighWater) -> None:
        self.epoch = ""
        self.seq = 0
        self.closing = False
        self._high_water = high_water
        self._noted = 0
        self._asked_who_at = 0.0
        self._who_is_due = False
        self._asking: asyncio.TimerHandle | None = None
        self._ring: deque[StreamEvent] = deque(maxlen=RING)
        self._ring_after = 0  # the ring holds every event with a higher number
        self._pace = Pace()
        self._rooms: defaultdict[Hashable, set[Reader]] = defaultdict(set)
        self._wake = asyncio.Event()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="events")
        self._task: asyncio.Task[None] | None = None
        self._notices = Notices()
        self._stop_listening: Callable[[], None] | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.seq = self._ring_after = await self.in_thread(last_event_seq)
        self.epoch = await self.in_thread(epoch)

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._wake.set)

        def wake_here() -> None:
            if not self._notices.heard:
                wake()

        self._stop_listening = on_news(wake_here)
        self._notices.start(wake)
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        self.close()
        if self._stop_listening:
            self._stop_listening()
        self._notices.stop()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End all streams: their windows come back to the next server."""
        self.closing = True
        for reader in self._readers():
            reader.end()

    async def in_thread(self, read: Callable[[], _Result]) -> _Result:
        """Run a database read away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _guarded, read)

    @contextlib.contextmanager
    def reading(self, who: Follower) -> Iterator[Reader]:
        """A reader that is told everything that happens from now on, until the block ends."""
        reader = Reader(who)
        for room in who.rooms():
            self._rooms[room].add(reader)
        if self.closing:
            reader.end()
        if who.device_id is not None and self._asking is None:
            # Who was shut out between the door and here would else stay until there is other news.
            self._asking = asyncio.get_running_loop().call_later(ASK_WHO_EVERY, self._ask)
        try:
            yield reader
        finally:
            for room in who.rooms():
                self._rooms[room].discard(reader)
                if not self._rooms[room]:
                    del self._rooms[room]

    def _ask(self) -> None:
        self._asking = None
        self._wake.set()

    async def missed(self, after: int, upto: int, who: Follower) -> list[StreamEvent] | None:
        """What `who` may see of the events after one number and up to another, newest of each
        kind and subject; None where that is more than is kept or told.
        """
        if after > upto:
            return None
        if after >= self._ring_after:
            # Newest first: a ring holds thousands, and who comes back lacks a few.
            newer = takewhile(lambda event: event.seq > after, reversed(self._ring))
            found: Sequence[StreamEvent] = [event for event in newer if who.sees(event)][::-1]
        else:
            found = await self.in_thread(lambda: events_after(after, BATCH + 1, who.query()))
            # Asked afterwards: what was trimmed meanwhile is missing in the answer.
            if len(found) > BATCH or after < await self.in_thread(oldest_event_seq) - 1:
                return None
        news = News()
        for event in found:
            if event.seq <= upto:
                news.add(event)
        return None if news.too_much else news.take()

    async def _watch(self) -> None:
        while not self.closing:
            often = LOOK_EVERY_TOLD if self._notices.heard else LOOK_EVERY
            if self._who_is_due:
                often = ASK_WHO_EVERY
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), often)
            self._wake.clear()
            devices = {r.who.device_id for r in self._readers() if r.who.device_id is not None}
            try:
                found = await self.in_thread(lambda: self._look(frozenset(devices)))  # noqa: B023
                # Of the processor: that others have it meanwhile is no reason to tell later.
                start = time.thread_time()
                self._take(found)
                await asyncio.sleep(0)  # all that were told have their turn
                spent = time.thread_time() - start
                await asyncio.sleep(self._pace.pause_s(spent, time.monotonic()))
            except Exception:
                log.exception("the event table cannot be read; trying again")
                await asyncio.sleep(LOOK_EVERY)

    def _look(self, devices: frozenset[int]) -> Look:
        now = time.monotonic()
        found = look(self.seq, BATCH, devices, now - self._asked_who_at >= ASK_WHO_EVERY)
        if found.keys is not None:
            self._asked_who_at = now
        self._who_is_due = found.keys is None
        if found.last != self._noted:
            # Before anybody is told: a window that knows more than the note could hide from us
            # that an older copy was put back, and would not offer its orders again.
            self._noted = found.last
            self._high_water.note(found.epoch, found.last)
        return found

    def _take(self, found: Look) -> None:
        """Tell what a look brought."""
        if found.epoch != self.epoch:
            self._ring.clear()
            self.epoch, self.seq, self._ring_after = found.epoch, found.last, found.last
            for reader in self._readers():
                reader.start_afresh()
        elif found.events:
            self._tell(found.events)
        for token in found.ended:
            for reader in self._rooms.get(token, ()):
                reader.end()
        if found.keys is not None:
            self._shut_out(found.keys)
        if len(found.events) == BATCH:
            self._wake.set()

    def _tell(self, events: list[StreamEvent]) -> None:
        overflow = len(self._ring) + len(events) - RING
        if overflow > 0:
            held = [*self._ring, *events]
            self._ring_after = held[overflow - 1].seq
        self._ring.extend(events)
        self.seq = events[-1].seq
        for event in events:
            for reader in {r for room in rooms_of(event) for r in self._rooms.get(room, ())}:
                reader.tell(event)

    def _shut_out(self, keys: dict[int, str]) -> None:
        """End the streams of who came in by a key that opens no longer. Of who came while that was
        asked it is not known yet.
        """
        for reader in self._readers():
            device = reader.who.device_id
            if device in keys and keys[device] != reader.who.key:
                reader.end()

    def _readers(self) -> set[Reader]:
        return {reader for room in self._rooms.values() for reader in room}


def _guarded(read: Callable[[], _Result]) -> _Result:
    try:
        return read()
    except Exception:
        # The next read of this thread begins with a fresh connection.
        connection.close()
        raise
