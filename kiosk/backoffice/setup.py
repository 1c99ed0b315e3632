"""Making Django ready on a data folder, without doing twice what was done before."""

import contextlib
import importlib
import os
import pkgutil
from pathlib import Path


class BackOfficeError(Exception):
    """It cannot go on; the message is one line that says what to do."""


def prepare(data: Path) -> None:
    """Point Django at `data` and bring its tables up to date. Raises BackOfficeError."""
    configure(data)
    migrate()


def prepare_existing(data: Path) -> None:
    """`prepare` for what makes no sense on a new folder. Raises BackOfficeError without one."""
    if not data.is_dir():
        raise BackOfficeError(f"there is no back office in {data}: name its folder with --data")
    prepare(data)


def configure(data: Path) -> None:
    """Point Django at `data`. Raises BackOfficeError where it cannot be written."""
    from kiosk.backoffice.staff.messages import compile_messages, folder

    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BackOfficeError(f"cannot use {data}: {error.strerror}; choose --data DIR") from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise BackOfficeError(f"cannot write in {data}: give it to this user, or choose --data DIR")
    with contextlib.suppress(OSError):  # on a full disk the pages speak English
        compile_messages(folder(data))
    configure_only(data)


def configure_only(data: Path) -> None:
    """Point Django at `data`, which need not be there; writes nothing. Raises BackOfficeError."""
    os.environ["KIOSK_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiosk.backoffice.settings")
    from kiosk.backoffice.camera.server import CameraServerError
    from kiosk.backoffice.database import DatabaseUrlError
    from kiosk.backoffice.dispatch.accounts import AccountError
    from kiosk.backoffice.mail.server import MailServerError
    from kiosk.backoffice.order_limits import PolicyError
    from kiosk.contract.brand import BrandError

    wrong = (
        *(AccountError, BrandError, CameraServerError, DatabaseUrlError),
        *(MailServerError, PolicyError),
    )
    try:
        import django

        django.setup()
    except wrong as error:
        raise BackOfficeError(str(error)) from error


def migrate() -> bool:
    """Bring the tables up to date; False where they already were. Raises BackOfficeError."""
    from django.db import DatabaseError

    known = _known_migrations()
    try:
        _make_private()
        done = _done_migrations()
        newer = {m for m in done - known if m[0] in _our_apps()}
        if newer:
            raise BackOfficeError(
                "this data was written by a newer version: install that one, or restore a backup"
            )
        if known <= done:
            _keep_groups()
            return False
        _migrate_whole()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise BackOfficeError(f"the database does not answer: {reason}") from error
    return True


def _migrate_whole() -> None:
    """All of it or nothing: whoever is killed in between starts from the tables as they were.

    By itself Django makes a migration's tables in one transaction and notes in another that they
    are made, and who was killed between the two never started again.
    """
    from django.core.management import call_command
    from django.db import connection, transaction

    # SQLite changes tables only with this off, and within a transaction it cannot be switched.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.enable_constraint_checking()


def _keep_groups() -> None:
    """Roles may have changed where no table has."""
    from kiosk.backoffice.access.team import keep_groups

    keep_groups()


def _make_private() -> None:
    """Buyers' details are their shop's only, also in a folder that others may look into."""
    from django.db import connection

    if connection.vendor == "sqlite":
        # What SQLite puts beside it gets the same mode.
        Path(connection.settings_dict["NAME"]).touch(mode=0o600)


def _known_migrations() -> set[tuple[str, str]]:
    """(app, name) of every migration in this program.

    Django's own check loads and links all of them, which costs a third of the start.
    """
    from django.apps import apps

    known = set()
    for app in apps.get_app_configs():
        try:
            package = importlib.import_module(f"{app.name}.migrations")
        except ModuleNotFoundError:
            continue
        names = (module.name for module in pkgutil.iter_modules(package.__path__))
        known |= {(app.label, name) for name in names if name[0] not in "_~"}
    return known


def _done_migrations() -> set[tuple[str, str]]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return set(MigrationRecorder(connection).applied_migrations())


def _our_apps() -> set[str]:
    from django.apps import apps

    return {a.label for a in apps.get_app_configs() if a.name.startswith("kiosk.")}
