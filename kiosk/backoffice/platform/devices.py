"""Windows' tokens: shown once, kept hashed, revocable at once."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.utils import timezone

from kiosk.backoffice.platform.models import Device
from kiosk.backoffice.platform.waking import wake_streams
from kiosk.backoffice.platform.writing import in_turn

_SEEN_EVERY = timedelta(minutes=1)
_LET_IN = (
    f"SELECT * FROM {Device._meta.db_table}"  # noqa: S608 (our own name)
    " WHERE token_sha256 = %s AND revoked_at IS NULL"
)


def new_token() -> str:
    """A capability of 192 random bits."""
    return secrets.token_urlsafe(24)


def is_token(text: str) -> bool:
    """Whether `text` could be one; a database need not be asked about anything else."""
    return len(text) <= 64 and text.isascii() and all(c.isalnum() or c in "-_" for c in text)


def add_device(name: str) -> tuple[Device, str]:
    """A new device and its token, which is not kept anywhere."""
    token = new_token()
    return Device.objects.create(name=name, token_sha256=_hashed(token)), token


def token_for(name: str) -> str:
    """A fresh token for the device of that name, made if need be; its older token ends."""
    token = new_token()
    Device.objects.update_or_create(
        name=name, defaults={"token_sha256": _hashed(token), "revoked_at": None}
    )
    wake_streams()
    return token


def revoke_device(device: Device) -> None:
    device.revoked_at = timezone.now()
    device.save(update_fields=["revoked_at"])
    wake_streams()


def device_of(token: str) -> Device | None:
    """The device that holds `token`, unless revoked."""
    hashed = _hashed(token)
    device = next(iter(Device.objects.raw(_LET_IN, [hashed])), None)
    if device is None or not hmac.compare_digest(device.token_sha256, hashed):
        return None
    now = timezone.now()
    if device.last_seen is None or now - device.last_seen > _SEEN_EVERY:
        with in_turn():
            Device.objects.filter(pk=device.pk).update(last_seen=now)
    return device


def bearer(header: str) -> str:
    """The token in an Authorization header, "" where there is none."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
