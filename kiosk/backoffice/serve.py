"""Running the back office: ready fast, ended fast, and never longer than its parent."""

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import uvicorn

from kiosk.backoffice.onlyone import running_on
from kiosk.backoffice.setup import BackOfficeError, prepare

DRAIN_S = 1  # for answers under way
USUAL_GARBAGE = (700, 10, 10)  # Python's own thresholds
GIVE_UP_S = 1.8  # whatever still runs then is left behind
_PARENT_EVERY_S = 0.25


@dataclass(frozen=True, slots=True)
class Options:
    """`port` 0 takes any free one. `public_url` is where phones reach this back office; `brand` the
    folder of the theme.toml that its pages wear.

    `catalogue`, `pace` and `timezone` are the demonstration's: its goods, how many times faster
    than life its courier rides, and the IANA zone that its shop stands in (else its own).
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8420
    public_url: str = ""
    demo: bool = False
    catalogue: Path | None = None
    pace: float = 1.0
    timezone: str | None = None
    brand: Path | None = None
    with_parent: bool = False


def serve(options: Options) -> None:
    """Run until SIGTERM or SIGINT. When ready, says so in one JSON line on standard output.

    The line has `url` and `port`; a demonstration adds `device_token` and `staff_url`. Raises
    BackOfficeError.
    """
    if options.with_parent:
        _end_with_parent()
    _environment(options)
    listener = _listen(options.host, options.port)
    port = listener.getsockname()[1]
    shown_host = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host  # noqa: S104
    ready: dict[str, object] = {"url": f"http://{shown_host}:{port}", "port": port}
    # Several processes may share PostgreSQL; SQLite's folder is one process's.
    with running_on(options.data, among_others=bool(os.environ.get("KIOSK_DATABASE_URL"))):
        prepare(options.data)
        if options.demo:
            from kiosk.backoffice.demo import prepare_demo

            keys = prepare_demo(
                options.data, options.catalogue, str(ready["url"]), timezone=options.timezone
            )
            ready |= asdict(keys)
        _check_memory(options.data)
        _check_keys(options)
        server = _Server(ready)
        with _background(options):
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it is ready, and ends its streams before it waits for the rest."""

    def __init__(self, ready: dict[str, object]) -> None:
        # Django is configured by now; importing it earlier would not have been possible.
        from django.urls import get_resolver

        from kiosk.backoffice.asgi import application

        # Every page's module is loaded now, not while the first visitor waits.
        _ = get_resolver().url_patterns
        self._application = application
        self._ready = ready
        super().__init__(
            uvicorn.Config(
                application,
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=DRAIN_S,
                timeout_keep_alive=65,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What has been loaded stays, and what visitors leave behind is searched for as ever.
        gc.freeze()
        gc.set_threshold(*USUAL_GARBAGE)
        print(json.dumps(self._ready), flush=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        yield

    def _end(self) -> None:
        self.should_exit = True
        if self._application.hub:
            self._application.hub.close()
        # A thread that still waits for the database must not keep the process: what was not
        # answered was not promised, and is asked again.
        watchdog = threading.Timer(GIVE_UP_S, os._exit, (0,))
        watchdog.daemon = True
        watchdog.start()


@contextlib.contextmanager
def _background(options: Options) -> Iterator[None]:
    from kiosk.backoffice.camera.services import media_server
    from kiosk.backoffice.camera.watch import CameraWatch
    from kiosk.backoffice.dispatch.worker import DispatchWorker
    from kiosk.backoffice.importing.worker import PictureWorker
    from kiosk.backoffice.mail.worker import MailWorker
    from kiosk.backoffice.privacy.worker import PurgeWorker

    worker, purges, mails = PictureWorker(), PurgeWorker(), MailWorker()
    with contextlib.ExitStack() as running:
        worker.start()
        running.callback(worker.stop, timeout_s=0.5)
        purges.start()
        running.callback(purges.stop)
        dispatch = DispatchWorker()
        dispatch.start()
        running.callback(dispatch.stop)
        mails.start()
        running.callback(mails.stop)
        if server := media_server():
            cameras = CameraWatch(server)
            cameras.start()
            running.callback(cameras.stop)
        if options.demo:
            from kiosk.backoffice.demo import riding

            running.enter_context(riding(options.pace))
        yield


def _environment(options: Options) -> None:
    if options.brand:
        os.environ["KIOSK_BRAND"] = str(options.brand)
    if options.public_url:
        os.environ["KIOSK_PUBLIC_URL"] = options.public_url
    if options.host not in ("0.0.0.0", "::"):  # noqa: S104
        hosts = os.environ.get("KIOSK_ALLOWED_HOSTS", "")
        os.environ["KIOSK_ALLOWED_HOSTS"] = f"{hosts},{options.host}"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or the event loop leaves Nagle's algorithm on: an answer's body would then wait
    # for the asker's delayed acknowledgement of its head, 40 ms on Linux.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise BackOfficeError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another --port (0: any)"
        ) from error
    listener.listen(512)
    return listener


def _check_memory(data: Path) -> None:
    from kiosk.backoffice.platform.epoch import HighWater

    if HighWater(data).check():
        print("kiosk: an older database was put back: windows fetch everything", file=sys.stderr)


def _check_keys(options: Options) -> None:
    from kiosk.backoffice.orders.opening import ring

    if ring().current() is None:
        try:
            ring().make()
        except OSError as error:
            raise BackOfficeError(
                f"cannot write keys in {options.data}: {error.strerror}"
            ) from error
        if not options.demo:
            print(
                "kiosk: keys were made that open who ordered; nothing else opens it: copy them "
                "with `kiosk backoffice keys backup FILE` and keep the copy elsewhere",
                file=sys.stderr,
            )


def _end_with_parent() -> None:
    """Ask again and again: the kernel's own notice is tied to the thread that started us."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_EVERY_S)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
