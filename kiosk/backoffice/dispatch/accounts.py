"""With which delivery services the shop has an account; none is asked without one.

KIOSK_UBER_CUSTOMER_ID, KIOSK_UBER_CLIENT_ID    of the Uber Direct dashboard, tab "Developer"
KIOSK_UBER_CLIENT_SECRET_FILE                   a file that holds the client secret
KIOSK_UBER_SIGNING_KEY_FILE                     a file that holds the webhook's signing key
KIOSK_UBER_URL, KIOSK_UBER_LOGIN_URL            only for a test environment
KIOSK_STUART_CLIENT_ID                          of the Stuart dashboard, page "API"
KIOSK_STUART_CLIENT_SECRET_FILE                 a file that holds the client secret
KIOSK_STUART_SIGNING_KEY_FILE                   a file that holds the webhook's secret
KIOSK_STUART_URL                                only for the sandbox
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

UBER_URL, UBER_LOGIN_URL = "https://api.uber.com", "https://auth.uber.com"
STUART_URL = "https://api.stuart.com"
MIN_KEY = 16  # characters of a signing key


class AccountError(ValueError):
    """The settings name half an account; the message says what to write, and no secret."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account at one service. `customer_id` is Uber Direct's alone."""

    url: str
    login_url: str
    client_id: str
    client_secret: str = field(repr=False)
    signing_key: str = field(repr=False)
    customer_id: str = ""


def accounts_from(environment: Mapping[str, str]) -> dict[str, Account]:
    """Accounts by the service's name: "uber_direct", "stuart". Raises AccountError."""
    found = {}
    uber = _account(environment, "KIOSK_UBER", ("CUSTOMER_ID", "CLIENT_ID"), UBER_URL)
    if uber:
        found["uber_direct"] = uber
    stuart = _account(environment, "KIOSK_STUART", ("CLIENT_ID",), STUART_URL)
    if stuart:
        found["stuart"] = stuart
    return found


def _account(
    environment: Mapping[str, str], prefix: str, ids: tuple[str, ...], url: str
) -> Account | None:
    names = [f"{prefix}_{name}" for name in (*ids, "CLIENT_SECRET_FILE", "SIGNING_KEY_FILE")]
    given = {name: environment.get(name, "").strip() for name in names}
    if not any(given.values()):
        return None
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise AccountError(f"{missing[0]} is missing: an account needs {', '.join(names)}")
    api = _safe(f"{prefix}_URL", environment.get(f"{prefix}_URL", "").strip() or url)
    login = environment.get(f"{prefix}_LOGIN_URL", "").strip()
    if not login:
        login = UBER_LOGIN_URL if api == UBER_URL else api
    key = _secret(f"{prefix}_SIGNING_KEY_FILE", given[f"{prefix}_SIGNING_KEY_FILE"])
    if len(key) < MIN_KEY:
        raise AccountError(f"{prefix}_SIGNING_KEY_FILE: a key has {MIN_KEY} characters or more")
    return Account(
        url=api,
        login_url=_safe(f"{prefix}_LOGIN_URL", login),
        client_id=given[f"{prefix}_CLIENT_ID"],
        client_secret=_secret(names[-2], given[names[-2]]),
        signing_key=key,
        customer_id=given.get(f"{prefix}_CUSTOMER_ID", ""),
    )


def _safe(name: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url.rstrip("/")
    if parts.scheme == "http" and _is_here(parts.hostname or ""):
        return url.rstrip("/")
    raise AccountError(f"{name} must be an https:// address")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(name: str, file: str) -> str:
    try:
        found = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise AccountError(f"{name}: cannot read {file}: {reason}") from None
    if not found:
        raise AccountError(f"{name}: {file} is empty")
    return found
