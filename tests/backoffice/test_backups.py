"""A backup is proved by restoring it; putting one back loses no order and wakes nobody up."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from backoffice_data import ask, order_body, send_order
from backups_data import kiosk, shop_with_orders
from conftest import Server

from kiosk.backoffice.backups.copying import BackupError, backup, check, opened
from kiosk.backoffice.backups.manifest import read_manifest
from kiosk.backoffice.catalogue.media import media_path, store_media
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.retention import forget_orders
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.cli import main

pytestmark = pytest.mark.usefixtures("database")
DATABASE = "backoffice.sqlite3"


@pytest.fixture
def copy(tmp_path: Path, database: Path, sqlite_files: None) -> Path:
    """A backup of a shop with two orders and a picture."""
    shop_with_orders()
    store_media(b"a picture")
    target = tmp_path / "shop.sqlite3"
    command = ["backoffice", "backup", str(target), "--with-media", f"--data={database}"]
    assert main(command) == 0
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
    new_data: Path, serve: Callable[..., Server], sqlite_files: None
) -> None:
    first = serve(data=new_data)
    done = kiosk("run", "--port=0", f"--data={new_data}")
    assert done.returncode == 1 and done.stdout == ""
    assert f"process {first.process.pid}" in done.stderr and "end it first" in done.stderr
    first.stop(9)
    serve(data=new_data)


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
    Courier.objects.create(name="Inès Duval", phone="+33199001515", portrait=b"a face")
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
        faces = db.execute("SELECT name, portrait FROM courier_courier").fetchall()
    assert faces == [("Inès Duval", None)]  # who has taken theirs away since is not shown again
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
