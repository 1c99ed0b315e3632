"""What holds for every request: the contract's version, and headers that keep pages safe."""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kiosk.backoffice.api import PREFIX
from kiosk.backoffice.api.problems import as_problem, problem, problem_response
from kiosk.contract import CONTRACT, CONTRACT_HEADER, ContractError, ErrorCode, check_contract

_Next = Callable[[HttpRequest], HttpResponseBase]

# Asked before anything is agreed: they answer in every contract.
_NEGOTIATION = frozenset({f"{PREFIX}/hello", f"{PREFIX}/openapi.json"})
# Followed from a phone's browser, which cannot always send headers.
_CAPABILITY = re.compile(
    rf"^{PREFIX}/((orders|deliveries)/[^/]+(/events(/poll)?)?|courier-photos/[^/]+)$"
)
# Sent by apps that know nothing of contracts.
_APPS = re.compile(rf"^{PREFIX}/couriers/[^/]+/(owntracks|traccar)$")

_CSP = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "style-src": "'self' 'unsafe-inline'",
    "script-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# The staff's page toolkit evaluates expressions that stand in its own markup.
_STAFF_SCRIPTS = "'self' 'unsafe-inline' 'unsafe-eval'"


def contract_problem(path: str, spoken: str | None) -> str:
    """What is wrong with the contract that a request for `path` speaks, "" if nothing."""
    free = _CAPABILITY.match(path) or _APPS.match(path)
    if path in _NEGOTIATION or (spoken is None and free):
        return ""
    try:
        check_contract(spoken, "window")
    except ContractError as error:
        return str(error)
    return ""


class ContractMiddleware:
    """Refuses contracts that we do not speak, and makes every API error a problem."""

    def __init__(self, get_response: _Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(f"{PREFIX}/"):
            return self._next(request)
        wrong = contract_problem(request.path, request.headers.get(CONTRACT_HEADER))
        response: HttpResponseBase
        if wrong:
            response = problem_response(problem(400, wrong, ErrorCode.UNKNOWN_CONTRACT))
        else:
            response = as_problem(self._next(request))
        response[CONTRACT_HEADER] = str(CONTRACT)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response


class PageSafetyMiddleware:
    """A content security policy on every page; a view may bring its own."""

    def __init__(self, get_response: _Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._next(request)
        if response.get("Content-Type", "").startswith("text/html"):
            policy = dict(_CSP)
            if request.path.startswith("/staff/"):
                policy["script-src"] = _STAFF_SCRIPTS
            text = "; ".join(f"{name} {value}" for name, value in policy.items())
            response.headers.setdefault("Content-Security-Policy", text)
            response.headers.setdefault("Permissions-Policy", "camera=(), microphone=()")
        return response
