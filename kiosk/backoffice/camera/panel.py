"""The camera on the courier's page: one switch, and while it is on what the camera is told."""

from dataclasses import dataclass

import qrcode
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.camera.rules import Verdict, state_of, verdict
from kiosk.backoffice.camera.services import (
    CameraAccess,
    allow_window,
    close_camera,
    media_server,
    open_camera,
)
from kiosk.backoffice.camera.words import words_in
from kiosk.backoffice.orders.models import Delivery
from kiosk.shop.camera import CameraState


@dataclass(frozen=True, slots=True)
class CameraPanel:
    """What camera/panel.html draws. `access` is there right after the camera was opened, and then
    no more; `why_not` says why it cannot come on now, "" where it can.
    """

    words: dict[str, str]
    state: CameraState
    said: str
    what: str
    on: bool
    why_not: str
    window_allowed: bool
    access: CameraAccess | None
    code: SafeString


def courier_panel(
    delivery: Delivery, language: str, access: CameraAccess | None = None
) -> CameraPanel | None:
    """The camera of a delivery for its courier; None where the shop has no media server."""
    server = media_server()
    if server is None:
        return None
    words, now = words_in(language), timezone.now()
    camera = Camera.objects.filter(delivery=delivery).first()
    found = verdict(delivery, camera, now)
    state = state_of(delivery, camera, now) if camera else CameraState.OFF
    return CameraPanel(
        words=words,
        state=state,
        said=words[state.value],
        what=words["what" if server.blur.across else "what_sharp"],
        on=bool(camera and camera.key_sha256) and found is Verdict.MAY,
        why_not="" if found in (Verdict.MAY, Verdict.EXPIRED) else words[found.value],
        window_allowed=bool(camera and camera.courier_allows),
        access=access,
        code=_qr(access.url, words["code"]) if access else SafeString(""),
    )


def do(delivery: Delivery, deed: str) -> CameraAccess | None:
    """What one of the panel's buttons asks for; the access, where it opened the camera.

    Raises CameraRefusedError, and KeyError for a deed that there is no button for.
    """
    if deed == "open":
        return open_camera(delivery)
    if deed == "close":
        close_camera(delivery)
    else:
        allow_window(delivery, "courier", {"window_yes": True, "window_no": False}[deed])
    return None


def _qr(text: str, label: str) -> SafeString:
    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dots = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return mark_safe(  # noqa: S308 - numbers and our own words
        f'<svg viewBox="0 0 {len(rows)} {len(rows)}" role="img" aria-label="{label}" '
        f'shape-rendering="crispEdges"><path d="{dots}"/></svg>'
    )
