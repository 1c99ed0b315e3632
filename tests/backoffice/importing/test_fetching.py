"""Pictures from addresses that anybody may have written into a feed."""

import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from kiosk.backoffice.catalogue.models import Picture, ProductPicture
from kiosk.backoffice.importing import fetch as fetching
from kiosk.backoffice.importing import worker as working
from kiosk.backoffice.importing.fetch import FetchError, fetch, is_public
from kiosk.backoffice.importing.worker import ATTEMPTS, PictureWorker
from tests.backoffice.backoffice_data import make_product, make_shop
from tests.promptly import in_time


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 600), "#1c3a30").save(out, "JPEG")
    return out.getvalue()


class Host(BaseHTTPRequestHandler):
    """Answers by path: /ok.jpg, /to?URL, /round, /404, /endless, /short, /text."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path in ("/to", "/round"):
            self.send_response(302)
            self.send_header("Location", query or path)
            self.end_headers()
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"\0" * 1_000_000)
            except OSError:
                return
        elif path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(jpeg()[:100])
        elif path in ("/ok.jpg", "/text"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(jpeg() if path == "/ok.jpg" else b"no picture")
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def anywhere(address: str) -> bool:
    return True


def test_a_picture_is_fetched(host: str) -> None:
    assert fetch(f"{host}/ok.jpg", anywhere) == jpeg()
    assert fetch(f"{host}/to?/ok.jpg", anywhere) == jpeg()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "smb://host/share",
        "concat:http://a|http://b",
        "http://127.0.0.1/a.jpg",
        "http://localhost/a.jpg",
        "http://[::1]/a.jpg",
        "http://[::ffff:10.0.0.1]/a.jpg",
        "http://10.1.2.3/a.jpg",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/a.jpg",
        "http://user:pw@8.8.8.8/a.jpg",
        "http://",
        "http://a:99999/",
    ],
)
def test_only_public_addresses_are_asked(url: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch(url)
    assert not error.value.host_down and "\n" not in str(error.value)


def test_a_picture_that_was_cut_off_is_asked_for_again(host: str) -> None:
    with pytest.raises(FetchError, match="cut off") as error:
        fetch(f"{host}/short", anywhere)
    assert error.value.host_down


def test_a_redirect_to_the_inside_is_refused(host: str) -> None:
    port = host.rpartition(":")[2]
    with pytest.raises(FetchError, match="file"):
        fetch(f"{host}/to?file:///etc/passwd", anywhere)
    with pytest.raises(FetchError, match="public"):
        fetch(f"{host}/to?http://127.0.0.2:{port}/ok.jpg", lambda a: a == "127.0.0.1")
    with pytest.raises(FetchError, match="redirects"):
        fetch(f"{host}/round", anywhere)


def test_size_and_silence_are_bounded(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FetchError, match="20 MB"):
        fetch(f"{host}/endless", anywhere)
    monkeypatch.setattr(fetching, "TIMEOUT_S", 0.3)
    with pytest.raises(FetchError) as error, _silent() as port:
        fetch(f"http://127.0.0.1:{port}/", anywhere)
    assert error.value.host_down


def test_what_is_public() -> None:
    assert is_public("8.8.8.8") and is_public("2001:4860:4860::8888")
    assert not any(map(is_public, ("192.168.1.1", "::1", "fe80::1", "100.64.0.1", "224.0.0.1")))
    wrapped = ("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "::7f00:1", "::ffff:0:a00:1")
    assert not any(map(is_public, (*wrapped, "fec0::1", "240.0.0.1", "0.0.0.0", "ff0e::1")))
    assert is_public("2002:808:808::")


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"])
def test_other_ways_to_write_an_inside_address(host: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"http://{host}/a.jpg")


def test_a_host_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_S", 0.5)

    def takes() -> float:
        start = time.monotonic()
        with pytest.raises(FetchError) as error, _dripping() as port:
            fetch(f"http://127.0.0.1:{port}/", anywhere)
        assert error.value.host_down
        return time.monotonic() - start

    in_time(takes, 3)


@pytest.mark.usefixtures("database")
def test_a_remote_picture_reaches_its_product(host: str) -> None:
    make_shop()
    use = _shown(make_product("vase").pk, f"{host}/ok.jpg")
    assert PictureWorker(lambda url: fetch(url, anywhere)).work_once()
    use.refresh_from_db()
    assert use.picture.state == Picture.State.READY


@pytest.mark.usefixtures("database")
def test_what_cannot_be_had_stays_a_placeholder(host: str) -> None:
    make_shop()
    gone = _shown(make_product("vase").pk, f"{host}/404")
    text = _shown(make_product("cup").pk, f"{host}/text")
    worker = PictureWorker(lambda url: fetch(url, anywhere))
    while worker.work_once():
        pass
    for use, reason in ((gone, "404"), (text, "picture")):
        use.picture.refresh_from_db()
        assert use.picture.state == Picture.State.FAILED and reason in use.picture.problem


@pytest.mark.usefixtures("database")
def test_a_dead_host_is_left_alone_and_the_others_go_on(host: str) -> None:
    make_shop()
    asked: list[str] = []

    def counted(url: str) -> bytes:
        asked.append(url)
        if "dead" in url:
            raise FetchError("no answer", host_down=True)
        return fetch(url, anywhere)

    for number in range(ATTEMPTS + 5):
        _shown(make_product(f"p{number}").pk, f"http://dead.example/{number}.jpg")
    alive = _shown(make_product("alive").pk, f"{host}/ok.jpg")
    worker = PictureWorker(counted)
    while worker.work_once():
        pass
    assert sum("dead" in url for url in asked) == ATTEMPTS
    alive.refresh_from_db()
    assert alive.picture.state == Picture.State.READY


@pytest.mark.usefixtures("database")
def test_a_lost_connection_ends_one_round_only(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    monkeypatch.setattr(working, "IDLE_S", 0.1)
    make_shop()
    use = _shown(make_product("vase").pk, f"{host}/ok.jpg")
    lost: list[bool] = []

    def losing(url: str) -> bytes:
        if not lost:
            lost.append(True)
            connection.connection.close()  # as a restarted database does
        return fetch(url, anywhere)

    worker = PictureWorker(losing)
    worker.start()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and use.picture.state != Picture.State.READY:
        time.sleep(0.1)
        use = ProductPicture.objects.select_related("picture").get()
    worker.stop()
    assert use.picture.state == Picture.State.READY


def _shown(product_id: str, source: str) -> ProductPicture:
    picture = Picture.objects.create(source=source)
    return ProductPicture.objects.create(product_id=product_id, picture=picture)


@contextmanager
def _dripping() -> Iterator[int]:
    """A host whose headers never end: a letter every tenth of a second."""
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not ended.wait(0.1):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        yield int(listener.getsockname()[1])
        ended.set()


class _silent:
    """A host that takes connections and never answers."""

    def __enter__(self) -> int:
        self._socket = socket.create_server(("127.0.0.1", 0))
        return int(self._socket.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._socket.close()
