"""What is kept of people goes when its days are over, from the disk as well."""

import os
import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop, order_body
from conftest import Server
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from PIL import Image

from kiosk.backoffice.catalogue.media import media_path, store_media
from kiosk.backoffice.catalogue.models import Picture
from kiosk.backoffice.catalogue.pictures import store_picture
from kiosk.backoffice.courier.models import Fix, Proof
from kiosk.backoffice.dispatch.models import Handover
from kiosk.backoffice.orders.models import Delivery, Order, ParkedOrder
from kiosk.backoffice.orders.retention import PERSONAL, is_forgotten
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.epoch import HighWater
from kiosk.backoffice.platform.models import Hero, StreamEvent
from kiosk.backoffice.privacy import purge, sweeping
from kiosk.backoffice.privacy.models import PurgeRun
from kiosk.backoffice.privacy.policy import POLICY, choose_days, kept_days
from kiosk.shop.order import OrderStatus
from tests.faults.canary import Canary, in_files

pytestmark = pytest.mark.usefixtures("database")
# What an order tells of nobody. A new column belongs here or into PERSONAL.
IMPERSONAL = {
    *("id", "number", "intent_id", "idempotency_key", "token", "pickup_code", "page_url"),
    *("status", "status_at", "reasons", "version", "fulfilment", "language", "placed_at"),
    *("created_at", "currency", "subtotal_minor", "fee_minor", "total_minor"),
    *("seen_total_minor", "seen_done_by", "promise_from", "promise_done_by", "promise_until"),
    *("receipt", "instance", "device", "demo"),
}


def long_ago(days: float = 200) -> datetime:
    return timezone.now() - timedelta(days=days)


def order_of(canary: Canary, window: Window, *, ended: bool) -> Order:
    """An order that has a canary in each of its personal columns, its notes and its way."""
    body = courier_body()
    body["contact"] = {
        "name": canary.typed("name"),
        "phone": f"+33{canary.typed('phone')[1:]}",
        "email": canary.typed("email"),
    }
    body["address"] |= {"line1": canary.typed("line1"), "line2": canary.typed("line2")}
    body["address"] |= {"city": canary.typed("city"), "note": canary.typed("note")}
    order = Order.objects.get(number=window.order(body).json()["number"])
    order.sealed = {"key": "0" * 16, "box": canary.typed("search")}
    order.save()
    for status in (OrderStatus.PREPARING, OrderStatus.READY):
        order = advance_order(order, status, note=canary.typed("name"))
    if ended:
        advance_order(order, OrderStatus.CANCELLED, note=canary.typed("city"))
        Order.objects.filter(pk=order.pk).update(status_at=long_ago())
    return Order.objects.get(pk=order.pk)


def test_every_column_of_an_order_is_known_to_tell_of_somebody_or_not() -> None:
    columns = {field.name for field in Order._meta.concrete_fields}
    assert columns == IMPERSONAL | set(PERSONAL)


def test_no_history_is_kept_of_who_ordered() -> None:
    kept = {model.__name__ for model in apps.get_models() if hasattr(model, "history_id")}
    assert kept and not any("order" in name.lower() for name in kept)
    assert not any("delivery" in name.lower() for name in kept)


def test_a_purge_leaves_no_trace_of_a_forgotten_buyer(database: Path) -> None:
    make_shop()
    make_product(stock=None)
    window, gone, stays = Window(), Canary(), Canary()
    for _ in range(40):
        order = order_of(gone, window, ended=True)
        ParkedOrder.objects.create(
            intent_id=order.intent_id, kept_at=long_ago(), problem="500", body=gone.typed("email")
        )
        window.order(courier_body())
    kept = order_of(stays, window, ended=False)
    if connection.vendor == "sqlite":
        assert in_files([gone], database)
    run = purge.purge_now()
    assert (run.removed["buyers"], run.problem) == (40, "")
    told = "".join(
        str(row) for model in apps.get_models() for row in model._base_manager.values_list()
    )
    assert not any(piece in told.lower() for piece in gone.pieces())
    kept.refresh_from_db()
    assert kept.name == stays.typed("name") and not is_forgotten(kept)
    assert Order.objects.count() == 81 and order.total_minor and order.lines.count() == 1
    assert purge.purge_now().removed["buyers"] == 0
    if connection.vendor == "sqlite":
        assert in_files([gone], database) == []
        assert in_files([stays], database)


