"""The camera as somebody may see it."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from kiosk.backoffice.camera.keys import token_for
from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.camera.rules import Verdict, state_of, verdict
from kiosk.backoffice.camera.server import CameraServer, Kind
from kiosk.backoffice.orders.models import Delivery
from kiosk.contract import CameraUrl, CameraView
from kiosk.shop.camera import CameraState

# What the demonstration's courier rides with: no camera, and it is said so.
SIMULATED = "simulated"
# What browsers play.
HLS = "hls"
_SHOWN = (CameraState.LIVE, CameraState.STALLED)


class Viewer(StrEnum):
    """Who asks: whoever holds the buyer's link, or a shop's window."""

    BUYER = "buyer"
    WINDOW = "window"


def camera_view(delivery: Delivery, viewer: Viewer) -> CameraView | None:
    """The delivery's camera for this viewer, None where there is none to see."""
    now = timezone.now()
    if delivery.simulated:
        return _simulated(delivery, now)
    server: CameraServer | None = settings.CAMERA_SERVER
    camera = Camera.objects.filter(delivery=delivery).first() if server else None
    if server is None or camera is None or camera.opened_at is None:
        return None
    allowed = server.on_glass and camera.buyer_allows and camera.courier_allows
    if viewer is Viewer.WINDOW and not allowed:
        return None
    state = state_of(delivery, camera, now)
    if state not in _SHOWN:
        return CameraView(state=state)
    token, until = token_for(camera.channel, now)
    return CameraView(state=state, urls=_urls(server, camera.channel, token), expires_at=until)


def _urls(server: CameraServer, channel: str, token: str) -> list[CameraUrl]:
    scheme = server.watch.partition("://")[0]
    kind = "rtmp" if scheme.startswith("rtmp") else "rtsp"
    urls = [CameraUrl(kind=kind, url=f"{server.watch}/{channel}?t={token}")]
    if server.phones:
        # Playlists of nginx name their pieces without the question that they were asked with.
        plain = server.kind is Kind.NGINX_RTMP
        path = f"{token}/index.m3u8" if plain else f"index.m3u8?t={token}"
        urls.append(CameraUrl(kind=HLS, url=f"{server.phones}/{channel}/{path}"))
    return urls


def _simulated(delivery: Delivery, now: datetime) -> CameraView | None:
    found = verdict(delivery, None, now)
    if found is Verdict.ENDED:
        return CameraView(state=CameraState.ENDED)
    if found is not Verdict.MAY:
        return None
    return CameraView(
        state=CameraState.LIVE, urls=[CameraUrl(kind=SIMULATED, url=f"{SIMULATED}:{delivery.pk}")]
    )
