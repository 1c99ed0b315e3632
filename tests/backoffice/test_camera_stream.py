"""A real camera, a real media server, a real back office, and what the window plays of it."""

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from backoffice_data import CONTRACT, Window, courier_body, make_product, make_shop
from conftest import Server
from courier.chromium import CHROMIUM, Chromium
from django.conf import settings
from django.test import Client
from django.utils import timezone

from benchmarks.live.camera_rig import Ports, Push, free_port, lacking, media_server
from benchmarks.live.clockpicture import delay_ms, read
from kiosk.backoffice.camera.keys import inner_secret
from kiosk.backoffice.camera.server import camera_server_from
from kiosk.backoffice.camera.services import CameraAccess, close_camera, open_camera
from kiosk.backoffice.orders.deliveries import advance_delivery, report_position, set_route
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.delivery import DeliveryStatus as D
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus as S
from kiosk.window.stage.camera.player import Player
from kiosk.window.stage.camera.source import Broadcast, Picture
from kiosk.window.visit.camera import Feed, FeedWatch

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(bool(lacking()), reason=lacking()),
]
SHOP, HALFWAY, DOOR = Point(48.86, 2.34), Point(48.865, 2.34), Point(48.87, 2.34)
AT_100_M = Point(48.8691, 2.34)
SIZE, PANEL = (640, 360), (320, 180)
PATIENCE_S = 60.0  # a crowded machine; nothing here is measured


def until(happened: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE_S
    while not (found := happened()):
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.05)
    return found


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> Ports:
    """Where the media server will be, told to whatever starts from now on."""
    ports = Ports(free_port(), free_port())
    for name, value in ports.environment().items():
        monkeypatch.setenv(name, value)
    return ports


@pytest.fixture
def office(ports: Ports, serve: Callable[..., Server]) -> str:
    """The address of a back office that runs."""
    return serve().url


@pytest.fixture
def ride(
    ports: Ports, office: str, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Delivery]:
    """A delivery on its way, and a media server that asks the back office about its camera."""
    monkeypatch.setattr(settings, "CAMERA_SERVER", camera_server_from(ports.environment()))
    make_shop()
    make_product(stock=5)
    Window().order(courier_body())
    order = Order.objects.latest("id")
    for status in (S.PREPARING, S.READY, S.HANDED_OVER):
        order = advance_order(order, status)
    delivery = set_route(order.delivery, [SHOP, DOOR], [0.0, 300.0], DOOR)
    advance_delivery(delivery, D.ENROUTE_TO_DROPOFF)
    seen(delivery, HALFWAY)
    with media_server(tmp_path / "media", ports, office, database):
        yield Delivery.objects.get()


def seen(delivery: Delivery, where: Point) -> None:
    delivery.refresh_from_db()
    report_position(delivery, delivery.position_seq + 1, timezone.now(), where, 8.0)


def shown(delivery: Delivery) -> Any:
    """The camera, as the buyer's link shows it."""
    client = Client(SERVER_NAME="localhost", headers=CONTRACT)
    return client.get(f"/api/v1/orders/{delivery.order.token}").json()["delivery"]["camera"]


@dataclass
class Screen:
    """What the window's player hands over, as a panel would take it."""

    url: str
    feed: Feed = Feed.CONNECTING
    count: int = 0
    latest: Picture | None = None
    watch: FeedWatch = field(default_factory=FeedWatch)

    def __post_init__(self) -> None:
        self.watch.begin(time.monotonic())

    def take(self, picture: Picture) -> None:
        self.latest, self.count = picture, self.count + 1
        self.watch.picture(time.monotonic(), picture.behind_s)

    def says(self, feed: Feed) -> bool:
        return self.watch.feed(time.monotonic()) is feed

    def is_of_now(self) -> bool:
        """By the time that stands in the picture; a busy machine may take its time."""
        age = delay_ms(self.luminance())
        return self.says(Feed.LIVE) and age is not None and age < 1_000

    def goes_on(self) -> bool:
        before = self.count
        return bool(until(lambda: self.count > before + 3, "a picture"))

    def luminance(self) -> Any:
        assert self.latest is not None
        pixels = np.frombuffer(self.latest.pixels, np.uint8)
        return pixels.reshape(self.latest.height, self.latest.width, 4)[..., 1]


@contextmanager
def watching(delivery: Delivery) -> Iterator[Screen]:
    screen = Screen(shown(delivery)["urls"][0]["url"])
    player = Player(
        Broadcast(screen.url, PANEL, 0), lambda call: call(), screen.take, lambda: screen.feed
    )
    player.start()
    try:
        yield screen
    finally:
        player.stop()


def live(delivery: Delivery) -> None:
    until(lambda: shown(delivery)["state"] == "live", "a live camera")


def pushed(access: CameraAccess, url: str = "") -> Push:
    return Push(url or access.url, SIZE)


