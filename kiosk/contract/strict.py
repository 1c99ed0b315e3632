"""What a request may write for a moment, a name or a yes: one spelling each, as described.

Without these a number is a moment, 0 is a no, and a name has four spellings.
"""

import re
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)  # RFC 3339
_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _moment(given: Any) -> Any:
    if isinstance(given, datetime) or (isinstance(given, str) and _MOMENT.fullmatch(given)):
        return given
    raise ValueError("write a moment as 2025-01-31T18:00:00+01:00")


def _name(given: Any) -> Any:
    if isinstance(given, UUID) or (isinstance(given, str) and _NAME.fullmatch(given)):
        return given
    raise ValueError("write a UUID as 8-4-4-4-12 hexadecimal digits")


def _one(given: Any) -> Any:
    if isinstance(given, bool):
        raise ValueError("write a number")
    return given


Moment = Annotated[datetime, BeforeValidator(_moment)]
Name = Annotated[UUID, BeforeValidator(_name)]
ContractOne = Annotated[Literal[1], BeforeValidator(_one)]
