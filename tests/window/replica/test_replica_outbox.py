"""The outbox: what was said to be kept is kept, once, whatever happens."""

import subprocess
import sys
import textwrap
import threading
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import apsw
import pytest
from cutting_disk import CuttingDisk
from replica_data import SHOP_KEY, opened, order, receipt, summary

from kiosk.contract import OrderRequest, Problem
from kiosk.contract.sealing import encode, signer
from kiosk.window.replica import DataInUse, IntentTaken, Outbox, RefusedDisk
from kiosk.window.replica.database import Database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox.db"


@pytest.fixture
def outbox(path):
    outbox = Outbox(path)
    yield outbox
    outbox.close()


def test_an_order_is_kept_with_one_key_and_is_due_at_once(outbox):
    asked = order()
    kept = outbox.commit(asked, summary(), SHOP_KEY)
    (due,) = outbox.due(0.0)
    assert (due.key, due.attempts, due.parked) == (kept.key, 0, False)
    sent = OrderRequest.model_validate_json(due.payload)
    assert sent.lines == asked.lines and sent.contact is None and sent.address is None
    assert opened(due.payload).contact == asked.contact
    assert (sent.instance_id, sent.number) == (outbox.identity.instance_id, 1)
    assert signer(due.signature, due.payload) == encode(
        bytes(outbox.identity.signing_key.verify_key)
    )
    assert (outbox.waiting_count(), outbox.waiting()) == (1, [kept])
    assert outbox.receipt(asked.intent_id) is None


def test_five_hundred_touches_keep_one_order(outbox):
    intent = uuid.uuid4()
    keys = set()

    def touch():
        for _ in range(25):
            keys.add(outbox.commit(order(intent), summary(), SHOP_KEY).key)

    threads = [threading.Thread(target=touch) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(keys), outbox.waiting_count()) == (1, 1)


def test_the_same_intent_with_another_basket_is_refused_and_the_first_stays(outbox):
    intent = uuid.uuid4()
    kept = outbox.commit(order(intent), summary(), SHOP_KEY)
    with pytest.raises(IntentTaken):
        outbox.commit(order(intent, quantity=2), summary(), SHOP_KEY)
    assert [d.key for d in outbox.due(0.0)] == [kept.key]


def test_orders_and_answers_outlive_a_restart(path):
    outbox = Outbox(path)
    answered, waiting = order(), order()
    key = outbox.commit(answered, summary(), SHOP_KEY).key
    left = outbox.commit(waiting, summary(), SHOP_KEY).key
    outbox.record_attempt(left, "away", 10.0**9)
    assert outbox.acknowledge(key, receipt(answered.intent_id))
    outbox.close()
    again = Outbox(path)
    assert [(d.key, d.attempts) for d in again.due(0.0)] == [(left, 1)]
    assert again.receipt(answered.intent_id).number == "A-1"
    again.close()


def test_an_attempt_holds_an_order_back_and_hurry_brings_it_forward(outbox):
    key = outbox.commit(order(), summary(), SHOP_KEY).key
    outbox.record_attempt(key, "no answer", 50.0)
    assert outbox.due(49.0) == []
    assert outbox.next_due(0.0) == 50.0
    assert outbox.next_due(50.0) is None
    outbox.hurry(20.0)
    assert [d.attempts for d in outbox.due(20.0)] == [1]
    outbox.park(key, Problem(title="wrong", status=422, code="invalid"), 60.0)
    outbox.hurry(30.0)
    assert outbox.due(59.0) == [] and [d.parked for d in outbox.due(60.0)] == [True]


def test_a_late_or_repeated_answer_changes_nothing(outbox):
    asked = order()
    key = outbox.commit(asked, summary(), SHOP_KEY).key
    assert outbox.acknowledge(key, receipt(asked.intent_id))
    assert not outbox.acknowledge(key, receipt(asked.intent_id))
    assert not outbox.acknowledge(key, receipt(asked.intent_id, "B-2"))
    assert outbox.receipt(asked.intent_id).number == "A-1"
    assert not outbox.park(key, Problem(title="late", status=422, code="invalid"))
    assert outbox.parked_count() == 0


