"""What a buyer may ask of their details, and what a photograph of the link does not open."""

import base64
import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.core import signing
from django.test import Client
from django.utils import timezone

from kiosk.backoffice.access.models import PersonalRead
from kiosk.backoffice.buyer.words import WORDS, days
from kiosk.backoffice.courier.models import Proof
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.orders.deliveries import create_delivery
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.retention import is_forgotten
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.passing.services import allow
from kiosk.backoffice.platform.devices import add_device
from kiosk.backoffice.privacy import digits
from kiosk.backoffice.privacy.erasing import finish_erasures
from kiosk.backoffice.privacy.models import DigitsTry, ErasureRequest
from kiosk.shop.order import OrderStatus as S
from tests.backoffice.backoffice_data import (
    Window,
    courier_body,
    make_product,
    make_shop,
    order_body,
    send_order,
)
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")
CANARIES = ("Canari", "99001234", "post.example", "rue du Pont")
SAYS = WORDS["fr"]


@pytest.fixture
def order() -> Order:
    make_shop()
    make_product("vase", stock=20)
    return Order.objects.get(number=Window().order(courier_body()).json()["number"])


def send(order: Order, part: str = "", **said: str) -> Any:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    return client.post(f"/o/{order.token}/about{part}", said)


def ticket_of(order: Order) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', send(order, digits="1234").content.decode())
    assert found
    return found[1]


def canaries_in(answer: Any) -> list[str]:
    return [canary for canary in CANARIES if canary in answer.content.decode()]


def audit() -> list[tuple[str, str]]:
    return [(read.what, read.who) for read in PersonalRead.objects.order_by("pk")]


def later(**span: int) -> None:
    DigitsTry.objects.all().update(at=timezone.now() - timedelta(**span))


def test_the_link_alone_shows_nobody(order: Order) -> None:
    client = Client(SERVER_NAME="localhost")
    asked = client.get(f"/o/{order.token}/about")
    assert asked.status_code == 200 and not canaries_in(asked) and "set-cookie" not in asked.headers
    assert f"/o/{order.token}/about" in client.get(f"/o/{order.token}").content.decode()
    for part in ("/file", "/erase"):
        for said in ({}, {"ticket": "x"}, {"ticket": "", "sure": "yes"}):
            answer = send(order, part, **said)
            assert answer.status_code == 403 and not canaries_in(answer)
    assert audit() == [] and not ErasureRequest.objects.exists()


@pytest.mark.parametrize("given", ["1234", " 12 34 ", "١٢٣٤", "１２３４", "+33199001234"])
def test_the_digits_show_everything(order: Order, given: str) -> None:
    answer = send(order, digits=given)
    html = answer.content.decode()
    assert answer.status_code == 200 and all(word in html for word in ("Canari", "rue du Pont"))
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store" and days(90, "fr") in html
    assert audit() == [("buyer_read", "")]


def test_five_tries_an_hour_and_twenty_in_all(order: Order) -> None:
    for said in ("", "12", "abcd"):
        assert SAYS["rights_form"] in send(order, digits=said).content.decode()
    for round_ in range(4):
        for _ in range(digits.TRIES_AN_HOUR):
            answer = send(order, digits="0000")
            assert answer.status_code in (403, 429) and not canaries_in(answer)
        # Neither is the right one taken now.
        answer = send(order, digits="1234")
        assert answer.status_code == 429 and not canaries_in(answer)
        shut = SAYS["rights_later"] if round_ < 3 else SAYS["rights_never"]
        assert shut in answer.content.decode()
        later(hours=2 + round_)
    assert DigitsTry.objects.count() == digits.TRIES
    later(days=300)
    assert send(order, digits="1234").status_code == 429


def test_staff_open_it_again_to_a_buyer_who_calls(order: Order) -> None:
    claire = Colleague()
    page, shut = f"orders/order/{order.pk}/change/", "les données de l’acheteur sont fermées"
    assert shut not in claire.page(page)
    for _ in range(digits.TRIES_AN_HOUR):
        send(order, digits="0000")
    assert f"cinq essais erronés, {shut}" in claire.page(page)
    later(hours=2)
    assert shut not in claire.page(page)
    DigitsTry.objects.bulk_create(DigitsTry(order=order) for _ in range(digits.TRIES))
    assert f"vingt essais erronés, {shut}" in claire.page(page)
    assert claire.get(f"orders/order/{order.pk}/rights/").status_code == 405
    claire.send(f"orders/order/{order.pk}/rights/", {})
    assert shut not in claire.page(page)
    assert send(order, digits="1234").status_code == 200


def test_a_race_gives_no_more_tries(server: Any) -> None:
    make_shop()
    make_product("vase", stock=20)
    token = add_device("window")[1]
    link = send_order(server.url, token, order_body(), uuid.uuid4().hex).json()["token"]

    def guess(number: int) -> int:
        said = {"digits": f"{number:04}"}
        return requests.post(f"{server.url}/o/{link}/about", data=said, timeout=60).status_code

    with ThreadPoolExecutor(12) as many:
        answers = list(many.map(guess, range(24)))
    assert DigitsTry.objects.count() == digits.TRIES_AN_HOUR and set(answers) == {403, 429}


