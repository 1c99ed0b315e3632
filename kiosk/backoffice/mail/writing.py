"""The mail of a message, written from its order at the moment it is sent."""

import re
import unicodedata
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as RULES
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from kiosk.backoffice.mail.models import Kind, Message
from kiosk.backoffice.mail.server import MailServer
from kiosk.backoffice.mail.texts import RIGHT_TO_LEFT, TEXTS, spoken
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.branding import branding
from kiosk.backoffice.platform.models import Shop
from kiosk.shop import formats
from kiosk.shop.contact import normal_email
from kiosk.shop.promise import Fulfilment
from kiosk.shop.text import clean

_WITH_CODE = frozenset({Kind.ACCEPTED, Kind.CONFIRMED, Kind.READY})
_MAX_FIRST = 30


class NoAddressError(ValueError):
    """What stands in the order is no address that a mail can be sent to."""


def address_of(order: Order) -> Address:
    """Where its mail goes; the domain in ASCII (IDNA). Raises NoAddressError."""
    normal = normal_email(order.email)
    if normal is None or not normal.isprintable():
        raise NoAddressError
    user, _, domain = normal.rpartition("@")
    try:
        return Address(username=user, domain=domain.encode("idna").decode("ascii"))
    except (ValueError, UnicodeError, IndexError):
        raise NoAddressError from None


def first_name(name: str) -> str:
    """The first word of a name, "" where it is none: whoever orders in another one's name must
    not send them a text of their own.
    """
    word = clean(name, 80).partition(" ")[0]
    letters = all(unicodedata.category(c)[0] in "LM" or c in "-'’." for c in word)
    dotted = re.search(r"\..", word)
    return word if letters and not dotted and len(word) <= _MAX_FIRST else ""


def write_mail(message: Message, order: Order, shop: Shop, server: MailServer) -> EmailMessage:
    """The whole mail in the buyer's language: plain text, and the same in the shop's colours.

    Raises NoAddressError.
    """
    says = _Says(order, Kind(message.kind), shop)
    mail = EmailMessage(policy=RULES)
    # A line break in a header's value is refused by the policy: nobody adds headers of their own.
    mail["From"] = _sender(server, shop)
    mail["To"] = address_of(order)
    mail["Subject"] = says.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    reply_to = normal_email(shop.email)
    if reply_to and reply_to.isascii():
        mail["Reply-To"] = Address(addr_spec=reply_to)
    mail.set_content(says.plain(), cte=says.encoding)
    mail.add_alternative(says.html(), subtype="html", cte=says.encoding)
    mail["Content-Language"] = says.language
    return mail


def _sender(server: MailServer, shop: Shop) -> Address:
    name = server.sender_name or clean(shop.name, 80)
    return Address(display_name=name, addr_spec=server.sender)


class _Says:
    """What a message says, piece by piece."""

    def __init__(self, order: Order, kind: Kind, shop: Shop) -> None:
        self.language = spoken(order.language, shop.default_language)
        self.subject = TEXTS[self.language][f"{kind}_subject"].format(number=order.number)
        # Neither needs a server that takes eight bits; the former can be read as it is.
        self.encoding = "base64" if self.language in ("ar", "ja") else "quoted-printable"
        self._words = TEXTS[self.language]
        self._order = order
        self._kind = kind
        self._shop = shop
        self._zone = ZoneInfo(shop.timezone)
        self._by_courier = order.fulfilment == Fulfilment.COURIER

    def plain(self) -> str:
        words = self._words
        pieces = [self.hello(), self.title, words[f"{self._kind}_text"]]
        facts = [f"{label}: {value}" for label, value in self.facts()]
        promise = self.promise()
        pieces += [promise] if promise else []
        pieces.append("\n".join(facts))
        if self._order.page_url:
            pieces.append(f"{words['follow']}:\n{self._order.page_url}")
        pieces.append("\n".join(self.shop_lines()))
        pieces.append(words["automatic"])
        return "\n\n".join(pieces) + "\n"

    def html(self) -> str:
        return render_to_string(
            "mail/message.html",
            {
                "language": self.language,
                "direction": "rtl" if self.language in RIGHT_TO_LEFT else "ltr",
                "start": "right" if self.language in RIGHT_TO_LEFT else "left",
                "colours": branding().brand.day,
                "words": self._words,
                "subject": self.subject,
                "title": self.title,
                "hello": self.hello(),
                "text": self._words[f"{self._kind}_text"],
                "promise": self.promise(),
                "code": self.code(),
                "number": self._order.number,
                "total": formats.money(self._order.total, self.language),
                "url": self._order.page_url,
                "shop": self._shop,
                "lines": self.shop_lines()[1:],
            },
        )

    @property
    def title(self) -> str:
        return self._words[f"{self._kind}_title"]

    def hello(self) -> str:
        name = first_name(self._order.name)
        return self._words["hello"].format(name=name) if name else self._words["hello_you"]

    def promise(self) -> str:
        """When it is ready or comes; until when it waits, once it is ready; else ""."""
        order = self._order
        if self._kind is Kind.READY:
            until = order.promise_until
            return self._words["collect_until"].format(when=self._moment(until)) if until else ""
        if self._kind not in _WITH_CODE or order.promise_done_by is None:
            return ""
        key = "courier_by" if self._by_courier else "collect_by"
        return self._words[key].format(when=self._moment(order.promise_done_by))

    def code(self) -> tuple[str, str] | None:
        """The code with its label, where the buyer will need it."""
        if self._kind not in _WITH_CODE:
            return None
        label = self._words["code_courier" if self._by_courier else "code"]
        return label, self._order.pickup_code

    def facts(self) -> list[tuple[str, str]]:
        code = self.code()
        return [
            *([code] if code else []),
            (self._words["order"], self._order.number),
            (self._words["total"], formats.money(self._order.total, self.language)),
        ]

    def shop_lines(self) -> list[str]:
        shop = self._shop
        place = f"{shop.line1}, {shop.postcode} {shop.city}"
        ways = [clean(way, 254) for way in (shop.phone, shop.email) if way]
        if self.language in RIGHT_TO_LEFT:
            # A telephone number would otherwise be read from its last pair.
            ways = [f"\u2066{way}\u2069" for way in ways]
        ask = [f"{self._words['ask']} {ways[0]}", *ways[1:]] if ways else []
        return [clean(shop.name, 80), clean(place, 254), *ask]

    def _moment(self, at: datetime) -> str:
        """With its date: nobody knows on which day a mail is read."""
        local = at.astimezone(self._zone)
        day = formats.day(local.date(), self.language)
        return self._words["when"].format(day=day, time=formats.clock(local, self.language))
