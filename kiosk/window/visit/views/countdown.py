"""The time until a drop, in words."""

from dataclasses import dataclass
from datetime import UTC
from math import ceil

from kiosk.shop import formats
from kiosk.window.visit.views.common import moment_words
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

LAST_SECONDS = 5 * 60  # counted one by one; before that a minute is told once
_MINUTE, _HOUR, _DAY = 60, 60 * 60, 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Countdown:
    """`opens` is "On sale on Thursday at 18:00", `left` "5 h 12 min to go".

    `by_seconds` is True in the last minutes, while `left` changes every second.
    """

    opens: str
    left: str
    by_seconds: bool


def countdown(product_id: str, world: World, language: str) -> Countdown | None:
    """The countdown to the drop of a piece; None where it is sold now."""
    opens = world.sold_from(product_id)
    if opens is None:
        return None
    w = words(language)
    seconds = ceil((opens.astimezone(UTC) - world.now.astimezone(UTC)).total_seconds())
    when = moment_words(opens, world.shop.hours.local(world.now), language)
    return Countdown(
        opens=w("On sale {when}", when=when),
        left=w("{left} to go", left=_left(seconds, language)),
        by_seconds=seconds <= LAST_SECONDS,
    )


def _left(seconds: int, language: str) -> str:
    """ "12 days", "5 h 12 min", "14 min", "4:59"."""
    w = words(language)
    if seconds <= LAST_SECONDS:
        minutes, rest = divmod(seconds, _MINUTE)
        return f"{formats.number(minutes, language)}:{_two(rest, language)}"
    if seconds >= 2 * _DAY:
        return w.count("{n} day", "{n} days", seconds // _DAY)
    minutes = ceil(seconds / _MINUTE)
    hours, minutes = divmod(minutes, _HOUR // _MINUTE)
    if not hours:
        return w("{minutes} min", minutes=formats.number(minutes, language))
    return w(
        "{hours} h {minutes} min",
        hours=formats.number(hours, language),
        minutes=_two(minutes, language),
    )


def _two(n: int, language: str) -> str:
    return formats.number(n // 10, language) + formats.number(n % 10, language)
