"""Fetching a picture from an address that a catalogue names, which may be anybody's.

Only http and https, only to public addresses, and the address that was checked is the address
that is connected to: a name that answers differently the second time gains nothing.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MAX_BYTES = 20_000_000
TIMEOUT_S = 10.0
MAX_REDIRECTS = 4
_CHUNK = 1 << 16
_HEADERS = {"User-Agent": "Vitrine", "Accept": "image/webp,image/jpeg,image/png;q=0.9"}

_IPV6_INTERNET = ipaddress.ip_network("2000::/3")

Allowed = Callable[[str], bool]


class FetchError(Exception):
    """The picture could not be had. `host_down` says that the whole host did not answer."""

    def __init__(self, message: str, *, host_down: bool = False) -> None:
        super().__init__(message)
        self.host_down = host_down


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # Of all others only this eighth is in use; the rest wraps IPv4 or is not routed.
        inside = ip.ipv4_mapped or ip.sixtofour
        if inside is None and ip not in _IPV6_INTERNET:
            return False
        ip = inside or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(url: str, allowed: Allowed = is_public) -> bytes:
    """The bytes at `url`, at most 20 MB, within ten seconds. Raises FetchError.

    `allowed` decides on each resolved IP address, at every redirect anew.
    """
    deadline = time.monotonic() + TIMEOUT_S
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(url)
        with _Connection(parts, allowed, deadline) as connection:
            response = connection.get()
            if response.status not in (301, 302, 303, 307, 308):
                return _body(response, deadline)
            url = urljoin(url, response.getheader("Location") or "")
    raise FetchError("too many redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError("no usable address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"only http and https are fetched, not {parts.scheme or 'this'!r}")
    if parts.username or parts.password or port == 0:
        raise FetchError("an address with a name or password in it is not fetched")
    return parts


class _Connection:
    def __init__(self, parts: SplitResult, allowed: Allowed, deadline: float) -> None:
        self._parts = parts
        self._deadline = deadline
        self._host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._resolve(port, allowed)
        self._http = http.client.HTTPConnection(self._host, port, timeout=self._left())
        self._release: Callable[[], None] = lambda: None
        try:
            plain = socket.create_connection((address, port), self._left())
            self._http.sock = plain
            self._release = _cut_off_after(plain, self._left())
            if parts.scheme == "https":
                context = ssl.create_default_context()
                self._http.sock = context.wrap_socket(plain, server_hostname=self._host)
        except OSError as error:
            self.__exit__()
            raise FetchError(f"{self._host}: {error.strerror or error}", host_down=True) from None

    def __enter__(self) -> "_Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
        self._release()

    def get(self) -> http.client.HTTPResponse:
        path = quote(self._parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(self._parts.query, safe="%:@!$&'()*+,;=/?~-._")
        try:
            self._http.request("GET", f"{path}?{query}" if query else path, headers=_HEADERS)
            return self._http.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(f"{self._host}: {error}", host_down=True) from None

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise FetchError(f"{self._host}: no answer in {TIMEOUT_S:.0f} s", host_down=True)
        return left

    def _resolve(self, port: int, allowed: Allowed) -> str:
        try:
            found = socket.getaddrinfo(self._host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise FetchError(f"{self._host}: no such host", host_down=True) from None
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not all(allowed(address) for address in addresses):
            raise FetchError(f"{self._host} is not a public address")
        return addresses[0]


def _cut_off_after(connection: socket.socket, seconds: float) -> Callable[[], None]:
    """End the connection then, whatever it is doing; returns how to let it be.

    A host may send one byte at a time, each well within any time-out.
    """
    same = connection.dup()  # TLS takes over the first one

    def cut_off() -> None:
        with contextlib.suppress(OSError):
            same.shutdown(socket.SHUT_RDWR)

    def release() -> None:
        timer.cancel()
        same.close()

    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    return release


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    if response.status != 200:
        raise FetchError(f"the server answered {response.status}")
    parts: list[bytes] = []
    size = 0
    while True:
        if time.monotonic() > deadline:
            raise FetchError(f"not there after {TIMEOUT_S:.0f} s", host_down=True)
        try:
            chunk = response.read1(_CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise FetchError(f"cut off: {error}", host_down=True) from None
        if not chunk and response.length:
            raise FetchError("cut off: not all of it came", host_down=True)
        if not chunk:
            return b"".join(parts)
        size += len(chunk)
        if size > MAX_BYTES:
            raise FetchError(f"larger than {MAX_BYTES // 1_000_000} MB")
        parts.append(chunk)
