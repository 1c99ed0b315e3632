"""Pieces leaving the stock and coming back, without ever counting below nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import F

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.catalogue.services import record_changes
from kiosk.backoffice.orders.models import Order, OrderLine
from kiosk.backoffice.platform.statements import one_of
from kiosk.backoffice.platform.writing import writing


class SoldOutError(Exception):
    """Another order took the last pieces."""


def take_stock(lines: Iterable[OrderLine]) -> None:
    """Take all pieces of `lines`, priced in this transaction, or none. Raises SoldOutError.

    The database compares and subtracts in one statement, so that two orders at once cannot
    both have the last piece.
    """
    with writing():
        of_variants = _in_lock_order(lines)
        wanted: Counter[str] = Counter()
        for line in of_variants:
            wanted[str(line.variant_id)] += line.quantity
        taken = _subtract(wanted)
        missing = wanted.keys() - taken
        if missing and Variant.objects.filter(pk__in=missing, stock__isnull=False).exists():
            # Put back by hand: a savepoint would cost every order two statements.
            for name in sorted(taken):
                _put_back(name, wanted[name])
            raise SoldOutError(", ".join(sorted(missing)))
        counted = [line for line in of_variants if line.variant_id in taken]
        for line in counted:
            _note(line, line.quantity)
        record_changes((line.product_id_then for line in counted), on_sale=True)


def _subtract(wanted: Mapping[str, int]) -> set[str]:
    """Take the pieces of each variant that has so many, in one statement; gives those variants."""
    if not wanted:
        return set()
    pieces = f"CASE id {'WHEN %s THEN %s ' * len(wanted)}END"
    named = [part for pair in wanted.items() for part in pair]
    with connection.cursor() as db:
        db.execute(
            f"UPDATE {Variant._meta.db_table} SET stock = stock - {pieces}"  # noqa: S608
            f" WHERE id {one_of(wanted)} AND stock >= {pieces} RETURNING id",
            [*named, *wanted, *named],
        )
        return {name for (name,) in db.fetchall()}


def take_what_is_there(lines: Iterable[OrderLine]) -> None:
    """Take as many pieces as the stock counts: staff accepted the order and have the rest."""
    with writing():
        products = set()
        for line in _in_lock_order(lines):
            variant = (
                Variant.objects.select_for_update()
                .filter(pk=line.variant_id, stock__isnull=False)
                .first()
            )
            if variant is None or variant.stock is None:
                continue
            taken = min(variant.stock, line.quantity)
            Variant.objects.filter(pk=variant.pk).update(stock=F("stock") - taken)
            _note(line, taken)
            products.add(variant.product_id)
        record_changes(products)


def give_back(order: Order) -> None:
    """Put back what an order's lines took; pieces of a variant that is gone stay away."""
    with writing():
        products = set()
        for line in _in_lock_order(order.lines.filter(stock_taken__gt=0)):
            _put_back(line.variant_id, line.stock_taken)
            _note(line, 0)
            products.add(line.product_id_then)
        record_changes(products)


def _in_lock_order(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """Everybody locks variants in the same order: no two orders wait for each other."""
    return sorted((x for x in lines if x.variant_id), key=lambda x: str(x.variant_id))


def _put_back(variant_id: str | None, pieces: int) -> None:
    Variant.objects.filter(pk=variant_id, stock__isnull=False).update(stock=F("stock") + pieces)


def _note(line: OrderLine, taken: int) -> None:
    line.stock_taken = taken
    if line.pk:
        line.save(update_fields=["stock_taken"])
