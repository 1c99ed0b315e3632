"""What can happen to a courier's camera: one function a use case. Each tells who watches."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.utils import timezone

from kiosk.backoffice.camera.keys import hashed, new_channel, new_key, same
from kiosk.backoffice.camera.models import Camera, StreamToDrop
from kiosk.backoffice.camera.rules import Verdict, verdict
from kiosk.backoffice.camera.server import CameraServer
from kiosk.backoffice.orders.deliveries import show_anew
from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.platform.writing import writing
from kiosk.shop.camera import LONGEST


class CameraRefusedError(Exception):
    """The camera cannot come on. `reason` is one of: no_server, early, ended, no_door, lost."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"no camera now: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CameraAccess:
    """What the courier's camera is told. Shown once: afterwards only the key's hash is known.

    `url` is all that most apps want; `server` and `stream_key` are its two halves for the others.
    """

    url: str = field(repr=False)
    server: str
    stream_key: str = field(repr=False)
    expires_at: datetime


def media_server() -> CameraServer | None:
    """The one that the settings name."""
    found: CameraServer | None = settings.CAMERA_SERVER
    return found


def open_camera(delivery: Delivery) -> CameraAccess:
    """Switch the delivery's camera on with a fresh key; an older one ends.

    Raises CameraRefusedError.
    """
    server, now = media_server(), timezone.now()
    if server is None:
        raise CameraRefusedError("no_server")
    key = new_key()
    with writing():
        camera = _camera_of(delivery)
        found = verdict(camera.delivery, camera, now)
        if found is not Verdict.MAY:
            raise CameraRefusedError(found.value)
        _drop(camera)
        camera.channel, camera.key_sha256 = new_channel(), hashed(key)
        camera.opened_at, camera.expires_at = now, now + LONGEST
        camera.live_at = None
        camera.save()
        show_anew(camera.delivery)
    stream_key = f"{camera.channel}?k={key}"
    return CameraAccess(
        f"{server.ingest}/{stream_key}", server.ingest, stream_key, camera.expires_at
    )


def close_camera(delivery: Delivery) -> None:
    """Switch it off: its key is worth nothing from now on. It may be opened again."""
    with writing():
        camera = Camera.objects.select_for_update().filter(delivery=delivery).first()
        if camera is not None and camera.key_sha256:
            _shut(camera)


def take_from_courier(delivery: Delivery) -> None:
    """Somebody else carries the delivery on: the key ends, and nobody has asked them yet whether a
    window may show their ride.
    """
    with writing():
        camera = Camera.objects.select_for_update().filter(delivery=delivery).first()
        if camera is None:
            return
        camera.courier_allows = False
        _shut(camera, camera.ended_at)


def allow_window(delivery: Delivery, who: Literal["buyer", "courier"], allowed: bool) -> None:
    """Whether a window may show the picture, as far as the buyer or the courier is concerned."""
    with writing():
        camera = _camera_of(delivery)
        setattr(camera, f"{who}_allows", allowed)
        camera.save()
        show_anew(camera.delivery)


def sends(channel: str, key: str, publisher: str) -> bool:
    """Whether who has this key may send a picture now; who may is noted as sending it."""
    camera = Camera.objects.select_related("delivery").filter(channel=channel).first()
    if camera is None or not same(key, camera.key_sha256):
        return False
    now = timezone.now()
    if verdict(camera.delivery, camera, now) is not Verdict.MAY:
        return False
    if camera.publisher != publisher:
        with writing():
            noted = Camera.objects.filter(pk=camera.pk, key_sha256=camera.key_sha256)
            noted.update(publisher=publisher, live_at=camera.live_at or now)
            show_anew(camera.delivery)
    return True


def stopped_sending(channel: str, publisher: str) -> None:
    """The picture of that sender comes no more; another sender's is not concerned."""
    camera = Camera.objects.select_related("delivery").filter(channel=channel).first()
    if camera is None or not camera.publisher or publisher not in ("", camera.publisher):
        return
    with writing():
        Camera.objects.filter(pk=camera.pk, publisher=camera.publisher).update(publisher="")
        show_anew(camera.delivery)


def may_watch(channel: str) -> bool:
    """Whether the stream may be seen by anybody."""
    camera = Camera.objects.select_related("delivery").filter(channel=channel).first()
    if camera is None or not camera.key_sha256:
        return False
    return verdict(camera.delivery, camera, timezone.now()) is Verdict.MAY


def end_what_is_over(now: datetime) -> None:
    """Shut every camera that lost its right to be on."""
    on = Camera.objects.exclude(key_sha256="").select_related("delivery")
    for camera in on:
        found = verdict(camera.delivery, camera, now)
        if found is not Verdict.MAY:
            with writing():
                again = Camera.objects.select_for_update().get(pk=camera.pk)
                _shut(again, now if found is Verdict.ENDED else None)


def _camera_of(delivery: Delivery) -> Camera:
    Camera.objects.get_or_create(delivery=delivery, defaults={"channel": new_channel()})
    return (
        Camera.objects.select_for_update(of=("self",))
        .select_related("delivery")
        .get(delivery=delivery)
    )


def _shut(camera: Camera, ended_at: datetime | None = None) -> None:
    _drop(camera)
    camera.key_sha256, camera.ended_at = "", ended_at
    camera.save()
    show_anew(camera.delivery)


def _drop(camera: Camera) -> None:
    if camera.publisher:
        StreamToDrop.objects.create(channel=camera.channel, publisher=camera.publisher)
        camera.publisher = ""
