"""Every error as problem details (RFC 9457)."""

from http import HTTPStatus

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import ValidationError

from kiosk.contract import ErrorCode, Problem

CONTENT_TYPE = "application/problem+json"
MAX_ERRORS = 20

_NOT_OUR_NAME = "this back office does not go by that name: add it to KIOSK_ALLOWED_HOSTS"

_CODES = {
    400: ErrorCode.INVALID,
    401: ErrorCode.UNAUTHORIZED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    413: ErrorCode.TOO_LARGE,
    429: ErrorCode.TOO_MANY,
    503: ErrorCode.BUSY,
}


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        code: ErrorCode | None = None,
        errors: list[str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = problem(status, detail, code, errors)


def problem(
    status: int,
    detail: str = "",
    code: ErrorCode | None = None,
    errors: list[str] | None = None,
) -> Problem:
    """`code` follows from the status where it is not given."""
    fallback = ErrorCode.INTERNAL if status >= 500 else ErrorCode.INVALID
    return Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        code=code or _CODES.get(status, fallback),
        detail=detail,
        errors=errors or [],
    )


def problem_response(given: Problem) -> HttpResponse:
    response = HttpResponse(given.model_dump_json(), CONTENT_TYPE, given.status)
    if given.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if given.status == 503:
        response["Retry-After"] = "5"
    return response


def validation_errors(error: ValidationError) -> list[str]:
    """ "lines.0.quantity: Input should be…" lines, without what was sent: it may be personal."""
    return [
        f"{'.'.join(str(part) for part in item['loc']) or 'body'}: {item['msg']}"
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ][:MAX_ERRORS]


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """Any error answer as problem details; what is one already, or no error, stays."""
    if response.status_code < 400 or response.get("Content-Type", "") == CONTENT_TYPE:
        return response
    fresh = problem_response(problem(response.status_code))
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response:
            fresh[name] = response[name]
    return fresh


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    named = isinstance(exception, DisallowedHost)
    return _page(request, 400, _NOT_OUR_NAME if named else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return _page(request, 500)


def _page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem_response(problem(status, detail))
    text = detail or HTTPStatus(status).phrase
    return HttpResponse(text, "text/plain; charset=utf-8", status)
