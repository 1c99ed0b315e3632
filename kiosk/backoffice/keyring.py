"""The shop's private keys: what buyers' details are opened with.

Each key is a file of its own beside the database and in no copy of it, so that neither a stolen
backup nor a stolen window yields a buyer. The newest key is what windows seal to; older ones stay
to open what is still on its way.
"""

import json
import logging
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.contract.profile import SealingKey
from kiosk.contract.sealing import KEY_BYTES, SealError, decode, encode, key_id, sealing_key
from kiosk.durable import durably

log = logging.getLogger("kiosk.keys")

# A window keeps what was answered for 30 days, and one that was off may come later still.
NEEDED_FOR = timedelta(days=60)
_BACKUP_FORMAT = "vitrine-keys-1"


class KeyRingError(Exception):
    """The message says what to do."""


@dataclass(frozen=True, slots=True)
class ShopKey:
    """`private` is X25519's, 32 bytes."""

    id: str
    made_at: datetime
    public: bytes
    private: bytes = field(repr=False)


class KeyRing:
    """The keys in a folder. Reads it anew each time: another process may have added one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def known(self) -> list[ShopKey]:
        """All keys, the current one last. Raises KeyRingError for a file that is no key."""
        found = [_read(path) for path in self.folder.glob("*.key")]
        return sorted(found, key=_age)

    def current(self) -> ShopKey | None:
        """The newest key that can be read: one broken file must not close the shop."""
        found = []
        for path in self.folder.glob("*.key"):
            try:
                found.append(_read(path))
            except KeyRingError as error:
                log.error("%s", error)
        return max(found, key=_age, default=None)

    def key(self, name: str) -> ShopKey | None:
        path = self.folder / f"{name}.key"
        return _read(path) if path.is_file() else None

    def ensure(self) -> ShopKey:
        """The current key, made if there is none yet."""
        return self.current() or self.make()

    def make(self, now: datetime | None = None) -> ShopKey:
        """A new key, which is the current one from now on."""
        from nacl.public import PrivateKey

        private = PrivateKey.generate()
        public = bytes(private.public_key)
        last = self.current()
        made_at = now or datetime.now(UTC)
        if last and made_at <= last.made_at:
            # A clock that went back must not leave the older key in use.
            made_at = last.made_at + timedelta(seconds=1)
        key = ShopKey(key_id(public), made_at, public, bytes(private))
        self.add(key)
        return key

    def add(self, key: ShopKey) -> bool:
        """Keep a key, durably; False where it is here already."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{key.id}.key"
        if path.exists():
            return False
        with durably(path) as file:
            file.write(json.dumps(_told(key)).encode())
        return True

    def forget(self, name: str, now: datetime | None = None) -> None:
        """Delete an old key: nothing that was sealed to it can be opened ever after.

        Raises KeyRingError for the current one, and for one that orders may still be sealed to.
        """
        keys = self.known()
        place = next((n for n, key in enumerate(keys) if key.id == name), None)
        if place is None:
            raise KeyRingError(f"there is no key {name}: see `kiosk backoffice keys list`")
        if place == len(keys) - 1:
            raise KeyRingError("windows seal to this key: rotate first")
        until = keys[place + 1].made_at + NEEDED_FOR
        if (now or datetime.now(UTC)) < until:
            raise KeyRingError(
                f"windows may still hold orders that only this key opens, until {until:%Y-%m-%d}"
            )
        (self.folder / f"{name}.key").unlink()

    def backup(self, passphrase: str) -> bytes:
        """All keys, encrypted under a passphrase (Argon2id, XSalsa20-Poly1305)."""
        from nacl import pwhash, secret

        keys = self.known()
        if not keys:
            raise KeyRingError("there are no keys yet: `kiosk backoffice keys rotate` makes one")
        salt = secrets.token_bytes(pwhash.argon2id.SALTBYTES)
        told = json.dumps([_told(key) for key in keys]).encode()
        box = secret.SecretBox(_derived(passphrase, salt)).encrypt(told)
        return json.dumps(
            {"format": _BACKUP_FORMAT, "salt": encode(salt), "box": encode(bytes(box))}
        ).encode()

    def restore(self, copy: bytes, passphrase: str) -> list[ShopKey]:
        """Add the keys of a backup; gives those that were missing. Raises KeyRingError."""
        return [key for key in unlock(copy, passphrase) if self.add(key)]


def unlock(copy: bytes, passphrase: str) -> list[ShopKey]:
    """The keys in a backup. Raises KeyRingError."""
    from nacl import secret
    from nacl.exceptions import CryptoError

    try:
        told = json.loads(copy)
        if told["format"] != _BACKUP_FORMAT:
            raise KeyRingError("this copy of keys is of another version of the program")
        box, salt = decode(told["box"]), decode(told["salt"], 16)
    except (ValueError, KeyError, TypeError):
        raise KeyRingError("this is no copy of keys") from None
    try:
        opened = secret.SecretBox(_derived(passphrase, salt)).decrypt(box)
    except (CryptoError, ValueError):
        raise KeyRingError("the passphrase does not open this copy") from None
    return [_key(key) for key in json.loads(opened)]


def _age(key: ShopKey) -> tuple[datetime, str]:
    return key.made_at, key.id


def public_part(key: ShopKey) -> SealingKey:
    return sealing_key(key.public)


def _derived(passphrase: str, salt: bytes) -> bytes:
    from nacl import pwhash

    return pwhash.argon2id.kdf(
        KEY_BYTES,
        passphrase.encode(),
        salt,
        opslimit=pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=pwhash.argon2id.MEMLIMIT_MODERATE,
    )


def _told(key: ShopKey) -> dict[str, str]:
    return {"id": key.id, "made_at": key.made_at.isoformat(), "private": encode(key.private)}


def _key(told: dict[str, str]) -> ShopKey:
    from nacl.public import PrivateKey

    private = PrivateKey(decode(told["private"], KEY_BYTES))
    public = bytes(private.public_key)
    if key_id(public) != told["id"]:
        raise SealError("a key that does not go by its name")
    return ShopKey(told["id"], datetime.fromisoformat(told["made_at"]), public, bytes(private))


def _read(path: Path) -> ShopKey:
    try:
        key = _key(json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, KeyError, TypeError):
        key = None
    if key is None or f"{key.id}.key" != path.name:
        raise KeyRingError(
            f"{path} is no key: put it back from your copy (`kiosk backoffice keys restore`)"
        )
    return key
