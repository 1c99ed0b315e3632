"""The courier's page in a real browser against a real server: one ride with a tunnel in it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.backoffice.camera.words import words_in
from kiosk.backoffice.courier import passes
from kiosk.backoffice.courier.models import Fix
from kiosk.backoffice.courier.words import fr
from kiosk.backoffice.orders.deliveries import set_route
from kiosk.backoffice.orders.models import Delivery
from kiosk.shop.geo import Point
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.conftest import Server
from tests.backoffice.courier.chromium import CHROMIUM, Chromium
from tests.backoffice.courier.rider import SHOP, make_courier, other_than, ready

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]
DOOR = Point(SHOP[0] + 0.01, SHOP[1])
INGEST = "rtmp://127.0.0.1:1935/courier"
CAMERA = {
    "KIOSK_CAMERA_SERVER": "nginx-rtmp",
    "KIOSK_CAMERA_INGEST": INGEST,
    "KIOSK_CAMERA_WATCH": "rtmp://127.0.0.1:1935/ride",
}
IN_SIGHT = """(({top, bottom}) => top >= 0 && bottom <= innerHeight)(
    document.getElementById('problem').getBoundingClientRect())"""
_KEPT = "JSON.parse(localStorage.getItem('fixes') || '[]').length"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def riding(url: str) -> Iterator[Chromium]:
    """The phone of a courier who has left with an order and shares where they are."""
    make_shop()
    make_product()
    courier = make_courier()
    ready(Window(), courier)
    with Chromium() as phone:
        phone.is_at(url, *SHOP)
        phone.open(f"{url}/c/enter/{passes.new_link(courier)[0]}")
        phone.press(fr.WORDS["enter"])
        phone.press(fr.WORDS["start"])
        phone.until("document.getElementById('courier').dataset.share === '1'")
        yield phone


def test_a_ride_through_a_tunnel(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in CAMERA.items():
        monkeypatch.setenv(name, value)
    make_shop()
    make_product(stock=9)
    courier = make_courier()
    order = ready(Window(), courier)
    wrong = other_than(order.pickup_code)
    url = serve().url
    say, camera = fr.WORDS, words_in("fr")
    with Chromium() as phone:
        phone.is_at(url, *SHOP)
        phone.open(f"{url}/c/enter/{passes.new_link(courier)[0]}")
        phone.press(say["enter"])
        phone.until("!!document.querySelector('.consent')")
        assert not Fix.objects.exists()  # the page has not asked where it is
        phone.press(say["start"])
        phone.until("document.getElementById('courier').dataset.share === '1'")
        phone.is_at(url, *SHOP)  # a fix made before the start is not kept
        phone.until(f"document.querySelector('.told')?.textContent === '{say['sent_now']}'")
        until(Fix.objects.exists)
        set_route(Delivery.objects.get(), [Point(*SHOP), DOOR], [0.0, 300.0], DOOR)
        phone.press(camera["open"])
        phone.until(f"document.querySelector('.camera-access input').value.startsWith('{INGEST}/')")
        phone.press(camera["close"])
        phone.until(f"document.querySelector('.camera-state').textContent === '{camera['off']}'")
        first = Fix.objects.count()
        assert Delivery.objects.get().position["lat"] == SHOP[0]
        phone.network(False)
        for step in (1, 2):
            phone.is_at(url, SHOP[0] + step * 0.001, SHOP[1])
            phone.until(f"{_KEPT} >= {step}")
        assert Fix.objects.count() == first
        phone.press(say["arrive"])
        phone.until(f"document.getElementById('problem').textContent === '{say['no_network']}'")
        phone.network(True)
        phone.run("dispatchEvent(new Event('online'))")
        phone.until(f"{_KEPT} === 0")
        assert Fix.objects.count() >= first + 2
        assert Delivery.objects.get().position["lat"] == pytest.approx(SHOP[0] + 0.002)
        phone.run("scrollTo(0, 300)")
        phone.press(say["arrive"])
        phone.until("!!document.querySelector('input[name=code]')")
        assert phone.run("scrollY") == 0  # what to do now begins above
        phone.run(f"document.querySelector('input[name=code]').value = '{wrong}'")
        phone.run("scrollTo(0, 9999)")
        phone.press(say["hand_over"])
        phone.until(f"document.getElementById('problem').textContent === '{say['code_wrong']}'")
        phone.until(IN_SIGHT)
        phone.run(f"document.querySelector('input[name=code]').value = '{order.pickup_code}'")
        phone.press(say["hand_over"])
        phone.until("!!document.querySelector('.head.done')")
        after = Fix.objects.count()
        phone.is_at(url, SHOP[0] + 0.005, SHOP[1])
        phone.open(f"{url}/c/")
        assert phone.run(_KEPT) == 0 and Fix.objects.count() == after
    assert Delivery.objects.get().status == "delivered"


def test_a_server_that_is_away_for_a_moment_does_not_take_the_page_along(
    serve: Callable[..., Server],
) -> None:
    make_shop()
    make_product(stock=9)
    courier = make_courier()
    ready(Window(), courier)
    url, say = serve().url, fr.WORDS
    with Chromium() as phone:
        phone.is_at(url, *SHOP)
        phone.open(f"{url}/c/enter/{passes.new_link(courier)[0]}")
        phone.press(say["enter"])
        phone.press(say["start"])
        phone.until("document.getElementById('courier').dataset.share === '1'")
        phone.run("window.real = fetch; window.asked = []; void 0")
        phone.run(
            "window.fetch = async (url) => { asked.push(String(url)); "
            "return new Response('<h1>502 Bad Gateway</h1>', { status: 502 }); }; void 0"
        )
        phone.run("dispatchEvent(new Event('online'))")
        phone.until("asked.some((url) => url.endsWith('/c/'))")
        phone.press(say["arrive"])
        phone.until(f"document.getElementById('problem').textContent === '{say['no_network']}'")
        assert phone.run("asked.length") >= 2  # still the page that asked: it was not loaded anew
        phone.run("window.fetch = real; void 0")
        phone.press(say["arrive"])
        phone.until("!!document.querySelector('input[name=code]')")


def test_a_request_that_hangs_in_a_tunnel_holds_up_none_after_it(
    serve: Callable[..., Server],
) -> None:
    with riding(serve().url) as phone:
        phone.run(
            "window.real = fetch; window.hung = 0; window.fetch = (url, how) => new Promise("
            "(_, not) => { hung += 1; how?.signal?.addEventListener('abort', not); }); void 0"
        )
        phone.is_at(phone.run("location.origin"), SHOP[0] + 0.001, SHOP[1])
        phone.until(f"{_KEPT} > 0 && hung > 0")
        before = Fix.objects.count()
        phone.run("window.fetch = real; void 0")  # out of the tunnel: nothing else is done
        until(lambda: Fix.objects.count() > before)


def test_a_phone_that_stands_still_is_asked_where_it_is_and_nobody_else_anything(
    serve: Callable[..., Server],
) -> None:
    with riding(serve().url) as phone:
        until(Fix.objects.exists)
        phone.run(
            "navigator.geolocation.getCurrentPosition = () => { window.asked = true; };"
            "window.real = Date.now; Date.now = () => real() + 16000; void 0"
        )
        phone.until("window.asked")
        asked = {
            event["params"]["request"]["url"]
            for event in phone.events
            if event["method"] == "Network.requestWillBeSent"
        }
    assert asked and not [path for path in asked if path.endswith("undefined")]
