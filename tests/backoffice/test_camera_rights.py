"""Whose key may send a picture, who may see it, and when that is over."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from backoffice_data import CAMERA, CONTRACT, Window, courier_body
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from kiosk.backoffice.camera import services
from kiosk.backoffice.camera.keys import hook_secret, inner_secret
from kiosk.backoffice.camera.models import Camera, StreamToDrop
from kiosk.backoffice.camera.panel import courier_panel, do
from kiosk.backoffice.camera.server import camera_server_from
from kiosk.backoffice.camera.services import (
    CameraAccess,
    CameraRefusedError,
    allow_window,
    close_camera,
    open_camera,
)
from kiosk.backoffice.orders.deliveries import advance_delivery, report_position, set_route
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.delivery import DeliveryStatus as D
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus as S

pytestmark = pytest.mark.usefixtures("database")
SHOP, HALFWAY, DOOR = Point(48.86, 2.34), Point(48.865, 2.34), Point(48.87, 2.34)
AT_100_M, AT_SHOP = Point(48.8691, 2.34), Point(48.861, 2.34)


@pytest.fixture(autouse=True)
def media_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CAMERA_SERVER", camera_server_from(CAMERA))


@pytest.fixture
def ride(window: Window) -> Delivery:
    """A delivery that has just left the shop, with a position."""
    delivery = at_the_counter(window)
    advance_delivery(delivery, D.ENROUTE_TO_DROPOFF)
    seen(delivery, HALFWAY)
    return Delivery.objects.get()


def at_the_counter(window: Window) -> Delivery:
    window.order(courier_body())
    order = Order.objects.latest("id")
    for status in (S.PREPARING, S.READY, S.HANDED_OVER):
        order = advance_order(order, status)
    return set_route(order.delivery, [SHOP, DOOR], [0.0, 300.0], DOOR)


def seen(delivery: Delivery, where: Point) -> None:
    delivery.refresh_from_db()
    report_position(delivery, delivery.position_seq + 1, timezone.now(), where, 8.0)


def nginx(call: str, app: str, access: CameraAccess, secret: str = "", **more: str) -> int:
    """What nginx-rtmp posts; a camera's own arguments come along as fields."""
    channel, _, query = access.stream_key.partition("?")
    given = dict([query.split("=")]) if app == "courier" and "publish" in call else {}
    form = {"call": call, "app": app, "name": channel, "clientid": "7", **given, **more}
    url = f"/camera/hook/{secret or hook_secret()}/nginx-rtmp"
    return Client(SERVER_NAME="localhost").post(url, form).status_code


def mediamtx(action: str, path: str, query: str, publisher: str | None = "b0a7") -> int:
    """What MediaMTX posts: https://mediamtx.org, authentication by HTTP."""
    body = {"user": "", "password": "", "token": "", "ip": "198.51.100.7", "action": action}
    body |= {"path": path, "protocol": "rtmp", "id": publisher, "query": query}  # type: ignore[dict-item]
    url = f"/camera/hook/{hook_secret()}/mediamtx"
    client = Client(SERVER_NAME="localhost")
    return client.post(url, json.dumps(body), content_type="application/json").status_code


def as_buyer(delivery: Delivery) -> Any:
    client = Client(SERVER_NAME="localhost", headers=CONTRACT)
    return client.get(f"/api/v1/orders/{delivery.order.token}").json()["delivery"]["camera"]


def as_window(delivery: Delivery, window: Window) -> Any:
    return window.get(f"orders/{delivery.order.token}").json()["delivery"]["camera"]


def test_the_key_lets_one_camera_in_and_nothing_else_does(ride: Delivery) -> None:
    access = open_camera(ride)
    assert access.url == f"rtmp://127.0.0.1:1935/courier/{access.stream_key}"
    key = access.stream_key.partition("?k=")[2]
    assert len(key) >= 22  # 128 bits in base64
    assert nginx("publish", "courier", access, k="") == 403
    assert nginx("publish", "courier", access, k="x" * 32) == 403
    assert nginx("publish", "courier", access, name="nobody-knows-it") == 403
    assert nginx("publish", "ride", access) == 403  # only the blurred picture goes there
    assert nginx("publish", "courier", access, secret="0" * 48) == 404
    assert as_buyer(ride)["state"] == "connecting"
    assert nginx("publish", "courier", access) == 204
    assert as_buyer(ride)["state"] == "live"
    assert key not in json.dumps(list(Camera.objects.values()), default=str)
    assert key not in repr(access)


