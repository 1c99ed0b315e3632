"""By which server messages to buyers are sent; nothing is written or sent without one.

KIOSK_SMTP_URL            smtps://user:password@host:465 (TLS from the first byte),
                          smtp+starttls://user:password@host:587 (TLS or nothing), or smtp://host:25
                          for a server on this very machine
KIOSK_SMTP_PASSWORD_FILE  holds the password, instead of the URL
KIOSK_SMTP_FROM           the sender: orders@shop.example, or Maison Lucarne <orders@shop.example>
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.policy import SMTP as RULES
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from kiosk.shop.contact import normal_email

_URL, _FILE, _FROM = "KIOSK_SMTP_URL", "KIOSK_SMTP_PASSWORD_FILE", "KIOSK_SMTP_FROM"
_LIKE = f"{_URL} must look like smtps://user@host:465 or smtp+starttls://user@host:587"


class MailServerError(ValueError):
    """The settings name no server; the message says what to write, and repeats no password."""


class Security(StrEnum):
    """How the way to the server is secured; the value is the URL's scheme."""

    TLS = "smtps"
    STARTTLS = "smtp+starttls"
    NONE = "smtp"


_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """`sender` is an address; `sender_name` "" where the shop's own name is to stand."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    sender: str
    sender_name: str = ""

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]


def mail_server_from(environment: Mapping[str, str]) -> MailServer | None:
    """As the settings say; None where they name no server. Raises MailServerError."""
    url = environment.get(_URL, "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        security, port, host = Security(parts.scheme), parts.port, parts.hostname
    except ValueError:
        raise MailServerError(_LIKE) from None
    if not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise MailServerError(_LIKE)
    if security is Security.NONE and not _is_here(host):
        raise MailServerError(
            f"{_URL}: smtp:// sends in clear and is for a server on this machine: "
            "write smtps:// or smtp+starttls://"
        )
    user, password = unquote(parts.username or ""), _password(parts, environment)
    if bool(user) != bool(password):
        raise MailServerError(
            f"{_URL}: a user needs a password and a password a user: write smtps://user@host, "
            f"and the password into the file {_FILE}"
        )
    name, sender = _sender(environment)
    return MailServer(host, port or _PORTS[security], security, user, password, sender, name)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _password(parts: SplitResult, environment: Mapping[str, str]) -> str:
    file = environment.get(_FILE, "").strip()
    if not file:
        return unquote(parts.password or "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise MailServerError(f"{_FILE}: cannot read {file}: {reason}") from None


def _sender(environment: Mapping[str, str]) -> tuple[str, str]:
    given = environment.get(_FROM, "").strip()
    try:
        header = RULES.header_factory("From", given) if given.isprintable() else None
        found: tuple[Address, ...] = getattr(header, "addresses", ())
    except (MessageError, ValueError, IndexError):
        found = ()
    if len(found) != 1 or not found[0].addr_spec.isascii() or not normal_email(found[0].addr_spec):
        raise MailServerError(f"{_FROM} must be the sender's address, such as orders@shop.example")
    return found[0].display_name, found[0].addr_spec
