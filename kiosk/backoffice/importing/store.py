"""The products of a checked catalogue, written in bulk inside one transaction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.db.models import F, Value
from django.db.models.functions import Concat

from kiosk.backoffice.catalogue.models import Picture, Product, ProductPicture, Variant
from kiosk.backoffice.importing.memory import Memory, product_digest
from kiosk.backoffice.importing.model import CatalogueError, ImportedProduct, ImportedVariant
from kiosk.backoffice.importing.sources import Source
from kiosk.backoffice.importing.storewords import write_related

_CHUNK = 400  # rows in one SQL statement; SQLite binds at most 32,766 values
_REASON = "catalogue import"
_WORDS = ("title", "pitch", "story", "material", "care", "meaning", "meaning_proof")
_PLAIN = ("handle", "hidden", "maker", "maker_town", "maker_km", "weight_g")
_VARIANT = (
    "product",
    "position",
    "sku",
    "gtin",
    "price_minor",
    "currency",
    "compare_at_minor",
    "stock",
    "options",
)

_T = TypeVar("_T")


@dataclass(slots=True)
class Written:
    """Ids of products by what became of them. Nothing in `unchanged` was touched."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def touched(self) -> list[str]:
        return [*self.added, *self.changed, *self.removed]


def write_products(
    products: list[ImportedProduct],
    shelves: Mapping[str, str],
    sources: dict[str, Source],
    rows: Mapping[str, Picture],
    memory: Memory,
) -> Written:
    """Bring the database to what the file says. To be called in a transaction.

    `shelves` maps category keys to category ids. Updates `memory`. Raises CatalogueError where
    a product that staff made by hand stands in the way.
    """
    present = _rows_of(Product, [p.id for p in products])
    _check_clashes(products, memory)
    written = Written()
    digests = {p.id: product_digest(p, sources) for p in products}
    rewritten = [
        p for p in products if p.id not in present or memory.products.get(p.id) != digests[p.id]
    ]
    again = {p.id for p in rewritten}
    restocked = _restocked([p for p in products if p.id not in again], memory)
    moved = _moved(products, present, again)
    _write_products(rewritten, {p.id: i for i, p in enumerate(products)}, present, shelves)
    _write_variants(rewritten, memory)
    _write_pictures(rewritten, rows)
    write_related(rewritten)
    for product in products:
        if product.id not in present:
            written.added.append(product.id)
        elif product.id in again or product.id in restocked or product.id in moved:
            written.changed.append(product.id)
        else:
            written.unchanged += 1
    gone = sorted(set(memory.products) - set(digests))
    for chunk in _chunks(gone):
        written.removed += Product.objects.filter(pk__in=chunk).values_list("pk", flat=True)
        Product.objects.filter(pk__in=chunk).delete()
    memory.products = digests
    memory.stock = {v.id: v.stock for p in products for v in p.variants}
    return written


def _check_clashes(products: list[ImportedProduct], memory: Memory) -> None:
    """Handles and SKUs of products that did not come from a file are not taken over."""
    incoming = {p.id for p in products}
    handles = {p.handle: p for p in products}
    skus = {v.sku: v for p in products for v in p.variants}
    own = incoming | set(memory.products)
    for chunk in _chunks(handles):
        for handle, id in Product.objects.filter(handle__in=chunk).values_list("handle", "id"):
            if id not in own:
                raise CatalogueError(
                    f"a product made by hand is already called {handle!r}: rename one of the two",
                    handles[handle].row,
                )
    for chunk in _chunks(skus):
        taken = Variant.objects.filter(sku__in=chunk)
        for sku, id, product_id in taken.values_list("sku", "id", "product_id"):
            if product_id not in own and id != skus[sku].id:
                raise CatalogueError(
                    f"a product made by hand already has SKU {sku!r}: change one of the two",
                    skus[sku].row,
                )


def _restocked(products: list[ImportedProduct], memory: Memory) -> set[str]:
    """Set the stock where the file now says another number than it did the last time."""
    changed: list[tuple[str, ImportedVariant]] = [
        (product.id, variant)
        for product in products
        for variant in product.variants
        if memory.stock.get(variant.id, variant.stock) != variant.stock
    ]
    for _, variant in changed:
        Variant.objects.filter(pk=variant.id).update(stock=variant.stock)
    return {product_id for product_id, _ in changed}


def _moved(
    products: list[ImportedProduct], present: Mapping[str, Product], again: set[str]
) -> set[str]:
    """Put products that only changed their place in the file there."""
    rows = []
    for position, product in enumerate(products):
        row = present.get(product.id)
        if row and product.id not in again and row.position != position:
            row.position = position
            rows.append(row)
    Product.objects.bulk_update(rows, ["position"], batch_size=_CHUNK)
    return {row.pk for row in rows}


