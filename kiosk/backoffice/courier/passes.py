"""How a courier comes in: a link once, then a cookie. And the address that other apps send to.

Each is 192 random bits of which only the SHA-256 is kept, and ends at once when staff say so.
"""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kiosk.backoffice.courier.models import Courier, Pass
from kiosk.backoffice.platform.devices import is_token, new_token
from kiosk.backoffice.platform.writing import writing

COOKIE = "courier"
LINK_FOR = timedelta(hours=24)
SESSION_FOR = timedelta(days=14)
_Kind = Pass.Kind


def new_link(courier: Courier) -> tuple[str, datetime]:
    """A token that signs the courier in once, and until when; their older links end."""
    until = timezone.now() + LINK_FOR
    return _only(courier, _Kind.LINK, until), until


def new_source(courier: Courier) -> str:
    """The token of the address for another app; the older one ends."""
    return _only(courier, _Kind.SOURCE, None)


def has_source(courier: Courier) -> bool:
    return _good(_Kind.SOURCE).filter(courier=courier).exists()


def end_source(courier: Courier) -> None:
    Pass.objects.filter(courier=courier, kind=_Kind.SOURCE).delete()


def courier_of_link(token: str) -> Courier | None:
    """Whom a link still signs in. Looking does not use it up."""
    return _holder(token, _Kind.LINK)


def redeem(token: str) -> str | None:
    """The key of a session for the courier of this link; None where it signs nobody in."""
    with writing():
        courier = _holder(token, _Kind.LINK)
        # Of two that come at once, only the one that deletes the row comes in.
        if courier is None or not Pass.objects.filter(sha256=_hashed(token)).delete()[0]:
            return None
        return _add(courier, _Kind.SESSION, timezone.now() + SESSION_FOR)


def courier_of(request: HttpRequest) -> Courier | None:
    """Who asks, by their cookie."""
    return courier_of_key(request.COOKIES.get(COOKIE, ""))


def courier_of_key(key: str) -> Courier | None:
    """Whose session this is the key of."""
    return _holder(key, _Kind.SESSION)


def courier_of_source(token: str) -> Courier | None:
    """Whose app sends to the address of this token."""
    return _holder(token, _Kind.SOURCE)


def is_signed_in(courier: Courier) -> bool:
    return _good(_Kind.SESSION).filter(courier=courier).exists()


def sign_out(request: HttpRequest) -> None:
    key = request.COOKIES.get(COOKIE, "")
    Pass.objects.filter(sha256=_hashed(key), kind=_Kind.SESSION).delete()


def shut_out(courier: Courier) -> None:
    """End every link, session and address of a courier."""
    Pass.objects.filter(courier=courier).delete()


def give_cookie(request: HttpRequest, response: HttpResponse, key: str) -> None:
    response.set_cookie(
        COOKIE,
        key,
        max_age=SESSION_FOR,
        # A proxy may keep it to itself that it was asked by TLS.
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget_passes(before: datetime) -> int:
    """Delete what has ended before; how many."""
    return Pass.objects.filter(expires_at__lt=before).delete()[0]


def _only(courier: Courier, kind: Pass.Kind, until: datetime | None) -> str:
    with writing():
        Pass.objects.filter(courier=courier, kind=kind).delete()
        return _add(courier, kind, until)


def _add(courier: Courier, kind: Pass.Kind, until: datetime | None) -> str:
    token = new_token()
    Pass.objects.create(courier=courier, kind=kind, sha256=_hashed(token), expires_at=until)
    return token


def _good(kind: Pass.Kind) -> "models.QuerySet[Pass]":
    now = timezone.now()
    mine = Pass.objects.filter(kind=kind, courier__active=True)
    return mine.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=now))


def _holder(token: str, kind: Pass.Kind) -> Courier | None:
    if not token or not is_token(token):
        return None
    found = _good(kind).filter(sha256=_hashed(token)).select_related("courier").first()
    return found.courier if found else None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
