"""Opening what a window sealed."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from kiosk.backoffice.keyring import KeyRing, KeyRingError, public_part
from kiosk.contract import AddressGiven, ContactGiven, OrderRequest, Sealed, SealingKey
from kiosk.contract.sealing import SealError, open_box, signer
from kiosk.shop.promise import Fulfilment

if TYPE_CHECKING:
    from nacl.public import PrivateKey

log = logging.getLogger("kiosk.orders")


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who ordered; `contact` is None where nobody could read it, and `sealed` is then kept."""

    contact: ContactGiven | None
    address: AddressGiven | None
    sealed: Sealed | None = None

    @property
    def postcode(self) -> str:
        return self.address.postcode if self.address else ""


def ring() -> KeyRing:
    return KeyRing(settings.DATA / "keys")


def current_key() -> SealingKey | None:
    """What windows seal to. None, and a word in the log, where no key can be kept."""
    try:
        return public_part(ring().ensure())
    except OSError as error:
        log.error("windows cannot take orders: no key can be written (%s)", error.strerror)
        return None


def buyer_of(asked: OrderRequest) -> Buyer:
    """Who ordered, opened where it was sealed. Never fails: an order is never turned away."""
    if asked.sealed is None:
        return Buyer(asked.contact, asked.address)
    by_courier = asked.fulfilment is Fulfilment.COURIER
    return open_sealed(asked.sealed, asked.intent_id, by_courier)


def open_sealed(sealed: Sealed, intent_id: UUID, by_courier: bool) -> Buyer:
    """Who is in the box of this order; the box itself where that is nobody."""
    try:
        personal = open_box(sealed, _private(sealed.key))
    except (SealError, KeyRingError) as error:
        log.error("the buyer of order %s cannot be read: %s", intent_id, error)
        return Buyer(None, None, sealed)
    # A box from another order would bring its goods to somebody else's door.
    if personal.intent_id != intent_id or (by_courier and personal.address is None):
        log.error("what is sealed in order %s is not its buyer", intent_id)
        return Buyer(None, None, sealed)
    return Buyer(personal.contact, personal.address)


def signed_by(signature: str, body: bytes) -> str:
    """The verify key (base64) whose word the body is, "" where it is nobody's."""
    try:
        return signer(signature, body)
    except SealError:
        return ""


def _private(name: str) -> "PrivateKey":
    from nacl.public import PrivateKey

    key = ring().key(name)
    if key is None:
        raise KeyRingError(
            f"key {name} is missing: put it back with `kiosk backoffice keys restore`"
        )
    return PrivateKey(key.private)
