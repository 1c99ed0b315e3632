"""The time of day that a demonstration pretends, by moving its shop around the earth."""

from datetime import UTC, datetime


def zone_where_it_is(hour: int, now: datetime) -> str:
    """The IANA zone of a whole-hour offset in which `now` falls within `hour` (0 to 23).

    Of two such zones, a day apart, the one nearer to Greenwich: the date moves least.
    """
    east = (hour - now.astimezone(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}"  # the names count westwards
