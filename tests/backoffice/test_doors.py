"""Every door of the back office, tried by everybody; and words that are more than words."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from backoffice_data import CONTRACT, Window, courier_body, make_product, make_shop, send_order
from django.core import signing
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kiosk.backoffice.camera.keys import hook_secret
from kiosk.backoffice.catalogue.models import Category, Picture, Product, ProductPicture, Variant
from kiosk.backoffice.logs import DiscreetFormatter
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.devices import add_device, new_token
from kiosk.backoffice.platform.models import Device, Hero
from kiosk.shop.order import OrderStatus
from tests.backoffice.staff.browser import Colleague, sign_in

pytestmark = pytest.mark.usefixtures("database")

# What anybody may ask; everything else wants a window's token or somebody who is signed in.
OPEN = {
    "api/v1/hello",
    "api/v1/openapi.json",
    "api/v1/orders/TOKEN",
    "api/v1/deliveries/TOKEN",
    "brand/1/brand.css",
    "media/TOKEN",
    "o/TOKEN",
    "o/TOKEN/about",
    "o/TOKEN/about/erase",
    "o/TOKEN/about/file",
    "o/TOKEN/state",
    "p/1",
    "staff/login/",
    "staff/enter/TOKEN",
}
# Whose address holds the secret that opens them: for anybody else there is nothing.
BY_SECRET = {
    "api/v1/courier-photos/1",
    "api/v1/couriers/TOKEN/owntracks",
    "api/v1/couriers/TOKEN/traccar",
    "c/1/1",
    "c/enter/TOKEN",
    "camera/hook/1/mediamtx",
    "camera/hook/1/nginx-rtmp",
    "camera/hook/1/nginx-hls",
    "hooks/1",
    "o/TOKEN/camera",
    "o/TOKEN/passing",
    "o/TOKEN/proof.jpg",
    "o/TOKEN/show",
}
# Between password and second factor: strangers are sent back to the password.
HALF_OPEN = {"staff/second-factor/", "staff/second-factor/set-up/"}


def doors() -> list[str]:
    """Every URL, with something in the place of what varies."""

    def walk(patterns: list[Any], before: str) -> Iterator[str]:
        for entry in patterns:
            route = before + str(entry.pattern).lstrip("^")
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            elif isinstance(entry, URLPattern):
                yield route

    found = walk(get_resolver().url_patterns, "")
    filled = (re.sub(r"<int:\w+>", "1", route) for route in found)
    filled = (
        re.sub(r"<\w+:token>|<str:sha256>|\{\w+\}|<token>|<sha256>", "TOKEN", r) for r in filled
    )
    filled = (re.sub(r"<str:name>", "brand.css", r) for r in filled)
    filled = (re.sub(r"<str:\w+>|<path:\w+>|\(\?P<\w+>[^)]*\)|<\w+>", "1", r) for r in filled)
    return sorted({route.rstrip("$").replace("\\Z", "") for route in filled})


def test_the_doors_are_known() -> None:
    found = doors()
    assert set(found) >= OPEN and len(found) > 60
    assert {door.partition("/")[0] for door in found} == {
        "api",
        "brand",
        "c",
        "camera",
        "hooks",
        "media",
        "o",
        "p",
        "staff",
    }


@pytest.mark.parametrize("door", doors())
def test_only_open_doors_are_open(door: str) -> None:
    make_shop()
    make_product()
    window = Window()
    buyer = window.order(courier_body()).json()["token"]
    path = "/" + door.replace("TOKEN", "x" * 32)
    visitors = [{}, {"Authorization": f"Bearer {buyer}"}]
    if not door.startswith("api/"):
        visitors.append({"Authorization": f"Bearer {window.token}"})
    for headers in visitors:
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        for ask in (client.get, client.post, client.put, client.delete):
            answer: Any = ask(path, headers={**CONTRACT, **headers})
            assert answer.status_code < 500, (door, answer.status_code)
            if door in OPEN:
                continue
            if door.startswith("staff/"):
                assert answer.status_code == 302, (door, answer.status_code)
                leads_to = "/staff/" if door == "staff/logout/" else "/staff/login/?next="
                leads_to = "/staff/login/" if door in HALF_OPEN else leads_to
                assert answer["Location"].startswith(leads_to), door
            else:
                known = (404, 405) if door in BY_SECRET else (401, 405)
                known = known if door != "api/v1/" else (404,)
                assert answer.status_code in known, (door, answer.status_code)
    assert Order.objects.count() == 1 and Product.objects.count() == 1


@pytest.mark.parametrize("door", [door for door in doors() if door.startswith("staff/")])
def test_no_form_is_taken_from_another_site(door: str) -> None:
    make_shop()
    make_product()
    claire = Colleague()
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    sign_in(client, claire.user)
    answer = client.post("/" + door.replace("TOKEN", "x"), {"post": "yes", "action": "hide"})
    assert answer.status_code == 403, door
    assert Product.objects.filter(hidden=False).exists()


def test_signing_in_leads_nowhere_else() -> None:
    claire = Colleague()
    claire.user.set_password("lampe-terre-cuite-42")
    claire.user.save()
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        client = Client(SERVER_NAME="localhost")
        before = client.get("/staff/login/").wsgi_request.META.get("CSRF_COOKIE")
        data = {"username": "claire", "password": "lampe-terre-cuite-42", "next": elsewhere}
        answer = client.post("/staff/login/", data)
        assert answer.status_code == 302 and "elsewhere" not in answer["Location"]
        assert client.cookies["csrftoken"].value != before  # nothing that was known before stays
    assert "elsewhere" not in claire.get("logout/?next=//elsewhere.example").get("Location", "")


def test_a_session_from_before_is_worth_nothing_after() -> None:
    """Whoever planted a session in somebody's browser does not follow them in."""
    claire = Colleague()
    claire.user.set_password("lampe-terre-cuite-42")
    claire.user.save()
    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = "planted-by-somebody-else-000000"
    client.post("/staff/login/", {"username": "claire", "password": "lampe-terre-cuite-42"})
    assert client.cookies["sessionid"].value != "planted-by-somebody-else-000000"
    other = Client(SERVER_NAME="localhost")
    other.cookies["sessionid"] = "planted-by-somebody-else-000000"
    assert other.get("/staff/").status_code == 302


