"""The shop's private keys: made, rotated, copied under a passphrase, put back, forgotten."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.backoffice.keyring import NEEDED_FOR, KeyRing, KeyRingError, unlock

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PASSPHRASE = "lanterne pont soupe figue"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


def test_the_newest_key_is_in_use_also_where_the_clock_went_back(ring: KeyRing) -> None:
    first = ring.make(NOW)
    second = ring.make(NOW - timedelta(days=9))
    assert ring.current() == second and second.made_at > first.made_at
    assert ring.ensure() == second
    assert [key.id for key in ring.known()] == [first.id, second.id]


def test_a_copy_holds_all_keys_and_no_key_in_clear(ring: KeyRing, tmp_path: Path) -> None:
    keys = [ring.make(NOW), ring.make(NOW + timedelta(days=1))]
    copy = ring.backup(PASSPHRASE)
    told = "".join(path.read_text() for path in ring.folder.iterdir())
    assert not any(json.loads(part + "}")["private"] in copy.decode()
                   for part in told.split("}") if part)  # fmt: skip
    other = KeyRing(tmp_path / "other")
    assert other.restore(copy, PASSPHRASE) == keys
    assert other.restore(copy, PASSPHRASE) == []
    assert other.known() == keys
    assert not any("private=" in repr(key) for key in keys)


@pytest.mark.parametrize("damage", ["passphrase", "box", "salt", "format", "json", "list", "png"])
def test_a_copy_that_does_not_open_says_why_and_changes_nothing(ring: KeyRing, damage: str) -> None:
    ring.make(NOW)
    told = json.loads(ring.backup(PASSPHRASE))
    if damage in ("box", "salt"):
        told[damage] = "AAAA" + told[damage][4:]
    if damage == "format":
        told["format"] = "vitrine-keys-9"
    copy = {"json": b"{", "list": b"[]", "png": b"\x89PNG\xff"}.get(
        damage, json.dumps(told).encode()
    )
    with pytest.raises(KeyRingError, match=r"copy|passphrase"):
        unlock(copy, "wrong words of nobody" if damage == "passphrase" else PASSPHRASE)
    assert len(ring.known()) == 1


def test_a_key_that_orders_may_need_is_not_forgotten(ring: KeyRing) -> None:
    old, new = ring.make(NOW), ring.make(NOW + timedelta(days=5))
    for wrong, when in ((new.id, NOW), ("0" * 16, NOW), (old.id, NOW + NEEDED_FOR)):
        with pytest.raises(KeyRingError):
            ring.forget(wrong, when)
    ring.forget(old.id, NOW + NEEDED_FOR + timedelta(days=5))
    assert ring.known() == [new]


def test_a_broken_file_is_named_and_does_not_close_the_shop(ring: KeyRing) -> None:
    older, key = ring.make(NOW), ring.make(NOW + timedelta(days=1))
    path = ring.folder / f"{key.id}.key"
    whole = path.read_text()
    for broken in ("", whole[:40], whole.replace(key.id, "0" * 16)):
        path.write_text(broken)
        with pytest.raises(KeyRingError, match="keys restore"):
            ring.known()
        assert ring.ensure() == older
    (ring.folder / f"{older.id}.key").unlink()
    assert ring.ensure().id not in (older.id, key.id)


def kiosk(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "backoffice", "keys", *arguments],
        input=said, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_commands_from_the_first_key_to_a_new_machine(tmp_path: Path, new_data: Path) -> None:
    shop, copy = shutil.copytree(new_data, tmp_path / "old machine"), tmp_path / "keys.copy"
    at = ("--data", str(shop))
    none = kiosk("backup", str(copy), *at, "--passphrase-stdin", said=PASSPHRASE)
    assert none.returncode == 1 and "keys rotate" in none.stderr
    made = kiosk("rotate", *at)
    assert made.returncode == 0, made.stderr
    assert "keys backup" in made.stdout
    listed = kiosk("list", *at).stdout
    assert listed.count("\n") == 1 and "in use" in listed
    short = kiosk("backup", str(copy), *at, "--passphrase-stdin", said="secret\n")
    assert short.returncode == 1 and "15 characters" in short.stderr and not copy.exists()
    assert kiosk("backup", str(copy), *at).stderr.count("--passphrase-stdin")
    done = kiosk("backup", str(copy), *at, "--passphrase-stdin", said=PASSPHRASE + "\n")
    assert done.returncode == 0 and copy.stat().st_mode & 0o077 == 0
    assert "already" in kiosk("backup", str(copy), *at, "--passphrase-stdin").stderr
    other = new_data
    there = ("--data", str(other), "--passphrase-stdin")
    assert "does not open" in kiosk("restore", str(copy), *there, said="no\n").stderr
    assert "1 keys were missing" in kiosk("restore", str(copy), *there, said=PASSPHRASE).stdout
    assert kiosk("list", "--data", str(other)).stdout == listed
    name = listed.split("\t")[0]
    assert "rotate first" in kiosk("forget", name, "--data", str(other)).stderr
