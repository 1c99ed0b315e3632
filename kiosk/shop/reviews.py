"""What buyers say of a piece: stars, and words as they were written. The shop moderates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kiosk.shop.text import Texts, clean

MAX_AUTHOR = 40
MAX_REVIEW = 600
MOST_STARS = 5
LISTED_REVIEWS = 12  # of one piece, the newest first; its rating counts all


@dataclass(frozen=True, slots=True)
class Review:
    """One buyer's words. `author` is a first name or an initial, never more.

    `text` is as written, usually in one language. `on` is the day it was written.
    `bought_here` says that the shop has seen the purchase.
    """

    id: str
    author: str
    stars: int
    on: date
    text: Texts = field(default_factory=dict)
    bought_here: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= MOST_STARS:
            raise ValueError(f"a review has 1 to {MOST_STARS} stars, not {self.stars}")


@dataclass(frozen=True, slots=True)
class Rating:
    """The sum of all stars and the number of reviews that gave them."""

    stars: int
    count: int

    def __post_init__(self) -> None:
        if self.count < 1 or not self.count <= self.stars <= MOST_STARS * self.count:
            raise ValueError(f"{self.stars} stars in {self.count} reviews cannot be")

    @property
    def average(self) -> Decimal:
        """One decimal, halves up: 4.65 is 4.7."""
        mean = Decimal(self.stars) / self.count
        return mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def rating_of(stars: Iterable[int]) -> Rating | None:
    """The rating of so many stars each; None without any."""
    given = list(stars)
    return Rating(sum(given), len(given)) if given else None


def first_name(name: str) -> str:
    """What is shown of a reviewer: the first name, or the initial of anything else.

    "Camille Roux" → "Camille", "J.-P. Roux" → "J.", "camille@post.example" → "C.".
    """
    first = next(iter(clean(name, 200).split()), "")
    if not first:
        return ""
    if "@" in first or not re.fullmatch(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", first):
        return next((f"{c.upper()}." for c in first if c.isalpha()), "")
    return clean(first[:1].upper() + first[1:], MAX_AUTHOR)
