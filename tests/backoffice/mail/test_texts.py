"""What messages say, in every language of the glass."""

import re
from email.message import EmailMessage

import pytest

from kiosk.backoffice.mail.delivery import deliver_due
from kiosk.backoffice.mail.models import Kind, Message
from kiosk.backoffice.mail.server import MailServer
from kiosk.backoffice.mail.texts import TEXTS
from kiosk.backoffice.mail.writing import first_name, write_mail
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.models import Shop
from tests.backoffice.backoffice_data import Window, order_body
from tests.backoffice.mail.post import Post

GLASS = {"fr", "en", "de", "es", "it", "nl", "ar", "ja"}


def test_every_language_says_everything_with_the_same_placeholders() -> None:
    assert set(TEXTS) == GLASS
    for language, texts in TEXTS.items():
        assert set(texts) == set(TEXTS["en"]), language
        for key, text in texts.items():
            found = set(re.findall(r"{(\w+)}", text))
            assert found == set(re.findall(r"{(\w+)}", TEXTS["en"][key])), (language, key)
            assert text.strip() == text and text, (language, key)


def test_no_language_repeats_another_ones_sentence() -> None:
    for language in GLASS - {"en"}:
        same = [k for k, text in TEXTS[language].items() if text == TEXTS["en"][k]]
        assert same == [] or set(same) <= {"total"}, (language, same)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", sorted(GLASS))
def test_every_message_is_complete(
    window: Window, mail_server: MailServer, language: str, kind: Kind
) -> None:
    window.order(order_body() | {"language": language})
    order = Order.objects.get()
    mail = write_mail(
        Message(order=order, kind=kind, message_id="<1@shop.example>"),
        order,
        Shop.objects.get(),
        mail_server,
    )
    plain, html = part(mail, "plain"), part(mail, "html")
    assert TEXTS[language][f"{kind}_title"] in plain and f'lang="{language}"' in html
    assert order.number in mail["Subject"] and mail["Content-Language"] == language
    assert ('dir="rtl"' in html) == (language == "ar")
    needs_code = kind in (Kind.ACCEPTED, Kind.CONFIRMED, Kind.READY)
    for page in (plain, html):
        assert (order.pickup_code in page.replace(order.page_url, "")) == needs_code
        assert ("\u2066+33 1 99 00 14 14\u2069" in page) == (language == "ar")
        assert "{" not in page and order.page_url in page
    assert max(map(len, mail.as_bytes().splitlines())) < 998 and mail.as_bytes().isascii()


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_a_language_that_nobody_speaks_here_is_the_shops_own(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    window.order(order_body() | {"language": "pl"})
    Order.objects.update(language="pl")
    deliver_due(mail_server)
    assert post.mails[0]["Content-Language"] == "fr"


def test_what_the_shop_calls_itself_is_no_markup(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    Shop.objects.update(name='<b>"Lucarne", &\r\nBcc: all@post.example')
    window.order(order_body())
    deliver_due(mail_server)
    html = part(post.mails[0], "html")
    assert "<b>" not in html and "&lt;b&gt;" in html and post.mails[0]["Bcc"] is None


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Inès Canari", "Inès"),
        ("Jean-Luc d’Arc", "Jean-Luc"),
        ("O'Neil Ann", "O'Neil"),
        ("نور الهدى", "نور"),
        ("山田 花子", "山田"),
        ("www.win.example", ""),
        ("http://win.example", ""),
        ("call+33199001234 now", ""),
        ("<b>Inès", ""),
        ("x" * 31, ""),
        ("", ""),
    ],
)
def test_a_buyer_is_called_by_a_first_name_or_not_at_all(name: str, first: str) -> None:
    assert first_name(name) == first
