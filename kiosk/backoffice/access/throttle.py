"""Guessing takes for ever: a few tries, then a pause. Passwords and second factors count apart.

Three counts, kept in the database, so that every process counts the same:
- a name from an address: TRIES in PAUSE_S. Nobody locks somebody else out from elsewhere;
- a browser that this person has signed in with before, instead of its address. It carries a
  cookie that says so, and goes on while strangers guess;
- a name from all strange browsers together: ACCOUNT_TRIES in ACCOUNT_PAUSE_S, however many
  addresses they come from. NIST SP 800-63B 5.2.2 allows a hundred failures in a row.
"""

import hashlib
import ipaddress
import secrets
from datetime import timedelta
from enum import Enum
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kiosk.backoffice.access.models import FailedTry

TRIES = 8
PAUSE_S = 15 * 60
ACCOUNT_TRIES = 50
ACCOUNT_PAUSE_S = 24 * 3600
PASSWORD, FACTOR = "password", "factor"
COOKIE = "known"
_COOKIE_S = 365 * 24 * 3600
_SALT = "kiosk.known-browser"


class ThrottleBackend(BaseBackend):
    """Stands before the real backend and ends a sign-in after too many tries."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> User | None:
        if request is not None and username and paused(request, username, PASSWORD):
            raise PermissionDenied
        return None


def connect() -> None:
    """Connect the receiver, once."""
    user_login_failed.connect(_failed, dispatch_uid="throttle-failed")


class Pause(Enum):
    """Why somebody has to wait: for their own tries, or for those of all strange browsers."""

    OWN = "own"
    STRANGERS = "strangers"


def paused(request: HttpRequest, name: str, kind: str) -> Pause | None:
    """Why this asker has to wait before the next PASSWORD or FACTOR of `name`; None where not.

    The same for a name that is nobody's: it tells no stranger who is here.
    """
    mine, everybodys = _keys(request, name, kind)
    if _count(mine, PAUSE_S) >= TRIES:
        return Pause.OWN
    if everybodys and _count(everybodys, ACCOUNT_PAUSE_S) >= ACCOUNT_TRIES:
        return Pause.STRANGERS
    return None


def note_failure(request: HttpRequest, name: str, kind: str) -> None:
    """Count a failed try."""
    FailedTry.objects.filter(at__lt=timezone.now() - timedelta(seconds=ACCOUNT_PAUSE_S)).delete()
    mine, everybodys = _keys(request, name, kind)
    if _count(mine, PAUSE_S) < TRIES:
        FailedTry.objects.create(key=mine)
    if everybodys and _count(everybodys, ACCOUNT_PAUSE_S) < ACCOUNT_TRIES:
        FailedTry.objects.create(key=everybodys)


def note_success(request: HttpRequest, name: str, kind: str) -> None:
    """Forget this asker's own failures; those of strangers stay."""
    FailedTry.objects.filter(key=_keys(request, name, kind)[0]).delete()


def let_in_again(name: str) -> None:
    """Forget the failures of all strangers for `name`."""
    keys = [_hashed(kind, "*", name) for kind in (PASSWORD, FACTOR)]
    FailedTry.objects.filter(key__in=keys).delete()


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Give the browser that `user` came in with the cookie that tells it from a stranger's."""
    kept = _known(request, user.get_username())
    said = kept or secrets.token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        signing.dumps([said, user.get_username().casefold()], salt=_SALT),
        max_age=_COOKIE_S,
        path="/staff/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest, name: str) -> str:
    """Which of the browsers of `name` this is; "" for a strange one."""
    try:
        said, whose = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_COOKIE_S)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(said) if whose == name.casefold() else ""


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    name = credentials.get("username")
    if request is not None and name:
        note_failure(request, str(name), PASSWORD)


def _count(key: str, within_s: int) -> int:
    since = timezone.now() - timedelta(seconds=within_s)
    return FailedTry.objects.filter(key=key, at__gt=since).count()


def _keys(request: HttpRequest, name: str, kind: str) -> tuple[str, str]:
    """This asker's own count, and the one they share with all strangers; "" for none."""
    browser = _known(request, name)
    if browser:
        return _hashed(kind, f"browser {browser}", name), ""
    address = _household(request.META.get("REMOTE_ADDR", ""))
    return _hashed(kind, address, name), _hashed(kind, "*", name)


def _household(address: str) -> str:
    """The address, of IPv6 its first half: whoever has one has 2⁶⁴ of them."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.version == 4:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False))


def _hashed(kind: str, asker: str, name: str) -> str:
    whole = f"{kind}\n{asker}\n{name.casefold()}"
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
