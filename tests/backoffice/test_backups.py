"""A backup is proved by restoring it; putting one back loses no order and wakes nobody up."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from backoffice_data import (
    Window,
    ask,
    courier_body,
    make_product,
    make_shop,
    order_body,
    send_order,
)
from conftest import Server

from benchmarks.postgres import NoPostgres, Postgres, postgres
from kiosk.backoffice.backups import postgres as tools
from kiosk.backoffice.backups.copying import BackupError, backup, begin_anew, check, opened
from kiosk.backoffice.backups.manifest import read_manifest
from kiosk.backoffice.catalogue.media import media_path, store_media
from kiosk.backoffice.database import database_settings
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.retention import forget_orders
from kiosk.backoffice.platform.devices import add_device, revoke_device

pytestmark = pytest.mark.usefixtures("database")
DATABASE = "backoffice.sqlite3"


def kiosk(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kiosk", "backoffice", *map(str, arguments)]
    own = {**os.environ, **environment}
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=300)


def shop_with_orders(count: int = 2) -> Window:
    make_shop()
    make_product(stock=None)
    window = Window()
    for _ in range(count):
        assert window.order(courier_body()).status_code == 201
    return window


@pytest.fixture
def copy(tmp_path: Path, database: Path, sqlite_files: None) -> Path:
    """A backup of a shop with two orders and a picture."""
    shop_with_orders()
    store_media(b"a picture")
    target = tmp_path / "shop.sqlite3"
    done = kiosk("backup", target, "--with-media", f"--data={database}")
    assert done.returncode == 0, done.stderr
    return target


def test_a_copy_says_what_it_holds_and_has_no_key(copy: Path, database: Path) -> None:
    (database / "keys").mkdir(exist_ok=True)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in copy.parent.iterdir()) == [copy.name, f"{copy.name}.media"]
    with opened(copy) as db:
        said = read_manifest(db)
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert said and said.counted.orders == 2 and said.counted.totals == {"EUR": 2 * 4790}
    assert said.counted.newest_order
    files = {path.name for path in copy.parent.rglob("*") if path.is_file()}
    assert not any(name.endswith(".key") or name == "secret-key" for name in files)
    done = kiosk("backup", copy.parent / "second", f"--data={database}")
    assert "keys backup" in done.stdout and str(database / "keys") in done.stdout


def test_a_copy_holds_up_no_order(tmp_path: Path, database: Path, sqlite_files: None) -> None:
    window, placed, end = shop_with_orders(1), [], threading.Event()

    def sell() -> None:
        from django.db import connection

        while not end.is_set():
            placed.append(window.order(order_body()).status_code)
        connection.close()

    seller = threading.Thread(target=sell)
    seller.start()
    for number in range(5):
        before = len(placed)
        backup(database / DATABASE, tmp_path / f"{number}")
        while len(placed) == before:
            end.wait(0.01)
    end.set()
    seller.join()
    assert set(placed) == {201}
    counts = []
    for number in range(5):
        with opened(tmp_path / f"{number}") as db:
            said = check(db, number)
            assert said
            counts.append(said.counted.orders)
    assert counts == sorted(counts) and counts[-1] <= Order.objects.count()


def test_a_backup_never_overwrites(tmp_path: Path, database: Path, sqlite_files: None) -> None:
    target = tmp_path / "copy"
    target.write_text("precious")
    with pytest.raises(BackupError, match="already"):
        backup(database / DATABASE, target)
    with pytest.raises(BackupError, match="cannot write"):
        backup(database / DATABASE, tmp_path / "no" / "folder")
    assert target.read_text() == "precious" and list(tmp_path.iterdir()) == [target]


def test_a_second_back_office_does_not_start_on_the_same_data(
    tmp_path: Path, serve: Callable[..., Server], sqlite_files: None
) -> None:
    first = serve(data=tmp_path)
    done = kiosk("run", "--port=0", f"--data={tmp_path}")
    assert done.returncode == 1 and done.stdout == ""
    assert f"process {first.process.pid}" in done.stderr and "end it first" in done.stderr
    first.stop(9)
    serve(data=tmp_path)


def test_a_restored_backup_loses_no_order(
    tmp_path: Path, copy: Path, serve: Callable[..., Server]
) -> None:
    data = tmp_path / "data"
    assert kiosk("restore", copy, f"--data={data}").returncode == 0
    server = serve(data=data)
    token = _device(data)
    epoch = ask(server.url, "hello", token).json()["epoch"]
    cursor = ask(server.url, "catalogue/changes", token).json()["cursor"]
    heard = ask(server.url, "events/poll", token).json()["last_id"]
    body = order_body()
    later = send_order(server.url, token, body, "key-of-a-later-order").json()
    busy = kiosk("restore", copy, f"--data={data}")
    assert busy.returncode == 1 and "end it first" in busy.stderr
    assert ask(server.url, f"orders/{later['token']}", token).status_code == 200
    server.stop()

    done = kiosk("restore", copy, f"--data={data}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 orders are back")
    (aside,) = data.glob("replaced-*")
    assert str(aside) in done.stdout
    with closing(sqlite3.connect(aside / DATABASE)) as db:
        assert db.execute("SELECT COUNT(*) FROM orders_order").fetchone() == (3,)
    assert not list(data.glob(".restore-*"))
    again = serve(data=data)
    token = _device(data)
    assert ask(again.url, "hello", token).json()["epoch"] != epoch
    page = ask(again.url, "catalogue/changes", token, params={"cursor": cursor}).json()
    assert page["reset"] and page["upserts"]
    # The same number may be another event now.
    assert ask(again.url, f"events/poll?after={heard}", token).json()["reset"]
    answer = send_order(again.url, token, body, "key-of-a-later-order")
    assert answer.status_code == 201 and answer.json()["intent_id"] == body["intent_id"]
    media = media_path(store_media(b"a picture")).name
    assert (data / "media" / media[:2] / media).read_bytes() == b"a picture"


def _device(data: Path) -> str:
    done = kiosk("device", "add", f"window-{len(list(data.glob('replaced-*')))}", f"--data={data}")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_whoever_was_shut_out_or_forgotten_since_stays_so(
    tmp_path: Path, database: Path, sqlite_files: None
) -> None:
    shop_with_orders()
    gone, there = add_device("stolen")[0], add_device("honest")[0]
    copy, data = tmp_path / "copy", tmp_path / "data"
    backup(database / DATABASE, copy)
    first = Order.objects.earliest("pk")
    forget_orders(Order.objects.filter(pk=first.pk))
    revoke_device(gone)
    data.mkdir()
    with closing(sqlite3.connect(database / DATABASE)) as live:
        live.execute("VACUUM INTO ?", [str(data / DATABASE)])
    done = kiosk("restore", copy, f"--data={data}")
    assert done.returncode == 0, done.stderr
    assert "1 windows that were shut out" in done.stdout and "buyers of 1 orders" in done.stdout
    with closing(sqlite3.connect(data / DATABASE)) as db:
        names = db.execute("SELECT name FROM platform_device WHERE revoked_at NOTNULL").fetchall()
        known = db.execute("SELECT number FROM orders_order WHERE phone != ''").fetchall()
    assert names == [("stolen",)] and there.revoked_at is None
    assert known and (first.number,) not in known


def _flip_bytes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(4096 + 200, len(content), 4096):
        content[place] ^= 0xFF
    path.write_bytes(content)


def _reprice(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE orders_order SET total_minor = total_minor + 1")


def _orphan(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM orders_order")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('orders', '9999_later', '2030-01-01')"
        )


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "flipped bytes": (_flip_bytes, "damaged"),
    "cut short": (lambda path: os.truncate(path, path.stat().st_size // 2), "damaged"),
    "changed": (_reprice, "not what it says"),
    "orphans": (_orphan, "points at nothing"),
    "newer": (_newer, "newer version"),
    "empty": (lambda path: os.truncate(path, 0), "no backup"),
    "missing": (Path.unlink, "cannot read"),
    "another database": (
        lambda path: (path.unlink(), sqlite3.connect(path).execute("CREATE TABLE t (a)")),
        "no back office's database",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_neither_proved_nor_put_back(
    damage: str, copy: Path, tmp_path: Path
) -> None:
    spoil, words = DAMAGES[damage]
    spoil(copy)
    data = tmp_path / "data"
    data.mkdir()
    (data / DATABASE).write_text("precious")
    for done in (kiosk("drill", copy), kiosk("restore", copy, f"--data={data}")):
        assert done.returncode == 1 and words in done.stderr, done.stderr
        assert done.stderr.count("\n") == 1 and "proved" not in done.stdout
    assert (data / DATABASE).read_text() == "precious"
    assert sorted(path.name for path in data.iterdir()) == [DATABASE, "run.lock"]


def test_a_drill_proves_a_backup_and_leaves_nothing_behind(copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = kiosk("drill", copy, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stderr
    for line in (
        "it is what its manifest of 20",
        "integrity and foreign keys hold",
        "2 orders with 2 lines, 95.80 EUR in all",
        " files of pictures and maps are whole",
        "a back office on it answers, and knows order ",
        "0.0 hours old",
    ):
        assert line in done.stdout
    assert done.stdout.endswith("proved\n")
    assert copy.read_bytes() == before and list(temporary.iterdir()) == []


def test_a_drill_finds_a_damaged_picture(copy: Path) -> None:
    name = media_path(store_media(b"a picture")).name
    picture = Path(f"{copy}.media", name[:2], name)
    picture.write_bytes(b"another picture")
    done = kiosk("drill", copy)
    assert done.returncode == 1 and picture.name in done.stderr


def test_an_older_backup_is_brought_up_to_date(copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        made = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'privacy_*'"
        for (table,) in db.execute(made).fetchall():
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM django_migrations WHERE app = 'privacy'")
    assert kiosk("drill", copy).returncode == 0
    assert kiosk("restore", copy, f"--data={tmp_path / 'data'}").returncode == 0


# ---- PostgreSQL ---------------------------------------------------------------------------------


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
from test_backups import shop_with_orders
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