def test_a_ticket_opens_its_own_order_for_ten_minutes(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window(add_device("another")[1])
    other = Order.objects.get(number=window.order(courier_body()).json()["number"])
    ticket = ticket_of(order)
    assert send(other, "/file", ticket=ticket).status_code == 403
    assert send(order, "/file", ticket=ticket[:-2]).status_code == 403
    assert send(order, "/file", ticket=signing.dumps(order.token)).status_code == 403
    assert send(order, "/file", ticket=ticket).status_code == 200
    monkeypatch.setattr(digits, "TICKET_S", -1)
    answer = send(order, "/file", ticket=ticket)
    assert answer.status_code == 403 and SAYS["rights_old"] in answer.content.decode()


def test_all_of_it_is_a_file(order: Order) -> None:
    Message.objects.create(order=order, kind="accepted", state="sent", sent_at=timezone.now())
    claire = Colleague()
    advance_order(order, S.PREPARING, actor=claire.user, note="a word of the staff")
    answer = send(order, "/file", ticket=ticket_of(order))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{order.number}.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    told = json.loads(text)
    assert told["contact"] == {
        "name": "Inès Canari",
        "phone": "+33199001234",
        "email": "ines@post.example",
    }
    assert told["address"]["line1"] == "3, rue du Pont"
    assert told["lines"][0]["unit_minor"] == 4200 and told["order"]["total_minor"] == 4790
    assert [step["status"] for step in told["history"]] == ["accepted", "preparing"]
    assert "claire" not in text and "a word of the staff" not in text
    assert [(mail["about"], mail["state"]) for mail in told["e_mails"]] == [("accepted", "sent")]
    kept = {row["what"]: row["for"] for row in told["kept"]}
    assert days(90, "fr") in kept[SAYS["keep_buyers"]]
    assert kept[SAYS["keep_messages"]] == days(30, "fr")
    assert [what for what, _ in audit()] == ["buyer_read", "buyer_export"]


def test_the_file_has_how_it_was_handed_over_and_what_the_buyer_agreed_to(order: Order) -> None:
    advance_order(order, S.PREPARING)
    advance_order(order, S.READY)
    delivery = create_delivery(Order.objects.get())
    allow(delivery, "buyer", True)
    Proof.objects.create(delivery=delivery, kind="photo", photo=b"\xff\xd8 a door")
    told = json.loads(send(order, "/file", ticket=ticket_of(order)).content)
    handed = told["delivery"]["handed_over"]
    assert handed["by"] == "photo" and handed["at"]
    assert base64.b64decode(handed["photo_jpeg"]) == b"\xff\xd8 a door"
    agreed = {"camera_in_the_window": False, "passers_by_are_told": True}
    assert told["delivery"]["agreed_to"] == agreed
    kept = {row["what"]: row["for"] for row in told["kept"]}
    assert kept[SAYS["keep_proofs"]] == days(30, "fr")


def test_an_order_that_has_ended_is_erased_at_once(order: Order) -> None:
    advance_order(order, S.CANCELLED)
    ticket = ticket_of(order)
    sure = send(order, "/erase", ticket=ticket).content.decode()
    assert SAYS["erase_now"] in sure and SAYS["keep_books"] in sure
    order.refresh_from_db()
    assert not is_forgotten(order), "nobody has said that they are sure yet"
    answer = send(order, "/erase", ticket=ticket, sure="yes")
    assert SAYS["erase_done"] in answer.content.decode() and SAYS["keep_books"] in sure
    order.refresh_from_db()
    assert is_forgotten(order) and order.total_minor == 4790 and order.lines.count() == 1
    assert audit()[-1] == ("buyer_erasure", "")
    client = Client(SERVER_NAME="localhost")
    assert "Annulée" in client.get(f"/o/{order.token}").content.decode()
    for after in (client.get(f"/o/{order.token}/about"), send(order, "/file", ticket=ticket)):
        assert SAYS["rights_gone"] in after.content.decode() and not canaries_in(after)
    finish_erasures()
    assert ErasureRequest.objects.get().traceless


def test_an_order_under_way_is_erased_as_soon_as_it_has_ended(order: Order) -> None:
    ticket = ticket_of(order)
    assert SAYS["erase_later"] in send(order, "/erase", ticket=ticket).content.decode()
    for _ in range(2):
        answer = send(order, "/erase", ticket=ticket, sure="yes").content.decode()
        assert SAYS["erase_noted"] in answer
    assert "Demande notée" in send(order, digits="1234").content.decode()
    assert finish_erasures() == 0
    claire = Colleague()
    page = f"orders/order/{order.pk}/change/"
    assert "Demande à être oublié" in claire.get(page).content.decode()
    advance_order(order, S.CANCELLED)
    assert finish_erasures() == 1 and finish_erasures() == 0
    order.refresh_from_db()
    assert is_forgotten(order) and ErasureRequest.objects.get().done_at
    assert "Demande à être oublié" not in claire.get(page).content.decode()


def test_who_cannot_be_read_is_told_so(order: Order) -> None:
    blank = dict.fromkeys(("name", "phone", "email", "line1", "postcode", "city"), "")
    Order.objects.update(**blank, sealed={"key": "k", "box": "b"})
    for answer in (
        Client(SERVER_NAME="localhost").get(f"/o/{order.token}/about"),
        send(order, digits=""),
        send(order, digits="1234"),
    ):
        assert SAYS["rights_sealed"] in answer.content.decode()
    assert not DigitsTry.objects.exists() and audit() == []


def test_an_unknown_link_asks_for_no_digits(order: Order) -> None:
    client = Client(SERVER_NAME="localhost")
    for part in ("", "/file", "/erase"):
        assert client.post(f"/o/{'x' * 32}/about{part}", {"digits": "1234"}).status_code == 404
