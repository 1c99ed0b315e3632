"""Staff see what buyers were told, and what they were not."""

import re
from datetime import timedelta

from django.utils import timezone

from kiosk.backoffice.mail.delivery import deliver_due, park_older_news
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.mail.server import MailServer
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.epoch import new_epoch
from kiosk.backoffice.privacy.purge import purge_now
from kiosk.shop.order import OrderStatus as S
from tests.backoffice.backoffice_data import Window, order_body
from tests.backoffice.mail.post import Post
from tests.backoffice.staff.browser import Colleague

UNTOLD = "n’a pas reçu un message"


def parked(window: Window, post: Post, server: MailServer) -> Order:
    post.to_recipient = ["550 5.1.1 <ines@post.example> is nobody"]
    window.order(order_body())
    deliver_due(server)
    post.to_recipient = []
    return Order.objects.get()


def test_a_message_that_was_given_up_is_an_alarm_and_can_be_sent_again(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    order, claire = parked(window, post, mail_server), Colleague()
    board = claire.page()
    assert UNTOLD in board and order.number in board
    where = f"orders/order/{order.pk}/"
    page = claire.page(f"{where}change/")
    assert (
        "Commande notée" in page
        and "appelez l’acheteur" in page
        and "l’adresse de l’acheteur (550)" in page
    )
    claire.send(f"{where}message/", {"message": Message.objects.get().pk, "what": "again"})
    assert UNTOLD not in claire.page()
    deliver_due(mail_server)
    assert len(post.mails) == 1 and "envoyé" in claire.page(f"{where}change/")
    claire.send(f"{where}message/", {"message": Message.objects.get().pk, "what": "again"})
    deliver_due(mail_server)
    assert len(post.mails) == 1


def test_one_that_was_dealt_with_is_not_sent(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    order, claire = parked(window, post, mail_server), Colleague()
    address = f"orders/order/{order.pk}/message/"
    for nothing in ("", "x", "999"):
        claire.send(address, {"message": nothing, "what": "again"})
    assert UNTOLD in claire.page()
    claire.send(address, {"message": Message.objects.get().pk, "what": "settled"})
    deliver_due(mail_server)
    assert UNTOLD not in claire.page() and not post.mails


def test_a_server_that_takes_nothing_for_long_is_said(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    post.to_text = ["451 not now"]
    window.order(order_body())
    deliver_due(mail_server)
    claire = Colleague(language="en")
    assert "have not gone out" not in claire.page()
    Message.objects.update(created_at=timezone.now() - timedelta(hours=1))
    page = claire.page()
    assert (
        "Messages to buyers have not gone out since" in page and "take the message (451)." in page
    )


def test_old_news_of_a_restored_database_are_not_sent(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    assert park_older_news() == 0
    window.order(order_body())
    assert park_older_news() == 0
    new_epoch()
    assert park_older_news() == 1 and park_older_news() == 0
    deliver_due(mail_server)
    assert not post.mails and UNTOLD in Colleague().page()
    window.order(order_body())
    deliver_due(mail_server)
    assert len(post.mails) == 1


def test_what_was_sent_goes_after_its_days_and_never_comes_again(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    window.order(order_body())
    deliver_due(mail_server)
    waiting = window.order(order_body()).json()["number"]
    Message.objects.filter(state="sent").update(ended_at=timezone.now() - timedelta(days=31))
    assert purge_now().removed["messages"] == 1
    assert [m.order.number for m in Message.objects.all()] == [waiting]
    order = Order.objects.exclude(number=waiting).get()
    advance_order(order, S.PREPARING)
    deliver_due(mail_server)
    assert len(post.mails) == 2


def test_the_row_names_nobody(window: Window, post: Post, mail_server: MailServer) -> None:
    parked(window, post, mail_server)
    told = str(Message.objects.values_list().get()).casefold()
    assert not re.search("inès|ines|canari|99001234|post.example", told)
