"""The buyer's page: what it says, and what it does not."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from django.test import Client

from kiosk.backoffice.buyer.map import HEIGHT, WIDTH, route_map
from kiosk.backoffice.buyer.words import WORDS, days, moment
from kiosk.backoffice.orders import deliveries
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.orders.views import delivery_view
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus as S
from tests.backoffice.backoffice_data import (
    Window,
    ask,
    courier_body,
    make_product,
    make_shop,
    order_body,
    send_order,
)

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")
pytestmark = pytest.mark.usefixtures("database")
CANARIES = ("Canari", "99001234", "post.example", "rue du Pont")


@pytest.fixture
def window() -> Window:
    make_shop(phone="+33 1 99 00 14 14")
    make_product("vase", stock=20)
    return Window()


def placed(window: Window, **changes: Any) -> Order:
    body = (courier_body() if changes.pop("courier", False) else order_body()) | changes
    receipt = window.order(body).json()
    assert receipt["page_url"].endswith(f"/o/{receipt['token']}")
    return Order.objects.get(number=receipt["number"])


def answer(token: str, part: str = "", language: str = "fr") -> Any:
    client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    return client.get(f"/o/{token}{part}")


def page(order: Order) -> str:
    html = answer(order.token).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def walk(order: Order, *steps: S) -> Order:
    for step in steps:
        order = advance_order(order, step)
    return order


def test_a_collect_order_from_thanks_to_the_counter(window: Window) -> None:
    order = placed(window)
    said = page(order)
    assert order.number in said and order.pickup_code in said
    assert "C’est noté" in said and re.search(r"Prête (aujourd’hui|demain) à \d\d:\d\d", said)
    assert "Total 42 €" in said
    said = page(walk(order, S.PREPARING, S.READY))
    assert "Votre commande vous attend au comptoir" in said and order.pickup_code in said
    said = page(walk(order, S.COMPLETED))
    assert "Merci, et à bientôt" in said and order.pickup_code not in said


def test_a_courier_order_with_its_fee_and_its_promise(window: Window) -> None:
    said = page(placed(window, courier=True))
    # Towards midnight it is tomorrow.
    assert re.search(r"Chez vous (aujourd’hui|demain) à \d\d:\d\d", said)
    assert "Livraison 5,90" in said and "Total 47,90" in said


def test_what_a_courier_will_fetch_is_not_to_be_fetched_by_the_buyer(window: Window) -> None:
    said = page(walk(placed(window, courier=True), S.PREPARING, S.READY))
    assert "le coursier arrive à la boutique" in said and "comptoir" not in said


def test_it_speaks_the_orders_language_not_the_browsers(window: Window) -> None:
    order = placed(window, language="en")
    html = answer(order.token, language="fr").content.decode()
    assert '<html lang="en">' in html and "Noted" in html and "€42" in html
    assert 'lang="de"' in answer(placed(window, language="de").token).content.decode()


def test_no_personal_detail_stands_on_it(window: Window) -> None:
    order = placed(window, courier=True)
    for part in ("", "/state"):
        html = answer(order.token, part).content.decode()
        assert not [canary for canary in CANARIES if canary in html]


@pytest.mark.parametrize(
    ("status", "words"),
    [("refused", "Nous n’avons pas pu l’accepter"), ("cancelled", "Annulée")],
)
def test_an_order_that_ends_early_asks_for_nothing(window: Window, status: str, words: str) -> None:
    order = placed(window)
    Order.objects.filter(pk=order.pk).update(status=status)
    said = page(order)
    assert words in said and "Rien ne vous sera demandé" in said
    assert order.pickup_code not in said


def test_an_order_under_review_says_why_and_promises_nothing(window: Window) -> None:
    body = order_body(price=4000)
    order = Order.objects.get(number=window.order(body).json()["number"])
    said = page(order)
    assert "Nous vérifions un détail" in said and "un prix a changé" in said
    assert "Prête" not in said and order.pickup_code not in said


@pytest.mark.parametrize("token", ["x" * 32, "short", "é" * 32, "a" * 5000, "../staff"])
def test_an_unknown_link_is_a_page_in_style(window: Window, token: str) -> None:
    found = answer(token)
    assert found.status_code == 404
    if len(token) < 100 and "/" not in token:
        assert "Ce lien n’existe pas" in found.content.decode()
    assert "This link does not exist" in answer("x" * 32, language="en").content.decode()


def test_what_keeps_the_page_private(window: Window) -> None:
    order = placed(window)
    for part in ("", "/state"):
        headers = answer(order.token, part).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Cache-Control"] == "no-store"
    html = answer(order.token).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", html)
    assert len(order.token) >= 32
    assert Client(SERVER_NAME="localhost").post(f"/o/{order.token}").status_code == 405


def test_a_courier_on_the_way_is_drawn_and_never_before_or_after(window: Window) -> None:
    order = placed(window, courier=True)
    order = walk(order, S.PREPARING, S.READY)
    assert "<svg" not in answer(order.token).content.decode()
    order = walk(order, S.HANDED_OVER)
    delivery = deliveries.assign_courier(Delivery.objects.get(order=order), "Inès D.")
    way = [Point(48.86, 2.34), Point(48.862, 2.343), Point(48.865, 2.345)]
    delivery = deliveries.set_route(delivery, way, [0, 60, 120])
    now = datetime.now(UTC)
    deliveries.report_position(delivery, 1, now, Point(48.862, 2.343), 8.0)
    deliveries.set_eta(delivery, now + timedelta(minutes=6))
    html = answer(order.token).content.decode()
    assert 'id="courier"' in html and "Livraison par Inès D." in html and "Chez vous vers" in html
    Order.objects.update(language="ar")
    assert "\u2068Inès D.\u2069" in answer(order.token).content.decode(), "its stop stays with it"
    Order.objects.update(language="fr")
    order = walk(order, S.COMPLETED)
    html = answer(order.token).content.decode()
    assert "<svg" not in html and "Livrée" in html


@pytest.mark.parametrize("reason", list(CancelReason))
def test_a_parcel_that_comes_back_is_not_called_on_its_way(
    window: Window, reason: CancelReason
) -> None:
    order = walk(placed(window, courier=True), S.PREPARING, S.READY, S.HANDED_OVER)
    delivery = Delivery.objects.get(order=order)
    code = order.pickup_code
    page_before, passing_words = page(order), "La vitrine peut-elle dire aux passants"
    assert "En route" in page_before and code in page_before
    deliveries.advance_delivery(delivery, DeliveryStatus.RETURNING, reason)
    for _ in ("on its way back", "in the shop"):
        said = page(order)
        assert "La livraison est arrêtée" in said and WORDS["fr"][f"why_{reason}"] in said
        assert "En route" not in said and "Chez vous" not in said and code not in said
        assert passing_words in page_before and passing_words not in said
        if Delivery.objects.get(order=order).status == "returning":
            deliveries.advance_delivery(delivery, DeliveryStatus.RETURNED)
    order = walk(order, S.CANCELLED)
    said = page(order)
    assert "Annulée" in said and WORDS["fr"][f"why_{reason}"] in said


def test_a_simulated_courier_is_always_called_one(window: Window) -> None:
    from kiosk.backoffice.platform.models import Shop

    Shop.objects.update(demo=True)
    order = placed(window, courier=True)
    assert "Démonstration" in page(order)
    assert "le coursier est simulé" in page(walk(order, S.PREPARING, S.READY, S.HANDED_OVER))


def test_a_quarter_that_does_not_exist_is_called_imaginary(window: Window) -> None:
    from kiosk.backoffice.platform.models import Shop

    order = walk(placed(window, courier=True), S.PREPARING, S.READY, S.HANDED_OVER)
    delivery = Delivery.objects.get(order=order)
    deliveries.set_route(delivery, [Point(48.86, 2.34), Point(48.87, 2.35)], [0, 60])
    assert "chez vous" in page(order) and "Quartier imaginaire" not in page(order)
    Shop.objects.update(map_invented=True)
    assert "Quartier imaginaire" in page(order)


def test_everything_on_the_map_is_inside_of_it(window: Window) -> None:
    order = walk(placed(window, courier=True), S.PREPARING, S.READY, S.HANDED_OVER)
    delivery = Delivery.objects.get(order=order)
    for end in (Point(48.8601, 2.3401), Point(49.2, 2.34), Point(48.86, 3.1), Point(47.0, 1.0)):
        deliveries.set_route(delivery, [Point(48.86, 2.34), end], [0, 60], dropoff=end)
        drawn = route_map(delivery_view(Delivery.objects.get(order=order)))
        assert drawn and drawn.home
        for x, y in (drawn.shop, drawn.home):
            assert 0 < x < WIDTH and 0 < y < HEIGHT


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_says_everything_with_the_same_gaps(language: str) -> None:
    def gaps(words: dict[str, str]) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"{.*?}", text)) for key, text in words.items()}

    words = WORDS[language]
    assert gaps(words) == gaps(WORDS["en"]) and all(words.values())
    assert not re.search("[\u064b-\u0652]", "".join(words.values()))
    for count in (1, 2, 3, 90, 400):
        assert not re.search("duration|[\u064b-\u0652]", days(count, language))


def test_arabic_is_read_from_the_right(window: Window) -> None:
    html = answer(placed(window, language="ar").token).content.decode()
    assert '<html lang="ar" dir="rtl">' in html and WORDS["ar"]["accepted"] in html


def test_a_moment_is_named_by_its_day() -> None:
    at = datetime(2026, 6, 2, 10, 30, tzinfo=UTC)
    assert moment(at, at.date(), "fr") == "aujourd’hui à 10:30"
    assert moment(at, at.date() - timedelta(days=1), "en") == "tomorrow at 10:30"
    assert moment(at, at.date() - timedelta(days=3), "fr") == "mardi 2 juin à 10:30"


def test_its_stream_tells_of_this_order_only(server: Any) -> None:
    make_shop()
    make_product("vase", stock=20)
    from kiosk.backoffice.platform.devices import add_device

    token = add_device("window")[1]
    receipt = send_order(server.url, token, order_body(), uuid.uuid4().hex).json()
    other = send_order(server.url, token, order_body(), uuid.uuid4().hex).json()
    html = requests.get(f"{server.url}/o/{receipt['token']}", timeout=10).text
    events = re.search(r'data-events="([^"]+)"', html)
    assert events
    with requests.get(server.url + events[1], stream=True, timeout=10) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        for number in (other["number"], receipt["number"]):
            advance_order(Order.objects.get(number=number), S.PREPARING)
        seen = ""
        for line in stream.iter_lines(decode_unicode=True):
            seen += line
            if '"kind":"order"' in line:
                break
    assert receipt["token"] in seen and other["token"] not in seen
    state = requests.get(f"{server.url}/o/{receipt['token']}/state", timeout=10).text
    assert 'data-status="preparing"' in state
    assert ask(server.url, "profile", token).status_code == 200
