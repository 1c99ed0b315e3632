"""Pieces leaving the stock and coming back, without ever counting below nothing."""

from collections.abc import Iterable

from django.db.models import F

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.catalogue.services import record_changes
from kiosk.backoffice.orders.models import Order, OrderLine
from kiosk.backoffice.platform.writing import writing


class SoldOutError(Exception):
    """Another order took the last pieces."""


def take_stock(lines: Iterable[OrderLine]) -> None:
    """Take all pieces of `lines`, priced in this transaction, or none. Raises SoldOutError.

    The database compares and subtracts in one statement, so that two orders at once cannot
    both have the last piece.
    """
    with writing():
        taken: list[OrderLine] = []
        for line in _in_lock_order(lines):
            there = Variant.objects.filter(pk=line.variant_id, stock__gte=line.quantity)
            if there.update(stock=F("stock") - line.quantity):
                taken.append(line)
            elif Variant.objects.filter(pk=line.variant_id, stock__isnull=False).exists():
                # Put back by hand: a savepoint would cost every order two statements.
                for other in taken:
                    _put_back(other, other.quantity)
                raise SoldOutError(line.sku)
        for line in taken:
            _note(line, line.quantity)
        record_changes((line.product_id_then for line in taken), on_sale=True)


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
            _put_back(line, line.stock_taken)
            _note(line, 0)
            products.add(line.product_id_then)
        record_changes(products)


def _in_lock_order(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """Everybody locks variants in the same order: no two orders wait for each other."""
    return sorted((x for x in lines if x.variant_id), key=lambda x: str(x.variant_id))


def _put_back(line: OrderLine, pieces: int) -> None:
    Variant.objects.filter(pk=line.variant_id, stock__isnull=False).update(
        stock=F("stock") + pieces
    )


def _note(line: OrderLine, taken: int) -> None:
    line.stock_taken = taken
    if line.pk:
        line.save(update_fields=["stock_taken"])
