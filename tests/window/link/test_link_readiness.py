"""A disk that fills up: what can be had again leaves first, then orders are refused, and say so."""

import io
import logging
import os

import pytest
from conftest import eventually
from PIL import Image
from replica_data import order, profile, sha, summary

from kiosk.window.link import Pace, TakesOrders
from kiosk.window.replica import NoRoom, RefusedDisk
from tests.smalldisk import MIB, small_disk

LOW = 4 * MIB  # less than an order needs
QUICK = Pace(room_every_s=0.05)


def large_picture() -> bytes:
    """A photograph of some MiB that nothing can compress."""
    out = io.BytesIO()
    Image.frombytes("RGB", (1200, 1200), os.urandom(1200 * 1200 * 3)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "data", 96 * MIB) as disk:
        yield disk


@pytest.fixture
def link(disk, new_link):
    link = new_link(started=False, data=disk.path)
    link.catalogue.set_profile(profile())
    yield link
    link.stop()


def test_pictures_leave_for_orders_and_the_log_says_which(disk, link, news, caplog):
    pictures = [large_picture() for _ in range(4)]
    for data in pictures:
        link.pictures.put(sha(data), data)
    link.pictures.pin([sha(pictures[0])])
    disk.leave(LOW)
    with caplog.at_level(logging.WARNING):
        assert link.ready_for_orders()
    assert "pictures that can be fetched again left" in caplog.text
    assert link.pictures.path(sha(pictures[0])) is not None
    assert link.pictures.path(sha(pictures[1])) is None
    assert not news.of(TakesOrders)
    link.place(order(), summary())


def test_a_damaged_catalogue_leaves_and_a_damaged_outbox_never(disk, link):
    for name in ("catalogue.db.damaged-1", "outbox.db.damaged-1"):
        (disk.path / name).write_bytes(bytes(12 * MIB))
    disk.leave(LOW)
    assert link.ready_for_orders()
    assert not (disk.path / "catalogue.db.damaged-1").exists()
    assert (disk.path / "outbox.db.damaged-1").exists()


def test_pictures_never_take_the_room_of_orders(disk, link):
    kept = [large_picture() for _ in range(2)]
    link.pictures.pin(map(sha, kept))
    for data in kept:
        link.pictures.put(sha(data), data)
    disk.leave(26 * MIB)
    with pytest.raises(NoRoom, match="for orders"):
        late = large_picture()
        link.pictures.put(sha(late), late)
    assert link.pictures.room_bytes <= 2 * MIB and link.ready_for_orders()


def test_without_room_it_is_said_once_and_taken_back_without_a_restart(
    office, disk, news, new_link
):
    link = new_link(data=disk.path, pace=QUICK)
    eventually(lambda: link.catalogue.profile() is not None)
    disk.leave(LOW)
    (told,) = news.until(TakesOrders)
    assert not told.able and not link.ready_for_orders()
    disk.empty()
    told, again = news.until(TakesOrders, 2)
    assert again.able and link.ready_for_orders()


def test_an_order_that_cannot_be_written_is_not_kept_and_closes_the_window(disk, link, news):
    assert link.ready_for_orders()
    disk.leave(0)
    asked = order()
    with pytest.raises(RefusedDisk):
        for _ in range(200):
            link.place(order(), summary())
    kept = link.outbox.waiting_count()
    with pytest.raises(RefusedDisk):
        link.place(asked, summary())
    assert link.outbox.kept(asked.intent_id) is None
    assert link.outbox.waiting_count() == kept
    assert [event.able for event in news.of(TakesOrders)] == [False]
    disk.empty()
    assert link.ready_for_orders()
    assert [event.able for event in news.of(TakesOrders)] == [False, True]
    link.place(asked, summary())
    assert link.outbox.kept(asked.intent_id) is not None
