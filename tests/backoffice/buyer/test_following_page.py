"""The buyer's page in a real browser, behind a network that does not let event streams through."""

import contextlib
import http.client
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.devices import add_device
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import make_product, make_shop, order_body, send_order

pytestmark = pytest.mark.usefixtures("database")

BROWSER = shutil.which("chromium")
# How long the page waits, shortened: nobody has to sit through half a minute of silence.
SHORTER = {
    "SILENCE_MS = 25000": "SILENCE_MS = 1500",
    "POLL_FOR_MS = 60000": "POLL_FOR_MS = 2000",
    "WAIT_S = 20": "WAIT_S = 2",
    "1000 * 2 **": "200 * 2 **",
}


class Network(ThreadingHTTPServer):
    """Between the browser and the back office. `asked` is what went through, and how it ended.

    `streams` is "refused", "silent" (nothing of them arrives) or "through".
    """

    daemon_threads = True

    def __init__(self, office: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.office = urlsplit(office).netloc
        self.streams = "refused"
        self.asked: list[tuple[str, int]] = []
        self.ended = threading.Event()

    def count(self, what: str, status: int = 200) -> int:
        return sum(path.partition("?")[0].endswith(what) and s == status for path, s in self.asked)

    def until(self, what: str, status: int, more_than: int = 0) -> None:
        until = time.monotonic() + 40
        while self.count(what, status) <= more_than:
            assert time.monotonic() < until, f"no {what} {status} in {self.asked}"
            time.sleep(0.02)


class _Passing(BaseHTTPRequestHandler):
    server: Network

    def do_GET(self) -> None:
        if self.path.endswith("/events"):
            if self.server.streams == "refused":
                return self._answer(502, b"", [])
            if self.server.streams == "silent":
                self.server.asked.append((self.path, 0))
                self.server.ended.wait(60)
                return None
        upstream = http.client.HTTPConnection(self.server.office, timeout=60)
        upstream.request("GET", self.path, headers=dict(self.headers) | {"Host": "127.0.0.1"})
        answer = upstream.getresponse()
        kept = [(k, v) for k, v in answer.getheaders() if k.lower() in ("content-type", "etag")]
        if answer.getheader("Content-Type", "").startswith("text/event-stream"):
            return self._stream(answer, kept)
        body = answer.read()
        if self.path.endswith("follow.js"):
            for usual, short in SHORTER.items():
                assert usual.encode() in body
                body = body.replace(usual.encode(), short.encode())
        return self._answer(answer.status, body, kept)

    def _answer(self, status: int, body: bytes, headers: list[tuple[str, str]]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        with contextlib.suppress(OSError):  # the browser has gone meanwhile
            self.end_headers()
            self.wfile.write(body)
        self.server.asked.append((self.path, status))

    def _stream(self, answer: http.client.HTTPResponse, headers: list[tuple[str, str]]) -> None:
        self.send_response(200)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.server.asked.append((self.path, 200))
        with contextlib.suppress(OSError):
            while chunk := answer.read1(4096):
                self.wfile.write(chunk)
                self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def network(server: Any) -> Iterator[Network]:
    network = Network(server.url)
    thread = threading.Thread(target=network.serve_forever, daemon=True)
    thread.start()
    yield network
    network.ended.set()
    network.shutdown()
    network.server_close()


@pytest.fixture
def browse(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Open a page, and leave it open until the test ends."""
    if BROWSER is None:
        pytest.skip("no chromium here: install Debian's package of that name")
    started: list[subprocess.Popen[bytes]] = []

    def browse(url: str) -> None:
        command = [BROWSER or "", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        # A tab nobody debugs ends with its page.
        command += [f"--user-data-dir={tmp_path}", "--remote-debugging-port=0", url]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen(command, stdout=quiet, stderr=quiet))

    yield browse
    for process in started:
        process.kill()
        process.wait()


def test_it_polls_after_three_failures_listens_again_and_ends_with_the_order(
    server: Any, network: Network, browse: Callable[[str], None]
) -> None:
    make_shop()
    make_product()
    placed = send_order(server.url, add_device("w")[1], order_body(), "key-of-this-order").json()
    order = Order.objects.get(token=placed["token"])
    browse(f"http://127.0.0.1:{network.server_port}/o/{order.token}")

    network.until("/events/poll", 200)
    assert network.count("/events", 502) == 3
    shown = network.count("/state")
    advance_order(order, OrderStatus.PREPARING)
    network.until("/state", 200, more_than=shown)

    network.streams = "silent"
    network.until("/events", 0, more_than=1)  # the first was given up, and asked for again
    network.streams = "through"
    network.until("/events", 200)
    shown = network.count("/state")
    advance_order(order, OrderStatus.READY)
    network.until("/state", 200, more_than=shown)
    shown, listened = network.count("/state"), network.count("/events")
    advance_order(order, OrderStatus.COMPLETED)
    network.until("/state", 200, more_than=shown)
    time.sleep(2.5)  # whoever listened on would have come back after two seconds
    assert network.count("/events") == listened
