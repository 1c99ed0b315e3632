"""The number by which buyers call their courier: who is told it, when, and what it may not be."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kiosk.backoffice.courier.errands import assign, call_off
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.privacy import purge
from kiosk.backoffice.privacy.erasing import ask_erasure
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import CONTRACT, Window
from tests.backoffice.courier.rider import Phone, fix, make_courier, ready
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")
OWN, RELAY, OTHER = "+33199001515", "+33199002020", "+33199002121"


@pytest.fixture
def ines(window: Window) -> Courier:
    return make_courier(relay_phone=RELAY)


def buyers(order: Order, path: str = "/o/{}") -> str:
    """What whoever holds the link reads: the page, or an answer of the API."""
    client = Client(SERVER_NAME="localhost", headers=CONTRACT)
    answer = client.get(path.format(order.token))
    assert answer.status_code == 200
    return answer.content.decode()


def riding(window: Window, courier: Courier) -> tuple[Phone, Order]:
    order, phone = ready(window, courier), Phone(courier)
    phone.press("start")
    phone.sends(fix(1))
    return phone, order


def told(order: Order) -> str:
    return str(Delivery.objects.get(order=order).relay_phone)


def test_a_buyer_may_call_during_the_ride_and_at_no_other_time(
    window: Window, ines: Courier
) -> None:
    order, phone = ready(window, ines), Phone(ines)
    everywhere = ("/o/{}", "/o/{}/state", "/api/v1/orders/{}", "/api/v1/deliveries/{}")
    assert not [path for path in everywhere if RELAY in buyers(order, path)]
    phone.press("start")
    html = buyers(order)
    assert f'href="tel:{RELAY}"' in html and "+33 1 99 00 20 20" in html
    assert "Livraison par Inès D." in html and "Appeler le coursier" in html and OWN not in html
    assert [path for path in everywhere if RELAY in buyers(order, path)] == list(everywhere)
    phone.press("arrive")
    assert RELAY in buyers(order)
    phone.press("fail", reason="nobody_there")
    assert not [path for path in everywhere if RELAY in buyers(order, path)]
    assert "Appeler le coursier" not in buyers(order)


def test_no_window_is_told_it_nor_who_listens_nor_a_log(
    window: Window, ines: Courier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _phone, order = riding(window, ines)
    for path in (f"orders/{order.token}", f"deliveries/{order.token}"):
        assert RELAY not in window.get(path).content.decode()
    asked = {"number": order.number, "code": order.pickup_code}
    found = window.post("lookups", asked)
    assert found.status_code == 200 and found.json()["order"]["delivery"]["courier"]
    assert RELAY not in found.content.decode()
    events = [str(row) for row in StreamEvent.objects.values()]
    assert any("position" in row for row in events)
    assert not [row for row in events if RELAY in row]
    assert RELAY not in caplog.text
    assert RELAY in buyers(order)


def test_without_one_there_is_nothing_to_call(window: Window) -> None:
    _phone, order = riding(window, make_courier())
    html = buyers(order)
    assert "Appeler le coursier" not in html and OWN not in html


def test_it_is_that_of_who_carries_it(window: Window, ines: Courier) -> None:
    _phone, order = riding(window, ines)
    assign(order, make_courier("Ali Baran", relay_phone=OTHER))
    assert told(order) == OTHER
    assign(order, make_courier("Zoé"))
    assert told(order) == ""
    assign(order, ines)
    call_off(Delivery.objects.get())
    assert told(order) == ""


def test_what_staff_change_counts_at_once(window: Window, ines: Courier) -> None:
    _phone, order = riding(window, ines)
    seen = Delivery.objects.get()
    boss = Colleague("boss", language="en")
    boss.save(f"courier/courier/{ines.pk}/change/", relay_phone="01 99 00 21 21")
    now = Delivery.objects.get()
    assert f"tel:{OTHER}" in buyers(order)
    assert now.version > seen.version
    assert (now.rider, now.position) == (seen.rider, seen.position)  # the same courier
    boss.save(f"courier/courier/{ines.pk}/change/", relay_phone="")
    assert "tel:+33" not in buyers(order).split("<footer>")[0]


def test_nobody_calls_who_works_here_no_more(window: Window, ines: Courier) -> None:
    _phone, order = riding(window, ines)
    boss, path = Colleague("boss", language="en"), f"courier/courier/{ines.pk}"
    boss.save(f"{path}/change/", active="")
    assert RELAY not in buyers(order)
    Courier.objects.update(active=True)
    assign(order, make_courier("Ali"))
    assign(order, Courier.objects.get(pk=ines.pk))
    assert RELAY in buyers(order)
    assert boss.send(f"{path}/delete/", {"post": "yes"}).status_code == 302
    assert not Courier.objects.filter(pk=ines.pk).exists()
    assert RELAY not in buyers(order)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("01 99 00 15 15", "This is the courier’s own number."),
        ("0033 199 001515", "This is the courier’s own number."),
        ("01.99.00.16.16", "This is another courier’s own number."),
        ("call me", "This is no phone number."),
        ("12", "This is no phone number."),
    ],
)
def test_nobodys_own_number_is_given_to_buyers(ines: Courier, given: str, said: str) -> None:
    Courier.objects.create(name="Ali", phone="01 99 00 16 16")
    boss = Colleague("boss", language="en")
    assert said in boss.save(f"courier/courier/{ines.pk}/change/", relay_phone=given)
    assert Courier.objects.get(pk=ines.pk).relay_phone == RELAY
    new = {"name": "Zoé", "phone": "0199001717", "vehicle": "bike", "language": "fr"}
    if "another" in said:
        boss.save("courier/courier/add/", **new, active="on", relay_phone=given)
        assert Courier.objects.count() == 2


def test_a_number_that_buyers_call_becomes_nobodys_own(ines: Courier) -> None:
    ali = Courier.objects.create(name="Ali", phone="+33199001616")
    path = f"courier/courier/{ali.pk}/change/"
    boss = Colleague("boss", language="en")
    assert "Buyers may call this number" in boss.save(path, phone=RELAY)
    assert Courier.objects.get(pk=ali.pk).phone == "+33199001616"
    Courier.objects.filter(pk=ines.pk).update(active=False)
    boss.save(path, phone=RELAY)
    assert Courier.objects.get(pk=ali.pk).phone == RELAY


def test_staff_read_what_it_is_for(ines: Courier) -> None:
    said = Colleague("boss").page(f"courier/courier/{ines.pk}/change/")
    assert "numéro relais" in said.lower() and "Jamais le numéro personnel du coursier" in said


def test_the_courier_knows_that_buyers_can_call(window: Window, ines: Courier) -> None:
    said = "le client peut vous appeler au \u2066+33 1 99 00 20 20\u2069"
    order, phone = ready(window, ines), Phone(ines)
    assert said in phone.page()
    phone.press("start")
    assert said in phone.page()
    seen = _version(phone)
    Colleague("boss").save(f"courier/courier/{ines.pk}/change/", relay_phone="")
    assert "peut vous appeler" not in phone.page() and _version(phone) != seen
    phone.press("fail", reason="nobody_there")
    assert order.number in phone.page()
    other = make_courier("Ali")
    ready(window, other)
    assert "peut vous appeler" not in Phone(other).page()


def _version(phone: Phone) -> Any:
    return phone.get().content.decode().split('data-version="')[1][:16]


def test_it_goes_with_the_trail_and_with_an_erased_buyer(window: Window, ines: Courier) -> None:
    phone, order = riding(window, ines)
    phone.press("fail", reason="nobody_there")
    phone.press("back")
    order = advance_order(Order.objects.get(), OrderStatus.CANCELLED)
    assert told(order) == RELAY
    Delivery.objects.update(route=[], position=None)
    Order.objects.update(status_at=timezone.now() - timedelta(days=2))
    assert purge.purge_now().removed["trails"] >= 1
    assert told(order) == ""
    Delivery.objects.update(relay_phone=RELAY)
    assert ask_erasure(order)
    assert told(order) == ""
