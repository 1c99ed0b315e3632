"""Files by the SHA-256 of their bytes: DATA/media/ab/abcdef…"""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

_HEX = frozenset("0123456789abcdef")


def is_sha256(text: str) -> bool:
    return len(text) == 64 and set(text) <= _HEX


def media_path(sha256: str) -> Path:
    """Where a file lies, or would. Raises ValueError on what is no SHA-256."""
    if not is_sha256(sha256):
        raise ValueError("a file is addressed by 64 hexadecimal digits")
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def store_media(content: bytes) -> str:
    """Keep `content`; returns its SHA-256. The file is whole on the disk before it has a name."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = media_path(sha256)
    if path.exists():
        # Used again: what nothing uses goes once it is old.
        os.utime(path)
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{sha256[:16]}.{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return sha256
