"""What waits for a reader who takes nothing: little, and nothing that may not be shown."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from backoffice_data import ask, make_shop
from conftest import Server

from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.epoch import HighWater, epoch
from kiosk.backoffice.platform.events import emit, emit_now
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.stream import asgi
from kiosk.backoffice.stream.hub import BATCH, Hub
from kiosk.backoffice.stream.pace import SAVED_S, SHARE, Pace
from kiosk.backoffice.stream.readers import MAX_WAITING, Follower, News, Reader
from kiosk.contract import EventKind


def event(seq: int, kind: EventKind, ref: str = "", **more: Any) -> StreamEvent:
    return StreamEvent(seq=seq, kind=kind.value, ref=ref, **more)


def test_of_many_positions_the_newest_waits() -> None:
    news = News()
    for seq in range(10_000):
        news.add(event(seq, EventKind.POSITION, f"order {seq % 3}"))
    assert [waiting.seq for waiting in news.take()] == [9_997, 9_998, 9_999]
    assert news.take() == []


def test_who_takes_nothing_for_long_starts_afresh() -> None:
    async def read() -> None:
        reader = Reader(Follower(device_id=1))
        for seq in range(100 * MAX_WAITING):
            reader.tell(event(seq, EventKind.ORDER, f"order {seq}"))
        assert reader.news.take() == []
        await asyncio.wait_for(reader.changed(), 5)
        assert reader.must_start_afresh() and not reader.must_start_afresh()
        reader.tell(event(0, EventKind.PROFILE))
        assert len(reader.news.take()) == 1

    asyncio.run(read())


def test_where_the_courier_was_is_not_told_after_the_delivery() -> None:
    news = News()
    news.add(event(1, EventKind.POSITION, "mine"))
    news.add(event(2, EventKind.POSITION, "another"))
    news.add(event(3, EventKind.DELIVERY, "mine"))
    assert [(waiting.kind, waiting.ref) for waiting in news.take()] == [
        ("position", "another"),
        ("delivery", "mine"),
    ]


def test_a_quiet_stream_is_woken_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "HEARTBEAT", 0.01)

    async def wait() -> None:
        reader = Reader(Follower(device_id=1))
        with asgi._beating(reader):
            for _ in range(3):
                await asyncio.wait_for(reader.changed(), 20)
            assert not reader.over and reader.news.take() == []

    asyncio.run(wait())


def test_telling_leaves_time_for_orders_and_is_at_once_after_a_quiet_time() -> None:
    pace, now, took = Pace(), 1_000.0, 0.05
    assert pace.pause_s(took, now) == 0
    begun, spent = now, 0.0
    for _ in range(100):
        now += took
        spent += took
        now += pace.pause_s(took, now)
    assert spent / (now - begun) == pytest.approx(SHARE, rel=0.05)
    assert pace.pause_s(took, now + SAVED_S) == 0


@pytest.mark.usefixtures("database")
def test_who_comes_while_it_is_asked_who_is_let_in_stays(database: Path) -> None:
    device, _ = add_device("w")
    who = Follower(device_id=device.pk, key=device.token_sha256)

    async def come() -> list[bool]:
        hub, over = Hub(HighWater(database)), []
        asked_before = await hub.in_thread(lambda: hub._look(frozenset()))
        with hub.reading(who) as reader:
            hub._take(asked_before)
            over.append(reader.over)
            await hub.in_thread(lambda: revoke_device(device))
            hub._take(await hub.in_thread(lambda: hub._look(frozenset({device.pk}))))
            over.append(reader.over)
        await hub.stop()
        return over

    assert asyncio.run(come()) == [False, True]


@pytest.mark.usefixtures("database")
def test_who_missed_more_than_is_told_starts_afresh(serve: Callable[[], Server]) -> None:
    """Of one's own: what others were told meanwhile does not count."""
    make_shop()
    (mine, token), (other, others) = add_device("mine"), add_device("other")
    first = emit_now(EventKind.PROFILE)
    for device, count in ((other, BATCH), (mine, 3)):
        StreamEvent.objects.bulk_create(
            StreamEvent(kind=EventKind.ORDER.value, ref=f"{device} {n}", device=device)
            for n in range(count)
        )
    emit(EventKind.PROFILE)
    server = serve()
    path = f"events/poll?after={epoch()}-{first}"
    told = ask(server.url, path, token).json()
    assert not told["reset"]
    assert [event["kind"] for event in told["events"]] == ["order"] * 3 + ["profile"]
    assert ask(server.url, path, others).json()["reset"]
