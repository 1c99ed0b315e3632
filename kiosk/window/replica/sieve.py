"""Selections as SQL: which products, in which order, and what else could be chosen."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from kiosk.shop.colour import Colour
from kiosk.shop.selection import Facets, PriceBand, Selection, Sort, price_bands
from kiosk.window.replica.feed import LIVE

Read = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
# A query's conditions on `product`, and their values.
Conditions = tuple[str, list[object]]
Where = Callable[[Selection], Conditions]

ORDERS = {
    Sort.SHOP: ("position", "title", "id"),
    Sort.CHEAPEST: ("price", "position", "title", "id"),
    Sort.DEAREST: ("-price", "position", "title", "id"),
    Sort.NAME: ("title", "id"),
}


def conditions(selection: Selection) -> Conditions:
    """All but the words, which `search` looks after."""
    where, values = [f"product.generation = {LIVE}"], list[object]()
    if selection.category_id is not None:
        where.append("product.category_id = ?")
        values.append(selection.category_id)
    if selection.price is not None:
        where.append("product.price >= ?")
        values.append(selection.price.least)
        if selection.price.below is not None:
            where.append("product.price < ?")
            values.append(selection.price.below)
    if selection.colours:
        # A colour that is sold out is not available today, though the piece may be in another.
        where.append(f"product.{_colours(selection)} & ?")
        values.append(sum(colour.bit for colour in selection.colours))
    if selection.makers:
        where.append(f"product.maker IN ({', '.join('?' * len(selection.makers))})")
        values += sorted(selection.makers)
    if selection.available:
        where.append("product.available")
    return " AND ".join(where), values


def in_numbers(numbers: Sequence[int]) -> Conditions:
    """The rows that a search has found."""
    return f"product.n IN ({', '.join(map(str, numbers))})", []


def ordered(
    read: Read, where: Conditions, sort: Sort, after: tuple[int | str, ...], limit: int
) -> list[tuple[int, tuple[int | str, ...]]]:
    """(row number, sort key) of the rows after a key (() for the first), in an order."""
    columns = ORDERS[sort]
    conditions, values = where
    if after:
        conditions += f" AND ({', '.join(columns)}) > ({', '.join('?' * len(columns))})"
    rows = read(
        f"SELECT n, {', '.join(columns)} FROM product WHERE {conditions} "  # noqa: S608
        f"ORDER BY {', '.join(columns)} LIMIT ?",
        [*values, *after, limit],
    )
    return [(int(row[0]), tuple(row[1:])) for row in rows]


def facets(read: Read, where: Where, selection: Selection, currency: str) -> Facets:
    """What the selection could still be narrowed to. `where` knows the words as well."""
    shelf = Selection(selection.category_id, selection.words)
    everywhere = _tally(read, "price", where(shelf))
    prices = _tally(read, "price", where(replace(selection, price=None)))
    colours = _tally(read, _colours(selection), where(replace(selection, colours=frozenset())))
    makers = _tally(read, "maker", where(replace(selection, makers=frozenset())))
    available = _tally(read, "available", where(replace(selection, available=False)))
    bands = (
        (band, sum(count for price, count in prices.items() if _holds(band, price)))
        for band in price_bands(everywhere, currency)
    )
    hues = (
        (colour, sum(count for bits, count in colours.items() if bits & colour.bit))
        for colour in Colour
    )
    return Facets(
        count=sum(_tally(read, "1", where(selection)).values()),
        bands=tuple((band, count) for band, count in bands if count),
        colours=tuple((colour, count) for colour, count in hues if count),
        makers=tuple(sorted((maker, count) for maker, count in makers.items() if maker)),
        available=available.get(1, 0),
    )


def _tally(read: Read, column: str, where: Conditions) -> Counter[Any]:
    rows = read(
        f"SELECT {column}, count(*) FROM product WHERE {where[0]} GROUP BY {column}",  # noqa: S608
        where[1],
    )
    return Counter(dict(rows))


def _colours(selection: Selection) -> str:
    return "colours_now" if selection.available else "colours"


def _holds(band: PriceBand, price: int) -> bool:
    return band.least <= price and (band.below is None or price < band.below)
