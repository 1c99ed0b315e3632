"""Taking in a request whole before a thread is spent on it.

A window whose network fails in the middle of an order would otherwise hold one of few threads
until its connection is given up, and eight of them would hold the shop.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kiosk.backoffice.api.bodies import MAX_BODY
from kiosk.backoffice.api.problems import CONTENT_TYPE, problem
from kiosk.contract import CONTRACT, CONTRACT_HEADER, Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BODY_WITHIN = 20.0  # seconds


class Disconnected(Exception):
    """The asker has gone."""


async def take_in(receive: Receive) -> Receive | Problem:
    """A `receive` that has the whole body at hand; a problem for one too large or too slow.

    Raises Disconnected.
    """
    try:
        body = await asyncio.wait_for(_read(receive), BODY_WITHIN)
    except TimeoutError:
        return problem(408, "the body came too slowly: send it again")
    if body is None:
        return problem(413, f"a body may have {MAX_BODY} bytes")
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay


async def _read(receive: Receive) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return bytes(body)


async def refuse(send: Send, given: Problem) -> None:
    """Answer with a problem, natively."""
    head = start_message(given.status, CONTENT_TYPE)
    if given.status == 401:
        head["headers"].append((b"www-authenticate", b"Bearer"))
    if given.status in (408, 413):
        # What of the body still comes is not waited for.
        head["headers"].append((b"connection", b"close"))
    await send(head)
    await send({"type": "http.response.body", "body": given.model_dump_json().encode()})


def start_message(status: int, content_type: str) -> dict[str, Any]:
    headers = [
        (b"content-type", content_type.encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (CONTRACT_HEADER.lower().encode(), str(CONTRACT).encode()),
    ]
    return {"type": "http.response.start", "status": status, "headers": headers}