def _write_products(
    products: list[ImportedProduct],
    places: Mapping[str, int],
    present: Mapping[str, Product],
    shelves: Mapping[str, str],
) -> None:
    fresh: list[Any] = []
    known: list[Any] = []
    for product in products:
        row = present.get(product.id) or Product(id=product.id)
        for name in _WORDS:
            setattr(row, name, dict(getattr(product, name)))
        for name in _PLAIN:
            setattr(row, name, getattr(product, name))
        row.position = places[product.id]
        row.category_id = shelves[product.category_key]
        row.options = [_option(option) for option in product.options]
        (known if product.id in present else fresh).append(row)
    # A handle that passes from one product to another must be free before it is taken.
    _make_way(Product, "handle", known)
    Product.objects.bulk_create(fresh, batch_size=_CHUNK)
    fields = [*_WORDS, *_PLAIN, "position", "category", "options"]
    Product.objects.bulk_update(known, fields, batch_size=_CHUNK)
    _remember(Product, fresh, known)


def _write_variants(products: list[ImportedProduct], memory: Memory) -> None:
    incoming = {v.id: (p.id, place, v) for p in products for place, v in enumerate(p.variants)}
    present = _rows_of(Variant, list(incoming))
    for chunk in _chunks([p.id for p in products]):
        stale = Variant.objects.filter(product_id__in=chunk).values_list("pk", flat=True)
        gone = [pk for pk in stale if pk not in incoming]
        for part in _chunks(gone):
            Variant.objects.filter(pk__in=part).delete()
    fresh: list[Any] = []
    known: list[Any] = []
    for product_id, place, said in incoming.values():
        row = present.get(said.id) or Variant(id=said.id)
        row.product_id, row.position = product_id, place
        row.sku, row.gtin, row.options = said.sku, said.gtin, dict(said.options)
        row.price_minor, row.currency = said.price.minor, said.price.currency
        row.compare_at_minor = said.compare_at.minor if said.compare_at else None
        is_new = said.id not in present
        if is_new or memory.stock.get(said.id, said.stock) != said.stock:
            row.stock = said.stock
        (fresh if is_new else known).append(row)
    _make_way(Variant, "sku", known)
    Variant.objects.bulk_create(fresh, batch_size=_CHUNK)
    Variant.objects.bulk_update(known, _VARIANT, batch_size=_CHUNK)
    _remember(Variant, fresh, known)


def _write_pictures(products: list[ImportedProduct], rows: Mapping[str, Picture]) -> None:
    for chunk in _chunks([p.id for p in products]):
        ProductPicture.objects.filter(product_id__in=chunk).delete()
    uses: list[ProductPicture] = []
    places: dict[tuple[str, int], ProductPicture] = {}
    for product in products:
        for place, shot in enumerate(product.pictures):
            picture = rows.get(shot.source)
            if picture:
                use = ProductPicture(
                    product_id=product.id, picture=picture, position=place, alt=dict(shot.alt)
                )
                uses.append(use)
                places[product.id, place] = use
    ProductPicture.objects.bulk_create(uses, batch_size=_CHUNK)
    shown = []
    for product in products:
        for variant in product.variants:
            found = (
                places.get((product.id, variant.picture)) if variant.picture is not None else None
            )
            if found:
                shown.append(Variant(id=variant.id, picture=found))
    Variant.objects.bulk_update(shown, ["picture"], batch_size=_CHUNK)


def _make_way(model: Any, name: str, rows: Iterable[Any]) -> None:
    """Free a unique value that another row is about to take: "A" and "B" may change places."""
    wanted = {row.pk: getattr(row, name) for row in rows}
    for chunk in _chunks(wanted):
        held = model.objects.filter(pk__in=chunk).values_list("pk", name)
        changing = [pk for pk, value in held if value != wanted[pk]]
        if changing:
            model.objects.filter(pk__in=changing).update(**{name: Concat(Value("~"), F("pk"))})


def _remember(model: Any, fresh: list[Any], known: list[Any]) -> None:
    """Bulk writes send no signals, so the history is written here."""
    model.history.bulk_history_create(fresh, batch_size=_CHUNK, default_change_reason=_REASON)
    model.history.bulk_history_create(
        known, batch_size=_CHUNK, update=True, default_change_reason=_REASON
    )


def _rows_of(model: Any, ids: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for chunk in _chunks(ids):
        found |= model.objects.in_bulk(chunk)
    return found


def _option(option: Any) -> dict[str, Any]:
    values = [{"id": v.id, "title": dict(v.title), "swatch": v.swatch} for v in option.values]
    return {"id": option.id, "title": dict(option.title), "values": values}


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk
