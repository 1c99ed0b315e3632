"""An order found again in front of a window by a code that its buyer's phone holds up to it."""

import logging
import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import requests
from backoffice_data import CONTRACT, Window, courier_body, make_product, make_shop
from conftest import Server
from django.test import Client
from django.utils import timezone

from kiosk.backoffice.lookup import services, showing
from kiosk.backoffice.lookup.models import LookupTry, Showing
from kiosk.backoffice.lookup.words import _WORDS, words_in
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.models import Device, WindowInstance
from kiosk.contract import CodeShown, FollowedOrder
from kiosk.contract.showing import code_of, secret_of
from kiosk.shop.order import OrderStatus
from kiosk.window.visit.words import words as words_of_the_glass

pytestmark = pytest.mark.usefixtures("database")

MADE_UP = "A" * 26
PATH = re.compile(r'<path d="([^"]+)"')


@pytest.fixture
def window() -> Window:
    make_shop()
    make_product(stock=100)
    window = Window()
    assert here(window).status_code == 200
    return window


@pytest.fixture
def order(window: Window) -> Order:
    assert window.order(courier_body()).status_code == 201
    return Order.objects.get()


def here(window: Window, **changes: Any) -> Any:
    word = {
        "instance_id": str(uuid.uuid5(uuid.NAMESPACE_URL, window.token)),
        "last_number": 0,
        "waiting": 0,
        "free_bytes": 1,
        "takes_orders": True,
        "reads_codes": True,
    }
    return window.post("windows/here", word | changes)


def another() -> Window:
    return Window(add_device("another")[1])


def phone(method: str, order: Order, part: str = "/show") -> Any:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    return getattr(client, method)(f"/o/{order.token}{part}")


def read(answer: Any) -> str:
    """What a reader makes of the code on the page, drawn as a phone would."""
    import numpy as np
    import zxingcpp

    dots = PATH.findall(answer.content.decode())
    assert len(dots) == 1
    at = [tuple(map(int, d.split(" "))) for d in re.findall(r"M(\d+ \d+)h1v1h-1z", dots[0])]
    side = max(max(x, y) for x, y in at) + 5
    drawn = np.full((side, side), 255, dtype=np.uint8)
    for x, y in at:
        drawn[y, x] = 0
    found = zxingcpp.read_barcodes(drawn.repeat(6, 0).repeat(6, 1))
    assert len(found) == 1 and found[0].format == zxingcpp.BarcodeFormat.QRCode
    return str(found[0].text)


def fresh(order: Order) -> str:
    answer = phone("post", order)
    assert answer.status_code == 200
    secret = secret_of(read(answer))
    assert secret
    return secret


def hold_up(window: Window, secret: object) -> Any:
    return window.post("showings", {"secret": secret})


def test_a_code_on_the_phone_shows_how_far_the_order_is(window: Window, order: Order) -> None:
    found = hold_up(window, fresh(order))
    assert found.status_code == 200
    shown = found.json()["order"]
    assert shown["number"] == order.number and set(shown) == set(FollowedOrder.model_fields)
    again = window.get(f"lookups/{found.json()['ticket']}")
    assert again.status_code == 200 and again.json()["number"] == order.number
    assert another().get(f"lookups/{found.json()['ticket']}").status_code == 404
    for secret in (order.token, order.pickup_code, "Canari", "rue du Pont", "Vase", "4200"):
        assert secret not in str(found.json())


def test_the_code_says_nothing_of_the_order_and_is_as_coarse_as_can_be(order: Order) -> None:
    answer = phone("post", order)
    code = read(answer)
    assert code == code_of(secret_of(code) or "") and "://" not in code
    for told in (order.token, order.number, order.number.replace("-", ""), order.pickup_code):
        assert told not in code
    side = max(int(n) for n in re.findall(r"M(\d+) ", answer.content.decode()))
    assert side - 4 < 25  # version 2: 25 modules
    assert Showing.objects.get().subject not in code
    assert answer["Cache-Control"] == "no-store" and answer["Referrer-Policy"] == "no-referrer"


