"""The buyer's page plays what MediaMTX would send it: by a session, and part by part."""

import json
import shutil
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop
from conftest import Server
from courier.chromium import CHROMIUM, Chromium
from django.conf import settings
from django.utils import timezone
from low_latency import MediaServer

from benchmarks.live.camera_rig import free_port
from kiosk.backoffice.camera.keys import hook_secret
from kiosk.backoffice.camera.server import camera_server_from
from kiosk.backoffice.camera.services import open_camera
from kiosk.backoffice.orders.deliveries import advance_delivery, report_position, set_route
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
    pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg: apt-get install ffmpeg"),
]
SHOP, DOOR = Point(48.86, 2.34), Point(48.87, 2.34)
FIGURE = "document.querySelector('#street')"
OLD_BROWSER = "delete globalThis.MediaSource; HTMLMediaElement.prototype.canPlayType = () => '';"
VIDEO = "document.querySelector('#street video')"
LISTENERS = """window.added = 0; const add = SourceBuffer.prototype.addEventListener;
SourceBuffer.prototype.addEventListener = function (...to) { added += 1; add.apply(this, to); };"""


@pytest.fixture
def ride() -> Delivery:
    make_shop()
    make_product(stock=5)
    Window().order(courier_body())
    order = Order.objects.get()
    for status in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, status)
    delivery = set_route(order.delivery, [SHOP, DOOR], [0.0, 300.0], DOOR)
    delivery = advance_delivery(delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)
    report_position(delivery, 1, timezone.now(), Point(48.865, 2.34), 8.0)
    return Delivery.objects.get()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Server]) -> tuple[str, int]:
    """A back office that runs, and the port at which phones find the media server."""
    port = free_port()
    said = {
        "KIOSK_CAMERA_SERVER": "mediamtx",
        "KIOSK_CAMERA_INGEST": "rtmp://127.0.0.1:1935/courier",
        "KIOSK_CAMERA_WATCH": "rtmp://127.0.0.1:1935/ride",
        "KIOSK_CAMERA_PHONES": f"http://127.0.0.1:{port}/ride",
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(settings, "CAMERA_SERVER", camera_server_from(said))
    return serve().url, port


@pytest.fixture
def media(ride: Delivery, office: tuple[str, int]) -> Iterator[MediaServer]:
    url, port = office
    server = MediaServer(f"{url}/camera/hook/{hook_secret()}/mediamtx", port)
    yield server
    server.end()


def sends(ride: Delivery, hook: str) -> None:
    """What MediaMTX asks when the courier's camera begins."""
    channel, _, query = open_camera(ride).stream_key.partition("?")
    body = {"action": "publish", "path": f"courier/{channel}", "query": query, "id": "b0a7"}
    headers = {"Content-Type": "application/json"}
    asked = urllib.request.Request(hook, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status == 204


def test_it_is_played_part_by_part_and_by_a_session(
    ride: Delivery, office: tuple[str, int], media: MediaServer
) -> None:
    sends(ride, media.hook)
    with Chromium() as phone:
        phone.ask("Page.addScriptToEvaluateOnNewDocument", source=LISTENERS)
        phone.open(f"{office[0]}/o/{ride.order.token}")
        phone.until(f"{FIGURE}.dataset.feed === 'live' && {VIDEO}.currentTime > 0")
        before = phone.run(f"{VIDEO}.currentTime")
        phone.until(f"{VIDEO}.currentTime > {before} + 1")
        assert any("_HLS_part=" in path and "session=" in path for path in media.asked)
        assert any("/part" in path for path in media.asked)
        assert phone.run("window.added") <= 1  # of a ride's thousands of pieces nothing piles up
        first = media.count("/index.m3u8")
        media.sessions.clear()  # as when the stream is cut off and comes again
        media.until(lambda: media.count("/index.m3u8") >= first + 2)
        before = phone.run(f"{VIDEO}.currentTime")
        phone.until(f"{FIGURE}.dataset.feed === 'live' && {VIDEO}.currentTime > {before} + 1")
        Order.objects.update(token="x" * 32)  # the link leads to nothing any more
        phone.run("void dispatchEvent(new Event('online'))")
        phone.until("!document.querySelector('#state, video')")


def test_who_wants_no_motion_asks_for_it_and_who_cannot_play_it_reads_so(
    ride: Delivery, office: tuple[str, int], media: MediaServer
) -> None:
    sends(ride, media.hook)
    page = f"{office[0]}/o/{ride.order.token}"
    with Chromium() as phone:
        still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        phone.ask("Emulation.setEmulatedMedia", features=still)
        phone.open(page)
        phone.until(f"{FIGURE}.dataset.feed === 'shut' && !{VIDEO}")
        assert not media.asked
        phone.press("Voir l’image")
        phone.until(f"{FIGURE}.dataset.feed === 'live'")
        phone.press("Masquer")
        phone.until(f"{FIGURE}.dataset.feed === 'shut' && !{VIDEO}")
        phone.ask("Emulation.setEmulatedMedia", features=[])
        phone.ask("Page.addScriptToEvaluateOnNewDocument", source=OLD_BROWSER)
        phone.open(page)
        phone.until(f"{FIGURE}.dataset.feed === 'cannot' && !{VIDEO}")
        said = phone.run(f"{FIGURE}.innerText")
        assert said.startswith("Ce navigateur ne sait pas lire l’image du vélo")