def test_mediamtx_asks_in_its_own_words(ride: Delivery) -> None:
    access = open_camera(ride)
    channel, _, query = access.stream_key.partition("?")
    assert mediamtx("publish", f"courier/{channel}", "k=wrong") == 403
    assert mediamtx("publish", f"courier/{channel}", query) == 204
    assert mediamtx("read", f"courier/{channel}", query) == 403
    assert mediamtx("read", f"courier/{channel}", f"s={inner_secret()}") == 204
    assert mediamtx("publish", f"ride/{channel}", f"s={inner_secret()}") == 204
    assert mediamtx("read", f"ride/{channel}", "") == 403
    watch = as_buyer(ride)["urls"][0]["url"]
    assert mediamtx("read", f"ride/{channel}", watch.partition("?")[2]) == 204
    assert mediamtx("api", "", "") == 403
    assert mediamtx("playback", f"ride/{channel}", watch.partition("?")[2]) == 403
    assert Camera.objects.get().publisher == "b0a7"


def test_a_body_that_is_none_lets_nobody_in(ride: Delivery) -> None:
    client = Client(SERVER_NAME="localhost")
    for body in (b"", b"[]", b"{}", b'{"path": 3, "action": null}', b"\xff", b"x" * 20_000):
        url = f"/camera/hook/{hook_secret()}/mediamtx"
        assert client.post(url, body, content_type="application/json").status_code == 403


@pytest.fixture
def watching(ride: Delivery) -> Iterator[tuple[Delivery, CameraAccess, str]]:
    """A ride whose camera is live, and the arguments that its buyer watches with."""
    access = open_camera(ride)
    assert nginx("publish", "courier", access) == 204
    token = as_buyer(ride)["urls"][0]["url"].partition("?t=")[2]
    assert nginx("play", "ride", access, t=token) == 204
    yield ride, access, token


def shut_out(access: CameraAccess, token: str) -> bool:
    asked = [nginx("publish", "courier", access), nginx("update_publish", "courier", access)]
    asked += [nginx("play", "ride", access, t=token), nginx("update_play", "ride", access, t=token)]
    return asked == [403] * 4


