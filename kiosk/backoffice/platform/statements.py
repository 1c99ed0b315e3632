"""For statements of every order: written by hand, because Django puts each together anew, which
takes several times as long as the database's answer."""

from collections.abc import Sized
from datetime import datetime
from typing import Any

from django.db import connection


def one_of(values: Sized) -> str:
    """The condition's end that a column is one of so many values."""
    return f"IN ({', '.join(['%s'] * len(values))})"


def moment(at: datetime) -> Any:
    """A moment as this database compares it."""
    return connection.ops.adapt_datetimefield_value(at)