def test_a_code_is_taken_once(window: Window, order: Order) -> None:
    secret = fresh(order)
    assert hold_up(window, secret).status_code == 200
    # A photograph of it opens nothing, here or elsewhere, and is told apart from nothing.
    photographed = [hold_up(window, secret), hold_up(another(), secret)]
    assert [answer.status_code for answer in photographed] == [404, 404]
    assert photographed[0].content == hold_up(window, MADE_UP).content
    assert Showing.objects.get().subject is None


def test_of_many_at_once_one_takes_the_code(
    window: Window, order: Order, serve: Callable[..., Server]
) -> None:
    url, windows = serve().url, [window, *(Window(add_device(f"w{n}")[1]) for n in range(5))]
    for _ in range(3):
        secret = fresh(order)
        with ThreadPoolExecutor(len(windows)) as pool:
            answers = list(pool.map(partial(_ask, url, secret), windows))
        assert sorted(answers) == [200] + [404] * (len(windows) - 1)


def _ask(url: str, secret: str, window: Window) -> int:
    headers = {**CONTRACT, "Authorization": f"Bearer {window.token}"}
    shown = {"secret": secret}
    return requests.post(
        f"{url}/api/v1/showings", json=shown, headers=headers, timeout=30
    ).status_code


def test_a_code_ends_by_itself_and_with_the_next_one(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, now = fresh(order), fresh(order)
    assert hold_up(window, before).status_code == 404
    later = timezone.now() + timedelta(seconds=showing.SHOWN_S + 1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    over = hold_up(window, now)
    assert over.status_code == 404 and over.content == hold_up(window, MADE_UP).content
    assert hold_up(window, fresh(order)).status_code == 200


def test_what_opens_the_page_or_the_ride_is_no_code(window: Window, order: Order) -> None:
    ticket = hold_up(window, fresh(order)).json()["ticket"]
    for other in (order.token, ticket, order.number, code_of(MADE_UP), "a" * 26, "", 5, None):
        assert hold_up(window, other).status_code == 422, other
    assert hold_up(window, MADE_UP + "\n").status_code == 422
    assert window.post("showings", b"\xff\xfe").status_code == 400
    assert window.post("showings", {"secret": MADE_UP, "number": "L-1"}).status_code == 422
    assert window.post("showings", {"secret": "A" * 100_000}).status_code in (413, 422)
    assert not LookupTry.objects.exists()  # what is no code is no try
    nobody = Window("nobody")
    assert hold_up(nobody, MADE_UP).status_code == 401


def test_a_window_takes_as_few_wrong_codes_as_wrong_numbers(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = fresh(order)
    for guess in range(services.WINDOW_TRIES - 1):
        assert hold_up(window, MADE_UP[:-1] + "BCDEFGHIJKL"[guess]).status_code == 404
    assert window.post("lookups", {"number": "L-XXXX", "code": "0000"}).status_code == 404
    waits = hold_up(window, secret)
    assert waits.status_code == 429 and int(waits["Retry-After"]) > 0
    typed = {"number": order.number, "code": order.pickup_code}
    assert window.post("lookups", typed).status_code == 429
    assert hold_up(another(), secret).status_code == 200  # another window's visitor pays nothing
    later = timezone.now() + services.WINDOW_SPAN
    monkeypatch.setattr(timezone, "now", lambda: later)
    here(window)
    assert hold_up(window, fresh(order)).status_code == 200
    assert not any(order.number in row.subject for row in LookupTry.objects.all())


def test_an_order_gives_out_so_many_codes_an_hour(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "CODES_AN_HOUR", 3)
    codes = [fresh(order) for _ in range(3)]
    assert len(set(codes)) == 3
    waits = phone("post", order)
    assert waits.status_code == 429 and words_in("fr")["later"] in waits.content.decode()
    assert not PATH.search(waits.content.decode())
    assert hold_up(window, codes[-1]).status_code == 200  # the last one is good all the same
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    here(window)
    assert fresh(order)
    assert Showing.objects.count() == 1


def test_what_is_looked_at_ahead_or_again_makes_no_code(order: Order) -> None:
    for method in ("get", "head"):
        answer = phone(method, order)
        assert answer.status_code == 200 and not PATH.search(answer.content.decode())
    assert not Showing.objects.exists()
    assert words_in("fr")["anew"] in phone("get", order).content.decode()
    lost = Client(SERVER_NAME="localhost")
    assert {getattr(lost, m)(f"/o/{'x' * 32}/show").status_code for m in ("get", "post")} == {404}


def test_without_a_camera_nothing_is_offered(window: Window, order: Order) -> None:
    say = words_in("fr")["show"]
    for part in ("", "/state"):
        assert say in phone("get", order, part).content.decode()
    for nothing in (
        lambda: here(window, reads_codes=False),
        lambda: WindowInstance.objects.update(heard_at=datetime(2026, 1, 1, tzinfo=UTC)),
        lambda: revoke_device(Device.objects.get(name="window")),
    ):
        assert here(window).status_code == 200
        nothing()
        assert say not in phone("get", order, "").content.decode()
        for method in ("get", "post"):
            answer = phone(method, order)
            assert answer.status_code == 302 and answer["Location"] == f"/o/{order.token}"
    assert not Showing.objects.exists()


def test_an_order_that_ended_long_ago_has_no_code(
    window: Window, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance_order(order, OrderStatus.CANCELLED)
    assert phone("get", order, "").content.decode().count(words_in("fr")["show"]) == 1
    at_the_end = fresh(order)
    later = timezone.now() + services.SHOWN_AFTER_END + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    here(window)
    assert phone("post", order).status_code == 302
    assert hold_up(window, at_the_end).status_code == 404


def test_the_log_and_the_rows_tell_of_codes_and_of_nobody(
    window: Window, order: Order, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    secret = fresh(order)
    hold_up(window, MADE_UP)
    hold_up(window, secret)
    said = [r.getMessage() for r in caplog.records if r.name == showing.__name__]
    assert len(said) == 2 and said[0].endswith("not found") and said[1].endswith("found")
    told = "\n".join(r.getMessage() for r in caplog.records)
    assert order.number not in told and secret not in told
    assert secret not in repr(CodeShown(secret=secret))
    assert secret not in str(list(Showing.objects.values()))


def test_an_older_window_says_nothing_of_a_camera(window: Window) -> None:
    word = {"last_number": 0, "waiting": 0, "free_bytes": 1, "takes_orders": True}
    assert (
        window.post("windows/here", {"instance_id": str(uuid.uuid4()), **word}).status_code == 200
    )
    assert sorted(WindowInstance.objects.values_list("reads_codes", flat=True)) == [False, True]


@pytest.mark.parametrize("language", sorted(_WORDS))
def test_phone_and_glass_call_their_buttons_by_name(language: str) -> None:
    glass, phone_says = words_of_the_glass(language), words_in(language)
    for button in ("My order", "Turn on the camera"):
        assert glass(button) in phone_says["how"], (language, button)
    for said in (
        "Open the page of your order there and choose “Show at the window”.",
        "That code opens a page on your phone. Choose “Show at the window” there.",
        "That is another code. Yours is behind “Show at the window” on your order’s page.",
    ):
        assert phone_says["show"] in glass(said), (language, said)


def test_the_page_goes_with_the_language_of_the_order(order: Order) -> None:
    for language in _WORDS:
        Order.objects.update(language=language)
        page = phone("post", order).content.decode()
        assert f'<html lang="{language}"' in page and words_in(language)["title"] in page
