"""Which of a shop's large pictures suits the hour and the glass."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from kiosk.shop.catalogue import Picture
from kiosk.shop.hours import OpeningHours

Palette = Literal["day", "night"]
_PALETTES: dict[str, Palette] = {"day": "day", "night": "night"}
# Height over width from which a picture was made for the glass; a product's is at most 5:4.
POSTER_SHAPE = 1.4


class Poster(Protocol):
    """`when` is the time of day that it suits: day, night or any."""

    @property
    def when(self) -> str: ...


P = TypeVar("P", bound=Poster)


def palette(planned: str, hours: OpeningHours, now: datetime) -> Palette:
    """As the plan's theme says; else day while the shop is open or the sun is up, else night."""
    said = _PALETTES.get(planned)
    if said is not None:
        return said
    return "day" if hours.is_open(now) or 8 <= hours.local(now).hour < 18 else "night"


def suited(posters: Sequence[P], now: Palette) -> list[P]:
    """The posters that suit the hour; all of them where none does."""
    return [poster for poster in posters if poster.when in (now, "any")] or list(posters)


def made_for_the_glass(picture: Picture) -> bool:
    largest = picture.renditions[-1] if picture.renditions else None
    return largest is None or largest.height >= POSTER_SHAPE * largest.width
