"""Which memory this is: a box's name for its own data, and the key that it signs orders with.

A folder that was copied to another box, or put back from an older copy of it, is another memory:
it takes a new name and a new key, so that no two boxes speak under one.
"""

import contextlib
import hashlib
import json
import logging
import secrets
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.contract.sealing import KEY_BYTES, SealError, decode, encode
from kiosk.durable import durably

if TYPE_CHECKING:
    from nacl.signing import SigningKey

log = logging.getLogger(__name__)

_MACHINE = Path("/etc/machine-id")
_INTERFACES = Path("/sys/class/net")


@dataclass(frozen=True)
class Identity:
    """`instance_id` is the memory's name; `seed` the 32 bytes of its Ed25519 key."""

    instance_id: uuid.UUID
    seed: bytes = field(repr=False)

    @cached_property
    def signing_key(self) -> "SigningKey":
        from nacl.signing import SigningKey

        return SigningKey(self.seed)


class IdentityFile:
    """The identity in a data folder, made on first use with mode 0600."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "instance.json"

    def load(self) -> Identity:
        """This memory's identity; a new one where there is none, or where it was made elsewhere.

        Raises OSError where a new one cannot be written.
        """
        try:
            told = json.loads(self._path.read_text(encoding="ascii"))
            seed, place = decode(told["seed"], KEY_BYTES), str(told["place"])
            identity = Identity(uuid.UUID(told["instance_id"]), seed)
        except FileNotFoundError:
            return self.renew()
        except (OSError, ValueError, KeyError, TypeError, SealError):
            log.error("%s cannot be read: this box takes a new name", self._path.name)
            return self.renew()
        if place != self._place(self._path):
            log.warning("this data was copied here from elsewhere: this box takes a new name")
            return self.renew()
        return identity

    def renew(self) -> Identity:
        """A new name and key, durably, before anything is done under them. Raises OSError."""
        identity = Identity(uuid.uuid4(), secrets.token_bytes(KEY_BYTES))
        with durably(self._path) as file:
            told = {"instance_id": str(identity.instance_id), "seed": encode(identity.seed)}
            told["place"] = self._place(Path(file.name))
            file.write(json.dumps(told).encode("ascii"))
        return identity

    def _place(self, path: Path) -> str:
        """What a copy cannot bring along: the machine, its network cards, the file itself."""
        parts = [str(path.stat().st_ino)]
        with contextlib.suppress(OSError):
            parts.append(_MACHINE.read_text(encoding="ascii"))
        with contextlib.suppress(OSError):
            for card in sorted(_INTERFACES.iterdir()):
                # A network of software (a bridge, a container's) has no device behind it.
                if (card / "device").exists():
                    parts.append((card / "address").read_text(encoding="ascii"))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
