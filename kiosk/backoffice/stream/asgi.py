"""Server-sent events, and the same by long poll."""

import asyncio
import re
from functools import lru_cache
from urllib.parse import parse_qs

from kiosk.backoffice.api import PREFIX
from kiosk.backoffice.api.intake import Receive, Scope, Send, refuse, start_message
from kiosk.backoffice.api.middleware import contract_problem
from kiosk.backoffice.api.problems import problem
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.devices import bearer, device_of, is_token
from kiosk.backoffice.platform.epoch import cursor, new_epoch, parse_cursor
from kiosk.backoffice.platform.events import event_on_wire
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.stream.hub import RING, Follower, Hub
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
_ORDER_EVENTS = re.compile(rf"^{PREFIX}/orders/([^/]+)/events$")


class EventStream:
    """Answers /events, /events/poll and /orders/{token}/events."""

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
        if path.endswith("/poll"):
            query = parse_qs(scope["query_string"].decode("latin-1"))
            return await self._poll(receive, send, who, query)
        return await self._stream(receive, send, who, headers.get("last-event-id", ""))

    async def _who(self, path: str, headers: dict[str, str]) -> Follower | Problem:
        order = _ORDER_EVENTS.match(path)
        if order:
            token = order[1]
            orders = Order.objects.filter(token=token)
            known = is_token(token) and await self._hub.in_thread(orders.exists)
            return Follower(order_token=token) if known else problem(404, "no such order")
        token = bearer(headers.get("authorization", ""))
        device = await self._hub.in_thread(lambda: device_of(token)) if token else None
        if device is None:
            return problem(401, _LET_IN)
        return Follower(device_id=device.pk)

    async def _start(self, last_id: str, who: Follower) -> tuple[int, bool]:
        """From which number to go on, and whether everything must be fetched again."""
        hub, parsed = self._hub, parse_cursor(last_id)
        if parsed and parsed[0] == hub.epoch:
            if await hub.knows(parsed[1]):
                return parsed[1], False
            if parsed[1] > hub.seq and who.device_id is not None:
                # A window remembers more than we do: our memory was replaced.
                await hub.in_thread(new_epoch)
        return hub.seq, True

    async def _stream(self, receive: Receive, send: Send, who: Follower, last_id: str) -> None:
        hub = self._hub
        position, reset = await self._start(last_id, who)
        epoch = hub.epoch
        await send(start_message(200, "text/event-stream; charset=utf-8"))
        gone = asyncio.ensure_future(_gone(receive))
        hub.streams += 1
        try:
            await _write(send, f"retry: {RETRY_MS}\n\n".encode())
            while not (hub.closing or gone.done() or who.device_id in hub.revoked):
                changed = hub.changed()
                if reset or epoch != hub.epoch:
                    epoch, position, reset = hub.epoch, hub.seq, False
                    fresh = Event(id=cursor(epoch, position), kind=EventKind.RESET)
                    await _write(send, _data(fresh))
                events, upto = await hub.read(position, who)
                frames = b"".join(_frame(event, epoch) for event in events)
                if frames:
                    await _write(send, frames)
                behind, position = upto < hub.seq, upto
                if not behind and not await _within(HEARTBEAT, changed, gone):
                    await _write(send, b": \n\n")
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        except (TimeoutError, OSError):
            return
        finally:
            hub.streams -= 1
            gone.cancel()

    async def _poll(
        self, receive: Receive, send: Send, who: Follower, query: dict[str, list[str]]
    ) -> None:
        wait = _wait_of(query)
        if wait is None:
            await refuse(send, problem(422, "wait is a number of seconds, 0 or more"))
            return
        hub = self._hub
        position, reset = await self._start(query.get("after", [""])[0], who)
        epoch = hub.epoch
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        gone = asyncio.ensure_future(_gone(receive))
        events: list[Event] = []
        try:
            while not reset:
                changed = hub.changed()
                rows, position = await hub.read(position, who)
                events = [event_on_wire(row, epoch) for row in rows]
                left = deadline - loop.time()
                if who.device_id in hub.revoked:
                    await refuse(send, problem(401, _LET_IN))
                    return
                if events or left <= 0 or hub.closing or gone.done():
                    break
                if position >= hub.seq:
                    await _within(left, changed, gone)
                reset = hub.epoch != epoch
        finally:
            gone.cancel()
        last_id = cursor(hub.epoch, hub.seq if reset else position)
        batch = EventBatch(events=[] if reset else events, last_id=last_id, reset=reset)
        await send(start_message(200, "application/json"))
        await send({"type": "http.response.body", "body": batch.model_dump_json().encode()})


def _wait_of(query: dict[str, list[str]]) -> float | None:
    """Seconds, None where that is no number of them."""
    try:
        wait = float(query.get("wait", ["0"])[0])
    except ValueError:
        return None
    return min(MAX_WAIT, wait) if wait >= 0 else None


@lru_cache(maxsize=RING)
def _frame(event: StreamEvent, epoch: str) -> bytes:
    """Written once for all who are told."""
    return _data(event_on_wire(event, epoch))


def _data(event: Event) -> bytes:
    return f"id: {event.id}\ndata: {event.model_dump_json()}\n\n".encode()


async def _write(send: Send, body: bytes) -> None:
    message = {"type": "http.response.body", "body": body, "more_body": True}
    async with asyncio.timeout(SEND_WITHIN):
        await send(message)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _within(
    seconds: float, changed: "asyncio.Future[None]", gone: "asyncio.Future[None]"
) -> bool:
    """Wait for news or for the reader to leave; False when neither came in time."""
    done, _ = await asyncio.wait(
        {changed, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
    )
    return bool(done)
