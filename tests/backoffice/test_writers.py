"""Many write at once: nobody waits for somebody who waits for them, and no change is passed over.

On SQLite writers queue up by themselves; on PostgreSQL this shows what the order lock is for.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop, order_body
from django.db import connection, transaction
from django.utils import timezone

from kiosk.backoffice.catalogue.models import CatalogueChange, Product, Variant
from kiosk.backoffice.catalogue.services import one_change
from kiosk.backoffice.orders.deliveries import PositionRefusedError, report_position, set_eta
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.events import events_after
from kiosk.backoffice.platform.models import Shop, StreamEvent
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus as S

pytestmark = pytest.mark.usefixtures("database")
ROUNDS = 25


def at_once(*deeds: Callable[[], Any]) -> list[BaseException]:
    """Do each deed ROUNDS times in a thread of its own; whatever any of them raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> None:
        with closing(connection):
            start.wait()
            try:
                for _ in range(ROUNDS):
                    deed()
            except BaseException as error:
                raised.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_staff_and_buyers_do_not_wait_for_each_other() -> None:
    make_shop()
    make_product("vase", stock=1000)
    make_product("bowl", stock=1000)
    window = Window()

    def order() -> None:
        answer = window.order(order_body())
        assert answer.status_code == 201, answer.content

    def restock() -> None:
        with one_change():
            product = Product.objects.get(pk="vase")
            product.save()
            variant = Variant.objects.get(pk="vase-1")
            variant.gtin = uuid.uuid4().hex[:8]
            variant.save(update_fields=["gtin"])

    def rename() -> None:
        Product.objects.get(pk="vase").save()
        Shop.objects.get().save()

    def cancel() -> None:
        last = Order.objects.filter(status="accepted").first()
        if last:
            advance_order(last, S.CANCELLED)

    def drop_and_make() -> None:
        Variant.objects.filter(pk="vase-2").delete()
        Variant.objects.create(
            id="vase-2", product_id="vase", sku="vase-2", price_minor=1, currency="EUR"
        )

    assert at_once(order, order, restock, rename, cancel, drop_and_make) == []
    accepted = Order.objects.filter(status="accepted").count()
    assert Variant.objects.get(pk="vase-1").stock == 1000 - accepted


def test_a_courier_who_reports_keeps_nobody_from_moving_the_order() -> None:
    make_shop()
    make_product(stock=1000)
    window = Window()
    window.order(courier_body())
    order = Order.objects.get()
    for status in (S.PREPARING, S.READY, S.HANDED_OVER):
        order = advance_order(order, status)
    seq = iter(range(10_000))

    def report() -> None:
        delivery = Delivery.objects.get(order=order)
        try:
            report_position(delivery, next(seq), timezone.now(), Point(48.86, 2.34), 5.0)
        except PositionRefusedError:
            return

    def smooth() -> None:
        set_eta(Delivery.objects.get(order=order), timezone.now())

    def other_orders() -> None:
        body = courier_body()
        number = window.order(body).json()["number"]
        other = Order.objects.get(number=number)
        for status in (S.PREPARING, S.READY, S.HANDED_OVER, S.COMPLETED):
            other = advance_order(other, status)

    assert at_once(report, report, smooth, other_orders) == []
    advance_order(order, S.COMPLETED)
    assert Delivery.objects.get(order=order).position is None


@pytest.fixture
def follower() -> Iterator[Callable[[], tuple[set[int], set[int]]]]:
    """Follows both feeds by cursor while others write; what it saw once it is asked."""
    seen: tuple[set[int], set[int]] = (set(), set())
    ended = threading.Event()

    def follow() -> None:
        event = change = 0
        with closing(connection):
            last = False
            while not last:
                last = ended.is_set()
                for row in events_after(event, 500):
                    seen[0].add(row.seq)
                    event = row.seq
                for seq in CatalogueChange.objects.filter(seq__gt=change).order_by("seq"):
                    seen[1].add(seq.seq)
                    change = seq.seq
                time.sleep(0.001)

    thread = threading.Thread(target=follow)
    thread.start()

    def finish() -> tuple[set[int], set[int]]:
        ended.set()
        thread.join()
        return seen

    yield finish
    finish()


def test_a_cursor_never_passes_over_a_change_that_commits_late(
    follower: Callable[[], tuple[set[int], set[int]]],
) -> None:
    make_shop()
    for n in range(4):
        make_product(f"p{n}")

    def save(n: int, pause: float) -> Callable[[], None]:
        def deed() -> None:
            with transaction.atomic():
                Product.objects.get(pk=f"p{n}").save()
                time.sleep(pause)  # committed some time after its number was taken

        return deed

    assert at_once(*(save(n, 0.004 * n) for n in range(4))) == []
    events, changes = follower()
    assert set(StreamEvent.objects.values_list("seq", flat=True)) <= events
    assert set(CatalogueChange.objects.values_list("seq", flat=True)) <= changes
