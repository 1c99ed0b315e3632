"""What goes with a piece: what the shop chose, else what is close to it."""

from collections.abc import Collection, Iterable, Sequence

from kiosk.shop.catalogue import Product

_CHOSEN, _MAKER, _TOGETHER, _SHELF, _STRANGE = range(5)


def related(
    piece: Product,
    candidates: Iterable[Product],
    together: Collection[str],
    without: Collection[str],
    limit: int,
) -> tuple[Product, ...]:
    """At most `limit` of `candidates`, what can be had before what cannot.

    Then the shop's own choice in its order, pieces of the same maker, those shown `together`
    with it in a lookbook, those of its shelf; candidates with nothing in common are left out,
    and so are `without` (what is in the basket) and the piece itself.
    """
    shunned = {piece.id, *without}
    found: dict[str, Product] = {c.id: c for c in candidates if c.id not in shunned}
    ranked = [
        (not c.available, kinship, place, c)
        for place, c in enumerate(found.values())
        if (kinship := _kinship(piece, c, together)) < (_STRANGE, 0)
    ]
    ranked.sort(key=lambda row: row[:3])
    return tuple(row[3] for row in ranked[:limit])


def _kinship(piece: Product, other: Product, together: Collection[str]) -> tuple[int, int]:
    chosen: Sequence[str] = piece.related
    if other.id in chosen:
        return _CHOSEN, chosen.index(other.id)
    if piece.maker and other.maker == piece.maker:
        return _MAKER, 0
    if other.id in together:
        return _TOGETHER, 0
    return (_SHELF if other.category_id == piece.category_id else _STRANGE), 0
