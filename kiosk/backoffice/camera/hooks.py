"""What the media server asks before it lets anybody send or watch.

MediaMTX asks by `authMethod: http` (a JSON body), nginx-rtmp by on_publish, on_play, on_update and
their ends (a form), and for phones by auth_request (the address asked for, in a header). Streams
come in under courier/CHANNEL, and only the server's own stage between them hands them on, without
sound and blurred, under ride/CHANNEL. 204 lets in, 403 does not.
"""

import hmac
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kiosk.backoffice.camera.keys import hook_secret, inner_secret, lets_watch
from kiosk.backoffice.camera.services import may_watch, sends, stopped_sending

COURIER, RIDE = "courier", "ride"
_CHANNEL = re.compile(r"[A-Za-z0-9_-]{8,32}")
_PIECE = re.compile(rf"/{RIDE}/({_CHANNEL.pattern})/([^/?]+)/[^/?]+")
_MOST_BYTES = 16_384
_NGINX_CALLS = {
    "publish": "publish",
    "update_publish": "publish",
    "play": "read",
    "update_play": "read",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """`sender` is the server's name of the connection."""

    deed: str
    app: str
    channel: str
    given: dict[str, str]
    sender: str


@csrf_exempt
@require_POST
def mediamtx(request: HttpRequest, secret: str) -> HttpResponse:
    """MediaMTX's question."""
    if not _is_server(secret):
        return HttpResponse(status=404)
    asked = _from_mediamtx(request)
    return HttpResponse(status=204 if asked and _allowed(asked) else 403)


@csrf_exempt
@require_POST
def nginx_rtmp(request: HttpRequest, secret: str) -> HttpResponse:
    """nginx-rtmp's question, or its word that somebody has gone."""
    if not _is_server(secret):
        return HttpResponse(status=404)
    form = {name: str(value) for name, value in request.POST.items()}
    call, app, name = form.get("call", ""), form.get("app", ""), form.get("name", "")
    # With its arguments a name may come as it was asked for.
    channel = name.partition("?")[0]
    sender = form.get("clientid", "")[:64]
    if call == "publish_done":
        if app == COURIER and _CHANNEL.fullmatch(channel):
            stopped_sending(channel, sender)
        return HttpResponse(status=204)
    if call not in _NGINX_CALLS:
        return HttpResponse(status=204 if call.endswith("_done") else 403)
    asked = _Asked(_NGINX_CALLS[call], app, channel, form, sender)
    return HttpResponse(status=204 if _allowed(asked) else 403)


@require_safe
def nginx_hls(request: HttpRequest, secret: str) -> HttpResponse:
    """nginx's question for each piece of the picture that a phone asks for."""
    if not _is_server(secret):
        return HttpResponse(status=404)
    piece = _PIECE.fullmatch(request.headers.get("X-Original-URI", ""))
    if piece is None:
        return HttpResponse(status=403)
    asked = _Asked("read", RIDE, piece[1], {"t": piece[2]}, "")
    return HttpResponse(status=204 if _allowed(asked) else 403)


def _is_server(secret: str) -> bool:
    return hmac.compare_digest(secret.encode(), hook_secret().encode())


def _from_mediamtx(request: HttpRequest) -> _Asked | None:
    if len(request.body) > _MOST_BYTES:
        return None
    try:
        body: Any = json.loads(request.body)
        app, _, channel = str(body["path"]).partition("/")
        query = {k: v[0] for k, v in parse_qs(str(body.get("query") or "")).items()}
        return _Asked(str(body["action"]), app, channel, query, str(body.get("id") or "")[:64])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _allowed(asked: _Asked) -> bool:
    if not _CHANNEL.fullmatch(asked.channel):
        return False
    inner = hmac.compare_digest(asked.given.get("s", "").encode(), inner_secret().encode())
    match asked.app, asked.deed:
        case (app, "publish") if app == COURIER:
            return sends(asked.channel, asked.given.get("k", ""), asked.sender)
        case (app, "read") if app == COURIER:
            return inner
        case (app, "publish") if app == RIDE:
            return inner and may_watch(asked.channel)
        case (app, "read") if app == RIDE:
            token, now = asked.given.get("t", ""), timezone.now()
            watches = inner or lets_watch(token, asked.channel, now)
            return watches and may_watch(asked.channel)
    return False