def test_an_answer_about_another_order_is_refused(outbox):
    key = outbox.commit(order(), summary(), SHOP_KEY).key
    with pytest.raises(ValueError, match="another order"):
        outbox.acknowledge(key, receipt(uuid.uuid4()))
    assert outbox.waiting_count() == 1


def test_a_parked_order_leaves_the_queue_and_stays_on_the_disk(outbox):
    asked = order()
    key = outbox.commit(asked, summary(), SHOP_KEY).key
    assert outbox.park(key, Problem(title="wrong", status=422, code="invalid"))
    assert (outbox.waiting_count(), outbox.parked_count()) == (0, 1)
    assert outbox.kept(asked.intent_id).key == key
    assert outbox.acknowledge(key, receipt(asked.intent_id))
    assert outbox.parked_count() == 0


def test_a_restored_back_office_is_offered_what_another_epoch_answered(outbox):
    asked, same = order(), order()
    key = outbox.commit(asked, summary(), SHOP_KEY).key
    outbox.acknowledge(key, receipt(asked.intent_id), "before")
    outbox.acknowledge(
        outbox.commit(same, summary(), SHOP_KEY).key, receipt(same.intent_id), "after"
    )
    assert outbox.offer_again("after") == 1
    assert [d.key for d in outbox.due(0.0)] == [key]
    assert outbox.receipt(asked.intent_id).number == "A-1"
    assert outbox.acknowledge(key, receipt(asked.intent_id, "A-77"), "after")
    assert outbox.receipt(asked.intent_id).number == "A-77"
    assert outbox.offer_again("after") == 0


def test_only_old_answered_orders_are_purged(outbox):
    asked = [order() for _ in range(3)]
    keys = [outbox.commit(o, summary(), SHOP_KEY).key for o in asked]
    outbox.acknowledge(keys[0], receipt(asked[0].intent_id))
    outbox.park(keys[1], Problem(title="wrong", status=422, code="invalid"))
    assert outbox.purge() == 0
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    with outbox._db.writing() as db:
        db.execute("UPDATE kept_order SET kept_at = ?", (old,))
    assert outbox.purge() == 0, "it was answered just now"
    with outbox._db.writing() as db:
        db.execute("UPDATE kept_order SET answered_at = ?", (old,))
    assert outbox.purge(now=datetime(1970, 1, 2, tzinfo=UTC)) == 0
    assert outbox.purge() == 1
    assert outbox.kept(asked[0].intent_id) is None
    assert (outbox.waiting_count(), outbox.parked_count()) == (1, 1)


def test_what_is_purged_is_gone_from_the_disk(path):
    outbox = Outbox(path)
    asked = order()
    outbox.acknowledge(outbox.commit(asked, summary(), SHOP_KEY).key, receipt(asked.intent_id))
    files = lambda: b"".join(p.read_bytes() for p in path.parent.glob("outbox.db*"))  # noqa: E731
    box = OrderRequest.model_validate_json(outbox._db.read("SELECT payload FROM kept_order")[0][0])
    assert box.sealed.box.encode()[:40] in files()
    assert outbox.purge(-1) == 1
    assert box.sealed.box.encode()[:40] not in files()
    outbox.close()


