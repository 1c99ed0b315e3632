"""The page that a phone holds up to a window, in a real browser: read off its pixels."""

import io
import uuid
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from kiosk.backoffice.lookup.models import Showing
from kiosk.backoffice.lookup.words import words_in
from kiosk.backoffice.orders.models import Order
from kiosk.contract.showing import secret_of
from tests.backoffice.backoffice_data import Window, courier_body, make_product, make_shop
from tests.backoffice.conftest import Server
from tests.backoffice.courier.chromium import CHROMIUM, Chromium

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]
SAY = words_in("fr")
# A clock and a pocket of the test's own.
CLOCK = """
const now = Date.now; window.later = 0; window.away = false;
Date.now = () => now() + window.later;
Object.defineProperty(document, "hidden", { get: () => window.away });
"""

# The page's script has begun to count, too.
SHOWN = "document.readyState === 'complete' && !!document.querySelector('#code svg')"


@pytest.fixture
def window() -> Window:
    make_shop()
    make_product(stock=9)
    window = Window()
    word = {"instance_id": str(uuid.uuid4()), "last_number": 0, "waiting": 0, "free_bytes": 1}
    window.post("windows/here", {**word, "takes_orders": True, "reads_codes": True})
    assert window.order(courier_body()).status_code == 201
    return window


@pytest.fixture
def phone(window: Window, serve: Callable[..., Server]) -> Iterator[Chromium]:
    """On the page of the order."""
    url = serve().url
    with Chromium() as phone:
        phone.ask("Page.addScriptToEvaluateOnNewDocument", source=CLOCK)
        phone.open(f"{url}/o/{Order.objects.get().token}")
        yield phone


def read_off(phone: Chromium) -> str | None:
    """The secret in the code on the screen, as a camera sees it; None without one."""
    shot = phone.ask("Page.captureScreenshot", format="png")
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(b64decode(shot["data"]))).convert("L"))
    return secret_of(found[0].text) if found else None


def hold_up(window: Window, secret: str | None) -> Any:
    return window.post("showings", {"secret": secret})


def pass_time(phone: Chromium, seconds: int) -> None:
    phone.run(
        f"window.later += {seconds * 1000}; document.dispatchEvent(new Event('visibilitychange'))"
    )


def test_a_phone_shows_a_code_that_a_window_takes(window: Window, phone: Chromium) -> None:
    assert not Showing.objects.exists()
    phone.press(SAY["show"])
    phone.until(SHOWN)
    secret = read_off(phone)
    assert hold_up(window, secret).status_code == 200
    assert hold_up(window, secret).status_code == 404
    held = phone.run("document.querySelector('#code svg').getBoundingClientRect().width")
    assert held > 340  # of 390: the whole width of the phone
    assert phone.run("document.documentElement.scrollWidth") <= 390


def test_a_code_is_made_anew_before_it_is_over(window: Window, phone: Chromium) -> None:
    phone.press(SAY["show"])
    phone.until(SHOWN)
    first = read_off(phone)
    pass_time(phone, 60)
    assert read_off(phone) == first
    drawn = "document.querySelector('#code path:last-child').getAttribute('d')"
    before = phone.run(drawn)
    pass_time(phone, 31)
    phone.until(f"{drawn} !== {before!r}")
    second = read_off(phone)
    assert second and second != first
    assert hold_up(window, first).status_code == 404
    assert hold_up(window, second).status_code == 200


def test_no_code_that_is_over_stays_on_the_screen(window: Window, phone: Chromium) -> None:
    phone.press(SAY["show"])
    phone.until(SHOWN)
    phone.network(on=False)
    pass_time(phone, 95)
    assert read_off(phone)  # it is good for some seconds yet
    pass_time(phone, 30)
    phone.until(f"document.getElementById('said').textContent === {SAY['offline']!r}")
    assert read_off(phone) is None
    phone.network(on=True)
    phone.until(SHOWN)  # it looks again by itself
    assert hold_up(window, read_off(phone)).status_code == 200
    phone.run("window.away = true")  # in a pocket it asks for none
    made = Showing.objects.get().made
    pass_time(phone, 125)
    phone.until(f"document.getElementById('said').textContent === {SAY['over']!r}")
    assert read_off(phone) is None and Showing.objects.get().made == made
    phone.run("window.away = false")
    pass_time(phone, 600)  # nor for ever
    phone.press(SAY["anew"])
    phone.until(f"{SHOWN} && window.later === 0")
    assert hold_up(window, read_off(phone)).status_code == 200


def test_the_page_goes_without_a_script(window: Window) -> None:
    order = Order.objects.get()
    page = Client(SERVER_NAME="localhost").post(f"/o/{order.token}/show").content.decode()
    back = f'<noscript><meta http-equiv="refresh" content="120; url=/o/{order.token}/show">'
    assert back in page and f"<button>{SAY['anew']}</button>" in page
    over = Client(SERVER_NAME="localhost").get(f"/o/{order.token}/show").content.decode()
    assert SAY["over"] in over and "<svg" not in over and "refresh" not in over


def test_a_network_that_says_nothing_keeps_no_old_code(phone: Chromium) -> None:
    phone.press(SAY["show"])
    phone.until(SHOWN)
    phone.run("window.fetch = () => new Promise(() => {}); void 0")
    pass_time(phone, 100)
    assert read_off(phone)
    pass_time(phone, 30)
    phone.until("!document.querySelector('#code')")
    assert phone.run("document.getElementById('said').textContent") == SAY["offline"]
