"""`kiosk backoffice backup|restore|drill`."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.backoffice.backups.restoring import Restored
    from kiosk.commandline import Subparsers

Add = Callable[..., argparse.ArgumentParser]
DONE, FAILED = 0, 1


def add_backups(actions: "Subparsers", add: Add) -> None:
    """Add the three; `add` makes an action with --data."""
    words = "Copy the database, also while it is in use; never the keys (see `keys backup`)."
    example = "kiosk backoffice backup /mnt/usb/shop.sqlite3 --with-media"
    parser = add(actions, "backup", words, example, _backup)
    parser.add_argument("file", type=Path)
    words = "copy pictures and maps into FILE.media as well, those that are not there yet"
    parser.add_argument("--with-media", action="store_true", help=words)
    words = "Put a backup back; what it replaces is kept beside it."
    example = "kiosk backoffice restore /mnt/usb/shop.sqlite3 --data shop"
    parser = add(actions, "restore", words, example, _restore)
    parser.add_argument("file", type=Path)
    words = "an empty database on PostgreSQL to put a dump in, beside the present one"
    parser.add_argument("--into", metavar="URL", default="", help=words)
    words = "Prove a backup: restore it into a temporary folder, check it, serve it."
    example = "kiosk backoffice drill /mnt/usb/shop.sqlite3"
    parser = add(actions, "drill", words, example, _drill)
    parser.add_argument("file", type=Path)
    words = "an empty database on PostgreSQL to try a dump in"
    parser.add_argument("--scratch", metavar="URL", default="", help=words)


def _backup(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import prepare_existing

    prepare_existing(arguments.data)
    from django.conf import settings

    from kiosk.backoffice.backups import postgres
    from kiosk.backoffice.backups.copying import backup, copy_media, media_beside

    database = settings.DATABASES["default"]
    media = Path(settings.MEDIA_ROOT) if arguments.with_media else None
    if _on_postgres():
        if media:
            copy_media(media, media_beside(arguments.file))
        return _tell(postgres.backup_commands(database, arguments.file), "copy the database")
    with _told():
        manifest = backup(Path(database["NAME"]), arguments.file, media)
    print(f"{arguments.file} is whole: {manifest.counted.orders} orders")
    pictures = media_beside(arguments.file) if media else settings.MEDIA_ROOT
    print(f"the pictures are in {pictures}")
    print(f"the keys are in {settings.DATA / 'keys'} and not in it: `kiosk backoffice keys backup`")
    return DONE


def _restore(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.backups import postgres
    from kiosk.backoffice.backups.restoring import restore, restore_dump
    from kiosk.backoffice.onlyone import running_on

    if arguments.into:
        with _told():
            done = restore_dump(arguments.file, arguments.into, arguments.data)
        _say_restored(done, arguments.data)
        print("name the new database in KIOSK_DATABASE_URL, and start the back office anew")
        return DONE
    if _on_postgres():
        commands = postgres.restore_commands(_postgres(), arguments.file, arguments.data)
        return _tell(commands, "put it into a new database")
    with running_on(arguments.data), _told():
        done = restore(arguments.file, arguments.data)
    _say_restored(done, arguments.data)
    return DONE


def _say_restored(done: "Restored", data: Path) -> None:
    print(f"{done.counted.orders} orders are back; windows offer again what came later")
    if done.media:
        print(f"{done.media} files of pictures and maps came along")
    if done.carried:
        print(done.carried)
    if done.aside:
        print(f"what was here lies in {done.aside}, until the purge removes it")
    if not (data / "keys").is_dir():
        print("there are no keys here: put them back with `kiosk backoffice keys restore`")


def _drill(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.backups import postgres
    from kiosk.backoffice.backups.drilling import drill, drill_dump

    def say(line: str) -> None:
        print(line, flush=True)

    with _told():
        if arguments.scratch:
            drill_dump(arguments.file, arguments.scratch, say)
        elif _on_postgres() or postgres.is_dump(arguments.file):
            return _tell(postgres.drill_commands(_postgres(), arguments.file), "prove it")
        else:
            drill(arguments.file, say)
    print("proved")
    return DONE


class _told:
    """Turns what copying and restoring raise into the one line of a command."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from kiosk.backoffice.backups.copying import BackupError
        from kiosk.backoffice.setup import BackOfficeError

        if isinstance(error, BackupError):
            raise BackOfficeError(str(error)) from error


def _on_postgres() -> bool:
    return bool(os.environ.get("KIOSK_DATABASE_URL"))


def _postgres() -> dict[str, object]:
    from kiosk.backoffice.database import DatabaseUrlError, database_settings
    from kiosk.backoffice.setup import BackOfficeError

    url = os.environ.get("KIOSK_DATABASE_URL") or "postgres://localhost/vitrine"
    try:
        return database_settings(url, Path())
    except DatabaseUrlError as error:
        raise BackOfficeError(str(error)) from error


def _tell(commands: list[str], what_for: str) -> int:
    """PostgreSQL brings its own tools. A job that waits for a copy must see that none is made."""
    print(*commands, sep="\n")
    print(
        f"kiosk: this is PostgreSQL, which has its own tools: run these lines to {what_for} "
        "(they ask for the password, or read ~/.pgpass)",
        file=sys.stderr,
    )
    return FAILED
