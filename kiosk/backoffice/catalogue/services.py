"""The change feed: how what staff and importers do reaches every window."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from kiosk.backoffice.catalogue.models import CatalogueChange, Product, Variant
from kiosk.backoffice.catalogue.wire import product_on_wire, with_everything
from kiosk.backoffice.platform.epoch import cursor, epoch, parse_cursor
from kiosk.backoffice.platform.events import emit
from kiosk.backoffice.platform.shop import shop_currency
from kiosk.backoffice.platform.statements import moment, one_of
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import CatalogueChanges, EventKind
from kiosk.shop import catalogue as shop

PAGE = 200
MAX_PAGE = 500
_CHUNK = 500  # ids in one SQL statement
_FEED = CatalogueChange._meta.db_table

_collected: ContextVar[set[str] | None] = ContextVar("collected", default=None)


def publish_product(product_id: str) -> None:
    """Put a product's present state at the feed's end (also its absence)."""
    record_changes([product_id])


def record_changes(product_ids: Iterable[str], *, on_sale: bool | None = None) -> None:
    """Put many products at the feed's end, with one event; for bulk writers.

    To be called in the transaction that changed them. `on_sale` where its caller knows already
    whether all of them are.
    """
    ids = list(dict.fromkeys(product_ids))
    collected = _collected.get()
    if collected is not None:
        collected.update(ids)
        return
    if not ids:
        return
    with writing():
        last = 0
        for start in range(0, len(ids), _CHUNK):
            last = _record(ids[start : start + _CHUNK], on_sale)
        emit(EventKind.CATALOGUE, version=last)


@contextmanager
def one_change() -> Iterator[None]:
    """Within it, every save is collected, and recorded once at the end, in one transaction."""
    with writing():
        token = _collected.set(set())
        try:
            yield
            ids = _collected.get() or set()
        finally:
            _collected.reset(token)
        record_changes(sorted(ids))


def _record(ids: list[str], known: bool | None) -> int:
    """Gives the last sequence number."""
    on_sale = _on_sale(ids) if known is None else set(ids if known else ())
    now, these = moment(timezone.now()), one_of(ids)
    with connection.cursor() as db:
        db.execute(f"DELETE FROM {_FEED} WHERE product_id {these}", ids)  # noqa: S608
        db.execute(
            f"INSERT INTO {_FEED} (product_id, deleted, at)"  # noqa: S608
            f" VALUES {', '.join(['(%s, %s, %s)'] * len(ids))} RETURNING seq",
            [part for id in ids for part in (id, id not in on_sale, now)],
        )
        last = max(seq for (seq,) in db.fetchall())
        db.execute(
            f"UPDATE {Product._meta.db_table} AS p SET version ="  # noqa: S608
            f" (SELECT c.seq FROM {_FEED} c WHERE c.product_id = p.id) WHERE p.id {these}",
            ids,
        )
    return int(last)


def _on_sale(ids: list[str]) -> set[str]:
    return set(
        Variant.objects.filter(product_id__in=ids, product__hidden=False)
        .order_by()
        .values_list("product_id", flat=True)
    )


def last_change_seq() -> int:
    return CatalogueChange.objects.aggregate(last=Max("seq"))["last"] or 0


def read_changes(cursor_text: str, limit: int = PAGE) -> CatalogueChanges:
    """What changed after a cursor; a cursor that is not ours starts the whole catalogue."""
    now = epoch()
    after = known_cursor(cursor_text, now)
    rows = list(CatalogueChange.objects.filter(seq__gt=after or 0).order_by("seq")[: limit + 1])
    page, more = rows[:limit], len(rows) > limit
    products = _on_wire([row.product_id for row in page if not row.deleted])
    return CatalogueChanges(
        epoch=now,
        cursor=cursor(now, page[-1].seq if page else after or 0),
        reset=after is None,
        more=more,
        upserts=[products[row.product_id] for row in page if row.product_id in products],
        deletions=[row.product_id for row in page if row.product_id not in products],
    )


def known_cursor(text: str, epoch_now: str) -> int | None:
    """The sequence number in a cursor of this epoch; None: start from the beginning."""
    parsed = parse_cursor(text)
    if parsed is None or parsed[0] != epoch_now or parsed[1] > last_change_seq():
        return None
    return parsed[1]


def _on_wire(ids: list[str]) -> dict[str, shop.Product]:
    currency = shop_currency()
    found = {}
    for product in with_everything(Product.objects.filter(id__in=ids, hidden=False)):
        wire = product_on_wire(product, currency)
        if wire is not None:
            found[product.id] = wire
    return found
