"""A drill: a backup is proved by restoring it, and by a back office that serves it."""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

from kiosk.backoffice.backups import postgres
from kiosk.backoffice.backups.copying import BackupError, check, media_beside, opened
from kiosk.backoffice.backups.manifest import Counted, counted, differences
from kiosk.backoffice.backups.restoring import DATABASE, unpack
from kiosk.contract.messages import CONTRACT, CONTRACT_HEADER

_START_S = 120.0  # on a busy machine
_ANSWER_S = 60.0
# A drill must reach nobody: neither buyers by mail nor the real database.
_NOT_INHERITED = ("KIOSK_SMTP_", "KIOSK_DATABASE_URL", "KIOSK_DATA", "KIOSK_PUBLIC_URL")

Say = Callable[[str], None]


def drill(copy: Path, say: Say) -> None:
    """Prove a SQLite backup; `say` gets a line for each thing that was proved.

    Raises BackupError for what is not as it should be, and BackOfficeError.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-drill-") as folder:
        work = Path(folder)
        found, said = unpack(copy, work)
        if said:
            say(f"it is what its manifest of {said.made_at} says")
        else:
            say("it has no manifest: its counts are compared with nothing")
        _check_migrated(work, found)
        say("restored and brought up to this version; integrity and foreign keys hold")
        _say_counts(found, say)
        _check_media(copy, say)
        if said and said.sealing_keys:
            say(f"who ordered is sealed in some orders, to the keys {', '.join(said.sealing_keys)}")
        _serve_it(work, {}, say)
        _say_age(found, say)


def drill_dump(dump: Path, scratch: str, say: Say) -> None:
    """Prove a dump of PostgreSQL in the empty database `scratch`, a URL. Raises as `drill` does."""
    with tempfile.TemporaryDirectory(prefix="kiosk-drill-") as folder:
        work = Path(folder)
        postgres.put_in(dump, scratch, work)
        found = postgres.counts()
        say("restored and brought up to this version; PostgreSQL has checked every key")
        _say_counts(found, say)
        _serve_it(work, {"KIOSK_DATABASE_URL": scratch}, say)
        _say_age(found, say)


def _check_migrated(work: Path, before: Counted) -> None:
    from django.db import connection

    connection.close()
    with opened(work / DATABASE) as db:
        check(db, "the restored database")
        wrong = differences(before, counted(db.execute))
    if wrong:
        raise BackupError(f"bringing it up to this version changed it: {wrong[0]}")


def _say_counts(found: Counted, say: Say) -> None:
    sums = ", ".join(_amount(minor, code) for code, minor in found.totals.items()) or "nothing"
    say(f"{found.orders} orders with {found.lines} lines, {sums} in all")


def _amount(minor: int, currency: str) -> str:
    from kiosk.shop.money import Money

    return f"{Money(minor, currency).decimal} {currency}"


def _check_media(copy: Path, say: Say) -> None:
    folder = media_beside(copy)
    if not folder.is_dir():
        say("no pictures came with it (backup --with-media takes them along)")
        return
    files = [path for path in folder.glob("??/*") if not path.name.startswith(".")]
    for path in files:
        if sha256(path.read_bytes()).hexdigest() != path.name:
            raise BackupError(f"{path} is damaged: delete it and make a new backup --with-media")
    say(f"{len(files)} files of pictures and maps are whole")


def _say_age(found: Counted, say: Say) -> None:
    if not found.newest_order:
        say("newest order: none")
        return
    at = datetime.fromisoformat(found.newest_order)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    hours = (datetime.now(UTC) - at).total_seconds() / 3600
    age = f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.1f} hours"
    say(f"newest order: {at:%Y-%m-%d %H:%M} UTC, {age} old; what came later is not in this backup")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An order to ask for, and what its answer must say."""

    token: str
    number: str
    total_minor: int


def _serve_it(work: Path, environment: Mapping[str, str], say: Say) -> None:
    """Start a back office on what was restored, and ask it."""
    from django.db import connection

    from kiosk.backoffice.orders.models import Order
    from kiosk.backoffice.platform.devices import token_for

    token = token_for("drill")
    newest = Order.objects.order_by("-created_at").first()
    wanted = _Wanted(newest.token, newest.number, newest.total_minor) if newest else None
    connection.close()
    with _office(work, environment) as url:
        _ask(url, "hello", token)
        if wanted is None:
            say("a back office on it answers; there is no order to ask it for")
            return
        told = _ask(url, f"orders/{wanted.token}", token)
        if (told["number"], told["total"]["minor"]) != (wanted.number, wanted.total_minor):
            raise BackupError(f"the back office says something else of order {wanted.number}")
        say(f"a back office on it answers, and knows order {wanted.number}")


@contextmanager
def _office(work: Path, environment: Mapping[str, str]) -> Iterator[str]:
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, *([] if frozen else ["-m", "kiosk"])]
    command += ["backoffice", "run", "--with-parent", "--port=0", f"--data={work}"]
    own = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_INHERITED)}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, env={**own, **environment}, stdout=subprocess.PIPE, stderr=errors
        )
        try:
            yield _url_of(process, errors)
        finally:
            process.terminate()
            process.communicate()


def _url_of(process: "subprocess.Popen[bytes]", errors: IO[bytes]) -> str:
    out = cast(IO[bytes], process.stdout)
    with closing(selectors.DefaultSelector()) as ready:
        ready.register(out, selectors.EVENT_READ)
        line = out.readline() if ready.select(_START_S) else b""
    if not line:
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().splitlines()
        raise BackupError(f"no back office starts on it: {said[-1] if said else 'it hangs'}")
    return str(json.loads(line)["url"])


def _ask(url: str, path: str, token: str) -> Any:
    headers = {CONTRACT_HEADER: str(CONTRACT), "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{url}/api/v1/{path}", headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_S) as answer:  # noqa: S310
            return json.load(answer)
    except (urllib.error.URLError, OSError, ValueError) as error:
        what = path.partition("/")[0]  # the rest is the buyer's capability
        raise BackupError(f"the back office on it does not answer {what}: {error}") from error
