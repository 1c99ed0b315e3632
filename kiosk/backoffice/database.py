"""Which database: SQLite in the data folder, or PostgreSQL by URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Planned once for a connection: half of what PostgreSQL takes for an order is its planning.
_PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


class DatabaseUrlError(ValueError):
    """The URL names no database that the back office knows; the message says what to write."""


def database_settings(url: str, data: Path) -> dict[str, Any]:
    """Django's DATABASES entry for `url`; an empty one means SQLite under `data`.

    Raises DatabaseUrlError.
    """
    if not url:
        return _sqlite(data / "backoffice.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUrlError(
            "KIOSK_DATABASE_URL must look like postgres://user:password@host:5432/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _PREPARED | dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """An order is on the disk before it is answered (synchronous=FULL), writers queue up. What is
    deleted is overwritten (secure_delete), so that a forgotten buyer is in no free page.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
                "PRAGMA cache_size=-16000;PRAGMA mmap_size=134217728;"
            ),
        },
    }
