"""The whole server: event streams natively, everything else on a fixed pool of threads.

A fixed pool keeps one database connection per thread open for good; a stream holds no thread.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import parse_cookie

from kiosk.backoffice.staff.messages import compile_messages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiosk.backoffice.settings")
# Under another server than ours nobody else has done so.
compile_messages(Path(settings.LOCALE_PATHS[0]))
_django = get_wsgi_application()

from django.contrib.auth import SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from kiosk.backoffice.api import PREFIX  # noqa: E402
from kiosk.backoffice.api.bodies import MAX_BODY  # noqa: E402
from kiosk.backoffice.api.intake import (  # noqa: E402
    MAX_UPLOAD,
    UPLOAD_WITHIN,
    Disconnected,
    Receive,
    Scope,
    Send,
    refuse,
    take_in,
)
from kiosk.backoffice.platform.epoch import HighWater  # noqa: E402
from kiosk.backoffice.stream.asgi import EventStream  # noqa: E402
from kiosk.backoffice.stream.hub import Hub  # noqa: E402
from kiosk.contract import Problem  # noqa: E402

THREADS = 8


class Application:
    """The ASGI application. `hub` ends its streams by `hub.close()`."""

    def __init__(self) -> None:
        self._wsgi: Callable[[Scope, Receive, Send], Awaitable[None]]
        self._wsgi = WSGIMiddleware(_django, workers=THREADS)
        self.hub: Hub | None = None
        self._stream: EventStream | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._lifespan(receive, send)
        if scope["type"] != "http":
            return await send({"type": "websocket.close", "code": 1003})
        if self._stream and EventStream.matches(scope["path"]):
            return await self._stream(scope, receive, send)
        return await self._on_a_thread(scope, receive, send)

    async def _on_a_thread(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if await self._may_upload(scope):
                taken = await take_in(receive, MAX_UPLOAD, UPLOAD_WITHIN)
            else:
                taken = await take_in(receive)
        except Disconnected:
            return
        if isinstance(taken, Problem):
            await refuse(send, taken)
        else:
            await self._wsgi(scope, taken, send)

    async def _may_upload(self, scope: Scope) -> bool:
        """Whether a long body comes from somebody who is signed in to the staff's pages."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        length = headers.get(b"content-length", "0")
        short = b"transfer-encoding" not in headers and length.isdigit() and int(length) <= MAX_BODY
        if short or scope["path"].startswith(f"{PREFIX}/") or self.hub is None:
            return False
        key = parse_cookie(headers.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
        return await self.hub.in_thread(lambda: SESSION_KEY in SessionStore(key))

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self.hub = Hub(HighWater(settings.DATA))
        await self.hub.start()
        self._stream = EventStream(self.hub)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.hub.stop()
        await send({"type": "lifespan.shutdown.complete"})


application = Application()
