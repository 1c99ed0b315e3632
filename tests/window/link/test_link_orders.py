"""Orders: one effect for one intent, whatever is lost on the way."""

import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FAST, HURRIED, eventually
from replica_data import order, profile, summary

from kiosk.window.link import OrderAnswered, OrderParked, Pace
from kiosk.window.replica import DataInUse, Outbox

# Whoever stops does not wait for it.
LONG_S = 120.0


@pytest.fixture
def new_link(new_link):
    """A box that knows its shop, and so its shop's key, before it places anything."""

    def make(started=True, **settings):
        link = new_link(False, **settings)
        link.catalogue.set_profile(profile(), '"1"')
        if started:
            link.start()
        return link

    return make


def effects(office, orders):
    return [office.effects[str(o.intent_id)] for o in orders]


def test_an_order_is_kept_then_sent_and_its_answer_posted(office, news, new_link):
    link = new_link()
    asked = order()
    kept = link.place(asked, summary())
    (answered,) = news.until(OrderAnswered)
    assert answered.intent_id == asked.intent_id
    assert link.outbox.receipt(asked.intent_id) == answered.receipt
    assert link.outbox.waiting_count() == 0
    assert office.attempts == [kept.key]
    assert link.ready_for_orders()


@pytest.mark.parametrize(
    ("faults", "attempts"),
    [
        (["drop"], 2),
        (["drop", "drop", "drop", "500", "drop"], 5),
        (["reset", "truncate", "truncate json", "garble"], 5),
        (["hang"], 1),
        (["401", "429", "404", "503"], 1),
        (["redirect", "portal", "reset before"], 1),
    ],
)
def test_lost_answers_are_asked_for_again_under_the_one_key(
    office, news, new_link, faults, attempts
):
    for fault in faults:
        office.fault("/orders", fault)
    link = new_link(pace=HURRIED if "hang" in faults else FAST)
    asked = order()
    kept = link.place(asked, summary())
    (answered,) = news.until(OrderAnswered)
    assert answered.receipt.number == "A-1"
    assert set(office.attempts) == {kept.key}
    assert len(office.attempts) == attempts
    assert effects(office, [asked]) == [1]


def test_twenty_orders_while_the_link_flaps(office, news, new_link):
    link = new_link()
    stop = threading.Event()

    def flap():
        while not stop.wait(0.15):
            office.stop()
            stop.wait(0.1)
            office.start()

    flapping = threading.Thread(target=flap)
    flapping.start()
    for _ in range(5):
        office.fault("/orders", "drop")
        office.fault("/orders", "500")
    orders = [order() for _ in range(20)]
    for asked in orders:
        link.place(asked, summary())
        time.sleep(0.03)
    stop.set()
    flapping.join()
    news.until(OrderAnswered, 20, timeout=30)
    eventually(lambda: link.outbox.waiting_count() == 0)
    assert effects(office, orders) == [1] * 20
    assert len({e.receipt.number for e in news.of(OrderAnswered)}) == 20
    assert len(news.of(OrderAnswered)) == 20


def test_an_order_that_is_refused_is_parked_and_the_others_pass(office, news, new_link):
    office.fault("/orders", "422")
    link = new_link(started=False)
    orders = [order() for _ in range(4)]
    for asked in orders:
        link.place(asked, summary())
    link.start()
    (parked,) = news.until(OrderParked)
    news.until(OrderAnswered, 3)
    assert parked.problem.code == "invalid"
    assert (link.outbox.parked_count(), link.outbox.waiting_count()) == (1, 0)
    assert sorted(effects(office, orders)) == [0, 1, 1, 1]
    assert link.outbox.kept(parked.intent_id) is not None


def test_one_hanging_order_does_not_hold_up_the_others(office, news, new_link):
    office.fault("/orders", "hang")
    link = new_link(pace=HURRIED)
    first = order()
    link.place(first, summary())
    eventually(lambda: office.asked["/orders"])
    link.place(order(), summary())
    (answered,) = news.until(OrderAnswered)
    assert answered.intent_id != first.intent_id
    news.until(OrderAnswered, 2)


def test_a_late_second_answer_is_not_posted_twice(office, news, new_link):
    link = new_link()
    asked = order()
    kept = link.place(asked, summary())
    (answered,) = news.until(OrderAnswered)
    assert not link.outbox.acknowledge(kept.key, answered.receipt)
    link._sender.wake()
    time.sleep(0.2)
    assert len(news.of(OrderAnswered)) == 1
    assert office.attempts == [kept.key]


def test_a_back_office_whose_memory_was_replaced_gets_its_orders_again(office, news, new_link):
    link = new_link()
    eventually(lambda: link.catalogue.note("server_epoch") == "e1")
    orders = [order(), order()]
    keys = [link.place(asked, summary()).key for asked in orders]
    news.until(OrderAnswered, 2)
    office.stop()
    office.orders.clear()
    office.effects.clear()
    office.epoch = "e2"
    office.start()
    office.emit("catalogue")
    eventually(lambda: set(office.orders) == set(keys))
    eventually(lambda: link.outbox.waiting_count() == 0)
    assert effects(office, orders) == [1, 1]


def test_an_answer_that_comes_after_its_memory_was_replaced_settles_nothing(office, new_link):
    link = new_link()
    eventually(lambda: link.catalogue.note("server_epoch") == "e1")
    ask = link._client.place_order

    def slowly(*asked):
        answer = ask(*asked)
        link._client.place_order = ask
        office.orders.clear()
        office.effects.clear()
        office.epoch = "e2"
        office.emit("catalogue")
        eventually(lambda: link.catalogue.note("server_epoch") == "e2")
        return answer

    link._client.place_order = slowly
    asked = order()
    link.place(asked, summary())
    eventually(lambda: link.outbox.receipt(asked.intent_id))
    office.emit("catalogue")
    eventually(lambda: office.orders)
    eventually(lambda: link.outbox.waiting_count() == 0)
    assert effects(office, [asked]) == [1]