def test_a_forgotten_buyers_order_still_answers_its_window() -> None:
    make_shop()
    make_product()
    window, body = Window(), order_body()
    first = window.order(body, "key-of-this-order")
    advance_order(Order.objects.get(), OrderStatus.CANCELLED)
    Order.objects.update(status_at=long_ago())
    purge.purge_now()
    again = window.order(body, "key-of-this-order")
    assert again.status_code == 200 and again.json() == first.json()
    assert is_forgotten(Order.objects.get())


def test_the_way_to_a_door_goes_after_a_day_the_buyer_later() -> None:
    make_shop()
    make_product()
    order = order_of(Canary(), Window(), ended=True)
    Order.objects.update(status_at=long_ago(2))
    Delivery.objects.update(dropoff_lat=48.86, dropoff_lon=2.34, route=[[48.86, 2.34]])
    assert purge.purge_now().removed["trails"] == 1
    delivery = Delivery.objects.get()
    assert (delivery.dropoff_lat, delivery.route, delivery.position) == (None, [], None)
    order.refresh_from_db()
    assert order.name and not is_forgotten(order)


def test_what_a_window_could_not_hand_in_stays_until_it_is_settled() -> None:
    make_shop()
    make_product()
    arrived = Order.objects.get(number=Window().order(order_body()).json()["number"])
    Order.objects.update(created_at=long_ago())
    for intent, resolved in ((arrived.intent_id, None), (uuid4(), long_ago()), (uuid4(), None)):
        ParkedOrder.objects.create(
            intent_id=intent, kept_at=long_ago(), problem="500", body="who", resolved_at=resolved
        )
    ParkedOrder.objects.update(told_at=long_ago())
    assert purge.purge_now().removed["parked"] == 2
    assert sorted(ParkedOrder.objects.values_list("body", flat=True)) == ["", "who"]
    assert ParkedOrder.objects.get(resolved_at=None).body == "who"


def test_the_stream_is_thinned_and_no_window_notices(database: Path) -> None:
    make_shop()
    make_product()
    high_water = HighWater(database)
    high_water.check()
    last = StreamEvent.objects.latest("seq").seq
    high_water.note(high_water._read()[0], last)  # type: ignore[index]
    StreamEvent.objects.update(at=long_ago())
    assert purge.purge_now().removed["events"] > 0
    assert [event.seq for event in StreamEvent.objects.all()] == [last]
    assert not high_water.check()


def test_only_what_nothing_shows_is_taken_off_the_disk() -> None:
    def photo(red: int) -> Picture:
        out = BytesIO()
        Image.new("RGB", (60, 60), (80 * red, 9, 9)).save(out, "PNG")
        return store_picture(out.getvalue())

    make_shop()
    used, unused, fresh = photo(1), photo(2), photo(3)
    Hero.objects.create(picture=used)
    Picture.objects.filter(pk__in=(used.pk, unused.pk)).update(created_at=long_ago())
    old_map = media_path(store_media(b"an old map"))
    for picture in (used, unused):
        _age(media_path(picture.renditions[0]["sha256"]))
    _age(old_map)
    assert purge.purge_now().removed["uploads"] == 3
    assert not old_map.exists() and set(Picture.objects.all()) == {used, fresh}
    assert media_path(used.renditions[0]["sha256"]).exists()
    assert not media_path(unused.renditions[0]["sha256"]).exists()
    _age(media_path(store_media(b"shown again")))
    store_media(b"shown again")
    assert purge.purge_now().removed["uploads"] == 0


def _age(path: Path) -> None:
    os.utime(path, (long_ago().timestamp(),) * 2)


def test_ended_sessions_go() -> None:
    SessionStore().create()
    old = SessionStore()
    old.create()
    Session.objects.filter(pk=old.session_key).update(expire_date=long_ago())
    assert purge.purge_now().removed["signin"] == 1 and Session.objects.count() == 1


