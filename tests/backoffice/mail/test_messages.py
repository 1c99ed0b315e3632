"""Each state of an order has one message to its buyer, however it came about."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from kiosk.backoffice.mail.delivery import ATTEMPTS, deliver_due
from kiosk.backoffice.mail.models import Message, State
from kiosk.backoffice.mail.server import MailServer, Security
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order, resolve_review
from kiosk.backoffice.platform.models import Shop
from kiosk.shop.order import OrderStatus as S
from tests.backoffice.backoffice_data import Window, courier_body, order_body
from tests.backoffice.mail.post import Post, opened


def placed(window: Window, body: dict[str, Any] | None = None, **contact: str) -> Order:
    body = body or order_body()
    body["contact"] |= contact
    answer = window.order(body)
    assert answer.status_code == 201, answer.content
    return Order.objects.get(number=answer.json()["number"])


def kinds(order: Order) -> dict[str, str]:
    return dict(Message.objects.filter(order=order).values_list("kind", "state"))


def due_again() -> None:
    Message.objects.filter(state=State.WAITING).update(next_try=timezone.now())


def test_an_accepted_order_is_told_with_promise_code_and_link(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    order = placed(window)
    deliver_due(mail_server)
    deliver_due(mail_server)
    assert kinds(order) == {"accepted": "sent"} and len(post.mails) == 1
    mail, text = post.mails[0], post.plain()
    assert post.recipients == ["ines@post.example"]
    assert order.number in mail["Subject"] and mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"] == "Lucarne <orders@shop.example>"
    assert mail["Message-ID"] == Message.objects.get().message_id
    assert mail["Reply-To"] == "bonjour@shop.example"
    assert order.pickup_code in text and order.page_url in text and "au plus tard" in text
    assert text.startswith("Bonjour Inès,")
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    for page in (text, html):
        assert order.page_url in page and order.pickup_code in page and "42" in page
        assert "Canari" not in page and "99001234" not in page and "ines@" not in page


def test_every_state_has_its_message_once(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    looked_at = placed(window, order_body(price=4000))
    deliver_due(mail_server)
    resolve_review(looked_at, accept=True)
    deliver_due(mail_server)
    advance_order(looked_at, S.PREPARING)
    advance_order(looked_at, S.READY)
    deliver_due(mail_server)
    advance_order(looked_at, S.COMPLETED)
    refused = placed(window, order_body(price=4000))
    deliver_due(mail_server)
    resolve_review(refused, accept=False)
    cancelled = placed(window)
    deliver_due(mail_server)
    advance_order(cancelled, S.CANCELLED)
    deliver_due(mail_server)
    assert kinds(looked_at) == dict.fromkeys(("needs_review", "confirmed", "ready"), "sent")
    assert kinds(refused) == dict.fromkeys(("needs_review", "refused"), "sent")
    assert kinds(cancelled) == dict.fromkeys(("accepted", "cancelled"), "sent")
    assert len(post.mails) == Message.objects.count() == 7
    assert len({mail["Message-ID"] for mail in post.mails}) == 7
    coded = [n for n in range(7) if "Code" in post.plain(n)]
    assert len(coded) == 3


def test_what_a_courier_brings_is_not_to_be_collected(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    order = placed(window, courier_body())
    advance_order(order, S.PREPARING)
    advance_order(order, S.READY)
    deliver_due(mail_server)
    assert kinds(order) == {"accepted": "sent"}
    assert "Code à donner à la livraison" in post.plain() and "Chez vous" in post.plain()


def test_overtaken_news_are_not_sent(window: Window, post: Post, mail_server: MailServer) -> None:
    order = placed(window)
    advance_order(order, S.CANCELLED)
    deliver_due(mail_server)
    assert kinds(order) == {"accepted": "skipped", "cancelled": "sent"} and len(post.mails) == 1


def test_nothing_is_written_without_a_server_an_address_or_in_a_demonstration(
    window: Window, post: Post, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(window, email="")
    Shop.objects.update(demo=True)
    placed(window)
    Shop.objects.update(demo=False)
    monkeypatch.setattr(settings, "MAIL_SERVER", None)
    advance_order(placed(window), S.CANCELLED)
    assert not Message.objects.exists()


def test_nothing_is_sent_once_the_shop_is_a_demonstration_or_the_buyer_forgotten(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    forgotten = placed(window)
    Order.objects.update(email="")
    deliver_due(mail_server)
    other = placed(window)
    Shop.objects.update(demo=True)
    deliver_due(mail_server)
    assert kinds(forgotten) == kinds(other) == {"accepted": "skipped"} and not post.mails


def test_a_greylisted_mail_goes_later_under_its_name(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    post.to_recipient = ["451 come again", ""]
    placed(window)
    deliver_due(mail_server)
    waiting = Message.objects.get()
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("waiting", 1, "recipient 451")
    assert waiting.next_try > timezone.now() + timedelta(seconds=15)
    deliver_due(mail_server)
    assert not post.mails
    due_again()
    deliver_due(mail_server)
    assert Message.objects.get().state == "sent"
    assert [mail["Message-ID"] for mail in post.mails] == [waiting.message_id]


@pytest.mark.parametrize("step", ["to_recipient", "to_text"])
def test_a_refusal_for_good_is_parked_at_once(
    window: Window, post: Post, mail_server: MailServer, step: str
) -> None:
    setattr(post, step, ["550 5.1.1 <ines@post.example> is nobody"])
    placed(window)
    assert deliver_due(mail_server)
    parked = Message.objects.get()
    assert (parked.state, parked.attempts) == ("parked", 1) and parked.ended_at
    assert "550" in parked.last_error and "ines" not in parked.last_error


def test_an_unknown_outcome_goes_again_under_the_same_name(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    post.to_text = ["drop", ""]
    placed(window)
    deliver_due(mail_server)
    assert Message.objects.get().state == "waiting" and len(post.mails) == 1
    due_again()
    deliver_due(mail_server)
    assert Message.objects.get().state == "sent"
    assert len(post.mails) == 2 and len({mail["Message-ID"] for mail in post.mails}) == 1


def test_twelve_failures_are_enough(window: Window, post: Post, mail_server: MailServer) -> None:
    post.to_text = ["451 not now"]
    placed(window)
    for _ in range(ATTEMPTS + 3):
        deliver_due(mail_server)
        due_again()
    parked = Message.objects.get()
    assert (parked.state, parked.attempts) == ("parked", ATTEMPTS) and not post.mails


def test_a_server_that_is_away_is_tried_with_one_message_only(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    placed(window)
    placed(window)
    away = MailServer("127.0.0.1", 1, mail_server.security, "", "", "orders@shop.example")
    assert not deliver_due(away)
    found = list(Message.objects.values_list("attempts", "last_error"))
    assert sorted(found) == [(0, ""), (1, "ConnectionRefusedError")]


@pytest.mark.parametrize(
    "address",
    ["ines@post.example\nBcc: all@post.example", "ines", "a@b@c.example", "<ines@x.example>"],
)
def test_what_is_no_address_is_parked_and_nobody_gets_anything(
    window: Window, post: Post, mail_server: MailServer, address: str
) -> None:
    placed(window, email=address)
    deliver_due(mail_server)
    assert Message.objects.get().last_error == "no address" and not post.mails


def test_an_address_with_other_letters_arrives(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    placed(window, email="inès@bücher.example")
    placed(window, email="ines@bücher.example")
    deliver_due(mail_server)
    assert set(post.recipients) == {
        "inès@xn--bcher-kva.example",
        "ines@xn--bcher-kva.example",
    }


def test_letters_that_a_server_does_not_take_are_parked(
    window: Window, mail_server: MailServer
) -> None:
    old = Post()
    office = opened(old, enable_SMTPUTF8=False)
    placed(window, email="inès@post.example")
    there = MailServer("127.0.0.1", old.port, Security.NONE, "", "", "orders@shop.example")
    assert deliver_due(there)
    office.stop()
    assert Message.objects.get().state == "parked" and not old.mails


def test_a_name_adds_no_header_and_no_text_of_its_own(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    placed(window, name="Inès\r\nBcc: all@post.example")
    placed(window, name="https://win.example you-won now")
    deliver_due(mail_server)
    assert [mail["Bcc"] for mail in post.mails] == [None, None]
    assert "win.example" not in post.plain(0) + post.plain(1)
