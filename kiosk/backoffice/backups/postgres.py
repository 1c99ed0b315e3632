"""What to do on PostgreSQL, which brings tools of its own: the very lines, without a password."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.backoffice.backups.copying import BackupError
from kiosk.backoffice.backups.manifest import Counted, counted

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


def restore_commands(settings: Mapping[str, Any], file: Path, data: Path) -> list[str]:
    """Put a dump into a new database beside the present one, which stays as it is."""
    new = _name(settings) + RESTORED
    return [
        _line("createdb", *where(settings), new),
        _line(
            *("kiosk", "backoffice", "restore", str(file)),
            *("--into", _url(settings, new), f"--data={data}"),
        ),
    ]


# As copying.begin_anew does on SQLite.
BEGIN_ANEW = (
    "DELETE FROM platform_setting WHERE key = 'epoch' OR key LIKE 'signin:%'; "
    "DELETE FROM django_session"
)


def drill_commands(settings: Mapping[str, Any], file: Path) -> list[str]:
    """Prove a dump in a database that is thrown away afterwards."""
    scratch, reach = _name(settings) + "_drill", where(settings)
    return [
        _line("createdb", *reach, scratch),
        _line("kiosk", "backoffice", "drill", str(file), "--scratch", _url(settings, scratch)),
        _line("dropdb", *reach, scratch),
    ]


def put_in(dump: Path, url: str, data: Path) -> None:
    """Set Django up on the empty database `url`, and put a dump into it as a memory that begins
    anew, brought up to this version.

    Raises BackupError and BackOfficeError.
    """
    from kiosk.backoffice.setup import configure, migrate

    os.environ["KIOSK_DATABASE_URL"] = url
    configure(data)
    from django.db import DatabaseError, connection

    try:
        if connection.introspection.table_names():
            raise BackupError(f"{_name(connection.settings_dict)} is not empty: create another one")
    except DatabaseError as error:
        raise BackupError(f"no database to put it in: {str(error).splitlines()[0]}") from error
    _load(connection.settings_dict, dump)
    with connection.cursor() as db:
        db.execute(BEGIN_ANEW)
    migrate()


def counts() -> Counted:
    """What the database that Django is set up on holds."""
    from django.db import connection

    with connection.cursor() as db:

        def ask(query: str) -> Iterator[tuple[Any, ...]]:
            db.execute(query)
            return iter(db.fetchall())

        return counted(ask)


def _load(settings: Mapping[str, Any], file: Path) -> None:
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


def _url(settings: Mapping[str, Any], name: str) -> str:
    """Another database of the same server, without the password."""
    host = settings["HOST"] or settings["OPTIONS"].get("host", "") or "localhost"
    user = f"{settings['USER']}@" if settings["USER"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    socket = host.startswith("/")
    url = f"postgres://{user}{'' if socket else host}{port}/{name}"
    return url + (f"?host={host}" if socket else "")


def _name(settings: Mapping[str, Any]) -> str:
    return str(settings["NAME"])


def _line(*words: str) -> str:
    return shlex.join(words)
