"""What a buyer's phone holds up to a window's camera, and what the window asks with it.

Capitals, digits and a colon only: a QR code takes these in its densest alphabet, so that its
modules are large. It is no address: whatever else reads it opens nothing.
"""

import re
from typing import Annotated

from pydantic import Field

from kiosk.contract.messages import Request

MARK = "VITRINE:"
_RANDOM = "[A-Z2-7]{26}"  # base32: 128 random bits
_SHOWN = re.compile(f"{MARK}({_RANDOM})", re.ASCII)


class CodeShown(Request):
    """The secret of a code that was held up to a window. In no repr, and so in no log."""

    secret: Annotated[str, Field(repr=False, pattern=f"^{_RANDOM}$")]


def code_of(secret: str) -> str:
    """What the QR code says."""
    return MARK + secret


def secret_of(code: str) -> str | None:
    """The secret in what a QR code says; None where it is none of ours."""
    found = _SHOWN.fullmatch(code)
    return found[1] if found else None
