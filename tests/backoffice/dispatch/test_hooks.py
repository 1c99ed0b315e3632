"""What delivery services tell: signed, repeated, out of order, and with more than we know of."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kiosk.backoffice.dispatch import booking
from kiosk.backoffice.dispatch.hearing import DROPPED
from kiosk.backoffice.dispatch.models import Handover, HeardMessage, State
from kiosk.backoffice.dispatch.retention import forget_couriers
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.retention import forget_orders
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import Window, courier_body, make_product, make_shop
from tests.backoffice.dispatch.service_double import (
    KEY,
    Service,
    signed,
    stuart_message,
    uber_message,
)

pytestmark = pytest.mark.usefixtures("database")


def at(second: int) -> str:
    return f"2026-06-02T10:30:{second:02d}.500Z"


def booked(service: Service, name: str) -> Handover:
    make_shop(phone="+33199001414")
    make_product()
    Window().order(courier_body())
    booking.hand_over(Order.objects.get().pk, name)
    booking.ask_due()
    handover = Handover.objects.get()
    assert handover.state == State.BOOKED
    return handover


def tell(name: str, body: bytes, **headers: str) -> int:
    usual = {"uber_direct": "x-uber-signature", "stuart": "x-stuart-signature"}[name]
    headers = headers or {usual: signed(body)}
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = client.post(f"/hooks/{name}", body, content_type="application/json", headers=headers)
    return int(answer.status_code)


def delivery() -> Delivery:
    return Delivery.objects.get()


def test_a_whole_delivery_by_uber_direct(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    assert tell("uber_direct", uber_message(remote, "pickup", at(1), "evt_1")) == 204
    now = delivery()
    assert (now.status, now.courier_name, now.courier_vehicle) == (
        "enroute_to_pickup", "Cori R.", "bike"
    )  # fmt: skip
    assert now.position is None  # a courier is not shown before they have the parcel
    assert Handover.objects.get().courier_phone == "+33155501111,48023618"
    eta = "2026-06-02T10:50:00Z"
    tell("uber_direct", uber_message(remote, "pickup_complete", at(2), "evt_2", dropoff_eta=eta))
    now = delivery()
    assert (now.status, now.order.status) == ("picked_up", "handed_over")
    assert now.eta == datetime(2026, 6, 2, 10, 50, tzinfo=UTC)
    tell("uber_direct", uber_message(remote, "dropoff", at(3), "evt_3", courier_imminent=True))
    now = delivery()
    assert now.status == "enroute_to_dropoff" and now.imminent
    assert (now.position["lat"], now.position["lon"]) == (48.861, 2.342)
    picture = {"verification": {"picture": {"image_url": "https://uber.example/p.jpg"}}}
    tell("uber_direct", uber_message(remote, "delivered", at(4), "evt_4", dropoff=picture))
    now = delivery()
    assert (now.status, now.order.status, now.position) == ("delivered", "completed", None)
    handover = Handover.objects.get()
    assert (handover.state, handover.proof) == (
        State.ENDED, {"type": "picture", "url": "https://uber.example/p.jpg"}
    )  # fmt: skip


def test_a_whole_delivery_by_stuart(service: Service) -> None:
    handover = booked(service, "stuart")
    job, key = handover.remote_id, handover.pk.hex
    for status, then in (
        ("picking", "enroute_to_pickup"),
        ("waiting_at_pickup", "arrived_at_pickup"),
        ("delivering", "enroute_to_dropoff"),
        ("almost_delivering", "enroute_to_dropoff"),
        ("waiting_at_dropoff", "arrived_at_dropoff"),
    ):
        assert tell("stuart", stuart_message(job, status, key)) == 204
        assert delivery().status == then
    now = delivery()
    assert (now.courier_name, now.courier_vehicle, now.imminent) == ("Alexis M.", "scooter", True)
    assert now.position["lat"] == 48.861
    driver = {"latitude": 48.862, "longitude": 2.343, "job": {"id": job}}
    tell("stuart", json.dumps({"event": "driver", "type": "update", "data": driver}).encode())
    assert delivery().position["lat"] == 48.862
    tell("stuart", stuart_message(job, "delivered", key))
    assert (delivery().status, delivery().order.status) == ("delivered", "completed")
    assert Handover.objects.get().state == State.ENDED


def test_a_buyer_may_call_by_what_uber_masks(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    tell("uber_direct", uber_message(remote, "pickup", at(1), "evt_1"))
    assert "tel:+33155500000" not in buyers_page()
    tell("uber_direct", uber_message(remote, "dropoff", at(2), "evt_2"))
    html = buyers_page()
    # Whoever has the code calls the other one, and a link is seen by more than its buyer.
    assert "tel:+33155500000" in html and "48023618" not in html
    before = delivery()
    other = {"name": "Cori R.", "vehicle_type": "bicycle", "phone_number": "+33155500009"}
    tell("uber_direct", uber_message(remote, "dropoff", at(3), "evt_3", courier=other))
    now = delivery()
    assert "tel:+33155500009" in buyers_page()
    assert (now.rider, now.position) == (before.rider, before.position)
    other["phone_number"] = "ask for Cori"
    tell("uber_direct", uber_message(remote, "dropoff", at(4), "evt_4", courier=other))
    assert delivery().relay_phone == ""
    tell("uber_direct", uber_message(remote, "dropoff", at(5), "evt_5"))
    tell("uber_direct", uber_message(remote, "delivered", at(6), "evt_6"))
    assert "tel:+33155500000" not in buyers_page()


def test_a_stuart_drivers_own_phone_is_for_the_shop_alone(service: Service) -> None:
    handover = booked(service, "stuart")
    tell("stuart", stuart_message(handover.remote_id, "delivering", handover.pk.hex))
    assert Handover.objects.get().courier_phone == "+33903330923"
    html = buyers_page()
    assert "33903330923" not in html and "Appeler le coursier" not in html
    assert (delivery().courier_name, delivery().relay_phone) == ("Alexis M.", "")


def buyers_page() -> str:
    answer = Client(SERVER_NAME="localhost").get(f"/o/{Order.objects.get().token}")
    return answer.content.decode()


@pytest.mark.parametrize("name", ["uber_direct", "stuart"])
def test_only_who_has_the_key_is_heard(service: Service, name: str) -> None:
    handover = booked(service, name)
    header = "x-uber-signature" if name == "uber_direct" else "x-stuart-signature"
    body = (
        uber_message(handover.remote_id, "pickup", at(1), "evt_1")
        if name == "uber_direct"
        else stuart_message(handover.remote_id, "picking", handover.pk.hex)
    )
    forged = signed(body, KEY + "x")
    wrong = ("", "é", forged, signed(body)[:-1], signed(body + b" "))
    for signature in wrong:
        assert tell(name, body, **{header: signature}) == 401
    assert tell(name, body, other="x") == 401
    assert delivery().status == "created"
    assert Client(SERVER_NAME="localhost").get(f"/hooks/{name}").status_code == 405
    assert tell(name, body, **{header: signed(body).upper()}) == 204


def test_without_an_account_there_is_no_door() -> None:
    assert tell("stuart", b"{}") == 404


def test_repeated_and_late_messages_change_nothing(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    first = uber_message(remote, "pickup_complete", at(20), "evt_1")
    for _ in range(3):
        assert tell("uber_direct", first) == 204
    version = delivery().version
    assert HeardMessage.objects.count() == 1
    # Written before what is known, though it comes after it.
    late = uber_message(remote, "pickup", at(10), "evt_0", courier_imminent=True)
    assert tell("uber_direct", late) == 204
    # Written later, and yet a step back.
    assert tell("uber_direct", uber_message(remote, "pickup", at(30), "evt_2")) == 204
    now = delivery()
    assert (now.status, now.version, now.imminent) == ("picked_up", version, False)
    steps = list(now.events.values_list("status", flat=True))
    assert steps.count("picked_up") == 1


def test_a_message_may_come_before_the_answer_to_the_booking(service: Service) -> None:
    handover = booked(service, "uber_direct")
    Handover.objects.update(state=State.ASKED, remote_id="")
    early = uber_message("del_early", "pickup", at(1), "evt_1", external_id=handover.pk.hex)
    assert tell("uber_direct", early) == 204
    now = Handover.objects.get()
    assert (now.state, now.remote_id) == (State.BOOKED, "del_early")
    assert delivery().status == "enroute_to_pickup"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"\xff\xfe", b'{"kind": "event.delivery_status"}', b"[" * 50_000,
        b'{"kind": "event.delivery_status", "delivery_id": {"a": 1}, "data": 7}',
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(service: Service, body: bytes) -> None:
    booked(service, "uber_direct")
    assert tell("uber_direct", body) == 422


def test_what_is_not_ours_is_passed_over(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    other = json.dumps({"kind": "event.refund_request", "id": "evt", "delivery_id": remote})
    assert tell("uber_direct", other.encode()) == 204
    assert tell("uber_direct", uber_message("del_of_somebody", "pickup", at(1), "evt_1")) == 204
    nonsense = {"courier": "soon", "dropoff": [1], "dropoff_eta": "later", "courier_imminent": 1}
    assert tell("uber_direct", uber_message(remote, "pickup", at(2), "evt_2", **nonsense)) == 204
    absurd = {
        "courier": {"location": {"lat": 10**400, "lng": 2}},
        "dropoff_eta": "0001-01-01T00+14",
    }
    assert tell("uber_direct", uber_message(remote, "pickup", at(3), "evt_3", **absurd)) == 204
    assert (delivery().status, delivery().courier_name) == ("enroute_to_pickup", "")


def test_a_status_that_is_new_is_logged_without_anybody(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    remote = booked(service, "uber_direct").remote_id
    with caplog.at_level(logging.WARNING):
        assert tell("uber_direct", uber_message(remote, "at_the_corner", at(1), "evt_1")) == 204
    assert "at_the_corner" in caplog.text
    assert not [word for word in ("Canari", "Cori", "+33") if word in caplog.text]
    assert delivery().status == "created" and delivery().courier_name == "Cori R."


@pytest.mark.parametrize(("before", "then"), [(None, "created"), ("pickup_complete", "returning")])
def test_a_service_that_gives_up_leaves_the_delivery_to_others(
    service: Service, before: str | None, then: str
) -> None:
    remote = booked(service, "uber_direct").remote_id
    if before:
        tell("uber_direct", uber_message(remote, before, at(1), "evt_1"))
    tell("uber_direct", uber_message(remote, "canceled", at(2), "evt_2"))
    assert delivery().status == then
    handover = Handover.objects.get()
    assert (handover.state, handover.problem) == (State.FAILED, DROPPED)
    if before is None:
        known = delivery().pk
        booking.hand_over(handover.order_id, "stuart")
        booking.ask_due()
        assert Handover.objects.latest("created_at").state == State.BOOKED
        assert delivery().pk == known


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("end-customer_unreachable", "nobody_there"),
        ("end-customer_refused_package", "not_wanted"),
        ("customer_cancellation_requested", "service"),  # which customer, they do not say
        ("a_new_one", "service"),
        (None, "service"),
    ],
)
def test_a_service_says_why_it_gave_up(service: Service, key: str | None, reason: str) -> None:
    handover = booked(service, "stuart")
    said = (handover.remote_id, handover.pk.hex)
    tell("stuart", stuart_message(said[0], "delivering", said[1]))
    message = json.loads(stuart_message(said[0], "cancelled", said[1]))
    message["data"]["currentDelivery"]["cancellation"] = {"reasonKey": key, "comment": None}
    assert tell("stuart", json.dumps(message).encode()) == 204
    assert (delivery().status, delivery().cancel_reason) == ("returning", reason)


def test_what_staff_cancelled_is_not_put_down_to_the_service(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    tell("uber_direct", uber_message(remote, "dropoff", at(1), "evt_1"))
    advance_order(Order.objects.get(), OrderStatus.CANCELLED)
    assert (delivery().status, delivery().cancel_reason) == ("returning", "")
    assert tell("uber_direct", uber_message(remote, "returned", at(2), "evt_2")) == 204
    assert (delivery().status, delivery().cancel_reason) == ("returned", "")


def test_a_service_that_brings_it_back_is_named(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    tell("uber_direct", uber_message(remote, "dropoff", at(1), "evt_1"))
    tell("uber_direct", uber_message(remote, "returned", at(2), "evt_2"))
    assert (delivery().status, delivery().cancel_reason) == ("returned", "service")


def test_a_forgotten_buyer_takes_the_links_to_their_door_along(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    more: dict[str, Any] = {
        "tracking_url": "https://uber.example/track",
        "dropoff": {"verification": {"picture": {"image_url": "https://uber.example/door.jpg"}}},
    }
    for n, status in enumerate(("pickup", "pickup_complete", "delivered"), start=1):
        tell("uber_direct", uber_message(remote, status, at(n), f"evt_{n}", **more))
    assert Handover.objects.get().proof
    forget_orders(Order.objects.all())
    handover = Handover.objects.get()
    assert (handover.courier_phone, handover.tracking_url, handover.proof) == ("", "", None)


def test_phones_links_and_proofs_go_with_the_trail(service: Service) -> None:
    remote = booked(service, "uber_direct").remote_id
    link: dict[str, Any] = {"tracking_url": "https://uber.example/track"}
    for n, status in enumerate(("pickup", "pickup_complete", "delivered"), start=1):
        tell("uber_direct", uber_message(remote, status, at(n), f"evt_{n}", **link))
    assert Handover.objects.get().courier_phone
    assert forget_couriers(datetime.now(UTC) - timedelta(days=1)) == 0
    assert forget_couriers(datetime.now(UTC) + timedelta(days=1)) == 1
    handover = Handover.objects.get()
    assert (handover.courier_phone, handover.tracking_url, handover.proof) == ("", "", None)
    assert not HeardMessage.objects.exists()