def test_the_owner_chooses_within_bounds() -> None:
    assert kept_days() == {purpose.key: purpose.days for purpose in POLICY}
    choose_days("buyers", 14)
    assert kept_days()["buyers"] == 14
    for days in (13, 1101, 0, -5):
        with pytest.raises(ValueError, match="14 to 1100"):
            choose_days("buyers", days)
    with pytest.raises(KeyError):
        choose_days("nothing", 5)
    choose_days("buyers", 90)
    assert kept_days()["buyers"] == 90


def test_on_postgresql_each_table_that_told_of_people_is_vacuumed() -> None:
    vacuumed = set(purge._PERSONS.split(", "))
    told = (Order, Delivery, ParkedOrder, Fix, Proof, Handover, StreamEvent)
    assert {model._meta.db_table for model in told} <= vacuumed
    assert vacuumed <= set(connection.introspection.table_names())


def test_the_manual_says_how_long_each_is_kept() -> None:
    manual = Path(__file__).parents[2].joinpath("docs", "operations.md").read_text("utf-8")
    told = re.findall(r"\| (\d+) \| (\d+) to ([\d,]+) \|$", manual, re.MULTILINE)
    days = [tuple(int(n.replace(",", "")) for n in row) for row in told]
    assert sorted(days) == sorted((p.days, p.least, p.most) for p in POLICY)


def test_of_several_processes_one_purges() -> None:
    gate, runs = threading.Barrier(4), []

    def look() -> None:
        gate.wait()
        runs.append(purge.purge_if_due(purge.ClockDoubt()))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([run for run in runs if run]) == 1 and PurgeRun.objects.count() == 1
    assert purge.purge_if_due(purge.ClockDoubt()) is None
    PurgeRun.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert purge.purge_if_due(purge.ClockDoubt())


def test_a_purge_that_failed_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(before: datetime) -> int:
        raise OSError("disk")

    make_shop()
    make_product()
    order_of(Canary(), Window(), ended=True)
    monkeypatch.setitem(sweeping.SWEEPS, "events", fail)
    run = purge.purge_if_due(purge.ClockDoubt())
    assert run and run.problem == "events: OSError" and run.removed["buyers"] == 1
    assert purge.purge_if_due(purge.ClockDoubt()) is None
    PurgeRun.objects.update(started_at=timezone.now() - timedelta(minutes=61))
    assert purge.purge_if_due(purge.ClockDoubt())


def test_a_process_that_died_while_purging_holds_nobody_up() -> None:
    PurgeRun.objects.create()
    assert purge.purge_if_due(purge.ClockDoubt()) is None
    PurgeRun.objects.update(started_at=timezone.now() - timedelta(minutes=61))
    assert purge.purge_if_due(purge.ClockDoubt())


def test_a_clock_that_jumps_ahead_forgets_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    make_shop()
    make_product()
    order_of(Canary(), Window(), ended=True)
    purge.purge_now()
    now, steady = timezone.now() + timedelta(days=3650), [1000.0]
    monkeypatch.setattr(purge.timezone, "now", lambda: now)
    monkeypatch.setattr(purge.time, "monotonic", lambda: steady[0])
    doubt = purge.ClockDoubt()
    assert purge.purge_if_due(doubt) is None
    steady[0] += 23 * 3600
    assert purge.purge_if_due(doubt) is None
    steady[0] += 2 * 3600
    assert purge.purge_if_due(doubt)


def test_a_clock_that_went_back_stops_no_purge() -> None:
    PurgeRun.objects.create(
        started_at=timezone.now() + timedelta(days=3650), ended_at=timezone.now()
    )
    assert purge.purge_if_due(purge.ClockDoubt())
    assert purge.purge_if_due(purge.ClockDoubt()) is None


def test_the_running_back_office_purges_by_itself(serve: Callable[..., Server]) -> None:
    make_shop()
    make_product()
    order = order_of(Canary(), Window(), ended=True)
    serve()
    end = threading.Event()
    while not is_forgotten(order):
        end.wait(0.2)
        order.refresh_from_db()
    assert PurgeRun.objects.get().problem == ""
