"""Server-sent events, and the same by long poll."""

import asyncio
import contextlib
import re
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import parse_qs

from kiosk.backoffice.api import PREFIX
from kiosk.backoffice.api.intake import Receive, Scope, Send, refuse, start_message
from kiosk.backoffice.api.middleware import contract_problem
from kiosk.backoffice.api.problems import problem
from kiosk.backoffice.courier.looks import AGAIN_S, note_follower
from kiosk.backoffice.platform.devices import bearer, device_of, is_token
from kiosk.backoffice.platform.epoch import cursor, last_event_seq, new_epoch, parse_cursor
from kiosk.backoffice.platform.events import event_on_wire
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.stream.hub import RING, Hub
from kiosk.backoffice.stream.look import has_ended
from kiosk.backoffice.stream.readers import Follower, Reader
from kiosk.contract import (
    CONTRACT_HEADER,
    ErrorCode,
    Event,
    EventBatch,
    EventKind,
    Problem,
)

HEARTBEAT = 10.0  # seconds
SEND_WITHIN = 30.0  # seconds; a reader that takes nothing for so long has gone
MAX_WAIT = 25.0  # seconds of a long poll
RETRY_MS = 2_000

_LET_IN = "send the device's token, or enrol the device again"
_NO_ORDER = "no such order"
_ORDER_EVENTS = re.compile(rf"^{PREFIX}/orders/([^/]+)/events(/poll)?$")


