"""Keeps the box's index of streets true, on a thread of its own."""

import logging
from pathlib import Path

from kiosk.window.replica import CatalogueReplica, PictureStore
from kiosk.window.replica.addresses import AddressFileError, AddressIndex
from kiosk.window.stage.handover import Handover, Workers

log = logging.getLogger(__name__)


class Streets:
    """`index` answers; `learn` builds it where what it stands on has changed.

    Streets come from `file` where the shop has given one, else from the quarter's map. A whole
    département takes a minute, so that nothing else may wait for this thread.
    """

    def __init__(
        self,
        index: AddressIndex,
        catalogue: CatalogueReplica,
        pictures: PictureStore,
        handover: Handover,
        file: Path | None,
    ) -> None:
        self.index = index
        self._catalogue, self._pictures, self._file = catalogue, pictures, file
        self._worker = Workers(handover, size=1, name="streets")

    def learn(self) -> None:
        """Look whether there is something new to learn; returns at once."""
        self._worker.submit(self._learn, failed=self._failed)

    def close(self) -> None:
        self._worker.close()
        self.index.close()

    def _learn(self) -> None:
        profile = self._catalogue.profile()
        source = self._file
        if source is None and profile is not None:
            source = self._pictures.map_path(profile.map_sha256)
        if source is not None:
            address = profile.address if profile else None
            self.index.use(
                source, address.city if address else "", address.postcode if address else ""
            )

    @staticmethod
    def _failed(error: Exception) -> None:
        if isinstance(error, AddressFileError):
            log.error("addresses cannot be completed: %s", error)
        else:
            log.error("addresses cannot be completed", exc_info=error)