def test_a_second_instance_is_told_that_the_data_is_in_use(path, outbox):
    with pytest.raises(DataInUse, match="in use"):
        Outbox(path)
    told = subprocess.run(
        [sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=False
    )
    assert told.stdout.strip() == "DataInUse"
    outbox.close()
    again = Outbox(path)
    again.close()
    outbox.__init__(path)  # so that the fixture can close it


OPEN = textwrap.dedent("""
    import sys, pathlib
    from kiosk.window.replica import DataInUse, Outbox
    try:
        Outbox(pathlib.Path(sys.argv[1]))
    except DataInUse as error:
        print(type(error).__name__)
""")


def test_every_commit_is_synced_before_it_returns(path):
    with CuttingDisk() as disk:
        outbox = Outbox(path)
        for _ in range(5):
            before = disk.syncs
            outbox.commit(order(), summary(), SHOP_KEY)
            assert disk.syncs > before
        outbox.close()


def test_the_power_cut_bites_where_nothing_syncs(path):
    with CuttingDisk() as disk:
        database = Database(path, ("CREATE TABLE t(a)",), "NORMAL")
        database.checkpoint()
        for number in range(12):
            with database.writing() as db:
                db.execute("INSERT INTO t VALUES (?)", (number,))
        disk.cut_power(0)
        database.__dict__["checkpoint"] = lambda: None
        database.close()
    connection = apsw.Connection(str(path))
    assert connection.execute("SELECT count(*) FROM t").fetchall() < [(12,)]


@pytest.mark.parametrize("seed", range(4))
def test_a_power_cut_loses_no_order_that_was_kept(path, seed):
    with CuttingDisk() as disk:
        outbox = Outbox(path)
        keys = {outbox.commit(order(), summary(), SHOP_KEY).key for _ in range(12)}
        disk.cut_power(seed)
        # The process dies with the power: nothing is closed, only the lock is let go.
        outbox._db.__dict__["checkpoint"] = lambda: None
        outbox.close()
    again = Outbox(path)
    assert {d.key for d in again.due(0.0)} == keys
    assert again._db.read("PRAGMA integrity_check") == [("ok",)]
    again.close()


def test_a_disk_that_refuses_means_not_accepted_and_nothing_kept(path):
    with CuttingDisk() as disk:
        outbox = Outbox(path)
        sure = outbox.commit(order(), summary(), SHOP_KEY)
        disk.refusing = True
        refused = order()
        with pytest.raises(RefusedDisk):
            outbox.commit(refused, summary(), SHOP_KEY)
        outbox.record_attempt(sure.key, "away", 0.0)
        assert not outbox.writable(), "nobody types anything for a disk that refuses"
        disk.refusing = False
        before = disk.syncs
        assert outbox.writable() and disk.syncs > before
        assert outbox.kept(refused.intent_id) is None
        later = outbox.commit(order(), summary(), SHOP_KEY)
        outbox.close()
    again = Outbox(path)
    assert {k.key for k in again.waiting()} == {sure.key, later.key}
    again.close()


def test_a_full_disk_refuses_orders_before_they_are_typed(tmp_path):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", tmp_path],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a tmpfs")
    try:
        outbox = Outbox(tmp_path / "outbox.db")
        assert not outbox.has_room()
        kept = []
        with pytest.raises(RefusedDisk):
            for _ in range(400):
                kept.append(outbox.commit(order(), summary(), SHOP_KEY).key)
        assert {k.key for k in outbox.waiting()} == set(kept)
        outbox.close()
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def root_of(path, table):
    with closing(apsw.Connection(str(path))) as db:
        found = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return db.execute(found, (table,)).fetchall()[0][0]


def test_a_damaged_last_page_of_orders_takes_none_of_the_others_along(path):
    outbox = Outbox(path)
    keys = [outbox.commit(order(), summary(), SHOP_KEY).key for _ in range(60)]
    outbox.close()
    with path.open("r+b") as file:
        file.seek((root_of(path, "kept_order") - 1) * 4096 + 8)
        last = int.from_bytes(file.read(4), "big")  # an inner page's rightmost child
        file.seek((last - 1) * 4096)
        file.write(b"\x5a" * 4096)
    again = Outbox(path)
    saved = [d.key for d in again.due(0.0)]
    again.close()
    assert len(keys) > len(saved) > 50 and set(saved) == set(keys[: len(saved)])


def test_what_can_be_read_of_a_damaged_outbox_is_saved(path):
    outbox = Outbox(path)
    keys = {outbox.commit(order(), summary(), SHOP_KEY).key for _ in range(60)}
    outbox.close()
    with path.open("r+b") as file:
        file.seek((root_of(path, "outbox") - 1) * 4096)
        file.write(b"\x5a" * 4096)
    again = Outbox(path)
    assert {d.key for d in again.due(0.0)} == keys
    assert (path.parent / "outbox.db.damaged-1").exists()
    again.close()
