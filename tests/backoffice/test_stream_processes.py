"""Several back offices on one PostgreSQL tell each other's windows at once, and miss nothing."""

import time
from collections.abc import Callable

import pytest
from backoffice_data import make_product, make_shop, order_body, send_order
from conftest import Server
from django.db import connection
from test_event_stream import listen

from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.events import emit
from kiosk.backoffice.platform.models import Device
from kiosk.backoffice.stream.hub import LOOK_EVERY_TOLD
from kiosk.contract import EventKind

pytestmark = pytest.mark.usefixtures("shared_database", "database")

LISTENING = "query LIKE 'LISTEN%' AND datname = current_database()"
# Without a word of each other they would look only this often: what comes sooner was told.
SOON_S = LOOK_EVERY_TOLD / 2


def listening() -> int:
    with connection.cursor() as db:
        db.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {LISTENING}")
        return int(db.fetchone()[0])


def all_listen(count: int) -> None:
    until = time.monotonic() + 10
    while listening() < count:
        assert time.monotonic() < until, "they do not listen"
        time.sleep(0.05)


def test_news_of_one_are_told_by_the_other_also_after_the_line_was_lost(
    serve: Callable[..., Server],
) -> None:
    make_shop()
    make_product()
    token = add_device("w")[1]
    here, there = serve(), serve()
    all_listen(2)
    heard = listen(here.url, token)
    assert heard.starts_afresh()
    send_order(there.url, token, order_body(), "key-of-this-order")
    kinds = {(heard.next(SOON_S) or {})["kind"], (heard.next(SOON_S) or {})["kind"]}
    assert kinds == {"catalogue", "order"}

    with connection.cursor() as db:
        db.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {LISTENING}")
    emit(EventKind.PROFILE)
    lost = heard.next(SOON_S)
    assert lost and lost["kind"] == "profile"

    all_listen(2)
    emit(EventKind.PROFILE)
    regained = heard.next(SOON_S)
    assert regained and regained["version"] == lost["version"] and regained["id"] != lost["id"]
    revoke_device(Device.objects.get())
    assert heard.next(SOON_S) is None
