"""From the link to the door: what a courier sees and does, and what others see of it."""

import pytest

from benchmarks.live.rides import MAP
from kiosk.backoffice.courier.models import Courier, Errand, Proof
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.quarter import set_map
from kiosk.shop.arrival import FIRST_PACE
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.courier.rider import Phone, fix, other_than, ready

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def window() -> Window:
    make_shop(phone="+33 1 99 00 14 14")
    make_product(stock=9)
    return Window()


def test_from_the_link_to_the_door(window: Window, ines: Courier) -> None:
    phone = Phone(ines)
    assert "Rien à livrer pour le moment" in phone.page()
    order = ready(window, ines)
    said = phone.page()
    assert order.number in said and "3, rue du Pont" in said and "J’accepte, je pars" in said
    assert phone.sends(fix(1)).status_code == 409
    assert phone.press("start").status_code == 302
    assert "Position partagée" in phone.page()
    told = phone.sends(fix(1), fix(2, lat=48.861, speed_mps=4.5, heading_deg=10.0, battery=80))
    assert told.json() == {"kept": 2, "shown": True}
    view = window.get(f"deliveries/{order.token}").json()
    assert view["status"] == "enroute_to_dropoff" and view["courier"]["display_name"] == "Inès D."
    assert (view["position"]["lat"], view["position"]["speed_mps"]) == (48.861, 4.5)
    phone.press("arrive")
    assert "Vous êtes devant la porte" in phone.page()
    wrong = phone.press("code", code=other_than(order.pickup_code))
    assert wrong.status_code == 422 and "Ce n’est pas le bon code" in wrong.content.decode()
    assert phone.press("code", code=order.pickup_code).status_code == 302
    assert "Livrée" in phone.page()
    order = Order.objects.get()
    assert order.status == "completed" and order.delivery.status == "delivered"
    assert Proof.objects.get().kind == "code"
    assert phone.sends(fix(3)).status_code == 409
    assert window.get(f"deliveries/{order.token}").json()["position"] is None
    assert Errand.objects.get().ended_at == Delivery.objects.get().status_at


def test_the_first_arrival_time_counts_lights_and_doors(window: Window, ines: Courier) -> None:
    set_map(MAP)
    order = ready(window, ines)
    Order.objects.update(line1="15, boulevard de la Belle-Étoffe", postcode="75000")
    Phone(ines).press("start")
    delivery = Delivery.objects.get(order=order)
    ride = (delivery.eta - delivery.status_at).total_seconds()
    assert ride == pytest.approx(FIRST_PACE * delivery.route_s[-1], abs=2.0)