HOSTILE = "\"><img src=x onerror=alert(7)>'{{ 7 }}"


def hostile_shop() -> Order:
    make_shop(name=HOSTILE, tagline={"fr": HOSTILE}, line1=HOSTILE, city=HOSTILE)
    product = make_product()
    Category.objects.update(title={"fr": HOSTILE})
    values = [{"id": "a", "title": {"fr": HOSTILE}, "swatch": HOSTILE}]
    product.options = [{"id": "c", "title": {"fr": HOSTILE}, "values": values}]
    for name in ("title", "pitch", "story", "material", "care", "meaning", "meaning_proof"):
        setattr(product, name, {"fr": HOSTILE})
    product.maker = product.maker_town = product.handle = HOSTILE
    product.save()
    picture = Picture.objects.create(
        source=HOSTILE,
        state="ready",
        renditions=[{"sha256": "a" * 64, "width": 9, "height": 16, "bytes": 1}],
    )
    ProductPicture.objects.create(product=product, picture=picture, alt={"fr": HOSTILE})
    Variant.objects.update(sku=HOSTILE, gtin=HOSTILE[:14], options={"c": "a"})
    Hero.objects.create(picture=picture, product=product, line={"fr": HOSTILE})
    window = Window()
    Device.objects.update(name=HOSTILE)
    body = courier_body()
    body["contact"] |= {"name": HOSTILE, "email": HOSTILE}
    body["address"] |= dict.fromkeys(("line1", "line2", "city", "note"), HOSTILE)
    order = Order.objects.get(number=window.order(body).json()["number"])
    for status in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, status, note=HOSTILE)
    order.delivery.courier_name = HOSTILE
    order.delivery.save()
    return order


