"""What is said around the goods, written: related pieces, reviews, lookbooks, the quick three."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from kiosk.backoffice.catalogue.models import (
    Lookbook,
    LookbookPiece,
    Picture,
    Product,
    QuickPiece,
    RelatedPiece,
    Review,
)
from kiosk.backoffice.importing.memory import Memory, digest
from kiosk.backoffice.importing.model import ImportedProduct, Report
from kiosk.backoffice.importing.reviews import ImportedReview
from kiosk.backoffice.importing.shopfile import LookbookTable
from kiosk.backoffice.importing.sources import Source

_CHUNK = 400


def write_related(products: Sequence[ImportedProduct]) -> None:
    """Replace the related pieces of `products` by what the file says; unknown handles are none."""
    ids = _ids_of(handle for product in products for handle in product.related)
    for start in range(0, len(products), _CHUNK):
        chunk = [product.id for product in products[start : start + _CHUNK]]
        RelatedPiece.objects.filter(product_id__in=chunk).delete()
    RelatedPiece.objects.bulk_create(
        (
            RelatedPiece(product_id=product.id, other_id=ids[handle], position=place)
            for product in products
            for place, handle in enumerate(product.related)
            if handle in ids and ids[handle] != product.id
        ),
        batch_size=_CHUNK,
    )


def write_reviews(reviews: Sequence[ImportedReview], memory: Memory, report: Report) -> set[str]:
    """Bring the reviews to what the file says; ids of the products whose reviews changed.

    What staff decided about a review stays until the file says something else about it, and
    what they wrote themselves is left alone.
    """
    ids = _ids_of(review.handle for review in reviews)
    said = {review.id: digest({**asdict(review), "row": 0}) for review in reviews}
    touched: set[str] = set()
    for review in reviews:
        if review.handle not in ids:
            report.warn(f"a review of {review.handle!r}, which is not sold: left out", review.row)
        elif memory.reviews.get(review.id) != said[review.id]:
            Review.objects.update_or_create(
                pk=review.id,
                defaults={
                    "product_id": ids[review.handle],
                    "author": review.author,
                    "stars": review.stars,
                    "text": review.text,
                    "on": review.on,
                    "bought_here": review.bought_here,
                    "state": review.state,
                },
            )
            touched.add(ids[review.handle])
    gone = Review.objects.filter(pk__in=[key for key in memory.reviews if key not in said])
    touched.update(gone.values_list("product_id", flat=True))
    gone.delete()
    memory.reviews = {r.id: said[r.id] for r in reviews if r.handle in ids}
    return touched


def write_lookbooks(
    lookbooks: Sequence[LookbookTable],
    sources: Mapping[str, Source],
    rows: Mapping[str, Picture],
    memory: Memory,
) -> bool:
    """Replace the lookbooks where the file's changed since the last import; True if it did."""
    ids = _ids_of(handle for book in lookbooks for handle in book.products)
    shots = [sources.get(book.picture) for book in lookbooks]
    words = [book.model_dump(mode="json") for book in lookbooks]
    said = digest([words, [shot and shot.sha256 for shot in shots], ids]) if lookbooks else ""
    if memory.lookbooks == said:
        return False
    Lookbook.objects.all().delete()
    for place, book in enumerate(lookbooks):
        if book.picture not in rows:
            continue
        row = Lookbook.objects.create(
            picture=rows[book.picture],
            title=dict(book.title),
            text=dict(book.text),
            position=place,
        )
        pieces = dict.fromkeys(ids[handle] for handle in book.products if handle in ids)
        for position, product_id in enumerate(pieces):
            LookbookPiece.objects.create(lookbook=row, product_id=product_id, position=position)
    memory.lookbooks = said
    return True


def write_quick(handles: Sequence[str], memory: Memory) -> bool:
    """Replace the pieces for people in a hurry where the file's changed; True if it did."""
    ids = _ids_of(handles)
    said = digest([list(handles), ids]) if handles else ""
    if memory.quick == said:
        return False
    QuickPiece.objects.all().delete()
    for place, product_id in enumerate(dict.fromkeys(ids[h] for h in handles if h in ids)):
        QuickPiece.objects.create(product_id=product_id, position=place)
    memory.quick = said
    return True


def _ids_of(handles: Iterable[str]) -> dict[str, str]:
    """Product ids by handle; a handle that no product has is left out."""
    wanted = list(dict.fromkeys(handles))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        found |= dict(Product.objects.filter(handle__in=chunk).values_list("handle", "pk"))
    return found
