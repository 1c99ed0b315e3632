"""What lets a stream in: a courier's key, a watcher's token, and the server's own word."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

# A token lets in for so long at least, and at most for twice that: it changes on the grid, so
# that who asks again within it gets the same.
TOKEN_GRID = timedelta(minutes=2)


def new_key() -> str:
    """192 random bits."""
    return secrets.token_urlsafe(24)


def new_channel() -> str:
    return secrets.token_urlsafe(12)


def hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def same(given: str, kept_sha256: str) -> bool:
    return bool(kept_sha256) and hmac.compare_digest(hashed(given), kept_sha256)


def token_for(channel: str, now: datetime) -> tuple[str, datetime]:
    """A token that lets watch `channel`, and until when."""
    grid = int(TOKEN_GRID.total_seconds())
    until = (int(now.timestamp()) // grid + 2) * grid
    signed: str = _signer().sign(f"{channel}.{until}")
    return signed.replace(":", "."), datetime.fromtimestamp(until, UTC)


def lets_watch(token: str, channel: str, now: datetime) -> bool:
    whole, _, signature = token.rpartition(".")
    try:
        named, _, until = str(_signer().unsign(f"{whole}:{signature}")).rpartition(".")
    except BadSignature:
        return False
    return named == channel and now.timestamp() <= int(until)


def hook_secret() -> str:
    """Part of the address at which the media server asks us: nobody else is answered."""
    return salted_hmac("kiosk.camera.hook", "", algorithm="sha256").hexdigest()[:48]


def inner_secret() -> str:
    """By what the media server's own stage between camera and watchers is let in."""
    return salted_hmac("kiosk.camera.inner", "", algorithm="sha256").hexdigest()[:48]


def _signer() -> Signer:
    return Signer(salt="kiosk.camera.watch")
