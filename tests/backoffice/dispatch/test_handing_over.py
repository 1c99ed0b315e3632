"""An order handed to a delivery service: one courier, whatever the network does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from kiosk.backoffice.courier.errands import NotYoursError, assign, start
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.dispatch import booking, talking
from kiosk.backoffice.dispatch.models import Handover, State
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.devices import add_device
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import (
    Window,
    courier_body,
    make_product,
    make_shop,
    order_body,
)
from tests.backoffice.dispatch.service_double import Service
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")
BOTH = pytest.mark.parametrize("name", ["uber_direct", "stuart"])


@pytest.fixture
def order() -> Order:
    make_shop(phone="+33199001414")
    make_product()
    Window().order(courier_body())
    return Order.objects.get()


def due(times: int = 1) -> Handover:
    """What the worker does, without its waiting."""
    for _ in range(times):
        Handover.objects.update(next_try=datetime(2026, 1, 1, tzinfo=UTC))
        booking.ask_due()
    return Handover.objects.latest("created_at")


@BOTH
def test_a_courier_is_booked_with_what_the_service_must_know(
    service: Service, order: Order, name: str
) -> None:
    booking.hand_over(order.pk, name)
    assert not service.asked  # never while somebody waits for a page
    handover = due()
    assert (handover.state, handover.problem) == (State.BOOKED, "")
    (booked,) = service.booked.values()
    assert (handover.remote_id, booked.key) == (booked.id, handover.pk.hex)
    assert handover.fee_minor == (640 if name == "uber_direct" else 750)
    assert handover.fee_currency == "EUR"
    told = str(booked.asked)
    for known in ("3, rue du Pont", "+33199001234", "14, rue de la Lucarne", order.number, "Vase"):
        assert known in told, known
    assert "post.example" not in told
    assert Delivery.objects.get(order=order).status == "created"


@BOTH
def test_lost_answers_never_book_two_couriers(service: Service, order: Order, name: str) -> None:
    booking.hand_over(order.pk, name)
    service.faults.lost = 2
    waiting = due()
    assert (waiting.state, waiting.attempts) == (State.ASKED, 1) and waiting.problem
    assert due(2).state == State.BOOKED
    assert len(service.booked) == 1


def test_a_service_that_knows_the_delivery_already_points_to_it(
    service: Service, order: Order
) -> None:
    booking.hand_over(order.pk, "uber_direct")
    service.faults.lost = 1
    due()
    (booked,) = service.booked.values()
    duplicate = {"code": "duplicate_delivery", "metadata": {"delivery_id": booked.id}}
    service.faults.answers = [(409, duplicate)]
    assert due().remote_id == booked.id


@BOTH
def test_a_refusal_is_said_in_a_word_and_asked_no_more(
    service: Service, order: Order, name: str
) -> None:
    booking.hand_over(order.pk, name)
    sentence = {"code": "address_undeliverable", "message": "3, rue du Pont is too far"}
    service.faults.answers = [(400, sentence)]
    handover = due()
    assert (handover.state, handover.problem) == (State.FAILED, "400 address_undeliverable")
    asked = service.asked.total()
    due(3)
    assert service.asked.total() == asked and not service.booked
    # Another way can be chosen at once.
    booking.hand_over(order.pk, "stuart")


def test_after_lost_answers_a_refusal_is_no_proof_that_nobody_comes(
    service: Service, order: Order
) -> None:
    booking.hand_over(order.pk, "uber_direct")
    service.faults.lost = 1
    due()
    service.faults.answers = [(400, {"code": "invalid_params"})]
    assert due().problem == booking.UNSURE


def test_a_service_that_is_down_is_asked_again_and_given_up_in_the_end(
    service: Service, order: Order
) -> None:
    booking.hand_over(order.pk, "uber_direct")
    service.faults.answers = [(503, None)] * 100
    handover = due()
    assert (handover.state, handover.problem) == (State.ASKED, "503")
    assert handover.next_try > datetime.now(UTC)
    handover = due(booking.ATTEMPTS)
    assert (handover.state, handover.problem) == (State.FAILED, booking.UNSURE)


def test_a_withdrawn_token_is_replaced(service: Service, order: Order) -> None:
    booking.hand_over(order.pk, "stuart")
    due()
    service.tokens = {"second"}
    due()
    assert Handover.objects.get().problem == "" and service.asked["token"] == 2


@BOTH
def test_it_is_taken_back(service: Service, order: Order, name: str) -> None:
    untouched = booking.hand_over(order.pk, name)
    assert booking.take_back(untouched.pk) and not service.asked
    assert Handover.objects.get().state == State.ENDED
    booking.hand_over(order.pk, name)
    handover = due()
    assert booking.take_back(handover.pk) and not booking.take_back(handover.pk)
    assert due().state == State.ENDED and service.cancelled == [handover.remote_id]


def test_an_order_that_is_called_off_calls_its_courier_off(service: Service, order: Order) -> None:
    booking.hand_over(order.pk, "uber_direct")
    handover = due()
    advance_order(order, OrderStatus.CANCELLED)
    assert due(2).state == State.ENDED and service.cancelled == [handover.remote_id]


def test_a_courier_who_has_it_already_comes_all_the_same(service: Service, order: Order) -> None:
    booking.hand_over(order.pk, "uber_direct")
    handover = due()
    booking.take_back(handover.pk)
    service.faults.answers = [(400, {"code": "noncancelable_delivery"})]
    handover = due()
    assert (handover.state, handover.problem) == (State.BOOKED, booking.TOO_LATE)


def test_what_webhooks_did_not_bring_is_asked_for(service: Service, order: Order) -> None:
    booking.hand_over(order.pk, "uber_direct")
    due()
    (booked,) = service.booked.values()
    booked.status = "pickup"
    due()
    assert Delivery.objects.get().status == "enroute_to_pickup"


def test_no_service_is_asked_within_a_transaction(
    service: Service, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = talking.Line._exchange

    def watched(*arguments: Any, **more: Any) -> Any:
        assert not connection.in_atomic_block
        return exchange(*arguments, **more)

    monkeypatch.setattr(talking.Line, "_exchange", watched)
    booking.hand_over(order.pk, "uber_direct")
    assert due().state == State.BOOKED


def test_what_cannot_be_handed_over_says_why(service: Service, order: Order) -> None:
    def why(order: Order, name: str = "stuart") -> booking.Why:
        with pytest.raises(booking.NotHandedOver) as caught:
            booking.hand_over(order.pk, name)
        return caught.value.why

    assert why(order, "pigeon") == booking.Why.NO_SERVICE
    Window(add_device("another")[1]).order(order_body())
    assert why(Order.objects.exclude(pk=order.pk).get()) == booking.Why.NOT_BY_COURIER
    Order.objects.filter(pk=order.pk).update(phone="")
    assert why(order) == booking.Why.NO_ADDRESS
    Order.objects.filter(pk=order.pk).update(phone="+33199001234")
    booking.hand_over(order.pk, "stuart")
    assert why(order) == booking.Why.ALREADY
    advance_order(order, OrderStatus.CANCELLED)
    assert why(order) == booking.Why.NOT_NOW


def test_staff_hand_over_wait_and_read_what_went_wrong(service: Service, order: Order) -> None:
    colleague = Colleague()
    page = f"orders/order/{order.pk}/change/"
    html = colleague.get(page).content.decode()
    assert "Confier à Uber Direct" in html and "Confier à Stuart" in html
    colleague.send(f"orders/order/{order.pk}/handover/", {"service": "uber_direct"})
    html = colleague.get(page).content.decode()
    assert "cherche un coursier…" in html and 'http-equiv="refresh"' in html
    assert "Confier à" not in html
    service.faults.answers = [(400, {"code": "address_undeliverable"})]
    due()
    html = colleague.get(page).content.decode()
    assert "Le service refuse (400 address_undeliverable)" in html
    assert 'http-equiv="refresh"' not in html and "Confier à Stuart" in html
    colleague.send(f"orders/order/{order.pk}/handover/", {"service": "stuart"})
    due()
    html = colleague.get(page).content.decode()
    assert "envoie un coursier · 7,50" in html and "refuse" not in html
    colleague.send(f"orders/order/{order.pk}/handover/", {"what": "back"})
    assert Handover.objects.latest("created_at").state == State.LEAVING


def test_the_shops_own_courier_has_it_no_more(service: Service, order: Order) -> None:
    errand = assign(order, Courier.objects.create(name="Inès Duval", phone="+33199001515"))
    booking.hand_over(order.pk, "stuart")
    errand.refresh_from_db()
    assert errand.ended_at is not None
    assert Delivery.objects.get(order=order).courier_name == ""
    with pytest.raises(NotYoursError):
        start(errand, consent=True)


def test_what_no_service_carries_stands_on_the_board_until_somebody_does(
    service: Service, order: Order
) -> None:
    colleague = Colleague()
    booking.hand_over(order.pk, "uber_direct")
    service.faults.answers = [(400, {"code": "address_undeliverable"})]
    due()
    board = colleague.get("").content.decode()
    assert "Uber Direct n’envoie personne pour 1 commande" in board
    assert "choisissez une autre solution" in board and 'role="alert"' in board
    assign(order, Courier.objects.create(name="Inès Duval", phone="+33199001515"))
    assert "n’envoie personne" not in colleague.get("").content.decode()
    booking.hand_over(order.pk, "stuart")
    assert "n’envoie personne" not in colleague.get("").content.decode()
    service.faults.answers = [(400, {"code": "address_undeliverable"})]
    due()
    assert "Stuart n’envoie personne" in colleague.get("").content.decode()
    advance_order(order, OrderStatus.CANCELLED)
    assert "n’envoie personne" not in colleague.get("").content.decode()


def test_without_an_account_nothing_of_it_is_shown(order: Order) -> None:
    html = Colleague().get(f"orders/order/{order.pk}/change/").content.decode()
    assert "Service de livraison" not in html
