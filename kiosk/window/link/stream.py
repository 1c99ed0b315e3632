"""The event stream: hints as they happen, by server-sent events or, failing that, long poll."""

import logging
import time
from typing import Protocol

from pydantic import ValidationError

from kiosk.contract import Event, EventKind, PositionFix
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import Away, LinkError
from kiosk.window.link.presence import Presence
from kiosk.window.link.sse import EventParser, Overlong
from kiosk.window.link.worker import Worker
from kiosk.window.replica import CatalogueReplica

log = logging.getLogger(__name__)

LAST_ID = "event_id"
FAILURES_BEFORE_POLLING = 3
# An empty answer should have been held back; one that was not must not make us spin.
UNHELD_S = 1.0


class Hints(Protocol):
    """Who wants to know. Called from the stream's thread; must not block."""

    def everything_changed(self) -> None: ...
    def shop_changed(self) -> None: ...
    def order_changed(self, token: str) -> None: ...
    def passing_changed(self) -> None: ...
    def courier_moved(self, token: str, fix: PositionFix) -> None: ...


class EventStream(Worker):
    """Keeps one connection open and the last event's id on the disk.

    An event seen before is passed over. A gap or another epoch means that something was
    missed, so everything is asked for again. After three failures in a row it polls, and
    tries the stream again later.
    """

    def __init__(
        self,
        client: BackOfficeClient,
        replica: CatalogueReplica,
        presence: Presence,
        hints: Hints,
    ) -> None:
        super().__init__("stream")
        self._client = client
        self._replica = replica
        self._presence = presence
        self._hints = hints
        self._pace = client.pace
        self._last_id = replica.note(LAST_ID)
        self._failures = 0
        self._stream_again_at = 0.0
        self._refetched_at = float("-inf")

    def work(self) -> float:
        try:
            if self._failures >= FAILURES_BEFORE_POLLING and (
                time.monotonic() < self._stream_again_at
            ):
                return self._poll()
            self._listen()
        except (LinkError, Overlong) as error:
            if self.stopping:
                return 0.0
            self._failures += 1
            if self._failures % FAILURES_BEFORE_POLLING == 0:
                self._stream_again_at = time.monotonic() + self._pace.stream_again_s
            log.info("the event stream ended (%s), failure %d", error, self._failures)
            if isinstance(error, LinkError):
                self._presence.failed(error)
        return self._pace.backoff(max(1, self._failures))

    def _listen(self) -> None:
        parser = EventParser()
        line_at = time.monotonic()
        with self._client.events(self._last_id) as chunks:
            for chunk in chunks:
                before = parser.lines
                events = parser.feed(chunk)
                now = time.monotonic()
                if parser.lines > before:
                    line_at = now
                    self._alive(first=before == 0)
                elif now - line_at > self._pace.idle_s:
                    raise Away("the event stream only drips")
                for event in events:
                    self._take(event.data)
        if not parser.lines:
            raise Away("the event stream ended before it began")

    def _poll(self) -> float:
        asked_at = time.monotonic()
        batch = self._client.poll(self._last_id, self._pace.poll_wait_s)
        self._presence.answered()
        if batch.reset:
            self._hints.everything_changed()
        for event in batch.events:
            self._event(event)
        self._keep(batch.last_id)
        held = time.monotonic() - asked_at
        return 0.0 if batch.events else max(0.0, UNHELD_S - held)

    def _alive(self, *, first: bool) -> None:
        self._presence.answered()
        if first:
            self._failures = 0
            self._hints.everything_changed()

    def _take(self, data: str) -> None:
        try:
            event = Event.model_validate_json(data)
        except ValidationError:
            log.warning("an event that is none: everything is asked for again")
            self._refetch()
            return
        self._event(event)

    def _event(self, event: Event) -> None:
        epoch, seq = _parts(event.id)
        last_epoch, last_seq = _parts(self._last_id)
        if event.kind == EventKind.RESET or epoch != last_epoch:
            self._hints.everything_changed()
        elif seq <= last_seq:
            return
        elif seq > last_seq + 1:
            self._refetch()
        self._dispatch(event)
        self._keep(event.id)

    def _dispatch(self, event: Event) -> None:
        match event.kind:
            case EventKind.CATALOGUE | EventKind.PROFILE:
                self._hints.shop_changed()
            case EventKind.ORDER | EventKind.DELIVERY:
                self._hints.order_changed(event.ref)
            case EventKind.PASSING:
                self._hints.passing_changed()
            case EventKind.POSITION if event.fix:
                self._hints.courier_moved(event.ref, event.fix)

    def _refetch(self) -> None:
        """Ask for everything, but not all the time: numbers that went to others are gaps too."""
        now = time.monotonic()
        if now - self._refetched_at >= self._pace.refetch_every_s:
            self._refetched_at = now
            self._hints.everything_changed()

    def _keep(self, event_id: str) -> None:
        if event_id != self._last_id:
            self._last_id = event_id
            self._replica.set_note(LAST_ID, event_id)


def _parts(event_id: str) -> tuple[str, int]:
    """(epoch, sequence number) of "EPOCH-SEQ"; an id of another form is an epoch of its own."""
    epoch, _, digits = event_id.rpartition("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 18:
        return epoch, int(digits)
    return event_id, 0
