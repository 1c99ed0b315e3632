"""One question, one checked answer: the back office's interface as plain methods."""

import http.cookiejar
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote as quoted
from urllib.parse import urlsplit

import requests
import urllib3
from pydantic import BaseModel, ValidationError

from kiosk.contract import (
    CONTRACT,
    CONTRACT_HEADER,
    IDEMPOTENCY_HEADER,
    SIGNATURE_HEADER,
    CatalogueChanges,
    CodeShown,
    ContractError,
    DeliveryView,
    ErrorCode,
    EventBatch,
    FollowedOrder,
    Hello,
    LookupAsked,
    LookupFound,
    OrderReceipt,
    OrderRequest,
    OrderView,
    PassingNow,
    Problem,
    Quote,
    QuoteRequest,
    ShopProfile,
    WindowHere,
    WindowKnown,
    check_contract,
)
from kiosk.window.link.errors import Away, Incompatible, LinkError, Refused, Unauthorised
from kiosk.window.link.lines import CuttableAdapter, Lines
from kiosk.window.link.pace import Pace

API = "/api/v1"
USER_AGENT = "vitrine-window"
MAX_CONNECTIONS = 24
MAX_SMALL = 512 * 1024
MAX_PROFILE = 4 * 1024 * 1024
MAX_CHANGES = 32 * 1024 * 1024
MAX_PICTURE = 10 * 1024 * 1024
MAX_PHOTO = 256 * 1024
MAX_MAP = 64 * 1024 * 1024
CHUNK = 64 * 1024
LONGEST_RETRY_AFTER_S = 300.0