class EventStream:
    """Answers /events and /orders/{token}/events, and each with /poll."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    @staticmethod
    def matches(path: str) -> bool:
        return path in (f"{PREFIX}/events", f"{PREFIX}/events/poll") or bool(
            _ORDER_EVENTS.match(path)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        wrong = contract_problem(path, headers.get(CONTRACT_HEADER.lower()))
        if wrong:
            return await refuse(send, problem(400, wrong, ErrorCode.UNKNOWN_CONTRACT))
        if scope["method"] != "GET":
            return await refuse(send, problem(405))
        if self._hub.closing:
            return await refuse(send, problem(503))
        who = await self._who(path, headers)
        if isinstance(who, Problem):
            return await refuse(send, who)
        with self._hub.reading(who) as reader:
            if who.order_token:
                # Asked while it is told already: an order that ends now is not passed over.
                ended = await self._hub.in_thread(lambda: has_ended(who.order_token))
                if ended is None:
                    return await refuse(send, problem(404, _NO_ORDER))
                if ended:
                    return await _nothing_more(send)
            gone = asyncio.ensure_future(_gone(receive, reader.end))
            try:
                if path.endswith("/poll"):
                    query = parse_qs(scope["query_string"].decode("latin-1"))
                    await self._poll(send, reader, query)
                else:
                    await self._stream(send, reader, headers.get("last-event-id", ""), gone)
            finally:
                gone.cancel()

    async def _who(self, path: str, headers: dict[str, str]) -> Follower | Problem:
        order = _ORDER_EVENTS.match(path)
        if order:
            known = is_token(order[1])
            return Follower(order_token=order[1]) if known else problem(404, _NO_ORDER)
        token = bearer(headers.get("authorization", ""))
        device = await self._hub.in_thread(lambda: device_of(token)) if token else None
        if device is None:
            return problem(401, _LET_IN)
        return Follower(device_id=device.pk, key=device.token_sha256)

    async def _catch_up(self, reader: Reader, last_id: str) -> list[StreamEvent] | None:
        """What the reader missed since an id; None where everything must be fetched again."""
        hub, parsed = self._hub, parse_cursor(last_id)
        if not parsed or parsed[0] != hub.epoch:
            return None
        upto = hub.seq
        reader.forget()
        if parsed[1] > upto:
            if parsed[1] <= await hub.in_thread(last_event_seq):
                return []  # another process told it already
            if reader.who.device_id is not None:
                # A window remembers more than we do: our memory was replaced.
                await hub.in_thread(new_epoch)
            return None
        return await hub.missed(parsed[1], upto, reader.who)

    async def _stream(
        self, send: Send, reader: Reader, last_id: str, gone: "asyncio.Future[None]"
    ) -> None:
        missed = await self._catch_up(reader, last_id)
        await send(start_message(200, "text/event-stream; charset=utf-8"))
        with contextlib.suppress(TimeoutError, OSError), _beating(reader):
            await _write(send, f"retry: {RETRY_MS}\n\n".encode())
            await self._tell(send, reader, missed)
            while not (reader.over or self._hub.closing):
                await reader.changed()
                await self._tell(send, reader, reader.news.take())
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})

    async def _tell(self, send: Send, reader: Reader, events: list[StreamEvent] | None) -> None:
        hub = self._hub
        if events is None or reader.must_start_afresh():
            reader.forget()
            fresh = Event(id=cursor(hub.epoch, hub.seq), kind=EventKind.RESET)
            await _write(send, _data(fresh))
        else:
            await self._note_look(reader, events)
            await _write(send, b"".join(_frame(event, hub.epoch) for event in events) or b": \n\n")

    async def _note_look(self, reader: Reader, events: list[StreamEvent]) -> None:
        """Whoever is told by an order's link where the courier is has looked, also without our
        page: it is written down before it is told.
        """
        token, now = reader.who.order_token, time.monotonic()
        if not token or now < reader.look_due:
            return
        if any(event.kind == EventKind.POSITION for event in events):
            reader.look_due = now + AGAIN_S
            await self._hub.in_thread(lambda: note_follower(token))

    async def _poll(self, send: Send, reader: Reader, query: dict[str, list[str]]) -> None:
        wait = _wait_of(query)
        if wait is None:
            await refuse(send, problem(422, "wait is a number of seconds, 0 or more"))
            return
        hub = self._hub
        missed = await self._catch_up(reader, query.get("after", [""])[0])
        last = hub.seq
        if missed == []:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader.changed(), wait)
            missed, last = reader.news.take(), hub.seq
        if reader.over and reader.who.device_id is not None and not hub.closing:
            await refuse(send, problem(401, _LET_IN))
            return
        reset = missed is None or reader.must_start_afresh()
        if not reset:
            await self._note_look(reader, missed or [])
        events = [] if reset else [event_on_wire(row, hub.epoch) for row in missed or ()]
        last_id = events[-1].id if events else cursor(hub.epoch, last)
        batch = EventBatch(events=events, last_id=last_id, reset=reset)
        await send(start_message(200, "application/json"))
        await send({"type": "http.response.body", "body": batch.model_dump_json().encode()})


def _wait_of(query: dict[str, list[str]]) -> float | None:
    """Seconds, None where that is no number of them."""
    try:
        wait = float(query.get("wait", ["0"])[0])
    except ValueError:
        return None
    return min(MAX_WAIT, wait) if wait >= 0 else None


def _frame(event: StreamEvent, epoch: str) -> bytes:
    """Written once for all who are told; a position, which grows older, once a second."""
    return _written(event, epoch, int(time.monotonic()) if event.payload else 0)


@lru_cache(maxsize=RING)
def _written(event: StreamEvent, epoch: str, _second: int) -> bytes:
    return _data(event_on_wire(event, epoch))


def _data(event: Event) -> bytes:
    return f"id: {event.id}\ndata: {event.model_dump_json()}\n\n".encode()


@contextlib.contextmanager
def _beating(reader: Reader) -> Iterator[None]:
    """Wake a stream every HEARTBEAT seconds. A timer of each wait for news would cost a fifth of
    what telling them costs.
    """
    loop = asyncio.get_running_loop()
    timer: asyncio.TimerHandle

    def beat() -> None:
        nonlocal timer
        reader.wake()
        timer = loop.call_later(HEARTBEAT, beat)

    timer = loop.call_later(HEARTBEAT, beat)
    try:
        yield
    finally:
        timer.cancel()


async def _write(send: Send, body: bytes) -> None:
    message = {"type": "http.response.body", "body": body, "more_body": True}
    async with asyncio.timeout(SEND_WITHIN):
        await send(message)


async def _gone(receive: Receive, then: Callable[[], None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    then()


async def _nothing_more(send: Send) -> None:
    """By 204 a browser knows that it need not come again."""
    await send(start_message(204))
    await send({"type": "http.response.body", "body": b""})
