"""Reading what a service tells: nothing is believed to be there, or of the right kind."""

import json
import math
from datetime import UTC, datetime
from typing import Any

from kiosk.backoffice.dispatch.service import Unreadable
from kiosk.shop.geo import Point


class Told:
    """A JSON value that can be asked for what may lie in it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    @classmethod
    def of(cls, body: bytes) -> "Told":
        """Raises Unreadable."""
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            raise Unreadable("this is no JSON") from None
        if not isinstance(value, dict):
            raise Unreadable("this is no JSON object")
        return cls(value)

    def __getitem__(self, name: str) -> "Told":
        return Told(self.value.get(name) if isinstance(self.value, dict) else None)

    def __bool__(self) -> bool:
        return bool(self.value)

    def first(self) -> "Told":
        return Told(self.value[0] if isinstance(self.value, list) and self.value else None)

    def text(self, longest: int = 200) -> str:
        """Text or a number as text; "" for anything else."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, str | int):
            return ""
        return str(value)[:longest]

    def flag(self) -> bool | None:
        return self.value if isinstance(self.value, bool) else None

    def number(self) -> float | None:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | str):
            return None
        try:
            found = float(self.value)
        except (ValueError, OverflowError):
            return None
        return found if math.isfinite(found) else None

    def moment(self) -> datetime | None:
        """An RFC 3339 time; None for anything else, also for one without a zone."""
        try:
            found = datetime.fromisoformat(self.text())
            return found.astimezone(UTC) if found.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def point(self, lat: str, lon: str) -> Point | None:
        north, east = self[lat].number(), self[lon].number()
        if north is None or east is None or not (abs(north) <= 90 and abs(east) <= 180):
            return None
        return Point(north, east)

    def url(self) -> str:
        """An https address; "" for anything else."""
        found = self.text(500)
        return found if found.startswith("https://") and found.isprintable() else ""
