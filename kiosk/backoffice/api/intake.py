"""Taking in a request whole before a thread is spent on it.

A window whose network fails in the middle of an order would otherwise hold one of few threads
until its connection is given up, and eight of them would hold the shop. So would anybody who
sends half a form to a page.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any

from kiosk.backoffice.api.bodies import MAX_BODY
from kiosk.backoffice.api.problems import CONTENT_TYPE, problem
from kiosk.contract import CONTRACT, CONTRACT_HEADER, Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BODY_WITHIN = 20.0  # seconds
MAX_UPLOAD = 200_000_000  # bytes; photographs of somebody who is signed in
UPLOAD_WITHIN = 300.0  # seconds
_IN_MEMORY = 1 << 20
_CHUNK = 1 << 16


class Disconnected(Exception):
    """The asker has gone."""


async def take_in(
    receive: Receive, limit: int = MAX_BODY, within: float = BODY_WITHIN
) -> Receive | Problem:
    """A `receive` that has the whole body at hand; a problem for one too large or too slow.

    `limit` is in bytes, `within` in seconds. Raises Disconnected.
    """
    try:
        body = await asyncio.wait_for(_read(receive, limit), within)
    except TimeoutError:
        return problem(408, "the body came too slowly: send it again")
    if body is None:
        return problem(413, f"a body may have {limit} bytes")
    ended = False

    async def replay() -> Message:
        nonlocal ended
        if ended:
            return await receive()
        chunk = body.read(_CHUNK)
        ended = len(chunk) < _CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not ended}

    return replay


async def _read(receive: Receive, limit: int) -> IO[bytes] | None:
    body = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with its last reader
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body.write(message.get("body", b""))
        if body.tell() > limit:
            return None
        if not message.get("more_body"):
            body.seek(0)
            return body


async def refuse(send: Send, given: Problem) -> None:
    """Answer with a problem, natively."""
    head = start_message(given.status, CONTENT_TYPE)
    if given.status == 401:
        head["headers"].append((b"www-authenticate", b"Bearer"))
    if given.status == 405:
        head["headers"].append((b"allow", b"GET"))
    if given.status == 503:
        head["headers"].append((b"retry-after", b"5"))
    if given.status in (408, 413):
        # What of the body still comes is not waited for.
        head["headers"].append((b"connection", b"close"))
    await send(head)
    await send({"type": "http.response.body", "body": given.model_dump_json().encode()})


def start_message(status: int, content_type: str = "") -> dict[str, Any]:
    headers = [
        *([(b"content-type", content_type.encode())] if content_type else []),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (CONTRACT_HEADER.lower().encode(), str(CONTRACT).encode()),
    ]
    return {"type": "http.response.start", "status": status, "headers": headers}
