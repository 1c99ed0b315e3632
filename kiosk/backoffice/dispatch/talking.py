"""Asking a service over HTTP: JSON, a token by client credentials, and no endless answers."""

import json
import re
import threading
import time
from typing import Any

import requests

from kiosk.backoffice.dispatch.accounts import Account
from kiosk.backoffice.dispatch.service import NoAnswer, Refused

CONNECT_S, READ_S = 5.0, 15.0
MAX_ANSWER = 1 << 20
# A token is renewed so long before it ends, seconds.
EARLY_S = 60.0
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{1,59}")
_AGAIN = frozenset({408, 425, 429})


class Line:
    """One account's way to its service. Any number of threads may use it."""

    def __init__(self, account: Account, token_path: str, scope: str) -> None:
        self._account = account
        self._token_url = account.login_url + token_path
        self._scope = scope
        self._session = requests.Session()
        self._session.trust_env = False  # a .netrc would take the token's place
        self._lock = threading.Lock()
        self._token, self._token_until = "", 0.0

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON, None where it has none. Raises NoAnswer and Refused.

        A token that the service has withdrawn meanwhile is replaced once.
        """
        status, answer = self._send(method, path, body)
        if status == requests.codes.unauthorized:
            self._token_until = 0.0
            status, answer = self._send(method, path, body)
        if status >= 500 or status in _AGAIN:
            raise NoAnswer(str(status))
        if status >= 400:
            raise Refused(f"{status} {_code(answer)}".strip(), answer)
        return answer

    def _send(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._bearer()}"}
        return self._exchange(method, self._account.url + path, headers, json=body)

    def _bearer(self) -> str:
        with self._lock:
            if time.monotonic() < self._token_until:
                return self._token
            form = {
                "client_id": self._account.client_id,
                "client_secret": self._account.client_secret,
                "grant_type": "client_credentials",
                "scope": self._scope,
            }
            status, answer = self._exchange("POST", self._token_url, {}, data=form)
            if status in (400, 401, 403):
                raise Refused(f"{status} {_code(answer)}".strip())
            token = answer.get("access_token") if isinstance(answer, dict) else None
            if status >= 400 or not isinstance(token, str):
                raise NoAnswer(f"token {status}")
            lasts = answer.get("expires_in")
            lasts = float(lasts) if isinstance(lasts, int | float) else 300.0
            self._token = token
            self._token_until = time.monotonic() + max(0.0, lasts - EARLY_S)
            return token

    def _exchange(
        self, method: str, url: str, headers: dict[str, str], **what: Any
    ) -> tuple[int, Any]:
        try:
            with self._session.request(
                method, url, headers=headers, timeout=(CONNECT_S, READ_S),
                allow_redirects=False, stream=True, **what,
            ) as answer:  # fmt: skip
                text = answer.raw.read(MAX_ANSWER + 1, decode_content=True)
                if len(text) > MAX_ANSWER:
                    raise NoAnswer("too long")
                return answer.status_code, _json(text)
        except (requests.RequestException, OSError) as error:
            # Its text may hold the address with what was asked.
            raise NoAnswer(type(error).__name__) from None


def _json(text: bytes) -> Any:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _code(answer: Any) -> str:
    """The service's own word for what is wrong, never its sentence: that may quote an address."""
    if not isinstance(answer, dict):
        return ""
    for name in ("code", "error", "kind"):
        found = answer.get(name)
        if isinstance(found, str) and _CODE.fullmatch(found):
            return found
    return ""
