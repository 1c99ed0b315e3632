"""A box's name is its own: a copied, older or broken memory takes a new one."""

import shutil
import uuid

import apsw
import pytest
from replica_data import SHOP_KEY, opened, order, summary

from kiosk.contract import OrderRequest
from kiosk.contract.sealing import encode, signer
from kiosk.window.replica import Outbox
from kiosk.window.replica.identity import IdentityFile


def test_a_name_stays_as_long_as_the_folder_does(tmp_path):
    first = IdentityFile(tmp_path).load()
    assert IdentityFile(tmp_path).load() == first
    assert (tmp_path / "instance.json").stat().st_mode & 0o077 == 0
    assert encode(first.seed) not in repr(first)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_text('{"instance_id": "x", "seed": "", "place": ""}'),
        lambda path: path.write_bytes(b"\xff\x00"),
        lambda path: (shutil.copy2(path, path.with_suffix(".old")), path.unlink(),
                      path.with_suffix(".old").rename(path)),
    ],
    ids=["gone", "cut", "empty", "bytes", "put back"],
)  # fmt: skip
def test_what_is_not_that_very_file_is_another_memory(tmp_path, change):
    first = IdentityFile(tmp_path).load()
    change(tmp_path / "instance.json")
    second = IdentityFile(tmp_path).load()
    assert second.instance_id != first.instance_id and second.seed != first.seed
    assert IdentityFile(tmp_path).load() == second


def test_a_copied_box_speaks_under_a_new_name_and_sends_what_it_has_as_it_is(tmp_path):
    box = Outbox(tmp_path / "box" / "outbox.db")
    kept = box.commit(order(), summary(), SHOP_KEY)
    (before,) = box.due(0.0)
    box.close()
    shutil.copytree(tmp_path / "box", tmp_path / "copy")
    copy = Outbox(tmp_path / "copy" / "outbox.db")
    assert copy.identity.instance_id != box.identity.instance_id
    (due,) = copy.due(0.0)
    assert (due.key, due.payload, due.signature) == (kept.key, before.payload, before.signature)
    fresh = copy.commit(order(), summary(), SHOP_KEY)
    sent = OrderRequest.model_validate_json(copy.due(0.0)[1].payload)
    assert fresh.key != kept.key
    assert (sent.instance_id, sent.number) == (copy.identity.instance_id, 1)
    copy.close()


def test_a_new_name_counts_from_one_and_the_old_word_stays(tmp_path):
    box = Outbox(tmp_path / "outbox.db")
    for _ in range(3):
        box.commit(order(), summary(), SHOP_KEY)
    old = box.identity
    assert box.last_number == 3
    box.take_new_name()
    assert box.last_number == 0
    box.commit(order(), summary(), SHOP_KEY)
    sent = [OrderRequest.model_validate_json(due.payload) for due in box.due(0.0)]
    assert [o.number for o in sent] == [1, 2, 3, 1]
    assert [o.instance_id == old.instance_id for o in sent] == [True] * 3 + [False]
    first = box.due(0.0)[0]
    assert signer(first.signature, first.payload) == encode(bytes(old.signing_key.verify_key))
    box.close()


def older(path, waiting, parked):
    """An outbox as the version before sealing left it."""
    db = apsw.Connection(str(path))
    list(db.execute("PRAGMA journal_mode=WAL"))
    db.execute("""
        CREATE TABLE kept_order(
            intent_id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, kept_at TEXT NOT NULL,
            ordered TEXT NOT NULL, summary TEXT NOT NULL,
            sealing TEXT NOT NULL, payload BLOB NOT NULL,
            receipt TEXT, answered_epoch TEXT, problem TEXT);
        CREATE TABLE outbox(
            key TEXT PRIMARY KEY REFERENCES kept_order(key) ON DELETE CASCADE,
            attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '');
        PRAGMA user_version=1;
    """)
    problem = '{"title": "no", "status": 422, "code": "invalid"}'
    for asked, why in ((waiting, None), (parked, problem)):
        told = '{"lines":[],"total":{"minor":1,"currency":"EUR"},"fulfilment":"collect",' \
            '"language":"fr"}'  # fmt: skip
        db.execute(
            "INSERT INTO kept_order VALUES (?, ?, ?, '', ?, 'none', ?, NULL, NULL, ?)",
            (str(asked.intent_id), f"key-{asked.intent_id}", "2026-01-01T00:00:00+00:00", told,
             asked.model_dump_json().encode(), why),
        )  # fmt: skip
    db.execute("INSERT INTO outbox(key) VALUES (?)", (f"key-{waiting.intent_id}",))
    db.close()


def test_what_an_older_version_left_in_clear_is_sealed_and_loses_no_key(tmp_path):
    path = tmp_path / "outbox.db"
    waiting, parked = order(), order()
    older(path, waiting, parked)
    box = Outbox(path)
    assert (box.waiting_count(), box.parked_count()) == (1, 1)
    assert box.seal_older(SHOP_KEY) == 2
    assert box.seal_older(SHOP_KEY) == 0
    due = {due.key: due for due in box.due(0.0)}
    assert set(due) == {f"key-{o.intent_id}" for o in (waiting, parked)}
    for asked in (waiting, parked):
        assert opened(due[f"key-{asked.intent_id}"].payload).contact == asked.contact
    assert due[f"key-{waiting.intent_id}"].signature
    assert b"Canari" not in b"".join(p.read_bytes() for p in tmp_path.glob("outbox.db*"))
    box.close()


@pytest.mark.parametrize("statement", range(5))
def test_a_migration_that_fails_anywhere_changes_nothing(tmp_path, monkeypatch, statement):
    from kiosk.window.replica import outbox

    path = tmp_path / "outbox.db"
    waiting, parked = order(), order()
    older(path, waiting, parked)
    whole = outbox._MIGRATIONS
    parts = [part for part in whole[1].split(";") if part.strip()]
    assert len(parts) == 5
    cut = ";".join([*parts[:statement], " SELECT no_such_function()"])
    monkeypatch.setattr(outbox, "_MIGRATIONS", (whole[0], cut, *whole[2:]))
    with pytest.raises(apsw.SQLError):
        Outbox(path)
    monkeypatch.setattr(outbox, "_MIGRATIONS", whole)
    box = Outbox(path)
    assert {due.intent_id for due in box.due(0.0)} == {waiting.intent_id, parked.intent_id}
    box.close()


def test_nobody_can_be_sealed_to_a_key_that_is_none(tmp_path):
    box = Outbox(tmp_path / "outbox.db")
    for wrong in ({"id": "0" * 16}, {"public": "AAAA"}, {"public": "…"}):
        with pytest.raises(ValueError):
            box.commit(order(uuid.uuid4()), summary(), SHOP_KEY.model_copy(update=wrong))
    assert box.waiting_count() == 0
    box.close()
