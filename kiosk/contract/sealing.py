"""Sealing who ordered, and signing what is sent: libsodium's sealed box and Ed25519.

A box is sealed with a key that is made for it and forgotten, so that whoever sealed it cannot
open it again: a stolen window yields nobody. Nothing is loaded from libsodium before it is used.
"""

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kiosk.contract.orders import Personal, Sealed
from kiosk.contract.profile import SealingKey

if TYPE_CHECKING:
    from nacl.public import PrivateKey
    from nacl.signing import SigningKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64


class SealError(ValueError):
    """A key that is none, or a box that this key does not open."""


def key_id(public: bytes) -> str:
    """16 hexadecimal digits that name a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def sealing_key(public: bytes) -> SealingKey:
    return SealingKey(id=key_id(public), public=encode(public))


def seal(personal: Personal, key: SealingKey) -> Sealed:
    """Seal to the shop's public key. Raises SealError where it is none."""
    from nacl.exceptions import CryptoError
    from nacl.public import PublicKey, SealedBox

    public = decode(key.public, KEY_BYTES)
    if key_id(public) != key.id:
        raise SealError("the shop's key does not go by its name")
    try:
        box = SealedBox(PublicKey(public)).encrypt(personal.model_dump_json().encode())
    except CryptoError as error:
        raise SealError("the shop's key cannot be sealed to") from error
    return Sealed(key=key.id, box=encode(box))


def open_box(sealed: Sealed, private: "PrivateKey") -> Personal:
    """What was sealed. Raises SealError, which tells nothing of what was in it."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox

    try:
        return Personal.model_validate_json(SealedBox(private).decrypt(decode(sealed.box)))
    except (CryptoError, ValidationError, ValueError):
        raise SealError("this key does not open it, or nobody's details are in it") from None


def sign(body: bytes, key: "SigningKey") -> str:
    """The signature header's value for a body."""
    return f"{encode(bytes(key.verify_key))} {encode(key.sign(body).signature)}"


def signer(header: str, body: bytes) -> str:
    """Whose word the header is: their verify key, base64. Raises SealError where nobody's."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    named, _, signature = header.partition(" ")
    try:
        VerifyKey(decode(named, KEY_BYTES)).verify(body, decode(signature, SIGNATURE_BYTES))
    except CryptoError:
        raise SealError("the signature is not of this body") from None
    return named


def encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def decode(text: str, size: int | None = None) -> bytes:
    """Strict base64, of `size` bytes where that is given. Raises SealError."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise SealError("no base64") from None
    if size is not None and len(raw) != size:
        raise SealError(f"{len(raw)} bytes where {size} belong")
    return raw
