"""Who listens, and what each has still to be told."""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, field

from django.db.models import Q

from kiosk.backoffice.platform.models import StreamEvent
from kiosk.contract import EventKind

# Things that one stream may have news of while its reader takes none; beyond, it starts afresh.
MAX_WAITING = 200

# All windows, as one of those whom an event can be for.
EVERY_WINDOW: Hashable = "windows"


@dataclass(frozen=True, slots=True)
class Follower:
    """Who listens: a device, or whoever holds one order's token.

    `key` is the SHA-256 of the token that a device came in by. News of an order is for its own
    window and its buyer, also where it came from no window.
    """

    device_id: int | None = None
    key: str = field(default="", repr=False)
    order_token: str = field(default="", repr=False)

    def rooms(self) -> tuple[Hashable, ...]:
        """Where news for them are told."""
        return (self.order_token,) if self.order_token else (self.device_id, EVERY_WINDOW)

    def sees(self, event: StreamEvent) -> bool:
        return not set(self.rooms()).isdisjoint(rooms_of(event))

    def query(self) -> Q:
        """The rows of what they see."""
        if self.order_token:
            return Q(ref=self.order_token)
        return Q(device_id=self.device_id) | Q(device_id=None, ref="")


def rooms_of(event: StreamEvent) -> tuple[Hashable, ...]:
    """Where an event is told."""
    if event.device_id is None and not event.ref:
        return (EVERY_WINDOW,)
    return tuple(room for room in (event.ref, event.device_id) if room)


class News:
    """The newest event of each kind and subject, oldest first, and never more than a few.

    A position that other news of its delivery follow is left out: they are asked for, and where
    the courier may not be shown any more, nobody is told where they were.
    """

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], StreamEvent] = {}
        self.too_much = False

    def add(self, event: StreamEvent) -> None:
        if self.too_much:
            return
        if event.kind != EventKind.POSITION:
            self._waiting.pop((EventKind.POSITION, event.ref), None)
        self._waiting.pop((event.kind, event.ref), None)
        self._waiting[event.kind, event.ref] = event
        if len(self._waiting) > MAX_WAITING:
            self.forget()
            self.too_much = True

    def forget(self) -> None:
        self._waiting.clear()
        self.too_much = False

    def take(self) -> list[StreamEvent]:
        events = list(self._waiting.values())
        self._waiting.clear()
        return events


class Reader:
    """One open stream, on the event loop. It is told into `news`, and looks when `changed`.

    `over`: nothing comes any more; end the stream. `look_due`: when it is next to be written down
    that they look, monotonic seconds.
    """

    def __init__(self, who: Follower) -> None:
        self.who = who
        self.news = News()
        self.over = False
        self.look_due = 0.0
        self._changed = asyncio.Event()

    def tell(self, event: StreamEvent) -> None:
        self.news.add(event)
        self._changed.set()

    def forget(self) -> None:
        """Pass over what it was told up to now."""
        self.news.forget()
        if not self.over:
            self._changed.clear()

    def start_afresh(self) -> None:
        self.news.forget()
        self.news.too_much = True
        self._changed.set()

    def must_start_afresh(self) -> bool:
        """Whether everything must be fetched again; said once."""
        too_much = self.news.too_much
        if too_much:
            self.news.forget()
        return too_much

    def end(self) -> None:
        self.over = True
        self._changed.set()

    def wake(self) -> None:
        """Let it look though there is nothing new."""
        self._changed.set()

    async def changed(self) -> None:
        """Wait for news, for their end, or to be woken."""
        await self._changed.wait()
        self._changed.clear()
