"""Addresses that people are asked to scan: which may be shown, and what is printed beside them."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

# A QR code of more has modules too small for a phone at arm's length (version 16 of ISO/IEC 18004
# at level M holds 450 bytes).
MAX_LINK = 450
MAX_WEBSITE = 200

# RFC 3986, without what only serves to deceive: no user before the host, no backslash.
_PLAIN = re.compile(
    r"^https?://[A-Za-z0-9.:\[\]-]+(?:[/?#][A-Za-z0-9._~:/?#\[\]!$&'()*+,;=%@-]*)?$"
)
_NAME = re.compile(
    r"^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*"
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
)


def host_of(url: str) -> str:
    """The host of an address that may be shown as a code, as it is printed; "" for any other.

    Only https, or http on this very machine, in at most MAX_LINK plain ASCII characters. A name in
    other letters is in its ASCII form ("xn--caf-dma.example"), so that nothing can look like what
    it is not.
    """
    parts = _parts(url)
    if parts is None or not (parts.scheme == "https" or _loopback(parts.hostname or "")):
        return ""
    return parts.netloc.lower()


def scannable(url: str, hosts: Iterable[str]) -> str:
    """`url` if it may be shown as a code and leads to one of `hosts` (as `host_of`); else ""."""
    host = host_of(url)
    return url if host and host in set(hosts) else ""


def checked_website(text: str) -> str:
    """A shop's own address as it is kept: https, its host in ASCII; "" for none.

    Raises ValueError with what to write.
    """
    url = text.strip()
    if not url:
        return ""
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        host = ""
    if not host:
        raise ValueError("write the address of a website: https://shop.example")
    url = parts._replace(netloc=parts.netloc.lower().replace(parts.hostname or "", host)).geturl()
    if parts.scheme != "https" or len(url) > MAX_WEBSITE or "." not in host or not host_of(url):
        raise ValueError(
            f"write the address of a website that begins with https://, "
            f"at most {MAX_WEBSITE} characters"
        )
    return url


def _parts(url: str) -> SplitResult | None:
    if len(url) > MAX_LINK or not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    return parts if _NAME.fullmatch(host) or _address(host) else None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)
