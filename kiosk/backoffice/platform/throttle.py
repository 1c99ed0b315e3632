"""Guessing passwords takes for ever: a few tries, then a pause."""

import hashlib
import ipaddress
import time
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from kiosk.backoffice.platform.models import Setting

TRIES = 8
PAUSE_S = 15 * 60
_PREFIX = "tries:"


class ThrottleBackend(BaseBackend):
    """Stands before the real backend and ends a sign-in after too many tries.

    Tries are counted for a name from an address, so that nobody can lock somebody else out from
    elsewhere. They are kept in the database: every process counts the same.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> User | None:
        if request is not None and username and len(_recent(_key(request, username))) >= TRIES:
            raise PermissionDenied
        return None


def connect() -> None:
    """Connect the receivers, once."""
    user_login_failed.connect(_failed, dispatch_uid="throttle-failed")
    user_logged_in.connect(_succeeded, dispatch_uid="throttle-succeeded")


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    name = credentials.get("username")
    if request is None or not name:
        return
    key = _key(request, str(name))
    with transaction.atomic():
        tries = _recent(key)
        if len(tries) < TRIES:
            tries.append(time.time())
        Setting.objects.update_or_create(key=key, defaults={"value": tries})
        _forget_old()


def _succeeded(request: HttpRequest, user: User, **_: Any) -> None:
    Setting.objects.filter(key=_key(request, user.get_username())).delete()


def _recent(key: str) -> list[float]:
    kept = Setting.objects.filter(key=key).values_list("value", flat=True).first()
    return _still(kept or [])


def _still(kept: list[float]) -> list[float]:
    return [at for at in kept if at > time.time() - PAUSE_S]


def _forget_old() -> None:
    rows = Setting.objects.filter(key__startswith=_PREFIX).values_list("key", "value")
    Setting.objects.filter(key__in=[key for key, kept in rows if not _still(kept)][:500]).delete()


def _household(address: str) -> str:
    """The address, of IPv6 its first half: whoever has one has 2⁶⁴ of them."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.version == 4:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False))


def _key(request: HttpRequest, name: str) -> str:
    whole = f"{_household(request.META.get('REMOTE_ADDR', ''))}\n{name.casefold()}"
    return _PREFIX + hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:40]
