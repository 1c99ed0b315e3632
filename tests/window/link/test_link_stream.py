"""Events are hints: seen once, resumed where they ended, never believed."""

import time
from itertools import count

import pytest
from conftest import FAST, HURRIED, eventually
from office_double import view
from replica_data import product

from kiosk.contract import PositionFix
from kiosk.window.link import OrderChanged, PositionChanged
from kiosk.window.link.sse import MAX_LINE, EventParser, Overlong
from tests.promptly import in_time

TOKEN = "t" * 32


def fix(seq):
    at = "2026-01-01T00:00:00Z"
    return PositionFix(seq=seq, fix_time=at, received_at=at, lat=48.85, lon=2.33, accuracy_m=8)


@pytest.mark.parametrize("size", [1, 2, 7, 4096])
def test_the_parser_takes_bytes_in_any_pieces(size):
    text = (
        ": hello\n\nid: a-1\nevent: x\ndata: {\r\ndata:  1}\r\n\r\n\n\n"
        "data\n\nid: a-2\nother: x\ndata: é\n\ndata: unfinished"
    ).encode()
    parser = EventParser()
    found = [e for i in range(0, len(text), size) for e in parser.feed(text[i : i + size])]
    assert [(e.id, e.name, e.data) for e in found] == [
        ("a-1", "x", "{\n 1}"),
        ("a-1", "", ""),
        ("a-2", "", "é"),
    ]


def test_bad_utf8_is_no_reason_to_fall_over():
    assert EventParser().feed(b"data: \xff\xfe\n\n")[0].data == "\ufffd\ufffd"


def test_an_endless_line_or_event_is_dropped():
    parser = EventParser()
    with pytest.raises(Overlong):
        for _ in range(MAX_LINE):
            parser.feed(b"x" * 100)
    parser = EventParser()
    with pytest.raises(Overlong):
        for _ in range(MAX_LINE):
            parser.feed(b"data: " + b"x" * 1000 + b"\n")


def test_the_stream_goes_on_after_the_last_event_also_after_a_restart(office, news, new_link):
    link = new_link()
    eventually(lambda: office.streams)
    office.emit("unknown kind")
    office.emit("catalogue")
    eventually(lambda: link.catalogue.note("event_id") == "e1-2")
    office.stop()
    office.start()
    eventually(lambda: "e1-2" in office.last_ids)
    assert link.stop()
    office.last_ids.clear()
    new_link()
    eventually(lambda: office.last_ids == ["e1-2"])


def test_repeated_and_regressing_events_are_passed_over(office, news, new_link):
    office.views[TOKEN] = view()
    link = new_link()
    link.follow(TOKEN)
    news.until(OrderChanged)
    for seq, number in ((5, 1), (5, 2), (3, 3), (6, 4)):
        office.emit("position", seq=seq, ref=TOKEN, fix=fix(number))
    news.until(PositionChanged, 2)
    time.sleep(0.1)
    assert [e.fix.seq for e in news.of(PositionChanged)] == [1, 4]


@pytest.mark.parametrize("how", ["gap", "epoch", "garbage", "reset"])
def test_whatever_may_have_been_missed_is_asked_for_again(office, news, new_link, how):
    link = new_link()
    eventually(lambda: office.streams and office.asked["/catalogue/changes"])
    office.emit("unknown", seq=1)
    eventually(lambda: link.catalogue.note("event_id") == "e1-1")
    time.sleep(0.1)
    office.products = [product(1)]
    match how:
        case "gap":
            office.emit("unknown", seq=7)
        case "epoch":
            office.epoch = "e2"
            office.emit("unknown", seq=1)
        case "garbage":
            office.emit("unknown", seq=2)
            office.events[-1] = type(
                "Garbage", (), {"id": "e1-2", "model_dump_json": lambda _: "{"}
            )()
        case "reset":
            office.emit("reset", seq=1)
    eventually(lambda: link.catalogue.count() == 1)


@pytest.mark.parametrize("fault", ["silence", "endless line", "reset before", "500", "drip"])
def test_a_bad_stream_is_left_and_tried_again(office, news, new_link, fault):
    office.fault("/events", fault)
    new_link(pace=HURRIED)
    eventually(lambda: office.asked["/events"] >= 2 and office.streams)
    office.products = [product(1)]
    office.emit("catalogue")
    eventually(lambda: office.asked["/catalogue/changes"] >= 2)


def test_after_three_failures_it_polls_and_returns_to_the_stream_later(office, news, new_link):
    office.fault("/events", "500", 4)
    office._faults["/events/poll"] = []
    real = office.next_fault
    office.next_fault = lambda path: "" if path == "/events/poll" else real(path)
    link = new_link()
    eventually(lambda: office.asked["/events/poll"] >= 1)
    assert office.asked["/events"] == 3
    office.products = [product(1)]
    office.emit("catalogue")
    eventually(lambda: link.catalogue.count() == 1)
    assert office.streams == 0
    eventually(lambda: office.streams)
    office.products = [product(1), product(2)]
    office.emit("catalogue")
    eventually(lambda: link.catalogue.count() == 2)


def test_the_followed_order_is_fetched_on_hints_and_only_that_one(office, news, new_link):
    office.views[TOKEN] = view()
    link = new_link()
    eventually(lambda: office.streams)
    link.follow(TOKEN)
    (first,) = news.until(OrderChanged)
    assert (first.token, first.view) == (TOKEN, office.views[TOKEN])
    office.views[TOKEN] = view(version=2, status="ready")
    office.emit("order", ref="another")
    office.emit("position", ref="another", fix=fix(1))
    office.emit("order", ref=TOKEN)
    assert news.until(OrderChanged, 2)[1].view.status == "ready"
    sent = time.monotonic()
    office.emit("position", ref=TOKEN, fix=fix(2).model_copy(update={"age_s": 100.0}))
    (moved,) = news.until(PositionChanged)
    assert moved.fix.seq == 2 and sent - 100 <= moved.made_at <= time.monotonic() - 100
    link.unfollow()
    office.views[TOKEN] = view(version=3)
    office.emit("order", ref=TOKEN)
    office.emit("position", ref=TOKEN, fix=fix(3))
    time.sleep(0.5)
    assert (len(news.of(OrderChanged)), len(news.of(PositionChanged))) == (2, 1)


def test_the_followed_order_is_fetched_without_any_stream(office, news, new_link):
    office.fault("/events", "500", 1000)
    office.views[TOKEN] = view()
    link = new_link()
    link.follow(TOKEN)
    news.until(OrderChanged)
    office.views[TOKEN] = view(version=2)
    assert news.until(OrderChanged, 2)[1].view.version == 2


def test_an_order_that_has_ended_is_asked_for_no_more(office, news, new_link):
    office.views[TOKEN] = view(status="ready")
    link = new_link()
    link.follow(TOKEN)
    news.until(OrderChanged)
    office.views[TOKEN] = view(version=2, status="completed")
    news.until(OrderChanged, 2)
    asked = office.asked[f"/orders/{TOKEN}"]
    time.sleep(4 * FAST.follow_every_s)
    assert office.asked[f"/orders/{TOKEN}"] == asked


def test_a_position_is_on_its_way_within_a_moment(office, news, new_link):
    office.views[TOKEN] = view()
    link = new_link()
    eventually(lambda: office.streams)
    link.follow(TOKEN)
    news.until(OrderChanged)
    numbers = count(1)

    def takes():
        number = next(numbers)
        began = time.monotonic()
        office.emit("position", ref=TOKEN, fix=fix(number))
        news.until(PositionChanged, number)
        return time.monotonic() - began

    in_time(takes, 0.5)
