"""A dump of PostgreSQL is proved and put back by the lines that the commands say."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from backups_data import kiosk

from benchmarks.postgres import NoPostgres, Postgres, postgres
from kiosk.backoffice.backups import postgres as tools
from kiosk.backoffice.backups.copying import begin_anew
from kiosk.backoffice.database import database_settings


@pytest.fixture
def server() -> Iterator[Postgres]:
    # Not among pytest's own folders: whoever starts another run closes those to other users.
    with tempfile.TemporaryDirectory(prefix="kiosk-pg-") as folder:
        try:
            with postgres(Path(folder) / "pg") as running:
                yield running
        except NoPostgres as missing:
            pytest.skip(str(missing))


def test_on_postgresql_the_lines_it_says_do_it(tmp_path: Path, server: Postgres) -> None:
    url = server.create_database("shop")
    data = tmp_path / "data"
    on = {"KIOSK_DATABASE_URL": url}
    _there(data, url, _BEFORE)
    dump = tmp_path / "shop.dump"
    _follow(kiosk("backup", dump, f"--data={data}", **on))
    told = kiosk("drill", dump, f"--data={data}", **on)
    done = _follow(told)
    assert "3 orders with 3 lines, 143.70 EUR in all" in done and "proved" in done
    assert "knows order" in done
    _there(data, url, _AFTER)
    done = _follow(kiosk("restore", dump, f"--data={data}", **on), **on)
    assert "1 windows that were shut out since stay shut out" in done
    assert "the buyers of 1 orders who were forgotten since stay forgotten" in done
    restored = url.replace("/shop?", "/shop_restored?")
    assert restored != url
    again = kiosk("restore", dump, "--into", restored, f"--data={data}", **on)
    assert again.returncode == 1 and "not empty" in again.stderr
    import psycopg

    with psycopg.connect(restored, autocommit=True) as db:
        assert db.execute("SELECT key FROM platform_setting WHERE key = 'epoch'").fetchall() == []
        _started(data, KIOSK_DATABASE_URL=restored)
        told = db.execute("SELECT state, attempts, last_error FROM mail_message").fetchall()
        assert told == [("parked", 0, "restored from a backup")]
        named = db.execute("SELECT COUNT(*), COUNT(NULLIF(name, '')) FROM orders_order")
        assert named.fetchone() == (3, 2)
        gone = db.execute("SELECT name FROM platform_device WHERE revoked_at IS NOT NULL")
        assert gone.fetchall() == [("stolen",)]


# A message waits as the dump is made, and some things happen after it.
_BEFORE = """
from backups_data import shop_with_orders
from kiosk.backoffice.mail.delivery import park_older_news
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.devices import add_device
shop_with_orders(3)
add_device("stolen")
park_older_news()
Message.objects.create(order=Order.objects.first(), kind="accepted", message_id="<1@shop.example>")
"""
_AFTER = """
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.retention import forget_orders
from kiosk.backoffice.platform.devices import revoke_device
from kiosk.backoffice.platform.models import Device
revoke_device(Device.objects.get(name="stolen"))
forget_orders(Order.objects.filter(pk=Order.objects.last().pk))
Message.objects.update(state="sent")
"""


def _there(data: Path, url: str, words: str) -> None:
    """Do something in a back office on PostgreSQL."""
    begin = (
        "import sys; sys.path[:0] = ['tests/backoffice', '.']\n"
        "from kiosk.backoffice.setup import prepare; from pathlib import Path\n"
        f"prepare(Path({str(data)!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin + words],
        env={**os.environ, "KIOSK_DATABASE_URL": url, "KIOSK_TEST_DATABASE_URL": url}
        | {"KIOSK_DATA": str(data)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def _started(data: Path, **environment: str) -> None:
    """Run a back office that has a mail server until it answers."""
    mail = {"KIOSK_SMTP_URL": "smtp://127.0.0.1:9", "KIOSK_SMTP_FROM": "orders@shop.example"}
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "backoffice", "run", "--port=0", f"--data={data}"],
        env={**os.environ, **mail, **environment},
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    with process.stdout as said:
        assert said.readline()
    process.terminate()
    assert process.wait(20) == 0


def _follow(told: "subprocess.CompletedProcess[str]", **environment: str) -> str:
    """Run the lines that a command said, as somebody would who copies them."""
    assert told.returncode == 1 and "PostgreSQL" in told.stderr
    said = ""
    for line in told.stdout.splitlines():
        words = shlex.split(line)
        if words[0] == "kiosk":
            words[:1] = [sys.executable, "-m", "kiosk"]
        else:
            assert shutil.which(words[0])
        own = {**os.environ, **environment}
        done = subprocess.run(words, env=own, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, (line, done.stderr)
        said += done.stdout
    return said


def test_no_password_is_said() -> None:
    url = "postgres://ines:s3cret@db.example:5433/shop"
    settings = database_settings(url, Path())
    lines = [
        *tools.backup_commands(settings, Path("copy")),
        *tools.restore_commands(settings, Path("copy"), Path("shop")),
        *tools.drill_commands(settings, Path("copy")),
    ]
    assert not any("s3cret" in line for line in lines)
    assert lines[0] == (
        "pg_dump --format=custom --host=db.example --port=5433 --username=ines --file=copy shop"
    )
    assert any("postgres://ines@db.example:5433/shop_drill" in line for line in lines)


def test_both_begin_anew_alike() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        for run in (begin_anew, lambda db: db.executescript(tools.BEGIN_ANEW)):
            db.executescript(
                "CREATE TABLE platform_setting (key); CREATE TABLE django_session (a);"
                "INSERT INTO platform_setting VALUES ('epoch'), ('signin:x'), ('kept');"
                "INSERT INTO django_session VALUES (1);"
            )
            run(db)
            assert db.execute("SELECT key FROM platform_setting").fetchall() == [("kept",)]
            assert db.execute("SELECT * FROM django_session").fetchall() == []
            db.executescript("DROP TABLE platform_setting; DROP TABLE django_session")
