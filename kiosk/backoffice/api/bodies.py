"""Reading what was asked: capped before it is parsed, strict when it is."""

from typing import TypeVar

from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError
from pydantic import ValidationError

from kiosk.backoffice.api.outcomes import MAX_KEY
from kiosk.backoffice.api.problems import ProblemError, validation_errors
from kiosk.contract import ErrorCode, Request

MAX_BODY = 64 * 1024

_Asked = TypeVar("_Asked", bound=Request)


def read_body(request: HttpRequest, model: type[_Asked]) -> _Asked:
    """The request's body as `model`. Raises ProblemError: 400, 413, 415 or 422."""
    if request.content_type != "application/json":
        raise ProblemError(415, "send application/json")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise ProblemError(413, f"a body may have {MAX_BODY} bytes")
    try:
        body = request.body
    except (UnreadablePostError, RawPostDataException) as error:
        raise ProblemError(400, "the body ended early: send it again") from error
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise ProblemError(400, "the body is no JSON") from error
        raise ProblemError(
            422, "see errors", ErrorCode.INVALID, validation_errors(error)
        ) from error


def read_key(text: str) -> str:
    """The Idempotency-Key's value. Raises ProblemError."""
    if not 8 <= len(text) <= MAX_KEY or not text.isascii() or not text.isprintable():
        raise ProblemError(
            400, f"send an Idempotency-Key of 8 to {MAX_KEY} characters, one for ever per order"
        )
    return text