def test_words_stay_words_on_every_page() -> None:
    order, claire = hostile_shop(), Colleague()
    claire.user.first_name = HOSTILE
    claire.user.save()
    advance_order(order, OrderStatus.COMPLETED, claire.user, HOSTILE)
    Order.objects.update(status="handed_over", reasons=["price_changed"])
    claire.send("catalogue/product/vase/change/", {"title_fr": HOSTILE})
    claire.save("platform/shop/1/change/", phone="+33 1 99 00 14 15")
    past = Product.history.first()
    pages = [
        "",
        "orders/order/",
        "orders/order/board/",
        f"orders/order/{order.pk}/change/",
        "catalogue/product/",
        "catalogue/product/vase/change/",
        "catalogue/product/vase/history/",
        f"catalogue/product/vase/history/{past.pk}/",
        "catalogue/product/vase/delete/",
        "catalogue/variant/",
        "catalogue/category/",
        "catalogue/category/ceramics/change/",
        "catalogue/category/ceramics/delete/",
        "platform/shop/1/change/",
        "platform/shop/1/history/",
        "platform/hero/",
        f"platform/hero/{Hero.objects.get().pk}/change/",
        "platform/hero/add/",
        "platform/device/",
        "auth/user/",
        f"auth/user/{claire.user.pk}/change/",
        "autocomplete/?term=&app_label=platform&model_name=hero&field_name=product",
    ]
    seen = 0
    for page in pages:
        answer = claire.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
        text = answer.content.decode()
        if not answer["Content-Type"].startswith("text/html"):
            assert answer["X-Content-Type-Options"] == "nosniff"
            continue
        assert "<img src=x" not in text, (page, text[text.index("<img src=x") - 300 :][:400])
        seen += "&lt;img src=x" in text or "\\u003Cimg src=x" in text
    assert seen > 15
    chosen = {"_selected_action": Device.objects.get().pk, "action": "revoke", "index": "0"}
    claire.send("platform/device/", chosen)
    assert "<img src=x" not in claire.get("platform/device/").content.decode()
    buyer = Client(SERVER_NAME="localhost")
    for part in ("", "/state"):
        text = buyer.get(f"/o/{order.token}{part}").content.decode()
        assert "&lt;img src=x" in text and "<img src=x" not in text
    assert "<img src=x" not in buyer.get("/o/" + "x" * 32).content.decode()
    assert "<img src=x" not in buyer.get("/staff/login/").content.decode()


def test_no_log_names_a_buyer_or_a_secret(tmp_path: Path, serve: Any) -> None:
    make_shop()
    make_product()
    token = add_device("w")[1]
    log = tmp_path / "log"
    with log.open("w") as stream:
        server = serve(stderr=stream)
        receipt = send_order(server.url, token, courier_body(), "key-of-this-order").json()
        changed = courier_body() | {"language": "en"}
        assert send_order(server.url, token, changed, "key-of-this-order").status_code == 422
        wrong = courier_body()
        wrong["contact"]["phone"] = "0199001234"
        assert send_order(server.url, token, wrong, "key-of-another").status_code == 422
        paths = [f"/o/{receipt['token']}", f"/api/v1/orders/{receipt['token']}"]
        asked = [requests.get(server.url + path, timeout=10).status_code for path in paths]
        assert asked == [200, 200]
        Order.objects.update(reasons=["a reason that no version knows"])
        for path in paths:
            broken = requests.get(server.url + path, timeout=10)
            assert broken.status_code == 500
            assert "reason" not in broken.text and "Traceback" not in broken.text
        guess = {"username": "Canari", "password": "Canari-password"}
        requests.post(f"{server.url}/staff/login/", guess, timeout=10)
        requests.post(server.url + paths[0], timeout=10)
        requests.get(server.url, headers={"Host": "evil.example"}, timeout=10)
        server.stop()
    said = log.read_text()
    assert "ValueError" in said  # what was wrong is told
    secrets = ("Canari", "99001234", "post.example", "rue du Pont", receipt["token"], token)
    for secret in (*secrets, "key-of-this-order"):
        assert secret not in said, said[max(0, said.index(secret) - 300) :][:400]


def test_no_log_repeats_a_row_that_the_database_refused() -> None:
    error = ValueError("null value\nDETAIL:  Failing row contains (7, Canari, +33199001234).\n")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), (ValueError, error, None))
    said = DiscreetFormatter("%(message)s").format(record)
    assert "null value" in said and "Canari" not in said


@pytest.mark.parametrize(
    "door",
    [
        lambda: reverse("camera_nginx_hls", args=[hook_secret()]),
        lambda: reverse("enter", args=[new_token()]),
        lambda: reverse("courier:come_in", args=[new_token()]),
        lambda: reverse("buyer:proof", args=[new_token()]),
        lambda: f"/api/v1/couriers/{new_token()}/traccar",
        lambda: f"/api/v1/courier-photos/{signing.Signer(salt='x').sign('12:0:0123456789abcdef')}",
        lambda: f"/api/v1/lookups/{signing.dumps([1, 2], salt='x')}",
        lambda: f"/api/v1/deliveries/{new_token()}",
    ],
    ids=["media server", "staff", "courier", "buyer", "app", "photo", "ticket", "delivery"],
)
def test_no_log_repeats_what_opens_a_door(door: Callable[[], str]) -> None:
    path = door()
    record = logging.LogRecord("x", logging.ERROR, "", 0, "Server Error: %s", (path,), None)
    said = DiscreetFormatter("%(message)s").format(record)
    assert "/…" in said
    assert not re.search(r"[A-Za-z0-9_-]{20,}", said)
