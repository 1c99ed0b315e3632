"""What every delivery service can be asked, and what it tells."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.money import Money


class NoAnswer(Exception):
    """Whether the service did it is not known: to be asked again. The text is a code."""


class Refused(Exception):
    """The service will not do it, however often it is asked. The text is its code.

    `answer` is what came with it, and may hold personal data.
    """

    def __init__(self, code: str, answer: Any = None) -> None:
        super().__init__(code)
        self.answer = answer


class NotSigned(Exception):
    """A message that nobody with the signing key has sent."""


class Unreadable(ValueError):
    """A message that is signed and makes no sense."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody at a door. `where` is None while the address is on no map."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    line1: str = field(repr=False)
    line2: str = field(repr=False)
    postcode: str
    city: str
    country: str
    note: str = field(default="", repr=False)
    where: Point | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be carried. `key` names it for ever: a service books one courier for it.

    `goods` are titles with how many of each.
    """

    key: str
    number: str
    pickup: Place
    dropoff: Place
    goods: tuple[tuple[str, int], ...]
    value: Money


@dataclass(frozen=True, slots=True)
class Offer:
    """What it will cost. `remote_id` "" where the service names no offers."""

    fee: Money
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class Courier:
    """`display_name` is a first name and an initial: "Inès D.". `phone` is for the shop.

    `relay_phone` (E.164) is for the buyer: only a number that the service says is not the
    courier's own, "" otherwise.
    """

    display_name: str
    vehicle: str = "bike"
    phone: str = field(default="", repr=False)
    relay_phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a service says of one errand; None and "" where it says nothing.

    `reference` is the errand's key. `event_id` names the message, `at` is when it was written by
    the service's clock. `dropped`:
    the service has given the errand back, `reason` why it was not delivered. `unknown` is a
    status that is not in our table.
    `proof` is {"type": "picture" | "signature" | "code", "url": …}.
    """

    remote_id: str
    reference: str = ""
    event_id: str = ""
    at: datetime | None = None
    status: DeliveryStatus | None = None
    unknown: str = ""
    dropped: bool = False
    reason: CancelReason | None = None
    courier: Courier | None = None
    position: Point | None = field(default=None, repr=False)
    imminent: bool | None = None
    eta: datetime | None = None
    tracking_url: str = field(default="", repr=False)
    proof: dict[str, str] | None = field(default=None, repr=False)


class DeliveryService(Protocol):
    """Blocks its caller: for worker threads only. Raises NoAnswer and Refused."""

    name: str
    title: str

    def quote(self, errand: Errand) -> Offer: ...

    def book(self, errand: Errand, offer: Offer | None) -> Heard:
        """Have a courier sent, once for the errand's key.

        Without an offer it was asked before, and whether it was done is not known.
        """
        ...

    def ask(self, remote_id: str) -> Heard: ...

    def cancel(self, remote_id: str) -> None: ...

    def hear(self, headers: Mapping[str, str], body: bytes) -> Heard | None:
        """What a message says, None for one of a kind that is none of our business.

        `headers` have small letters. Raises NotSigned and Unreadable.
        """
        ...


def check_signature(given: str, key: str, body: bytes) -> None:
    """HMAC-SHA256 of the whole body, in hexadecimal digits. Raises NotSigned."""
    right = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.strip().lower().encode("utf-8", "replace"), right.encode()):
        raise NotSigned


def display_name(first: str, last: str = "") -> str:
    """ "Inès D." of a first and a last name, or of both in one."""
    words = f"{first} {last}".split()
    if not words:
        return ""
    return " ".join([words[0], *([f"{words[-1][0].upper()}."] if len(words) > 1 else [])])[:60]