def refused(access: CameraAccess, url: str = "") -> bool:
    with pushed(access, url) as push:
        return bool(until(lambda: not push.sending, "a refusal"))


def test_a_ride_is_seen_blurred_and_silent_and_only_with_the_key(ride: Delivery) -> None:
    access = open_camera(ride)
    assert refused(access, access.url[:-4] + "AAAA")
    assert refused(access, access.url.replace("/courier/", "/ride/"))
    with pushed(access) as push:
        live(ride)
        with watching(ride) as screen:
            assert screen.goes_on()
            until(lambda: read(screen.luminance()) is not None, "the time in the picture")
            with av.open(screen.url, timeout=(10, 10)) as stream:
                assert [s.type for s in stream.streams] == ["video"]
            inner = f"{screen.url.partition('?')[0].replace('/ride/', '/courier/')}?s="
            assert detail(screen.url) < 30 < 60 < detail(inner + inner_secret())
            for url in (screen.url.partition("?")[0], screen.url.replace("/ride/", "/courier/")):
                with pytest.raises(av.FFmpegError), av.open(url, timeout=(5, 5)) as stream:
                    next(stream.decode(video=0))
            seen(ride, AT_100_M)
            until(lambda: not push.sending, "the end before the door")
            assert shown(ride)["state"] == "ended"
    assert refused(access)


def detail(url: str) -> float:
    """How much light and dark lie beside each other in the comb of the camera's picture."""
    with av.open(url, timeout=(10, 10)) as stream:
        grey = next(stream.decode(video=0)).to_ndarray(format="gray")
    return float(grey[int(len(grey) * 0.92)].std())


def test_a_camera_that_dies_and_comes_back_is_seen_again(ride: Delivery) -> None:
    access = open_camera(ride)
    with pushed(access) as first:
        live(ride)
        with watching(ride) as screen:
            assert screen.goes_on()
            first.end()
            until(lambda: shown(ride)["state"] == "stalled", "the word of its end")
            with pushed(access) as again:
                live(ride)
                assert screen.goes_on()
                close_camera(ride)
                until(lambda: not again.sending, "the courier's switch")
        assert shown(ride)["state"] == "off"
        with pytest.raises(av.FFmpegError), av.open(screen.url, timeout=(5, 5)) as stream:
            next(stream.decode(video=0))


def test_an_encoder_that_stands_still_or_is_slow_is_caught_up_with(ride: Delivery) -> None:
    with pushed(open_camera(ride)) as push:
        live(ride)
        with watching(ride) as screen:
            until(lambda: screen.latest and screen.is_of_now(), "a picture of now")
            push.signal(signal.SIGSTOP)
            until(lambda: screen.says(Feed.STALLED), "the word that it stands still")
            before = screen.count
            push.signal(signal.SIGCONT)
            until(lambda: screen.count > before and screen.is_of_now(), "a picture of now, again")
            for _ in range(6):  # half of its time for three seconds
                push.signal(signal.SIGSTOP)
                time.sleep(0.25)
                push.signal(signal.SIGCONT)
                time.sleep(0.25)
            until(screen.is_of_now, "a picture of now after slow ones")


@pytest.mark.skipif(not CHROMIUM, reason="no chromium here: install Debian's package of that name")
def test_the_buyers_phone_plays_it_and_never_lies_about_it(
    ride: Delivery, office: str, tmp_path: Path
) -> None:
    access = open_camera(ride)
    with Chromium() as phone:
        phone.open(f"{office}/o/{ride.order.token}")
        assert phone.run("document.querySelector('#street') === null")
        with pushed(access) as first:
            phone.until(said("live", "En direct du vélo"))
            assert phone.run(f"{VIDEO}.muted && {VIDEO}.playsInline && !{VIDEO}.controls")
            before = phone.run(f"{VIDEO}.currentTime")
            phone.until(f"{VIDEO}.currentTime > {before} + 0.5")
            pieces = next(url["url"] for url in shown(ride)["urls"] if url["kind"] == "hls")
            assert answered(pieces) == 200 and answered(pieces.replace("/index", "x/index")) == 403
            first.end()
            phone.until(said("stalled", "Image d’il y a [2-9] s"))
            assert phone.run(
                f"{VIDEO}.videoWidth > 0 && {VIDEO}.getBoundingClientRect().height > 99"
            )
        with pushed(access):
            phone.until(said("live", "En direct du vélo"))
            seen(ride, AT_100_M)
            phone.until("document.querySelector('#street, video') === null")
            assert answered(pieces) == 403
            until(lambda: not list(tmp_path.glob("media/ride-*")), "the end of its pieces")


VIDEO = "document.querySelector('#street video')"


def said(feed: str, words: str) -> str:
    figure = "document.querySelector('#street')"
    text = f"{figure}.querySelector('span').textContent"
    return f"{figure}.dataset.feed === '{feed}' && /^{words}$/.test({text})"


def answered(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