def test_a_token_is_for_one_ride_and_for_minutes(
    watching: tuple[Delivery, CameraAccess, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, access, token = watching
    other = replace(access, stream_key="another-channel?k=x")
    assert nginx("play", "ride", other, t=token) == 403
    assert nginx("play", "ride", access, t=token[:-2] + "AA") == 403
    assert nginx("play", "courier", access, t=token) == 403  # what is not blurred
    later = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr("kiosk.backoffice.camera.hooks.timezone.now", lambda: later)
    assert nginx("play", "ride", access, t=token) == 403


def test_it_ends_with_the_delivery(watching: tuple[Delivery, CameraAccess, str]) -> None:
    ride, access, token = watching
    advance_delivery(ride, D.DELIVERED)
    assert shut_out(access, token)
    assert as_buyer(ride) == {"state": "ended", "urls": [], "expires_at": None}
    services.end_what_is_over(timezone.now())
    assert StreamToDrop.objects.get().publisher == "7"
    assert Camera.objects.get().key_sha256 == ""
    with pytest.raises(CameraRefusedError, match="ended"):
        open_camera(Delivery.objects.get())


def test_it_ends_before_the_door_and_does_not_come_back(
    watching: tuple[Delivery, CameraAccess, str],
) -> None:
    ride, access, token = watching
    seen(ride, AT_100_M)
    assert shut_out(access, token)
    services.end_what_is_over(timezone.now())
    seen(ride, HALFWAY)  # a detour, or a position that was wrong
    assert as_buyer(ride)["state"] == "ended"
    with pytest.raises(CameraRefusedError, match="ended"):
        open_camera(Delivery.objects.get())


def test_the_courier_switches_it_off_and_on_again(
    watching: tuple[Delivery, CameraAccess, str],
) -> None:
    ride, access, token = watching
    close_camera(ride)
    assert shut_out(access, token)
    assert as_buyer(ride)["state"] == "off"
    again = open_camera(Delivery.objects.get())
    assert nginx("publish", "courier", access) == 403
    assert nginx("publish", "courier", again) == 204


def test_a_new_key_ends_the_old_one(watching: tuple[Delivery, CameraAccess, str]) -> None:
    ride, access, token = watching
    open_camera(ride)
    assert shut_out(access, token)
    assert StreamToDrop.objects.count() == 1


def test_who_lost_the_stream_is_said_once_and_only_by_who_had_it(
    watching: tuple[Delivery, CameraAccess, str],
) -> None:
    ride, access, _ = watching
    nginx("publish_done", "courier", access, clientid="another")
    assert as_buyer(ride)["state"] == "live"
    nginx("publish_done", "courier", access)
    assert as_buyer(ride)["state"] == "stalled"
    assert nginx("publish", "courier", access, clientid="8") == 204
    assert as_buyer(ride)["state"] == "live"


def test_nothing_is_filmed_where_nobody_knows_how_far_the_door_is(
    ride: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_camera(ride)
    later = timezone.now() + timedelta(minutes=3)
    services.end_what_is_over(later)
    assert as_buyer(ride)["state"] == "off"
    Delivery.objects.update(dropoff_lat=None)
    with pytest.raises(CameraRefusedError, match="no_door"):
        open_camera(Delivery.objects.get())


def test_a_silence_that_could_lead_to_the_door_switches_it_off(ride: Delivery) -> None:
    open_camera(ride)  # halfway: 556 m from the door
    now = timezone.now()
    for silent_s, state in ((15, "connecting"), (60, "connecting"), (70, "off")):
        services.end_what_is_over(now + timedelta(seconds=silent_s))
        assert as_buyer(ride)["state"] == state, silent_s


def test_a_place_that_is_not_sure_ends_nothing_for_good(ride: Delivery) -> None:
    open_camera(ride)
    ride.refresh_from_db()
    seq = ride.position_seq + 1
    report_position(ride, seq, timezone.now(), AT_100_M, 1200.0)  # a mobile cell, not a satellite
    services.end_what_is_over(timezone.now())
    assert as_buyer(ride)["state"] == "off"
    seen(ride, HALFWAY)
    open_camera(Delivery.objects.get())
    assert as_buyer(ride)["state"] == "connecting"


def test_until_a_courier_is_heard_of_the_shop_is_where_they_are(window: Window) -> None:
    near = set_route(at_the_counter(window), [SHOP, AT_SHOP], [0.0, 20.0], AT_SHOP)
    advance_delivery(near, D.ENROUTE_TO_DROPOFF)
    with pytest.raises(CameraRefusedError, match="lost"):
        open_camera(Delivery.objects.get())


def test_not_before_departure_and_not_without_a_server(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = at_the_counter(window)
    with pytest.raises(CameraRefusedError, match="early"):
        open_camera(delivery)
    assert as_buyer(delivery) is None
    monkeypatch.setattr(settings, "CAMERA_SERVER", None)
    with pytest.raises(CameraRefusedError, match="no_server"):
        open_camera(delivery)


def test_a_window_shows_it_only_if_shop_buyer_and_courier_allow_it(
    watching: tuple[Delivery, CameraAccess, str], window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    ride, _, _ = watching
    server = settings.CAMERA_SERVER
    assert as_buyer(ride)["urls"]
    for shop, buyer, courier in [(0, 1, 1), (1, 0, 1), (1, 1, 0), (1, 1, 1)]:
        monkeypatch.setattr(settings, "CAMERA_SERVER", replace(server, on_glass=bool(shop)))
        allow_window(ride, "buyer", bool(buyer))
        allow_window(ride, "courier", bool(courier))
        assert bool(as_window(ride, window)) is bool(shop and buyer and courier)


def test_each_change_is_told(ride: Delivery) -> None:
    def version() -> int:
        return Delivery.objects.get().version

    seen_versions = [version()]
    access = open_camera(ride)
    for change in (
        lambda: nginx("publish", "courier", access),
        lambda: nginx("publish_done", "courier", access),
        lambda: close_camera(ride),
    ):
        seen_versions.append(version())
        change()
    seen_versions.append(version())
    assert seen_versions == sorted(set(seen_versions))


def drawn(delivery: Delivery, language: str, access: CameraAccess | None = None) -> str:
    panel = courier_panel(Delivery.objects.get(pk=delivery.pk), language, access)
    return render_to_string("camera/panel.html", {"camera": panel, "camera_url": "/c/camera"})


def test_the_courier_sees_the_key_once_and_switches_with_one_button(ride: Delivery) -> None:
    assert ">Allumer<" in drawn(ride, "fr")
    access = do(ride, "open")
    assert access is not None
    page = drawn(ride, "fr", access)
    assert page.count(access.stream_key) == 2 and "<svg" in page and "Éteindre" in page
    again = drawn(ride, "en")
    assert access.stream_key not in again and "Waiting for the camera" in again
    do(ride, "window_yes")
    assert Camera.objects.get().courier_allows
    do(ride, "close")
    assert ">Switch on<" in drawn(ride, "en")
    seen(ride, AT_100_M)
    ended = drawn(ride, "en")
    assert "Over for this delivery" in ended and "<button" not in ended
    with pytest.raises(KeyError):
        do(ride, "zoom")


def test_the_buyer_is_asked_on_their_page_while_there_is_a_camera(
    ride: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, link = Client(SERVER_NAME="localhost"), f"/o/{ride.order.token}"

    def page() -> str:
        return client.get(link).content.decode()

    open_camera(ride)
    assert f"{link}/camera" not in page()  # this shop would not show it
    on_glass = replace(settings.CAMERA_SERVER, on_glass=True)
    monkeypatch.setattr(settings, "CAMERA_SERVER", on_glass)
    assert f'action="{link}/camera"' in page() and "Oui, la montrer" in page()
    assert "form-action 'self'" in client.get(link)["Content-Security-Policy"]
    for answer, allowed in (("yes", True), ("no", False)):
        assert client.post(f"{link}/camera", {"allow": answer}).status_code == 302
        assert Camera.objects.get().buyer_allows is allowed
    assert client.post(f"/o/{'x' * 32}/camera", {"allow": "yes"}).status_code == 404
    advance_delivery(Delivery.objects.get(), D.DELIVERED)
    services.end_what_is_over(timezone.now())
    assert f"{link}/camera" not in page()


def test_a_phone_may_load_the_picture_and_from_where_it_is_alone(
    watching: tuple[Delivery, CameraAccess, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ride, _, _ = watching
    client, link = Client(SERVER_NAME="localhost"), f"/o/{ride.order.token}"

    def policy() -> dict[str, str]:
        told = client.get(link)["Content-Security-Policy"].split("; ")
        return dict(part.split(" ", 1) for part in told)

    assert 'id="street"' not in client.get(link).content.decode()
    assert policy()["connect-src"] == "'self'" and "media-src" not in policy()
    phones = "https://camera.shop.example:8888/ride"
    server = replace(settings.CAMERA_SERVER, phones=phones)
    monkeypatch.setattr(settings, "CAMERA_SERVER", server)
    origin = "https://camera.shop.example:8888"
    assert policy()["connect-src"] == f"'self' {origin}"
    assert policy()["media-src"] == f"blob: {origin}" and "https:" not in policy()["default-src"]
    piece = urlsplit(as_buyer(ride)["urls"][1]["url"]).path
    assert piece in client.get(link).content.decode()
    assert phone_asks(piece) == phone_asks(piece.replace("index.m3u8", "ride-x-7.m4s")) == 204
    assert phone_asks(piece, secret="0" * 48) == 404
    for wrong in ("", "/", f"{piece}?t=1", piece.replace("/ride/", "/courier/")):
        assert phone_asks(wrong) == 403
    assert phone_asks(re.sub("/ride/[^/]+", "/ride/another-channel", piece)) == 403
    advance_delivery(ride, D.DELIVERED)
    assert phone_asks(piece) == 403
    assert 'id="street"' not in client.get(link).content.decode()


def phone_asks(piece: str, secret: str = "") -> int:
    """What nginx asks of us for a phone, by auth_request."""
    url = f"/camera/hook/{secret or hook_secret()}/nginx-hls"
    return Client(SERVER_NAME="localhost").get(url, headers={"X-Original-URI": piece}).status_code