PLACE_AND_DIE = textwrap.dedent("""
    import os, pathlib, signal, sys
    sys.path[:0] = sys.argv[4:]
    from replica_data import order, profile, summary
    from kiosk.window.link import Link, LinkSettings
    import uuid
    link = Link(LinkSettings(sys.argv[1], "secret", pathlib.Path(sys.argv[2])), lambda event: None)
    link.catalogue.set_profile(profile(), '"1"')
    if sys.argv[3] == "started":
        link.start()
    kept = link.place(order(), summary())
    print(kept.intent_id, kept.key, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
""")


@pytest.mark.parametrize("when", ["before", "started"])
def test_an_order_kept_before_a_kill_is_sent_once_after_the_restart(
    office, news, new_link, tmp_path, when
):
    office.fault("/orders", "hang", 3 if when == "started" else 0)
    helpers = str(Path(__file__).parent.parent / "replica")
    killed = subprocess.run(
        [sys.executable, "-c", PLACE_AND_DIE, office.url, tmp_path / "data", when, helpers],
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -9, killed.stderr
    intent, key = killed.stdout.split()
    office.heal()
    new_link()
    (answered,) = news.until(OrderAnswered)
    assert str(answered.intent_id) == intent
    assert set(office.attempts) == {key}
    assert dict(office.effects) == {intent: 1}


def test_a_second_window_on_the_same_data_is_refused(new_link, tmp_path):
    new_link()
    with pytest.raises(DataInUse):
        new_link(started=False)
    with pytest.raises(DataInUse):
        Outbox(tmp_path / "data" / "outbox.db")


def test_without_a_back_office_orders_wait_and_stopping_is_quick(office, news, new_link):
    office.stop()
    link = new_link(pace=replace(FAST, retry_first_s=LONG_S, retry_longest_s=LONG_S))
    link.place(order(), summary())
    time.sleep(0.3)
    assert link.outbox.waiting_count() == 1
    assert link.stop(timeout=LONG_S / 4)


def test_everything_ends_in_time_while_the_back_office_hangs(office, news, new_link):
    office.hang_s = LONG_S
    for path in ("/hello", "/events", "/orders"):
        office.fault(path, "hang", 50)
    before = threading.active_count()
    link = new_link(pace=Pace(connect_s=LONG_S, read_s=LONG_S, answer_s=LONG_S, idle_s=LONG_S))
    for _ in range(3):
        link.place(order(), summary())
    link.follow("t" * 32)
    eventually(lambda: office.asked["/orders"] == 3 and office.asked["/events"])
    assert link.stop(timeout=LONG_S / 4)
    assert not [t for t in threading.enumerate() if t.name.startswith("link-")]
    assert threading.active_count() - before < 12
    posted = len(news)
    time.sleep(0.1)
    assert len(news) == posted


def test_an_order_that_the_back_office_fails_on_is_parked_and_the_others_pass(
    office, news, new_link, monkeypatch
):
    monkeypatch.setattr("kiosk.window.link.sender.PARKED_AGAIN_S", 0.3)
    link = new_link(started=False)
    poison, other = order(), order()
    office.poison = str(poison.intent_id)
    for asked in (poison, other):
        link.place(asked, summary())
    link.start()
    (answered,) = news.until(OrderAnswered)
    assert answered.intent_id == other.intent_id
    (parked,) = news.until(OrderParked)
    assert (parked.intent_id, parked.problem.status) == (poison.intent_id, 500)
    assert (link.outbox.parked_count(), link.outbox.waiting_count()) == (1, 0)
    told = eventually(lambda: [one for here in office.here for one in here.parked])
    assert {one.intent_id for one in told} == {poison.intent_id}
    assert "Canari" not in told[0].order
    office.poison = ""  # mended there: it is tried again by itself, and only once more
    news.until(OrderAnswered, 2)
    assert link.outbox.parked_count() == 0
    assert effects(office, [poison, other]) == [1, 1]


def test_a_window_says_how_it_is(office, news, new_link):
    office.fault("/orders", "hang")
    link = new_link(started=False)
    link.place(order(), summary())
    link.start()
    first = eventually(lambda: office.here)[0]
    assert first.instance_id == link.outbox.identity.instance_id
    assert (first.waiting, first.last_number, first.takes_orders) == (1, 1, True)
    assert first.oldest_waiting is not None and first.free_bytes > 0


def test_a_memory_that_went_back_in_time_takes_a_new_name(office, news, new_link):
    office.last_number = 5
    link = new_link(started=False)
    before = link.outbox.identity.instance_id
    link.start()
    eventually(lambda: link.outbox.identity.instance_id != before)
    office.last_number = 0
    eventually(lambda: office.here[-1].instance_id == link.outbox.identity.instance_id)


def test_a_name_that_another_window_bears_is_given_up(office, news, new_link):
    office.fault("/windows/here", "409")
    link = new_link(started=False)
    before = link.outbox.identity.instance_id
    link.start()
    eventually(lambda: office.here)
    assert office.here[0].instance_id != before


def test_without_the_shops_key_nothing_is_accepted(office, news, tmp_path):
    from kiosk.window.link import Link, LinkSettings
    from kiosk.window.replica import NoKey

    link = Link(LinkSettings(office.url, "secret", tmp_path / "fresh"), news)
    with pytest.raises(NoKey):
        link.place(order(), summary())
    assert not link.ready_for_orders()
    link.catalogue.set_profile(profile(), '"1"')
    assert link.ready_for_orders()
    link.stop()
