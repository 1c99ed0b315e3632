"""What staff see of the orders, and how they move them on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kiosk.backoffice.orders.models import Order
from tests.backoffice.backoffice_data import (
    Window,
    courier_body,
    order_body,
)
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")


def step(colleague: Colleague, order: Order, to: str, **more: str) -> str:
    colleague.send(f"orders/order/{order.pk}/step/", {"to": to, **more})
    order.refresh_from_db()
    return order.status


def placed(window: Window, body: dict[str, object] | None = None) -> Order:
    receipt = window.order(body or order_body()).json()
    return Order.objects.get(number=receipt["number"])


def test_an_empty_day_says_so(window: Window) -> None:
    page = Colleague().page()
    assert "Rien n’attend" in page and "Ouvert jusqu’à" in page


def test_before_there_is_a_shop() -> None:
    assert "Pas encore de boutique" in Colleague().page()


def test_an_order_walks_to_its_buyer_by_one_button_at_a_time(window: Window) -> None:
    order, claire = placed(window), Colleague()
    page = claire.page()
    assert "À préparer 1" in page and "1 × Vase" in page and "Inès Canari" in page
    assert "Commencer" in page and "Remise à l’acheteur" not in page
    assert step(claire, order, "preparing") == "preparing"
    assert step(claire, order, "ready") == "ready"
    assert "Remise à l’acheteur" in claire.page()
    assert step(claire, order, "completed") == "completed"
    assert "Rien n’attend" in claire.page()
    history = claire.page(f"orders/order/{order.pk}/change/")
    for word in ("À préparer", "En préparation", "Prête", "Terminée", "Claire"):
        assert word in history


def test_a_courier_takes_what_is_ready(window: Window) -> None:
    order, claire = placed(window, courier_body()), Colleague()
    page = claire.page(f"orders/order/{order.pk}/change/")
    assert "3, rue du Pont" in page and "75001 Paris" in page and "Livraison 5,90" in page
    for to in ("preparing", "ready", "handed_over"):
        assert step(claire, order, to) == to
    assert "Livrée" in claire.page() and "A pris le colis" in claire.page(
        f"orders/order/{order.pk}/change/"
    )


def test_what_needs_a_look_stands_on_top_with_its_reasons(window: Window) -> None:
    placed(window)
    order, claire = placed(window, order_body(price=4000)), Colleague()
    page = claire.page()
    assert page.index("À vérifier 1") < page.index("À préparer 1")
    assert "Le prix a changé depuis que l’acheteur l’a vu" in page
    assert "Accepter" in page and "Refuser" in page
    detail = claire.page(f"orders/order/{order.pk}/change/")
    assert "Vu par l’acheteur 40 €" in detail and "Total 42 €" in detail
    assert claire.page("orders/order/").index(order.number) > 0
    assert step(claire, order, "accepted") == "accepted"
    assert "Le prix a changé" not in claire.page(), "it is settled"


def test_what_lies_about_never_hides_what_waits(window: Window) -> None:
    placed(window)
    first = Order.objects.get()
    long_ago = timezone.now() - timedelta(days=3)
    Order.objects.bulk_create(
        _copied(first, n, status="handed_over", promise_done_by=long_ago) for n in range(200)
    )
    order = placed(window, order_body(price=4000))
    assert order.status == "needs_review"
    page = Colleague().page()
    assert "À vérifier 1" in page and order.number in page
    assert "En route 200" in page and "+ 140" in page


def _copied(order: Order, n: int, **changes: object) -> Order:
    kept = ("pickup_code", "fulfilment", "language", "placed_at", "name", "phone", "currency")
    amounts = ("subtotal_minor", "total_minor", "seen_total_minor")
    return Order(
        number=f"X-{n}",
        idempotency_key=f"copy-{n}",
        token=f"copy-{n}",
        **{name: getattr(order, name) for name in (*kept, *amounts)},
        **changes,
    )


def test_two_colleagues_press_at_once(window: Window) -> None:
    order, claire, marc = placed(window), Colleague(), Colleague("marc")
    assert step(claire, order, "preparing") == "preparing"
    assert step(marc, order, "preparing") == "preparing"
    assert "quelqu’un a été plus rapide" in marc.page()
    assert order.events.count() == 2


def test_a_step_that_does_not_exist_changes_nothing(window: Window) -> None:
    order, claire = placed(window), Colleague()
    for to in ("completed", "refused", "nonsense", ""):
        assert step(claire, order, to) == "accepted"
    assert claire.get(f"orders/order/{order.pk}/step/").status_code == 405


def test_a_cancelled_order_gives_its_pieces_back_and_keeps_the_reason(window: Window) -> None:
    order, claire = placed(window, order_body(quantity=3)), Colleague()
    assert "97 pièces" in claire.page("catalogue/product/")
    assert step(claire, order, "cancelled", note="Cassé en rayon") == "cancelled"
    assert "100 pièces" in claire.page("catalogue/product/")
    assert "Cassé en rayon" in claire.page(f"orders/order/{order.pk}/change/")


def test_after_a_step_one_is_where_one_was_and_never_elsewhere(window: Window) -> None:
    order, claire = placed(window), Colleague()
    here = f"/staff/orders/order/{order.pk}/change/"
    answer = claire.send(f"orders/order/{order.pk}/step/", {"to": "preparing", "next": here})
    assert answer.headers["Location"] == here
    elsewhere = {"to": "ready", "next": "https://elsewhere.example/"}
    answer = claire.send(f"orders/order/{order.pk}/step/", elsewhere)
    assert answer.headers["Location"] == "/staff/"


def test_orders_are_found_and_never_edited_or_deleted(window: Window) -> None:
    order, claire = placed(window), Colleague()
    placed(window)
    for asked in (order.number, "Canari", "99001234"):
        assert order.number in claire.page(f"orders/order/?q={asked}")
    assert "0 résultat" in claire.page("orders/order/?q=nobody")
    assert order.number in claire.page("orders/order/?status=accepted")
    assert order.number not in claire.page("orders/order/?status=ready&status=preparing")
    assert claire.get("orders/order/add/").status_code == 403
    assert claire.get(f"orders/order/{order.pk}/delete/").status_code == 403


def test_the_board_renews_itself(window: Window) -> None:
    claire = Colleague()
    assert "hx-get" in claire.get("").content.decode()
    placed(window)
    assert "À préparer 1" in claire.page("orders/order/board/")


def test_the_team_works_and_does_not_reach_windows_or_people(window: Window) -> None:
    order, sami = placed(window), Colleague("sami", owner=False)
    assert "Équipe" not in sami.page() and "Vitrines" not in sami.page()
    assert step(sami, order, "preparing") == "preparing"
    for path in ("platform/device/", "auth/user/", "catalogue/product/vase/delete/"):
        assert sami.get(path).status_code == 403


def test_a_stranger_sees_the_door_only(window: Window) -> None:
    order, claire = placed(window), Colleague()
    claire._client.logout()
    for path in ("", "orders/order/", f"orders/order/{order.pk}/change/", "orders/order/board/"):
        answer = claire.get(path)
        assert answer.status_code == 302 and "/staff/login/" in answer.headers["Location"]
    claire.send(f"orders/order/{order.pk}/step/", {"to": "preparing"})
    order.refresh_from_db()
    assert order.status == "accepted"


def test_the_pages_speak_english_too(window: Window) -> None:
    placed(window)
    assert "To prepare 1" in Colleague(language="en").page()


def test_a_long_board_costs_no_more_queries_than_a_short_one(window: Window) -> None:
    claire = Colleague()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            claire.page("orders/order/board/")
        return len(captured)

    placed(window)
    short = queries()
    for _ in range(8):
        placed(window)
    assert queries() == short
