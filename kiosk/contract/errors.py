"""Errors on the wire: problem details as in RFC 9457."""

from enum import StrEnum

from pydantic import Field

from kiosk.contract.messages import Answer


class ErrorCode(StrEnum):
    INVALID = "invalid"  # 400/422: the message itself is wrong; sending it again will not help
    UNAUTHORIZED = "unauthorized"  # 401: no device token, or one that was revoked
    FORBIDDEN = "forbidden"  # 403
    NOT_FOUND = "not_found"  # 404
    UNKNOWN_CONTRACT = "unknown_contract"  # 400: the other side must be updated
    KEY_REUSED = "key_reused"  # 422: the same idempotency key with another body
    TOO_LARGE = "too_large"  # 413
    TOO_MANY = "too_many"  # 429
    BUSY = "busy"  # 503: try again later
    INTERNAL = "internal"  # 500


class Problem(Answer):
    """`application/problem+json`. `errors` holds "field: what to do" lines."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[str] = Field(default_factory=list)
