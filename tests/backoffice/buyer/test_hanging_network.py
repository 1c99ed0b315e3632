"""The buyer's page in a real browser on a network that swallows what is asked: it says so."""

from collections.abc import Callable

import pytest

from kiosk.backoffice.buyer.words import WORDS
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import Window, courier_body, make_product, make_shop
from tests.backoffice.conftest import Server
from tests.backoffice.courier.chromium import CHROMIUM, Chromium

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]
_SAID = "document.getElementById('link').textContent"


def test_a_state_that_does_not_come_is_called_an_old_one_until_it_does(
    serve: Callable[..., Server],
) -> None:
    make_shop()
    make_product()
    order = Order.objects.get(number=Window().order(courier_body()).json()["number"])
    offline = WORDS[order.language]["offline"].partition("{")[0]
    with Chromium() as phone:
        phone.open(f"{serve().url}/o/{order.token}")
        phone.until("!!document.querySelector('.state')")
        phone.run(
            "window.real = fetch; window.fetch = (url, how) => String(url).endsWith('/state')"
            " ? new Promise((_, not) => how?.signal?.addEventListener('abort', not))"
            " : real(url, how); void 0"
        )
        advance_order(order, OrderStatus.PREPARING)
        phone.until(f"{_SAID}.startsWith({offline!r})")
        phone.run("window.fetch = real; void 0")
        phone.run("void dispatchEvent(new Event('online'))")
        phone.until(f"{_SAID} === ''")
