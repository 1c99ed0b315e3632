"""The whole server: event streams natively, everything else on a fixed pool of threads.

A fixed pool keeps one database connection per thread open for good; a stream holds no thread.
"""

import os
import re
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
from kiosk.backoffice.courier.passes import COOKIE, courier_of_key  # noqa: E402
from kiosk.backoffice.courier.proof import PHOTO_BYTES  # noqa: E402
from kiosk.backoffice.platform.epoch import HighWater  # noqa: E402
from kiosk.backoffice.stream.asgi import EventStream  # noqa: E402
from kiosk.backoffice.stream.hub import Hub  # noqa: E402
from kiosk.contract import Problem  # noqa: E402

THREADS = 8
PHOTO_PATH = re.compile(r"/c/(\d+/photo|portrait)")  # of a handover, or of who sends it
MAX_PHOTO = PHOTO_BYTES + MAX_BODY  # with the rest of its form


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
            limit = await self._upload_limit(scope)
            if limit:
                taken = await take_in(receive, limit, UPLOAD_WITHIN)
            else:
                taken = await take_in(receive)
        except Disconnected:
            return
        if isinstance(taken, Problem):
            await refuse(send, taken)
        else:
            await self._wsgi(scope, taken, send)

    async def _upload_limit(self, scope: Scope) -> int:
        """How many bytes a long body may have from who is signed in; 0 for everybody else."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        length = headers.get(b"content-length", "0")
        short = b"transfer-encoding" not in headers and length.isdigit() and int(length) <= MAX_BODY
        if short or scope["path"].startswith(f"{PREFIX}/") or self.hub is None:
            return 0
        cookies = parse_cookie(headers.get(b"cookie", ""))
        if PHOTO_PATH.fullmatch(scope["path"]):
            courier = cookies.get(COOKIE, "")
            known = await self.hub.in_thread(lambda: courier_of_key(courier) is not None)
            return MAX_PHOTO if known else 0
        key = cookies.get(settings.SESSION_COOKIE_NAME, "")
        signed_in = await self.hub.in_thread(lambda: SESSION_KEY in SessionStore(key))
        return MAX_UPLOAD if signed_in else 0

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
