"""What to do on PostgreSQL, which brings tools of its own: the very lines, without a password."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.backoffice.backups.copying import BackupError

_FIRST_BYTES = b"PGDMP"
RESTORED = "_restored"


def is_dump(file: Path) -> bool:
    """Whether it is an archive of `pg_dump --format=custom`."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_FIRST_BYTES)) == _FIRST_BYTES
    except OSError:
        return False


def where(settings: Mapping[str, Any]) -> list[str]:
    """The options by which PostgreSQL's tools reach the server of a DATABASES entry."""
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    told = {"host": host, "port": settings["PORT"], "username": settings["USER"]}
    return [f"--{name}={value}" for name, value in told.items() if value]


def backup_commands(settings: Mapping[str, Any], file: Path) -> list[str]:
    """Copies the database while it is in use."""
    return [
        _line("pg_dump", "--format=custom", *where(settings), f"--file={file}", _name(settings))
    ]


def restore_commands(settings: Mapping[str, Any], file: Path) -> list[str]:
    """Put a dump into a new database beside the present one, which stays as it is."""
    new, reach = _name(settings) + RESTORED, where(settings)
    return [
        _line("createdb", *reach, new),
        _line("pg_restore", "--exit-on-error", "--no-owner", *reach, f"--dbname={new}", str(file)),
        _line("psql", *reach, f"--dbname={new}", f"--command={BEGIN_ANEW}"),
    ]


# As copying.begin_anew does on SQLite.
BEGIN_ANEW = (
    "DELETE FROM platform_setting WHERE key = 'epoch' OR key LIKE 'signin:%'; "
    "DELETE FROM django_session"
)


def drill_commands(settings: Mapping[str, Any], file: Path) -> list[str]:
    """Prove a dump in a database that is thrown away afterwards."""
    scratch, reach = _name(settings) + "_drill", where(settings)
    host = settings["HOST"] or settings["OPTIONS"].get("host", "") or "localhost"
    user = f"{settings['USER']}@" if settings["USER"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    socket = host.startswith("/")
    url = f"postgres://{user}{'' if socket else host}{port}/{scratch}"
    url += f"?host={host}" if socket else ""
    return [
        _line("createdb", *reach, scratch),
        _line("kiosk", "backoffice", "drill", str(file), "--scratch", url),
        _line("dropdb", *reach, scratch),
    ]


def load(settings: Mapping[str, Any], file: Path) -> None:
    """Put a dump into the (empty) database of `settings`. Raises BackupError."""
    if shutil.which("pg_restore") is None:
        raise BackupError("pg_restore is not installed: install PostgreSQL's client programs")
    command = ["pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", *where(settings)]
    environment = {**os.environ}
    if settings["PASSWORD"]:
        environment["PGPASSWORD"] = settings["PASSWORD"]
    done = subprocess.run(
        [*command, f"--dbname={_name(settings)}", str(file)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise BackupError(f"pg_restore could not read {file}: {said[0]}")


def _name(settings: Mapping[str, Any]) -> str:
    return str(settings["NAME"])


def _line(*words: str) -> str:
    return shlex.join(words)
