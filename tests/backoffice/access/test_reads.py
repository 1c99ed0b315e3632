"""Whoever reads a buyer's details leaves a trace that no page takes away."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kiosk.backoffice.access import reads as book
from kiosk.backoffice.access.models import PersonalRead
from kiosk.backoffice.access.reads import What, forget_reads, note_read
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.devices import token_for
from kiosk.backoffice.roles import Role
from tests.backoffice.backoffice_data import Window, make_product, make_shop, order_body
from tests.backoffice.courier.rider import Phone, make_courier, ready
from tests.backoffice.staff.browser import Colleague


@pytest.fixture(autouse=True)
def orders(database: Path) -> list[Order]:
    """Three, from a window."""
    make_shop()
    make_product(stock=None)
    window = Window()
    for _ in range(3):
        assert window.order(order_body()).status_code == 201
    return list(Order.objects.order_by("pk"))


def reads() -> list[tuple[str, str, set[str]]]:
    found = PersonalRead.objects.order_by("pk")
    return [(read.who, read.what, set(read.numbers.split())) for read in found]


def test_every_page_that_names_buyers_leaves_one_row(orders: list[Order]) -> None:
    sami, numbers = Colleague("sami", owner=False), {order.number for order in orders}
    sami.page()
    sami.page("orders/order/")
    sami.page(f"orders/order/{orders[0].pk}/change/")
    assert reads() == [
        ("sami", "board", numbers),
        ("sami", "list", numbers),
        ("sami", "order", {orders[0].number}),
    ]


def test_a_search_is_not_kept_and_one_that_finds_nobody_reads_nobody(orders: list[Order]) -> None:
    sami = Colleague("sami", owner=False)
    sami.page(f"orders/order/?q={orders[1].number}")
    assert reads() == [("sami", "list", {orders[1].number})]
    sami.page("orders/order/?q=Canari")
    sami.page("orders/order/?q=Verdier")
    assert len(reads()) == 2
    rows = [list(row.values()) for row in PersonalRead.objects.values()]
    assert "Canari" not in repr(rows) and "Verdier" not in repr(rows)


def test_a_board_that_renews_itself_counts_what_is_new(orders: list[Order]) -> None:
    sami = Colleague("sami", owner=False)
    sami.page()
    for _ in range(3):
        sami.page("orders/order/board/")
    assert len(reads()) == 1
    assert Window("none").order(order_body()).status_code == 401
    order = orders[0]
    order.pk, order.number = None, "L-NEW"
    order.intent_id, order.idempotency_key = "0" * 32, "another"  # type: ignore[assignment]
    order.token = "another"
    order.save()
    sami.page("orders/order/board/")
    assert reads()[1:] == [("sami", "board", {"L-NEW"})]
    Colleague("noor", role=Role.MANAGER, owner=False).page("orders/order/board/")
    assert len(reads()[-1][2]) == 4


def test_a_courier_who_is_shown_where_to_stands_in_it_once_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    courier = make_courier()
    order, phone = ready(Window(token_for("window")), courier), Phone(courier)
    for _ in range(3):
        assert "3, rue du Pont" in phone.page()
    assert reads() == [("Inès Duval", "courier", {order.number})]
    owner = Colleague("ines", language="en")
    said = owner.page("access/personalread/")
    assert "Inès Duval" in said and "The courier’s page" in said
    monkeypatch.setattr(book, "_AGAIN", timedelta(0))  # an hour later
    phone.page()
    assert len([read for read in reads() if read[1] == "courier"]) == 2
    phone.press("start")
    phone.press("fail", reason="not_wanted")
    assert "3, rue du Pont" not in phone.page()  # on the way back nobody is named
    assert len([read for read in reads() if read[1] == "courier"]) == 2


def test_owners_read_the_book_by_person_and_by_order(orders: list[Order]) -> None:
    sami, ines = Colleague("sami", owner=False), Colleague("ines")
    leo = Colleague("leo", owner=False, role=Role.COURIER_DESK)
    sami.page(f"orders/order/{orders[0].pk}/change/")
    leo.page(f"orders/order/{orders[1].pk}/change/")
    book = ines.page("access/personalread/")
    assert orders[0].number in book and orders[1].number in book
    his = ines.page(f"access/personalread/?person={sami.user.pk}")
    assert orders[0].number in his and orders[1].number not in his
    its = ines.page(f"access/personalread/?q={orders[1].number}")
    assert orders[1].number in its and orders[0].number not in its
    for other in (sami, leo):
        assert other.get("access/personalread/").status_code == 403
    sami.user.delete()
    assert "sami" in ines.page("access/personalread/")


def test_nobody_changes_the_book(orders: list[Order]) -> None:
    ines = Colleague("ines")
    ines.page(f"orders/order/{orders[0].pk}/change/")
    read = PersonalRead.objects.get()
    page = f"access/personalread/{read.pk}"
    ines.send(f"{page}/change/", {"who": "nobody", "what": "list", "numbers": " X "})
    ines.send(f"{page}/delete/", {"post": "yes"})
    ines.send("access/personalread/add/", {"who": "nobody"})
    chosen = {"action": "delete_selected", "_selected_action": read.pk, "post": "yes"}
    ines.send("access/personalread/", chosen)
    assert reads() == [("ines", "order", {orders[0].number})]
    with pytest.raises(TypeError):
        read.save()
    with pytest.raises(TypeError):
        read.delete()
    with pytest.raises(TypeError):
        PersonalRead.objects.update(who="nobody")
    with pytest.raises(TypeError):
        PersonalRead.objects.all().delete()


def test_a_page_that_cannot_be_noted_is_not_shown(
    orders: list[Order],
) -> None:
    from django.db import connection
    from django.test import Client

    from tests.backoffice.staff.browser import sign_in

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    sign_in(client, Colleague("sami", owner=False).user)
    with connection.cursor() as db:
        db.execute("ALTER TABLE access_personalread RENAME TO away")
    try:
        answer = client.get(f"/staff/orders/order/{orders[0].pk}/change/")
    finally:
        with connection.cursor() as db:
            db.execute("ALTER TABLE away RENAME TO access_personalread")
    assert answer.status_code == 500 and b"Canari" not in answer.content


def test_the_book_is_kept_as_long_as_the_policy_says(orders: list[Order]) -> None:
    note_read(None, What.BUYER_EXPORT, [orders[0].number])
    now = timezone.now()
    assert forget_reads(now - timedelta(minutes=1)) == 0
    assert forget_reads(now + timedelta(minutes=1)) == 1 and not reads()