M = TypeVar("M", bound=BaseModel)
_PHOTO = re.compile(rf"{API}/courier-photos/[A-Za-z0-9:_-]{{1,200}}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class TaggedProfile:
    """A profile and the tag to ask for the next one with."""

    profile: ShopProfile
    etag: str


class BackOfficeClient:
    """Blocks its caller: for worker threads only. Any number of threads may use one client.

    Every method raises LinkError's children and nothing else. Certificates are always
    verified (`ca_file` adds a shop's own authority); plain HTTP is only spoken to this
    machine itself. Redirects are not followed.
    """

    def __init__(
        self, base_url: str, token: str, pace: Pace | None = None, ca_file: Path | None = None
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError(f"{base_url} is not safe: write an https:// address")
        self.pace = pace or Pace()
        self._base = base_url.rstrip("/") + API
        self._lines = Lines()
        self._session = requests.Session()
        self._session.trust_env = False  # a .netrc or proxy of the environment takes the token
        self._session.verify = str(ca_file) if ca_file else True
        self._session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                CONTRACT_HEADER: str(CONTRACT),
                "User-Agent": USER_AGENT,
                "Accept-Encoding": "gzip",
            }
        )
        adapter = CuttableAdapter(self._lines, MAX_CONNECTIONS)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter)

    def close(self) -> None:
        """End every connection, also those that another thread waits on."""
        self._lines.cut()
        self._session.close()

    def hello(self) -> Hello:
        hello = self._model(Hello, "/hello", MAX_SMALL)
        if CONTRACT not in hello.contracts:
            raise Incompatible(
                f"the back office speaks contracts {hello.contracts}, this window {CONTRACT}: "
                "update the older of the two"
            )
        return hello

    def profile(self, etag: str = "") -> TaggedProfile | None:
        """The shop; None where it is still the one with `etag`."""
        headers = {"If-None-Match": etag} if etag else {}
        with self._asked("GET", "/profile", headers=headers) as response:
            if response.status_code == requests.codes.not_modified:
                return None
            body = self._body(response, MAX_PROFILE, self.pace.answer_s)
            return TaggedProfile(_parsed(ShopProfile, body), response.headers.get("ETag", ""))

    def changes(self, cursor: str, limit: int) -> CatalogueChanges:
        query = f"?cursor={quoted(cursor, safe='')}&limit={limit}"
        return self._model(CatalogueChanges, f"/catalogue/changes{query}", MAX_CHANGES)

    def picture(self, sha256: str) -> bytes:
        return self._file(f"/pictures/{quoted(sha256, safe='')}", MAX_PICTURE)

    def courier_photo(self, path: str) -> bytes:
        """The photo at a courier's `photo_url`: on this back office, and nowhere else."""
        if not _PHOTO.fullmatch(path):
            raise Incompatible("a courier's photo that is not at the back office")
        with self._asked("GET", path.removeprefix(API)) as response:
            return self._body(response, MAX_PHOTO, self.pace.answer_s)

    def map(self, sha256: str) -> bytes:
        return self._file(f"/maps/{quoted(sha256, safe='')}", MAX_MAP)

    def quote(self, asked: QuoteRequest) -> Quote:
        return self._model(Quote, "/quotes", MAX_SMALL, "POST", asked.model_dump_json().encode())

    def here(self, here: WindowHere) -> WindowKnown:
        """Say how this window is; gives what the back office knows of its memory."""
        # An older back office refuses what it does not know: only what is not usual is said.
        body = here.model_dump_json(exclude_defaults=True).encode()
        return self._model(WindowKnown, "/windows/here", MAX_SMALL, "POST", body)

    def place_order(
        self, order: OrderRequest | bytes, key: str, signature: str = ""
    ) -> OrderReceipt:
        """Send an order (or its JSON) under its one key; a repetition gets the same answer."""
        body = order if isinstance(order, bytes) else order.model_dump_json().encode()
        headers = {IDEMPOTENCY_HEADER: key}
        if signature:
            headers[SIGNATURE_HEADER] = signature
        return self._model(OrderReceipt, "/orders", MAX_SMALL, "POST", body, headers)

    def order(self, token: str) -> OrderView:
        return self._model(OrderView, f"/orders/{quoted(token, safe='')}", MAX_SMALL)

    def look_up(self, asked: LookupAsked | CodeShown) -> LookupFound:
        """An order by its number and code, or by a code that a phone showed. Refused (404) alike
        whatever of it is wrong.
        """
        path = "/showings" if isinstance(asked, CodeShown) else "/lookups"
        return self._model(LookupFound, path, MAX_SMALL, "POST", asked.model_dump_json().encode())

    def looked_up(self, ticket: str) -> FollowedOrder:
        """The order that was found; Refused (404) once the ticket is over."""
        return self._model(FollowedOrder, f"/lookups/{quoted(ticket, safe='')}", MAX_SMALL)

    def passing(self) -> PassingNow:
        """What passers-by may be told of rides."""
        return self._model(PassingNow, "/passing", MAX_SMALL)

    def delivery(self, token: str) -> DeliveryView:
        return self._model(DeliveryView, f"/deliveries/{quoted(token, safe='')}", MAX_SMALL)

    def poll(self, after: str, wait_s: float) -> EventBatch:
        """Events after an id; answers after `wait_s` at the latest, maybe with none."""
        query = f"?after={quoted(after, safe='')}&wait={wait_s:g}"
        with self._asked(
            "GET", f"/events/poll{query}", read_s=wait_s + self.pace.read_s
        ) as response:
            return _parsed(EventBatch, self._body(response, MAX_SMALL, self.pace.answer_s))

    @contextmanager
    def events(self, last_id: str) -> Iterator[Iterator[bytes]]:
        """The event stream's bytes as they arrive; silence beyond `pace.idle_s` is Away."""
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
        if last_id:
            headers["Last-Event-ID"] = last_id
        with self._asked("GET", "/events", headers=headers, read_s=self.pace.idle_s) as response:
            if not response.headers.get("Content-Type", "").startswith("text/event-stream"):
                raise Away("something between here and the back office answered in its place")
            yield _arriving(response)

    def _model(
        self,
        model: type[M],
        path: str,
        limit: int,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> M:
        with self._asked(method, path, body, headers) as response:
            return _parsed(model, self._body(response, limit, self.pace.answer_s))

    def _file(self, path: str, limit: int) -> bytes:
        with self._asked("GET", path, headers={"Accept-Encoding": "identity"}) as response:
            return self._body(response, limit, self.pace.file_s)

    @contextmanager
    def _asked(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        read_s: float | None = None,
    ) -> Iterator[requests.Response]:
        sent = dict(headers or {})
        if body is not None:
            sent["Content-Type"] = "application/json"
        with (
            _as_away(),
            self._session.request(
                method,
                self._base + path,
                data=body,
                headers=sent,
                stream=True,
                allow_redirects=False,
                timeout=(self.pace.connect_s, read_s or self.pace.read_s),
            ) as response,
        ):
            self._check(response)
            yield response

    def _check(self, response: requests.Response) -> None:
        status = response.status_code
        ours = response.headers.get(CONTRACT_HEADER)
        if status >= 500:
            raise Away(f"the back office answered {status}", status, _retry_after(response))
        if status == requests.codes.unauthorized:
            raise Unauthorised("the back office does not know this window: enrol it again")
        if 300 <= status < 400 and status != requests.codes.not_modified:
            raise Away(f"answered {status}: redirects are not followed", status)
        if ours is None:
            raise Away(
                f"answered {status} without {CONTRACT_HEADER}: is this a back office?", status
            )
        if status >= 400:
            raise self._refusal(response)
        try:
            check_contract(ours, "back office")
        except ContractError as error:
            raise Incompatible(str(error)) from error

    def _refusal(self, response: requests.Response) -> LinkError:
        body = self._body(response, MAX_SMALL, self.pace.answer_s)
        try:
            problem = Problem.model_validate_json(body)
        except ValidationError:
            return Away(f"answered {response.status_code} without a reason", response.status_code)
        if problem.code == ErrorCode.UNKNOWN_CONTRACT:
            return Incompatible(problem.detail or problem.title)
        return Refused(problem, _retry_after(response))

    def _body(self, response: requests.Response, limit: int, longest_s: float) -> bytes:
        deadline = time.monotonic() + longest_s
        body = bytearray()
        for chunk in response.raw.stream(CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                raise Incompatible(f"an answer of more than {limit} bytes")
            if time.monotonic() > deadline:
                raise Away("the answer took too long")
        return bytes(body)


def _arriving(response: requests.Response) -> Iterator[bytes]:
    while chunk := response.raw.read1(4096):
        yield chunk


def _parsed(model: type[M], body: bytes) -> M:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise Away("the answer was cut off or garbled") from None
        where = ".".join(str(part) for part in first["loc"])
        raise Incompatible(f"{model.__name__}.{where}: {first['msg']}") from None


def _retry_after(response: requests.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return min(float(text), LONGEST_RETRY_AFTER_S) if text.isascii() and text.isdigit() else 0.0


@contextmanager
def _as_away() -> Iterator[None]:
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise Away("no secure connection (is this box's clock right?)") from error
    except (requests.Timeout, TimeoutError, urllib3.exceptions.TimeoutError) as error:
        raise Away("no answer in time") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Away(f"no connection ({type(error).__name__})") from error
