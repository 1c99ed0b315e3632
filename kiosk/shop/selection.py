"""What a visitor narrows the shop down to: a shelf, words, a price, colours, makers, an order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.shop.colour import Colour
from kiosk.shop.money import exponent

# Steps between which prices are easily told apart and remembered.
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
# Fewer pieces than this need no bands: they are seen at a glance.
_ENOUGH = 8


class Sort(StrEnum):
    """An order of the pieces. With words, SHOP is the best match first."""

    SHOP = "shop"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    NAME = "name"


@dataclass(frozen=True, slots=True, order=True)
class PriceBand:
    """From `least` up to, but not including, `below`, in minor units; None: without end."""

    least: int = 0
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Every condition at once; of colours and of makers, any one. An empty one is everything.

    `words` is what a visitor typed. Not personal, yet theirs: kept in no log and no repr.
    """

    category_id: str | None = None
    words: str = field(default="", repr=False)
    price: PriceBand | None = None
    colours: frozenset[Colour] = frozenset()
    makers: frozenset[str] = frozenset()
    available: bool = False
    sort: Sort = Sort.SHOP


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Facets:
    """What a selection could still be narrowed to, each choice with its number of pieces.

    A choice counts under all other conditions but those of its own kind; there is none that
    would lead to nothing. `count` is the selection's own number. Makers by name.
    """

    count: int
    bands: tuple[tuple[PriceBand, int], ...] = ()
    colours: tuple[tuple[Colour, int], ...] = ()
    makers: tuple[tuple[str, int], ...] = ()
    available: int = 0


def price_bands(prices: Mapping[int, int], currency: str) -> tuple[PriceBand, ...]:
    """At most four bands with about as many pieces each, parted at round amounts.

    `prices` maps amounts in minor units to numbers of pieces. No band is empty; () where there
    is nothing to part.
    """
    total = sum(prices.values())
    if total < _ENOUGH or len(prices) < 3:
        return ()
    ordered = sorted(prices)
    cuts: list[int] = []
    for quarter in (1, 2, 3):
        cut = _nearest_round(_quantile(ordered, prices, total * quarter / 4), exponent(currency))
        after = cuts[-1] if cuts else 0
        if any(after <= p < cut for p in ordered) and any(p >= cut for p in ordered):
            cuts.append(cut)
    if not cuts:
        return ()
    return tuple(
        PriceBand(least, below) for least, below in zip([0, *cuts], [*cuts, None], strict=True)
    )


def _quantile(ordered: list[int], prices: Mapping[int, int], wanted: float) -> int:
    passed = 0
    for price in ordered:
        passed += prices[price]
        if passed >= wanted:
            return price
    return ordered[-1]


def _nearest_round(minor: int, places: int) -> int:
    """The nearest of 1, 1.5, 2 … 8, 10, 15 … whole units, in minor units."""
    unit: int = 10**places
    rounds = (
        int(step * 10**power) * unit
        for power in range(10)
        for step in _ROUND
        if (step * 10**power).is_integer()
    )
    return min(rounds, key=lambda amount: abs(amount - minor))
