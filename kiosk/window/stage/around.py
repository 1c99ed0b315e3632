"""What stands beside a piece, read from the replica. On workers only."""

from kiosk.shop.catalogue import Product
from kiosk.shop.related import related
from kiosk.window.replica import CatalogueReplica

# More than are shown: what goes into the basket meanwhile makes room for the next.
MOST = 12
LOOKED_AT = 24


def beside(catalogue: CatalogueReplica, product_id: str) -> tuple[Product, ...]:
    """At most MOST pieces that go with a piece, best first; () where it is gone."""
    piece = catalogue.product(product_id)
    if piece is None:
        return ()
    profile = catalogue.profile()
    books = profile.lookbooks if profile else []
    together = {i for book in books if product_id in book.product_ids for i in book.product_ids}
    named = [*piece.related, *sorted(together)]
    candidates = catalogue.beside(piece, named, LOOKED_AT)
    return related(piece, candidates, together, (), MOST)
