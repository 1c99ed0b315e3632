"""Reads the piece under a finger before it is opened: while the finger is still down."""

from collections.abc import Callable

from kiosk.shop.catalogue import Product
from kiosk.window.replica import CatalogueReplica
from kiosk.window.stage.around import beside
from kiosk.window.stage.handover import Workers

Around = tuple[Product, ...]


class Prepared:
    """`ready(piece, around)` is called on the UI thread when a piece and what stands beside it
    have been read, unless the finger has gone elsewhere meanwhile.
    """

    def __init__(
        self,
        catalogue: CatalogueReplica,
        workers: Workers,
        ready: Callable[[Product, Around], None],
    ) -> None:
        self._catalogue, self._workers, self._ready = catalogue, workers, ready
        self._wanted = ""
        self._found: tuple[int, str, Around] | None = None

    def prepare(self, product_id: str) -> None:
        """Read that piece; none where ""."""
        self._wanted, version = product_id, self._catalogue.version
        if product_id and self.around(product_id) is None:
            self._workers.submit(
                lambda: (self._catalogue.product(product_id), beside(self._catalogue, product_id)),
                then=lambda found: self._take(version, *found),
            )

    def around(self, product_id: str) -> Around | None:
        """What stands beside that piece as the replica is now; None where it is not prepared."""
        if self._found is None or self._found[:2] != (self._catalogue.version, product_id):
            return None
        return self._found[2]

    def forget(self) -> None:
        self._wanted, self._found = "", None

    def _take(self, version: int, piece: Product | None, around: Around) -> None:
        if piece is not None and piece.id == self._wanted:
            self._found = version, piece.id, around
            self._ready(piece, around)
