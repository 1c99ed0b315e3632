"""The demonstration's picture on the buyer's phone: the glass's own ride, and called simulated."""

from collections.abc import Callable

import numpy as np
import pytest

from kiosk.backoffice.camera.words import street_words_in
from kiosk.backoffice.orders import deliveries
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.models import Shop
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus
from kiosk.window.stage.camera.simulated import ACROSS, DOWN, street
from tests.backoffice.backoffice_data import Window, courier_body, make_product, make_shop
from tests.backoffice.conftest import Server
from tests.backoffice.courier.chromium import CHROMIUM, Chromium

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]
FIGURE = "document.getElementById('simulated')"
CANVAS = f"{FIGURE}.querySelector('canvas')"
PIXELS = f"[...{CANVAS}.getContext('2d').getImageData(0, 0, {ACROSS}, {DOWN}).data]"
BUTTON = f"{FIGURE}.querySelector('button')"


def test_the_phone_draws_the_glasss_ride_and_calls_it_simulated(
    serve: Callable[..., Server],
) -> None:
    make_shop()
    make_product(stock=9)
    Shop.objects.update(demo=True)
    order = Order.objects.get(number=Window().order(courier_body()).json()["number"])
    for step in (OrderStatus.PREPARING, OrderStatus.READY):
        order = advance_order(order, step)
    way = [Point(48.86, 2.34), Point(48.88, 2.34)]
    delivery = deliveries.set_route(Delivery.objects.get(), way, [0, 600])
    say = street_words_in("fr")
    url = serve().url
    with Chromium() as phone:
        phone.open(f"{url}/o/{order.token}")
        assert phone.run(f"{FIGURE} === null")  # nothing to see before the courier has left
        advance_order(order, OrderStatus.HANDED_OVER)
        deliveries.advance_delivery(delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)
        phone.until(f"{FIGURE} && !{FIGURE}.hidden && {FIGURE}.offsetHeight > 100")
        assert phone.run(f"{FIGURE}.innerText").split("\n") == [say["simulated"], say["hide"]]
        before = phone.run(PIXELS)
        phone.until(f"{PIXELS}.join() !== {before!r}.join()")
        for t in (0.0, 3.25, 61.5):
            phone.run(f"{BUTTON}.textContent === {say['hide']!r} && {BUTTON}.click()")  # stands
            phone.run(f"simulated.draw({CANVAS}, {t}, 1234)")
            drawn = np.array(phone.run(PIXELS), float).reshape(DOWN, ACROSS, 4)[..., :3]
            # Where an edge falls between two elements, the last bit of a sine decides.
            assert np.mean(np.abs(drawn - street(t, 1234)) > 2) < 0.002
        assert phone.run(f"{BUTTON}.textContent") == say["show"]
        deliveries.advance_delivery(delivery, DeliveryStatus.DELIVERED)
        phone.until(f"{FIGURE} === null")
