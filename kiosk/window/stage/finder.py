"""Asks the replica what a visitor looks for: off the UI thread, and only the latest question."""

import logging
from collections.abc import Callable
from dataclasses import replace

from kiosk.shop.selection import Selection, Sort
from kiosk.window.replica import CatalogueReplica
from kiosk.window.stage.handover import Workers
from kiosk.window.stage.widgets.wall.shelf import PAGE
from kiosk.window.visit.finding import Answer

log = logging.getLogger(__name__)


class Finder:
    """`answered` is called on the UI thread. One question is out at a time: while somebody types,
    those between it and the latest are never asked.
    """

    def __init__(
        self, catalogue: CatalogueReplica, workers: Workers, answered: Callable[[Answer], None]
    ) -> None:
        self._catalogue, self._workers, self._answered = catalogue, workers, answered
        self._waiting: Selection | None = None
        self._out = False

    def look(self, selection: Selection) -> None:
        if self._out:
            self._waiting = selection
            return
        self._out = True
        self._workers.submit(
            lambda: self._read(selection), then=self._take, failed=lambda e: self._failed(e)
        )

    def forget(self) -> None:
        """The visit is over: nothing of what was looked for is kept."""
        self._waiting = None
        self._catalogue.forget()

    def _read(self, selection: Selection) -> Answer:
        """On a worker."""
        catalogue = self._catalogue
        facets = catalogue.facets(selection)
        catalogue.page(selection, None, PAGE)  # which the wall asks for as soon as it is told
        bare = Selection(selection.category_id, selection.words)
        offered = facets if bare == replace(selection, sort=Sort.SHOP) else catalogue.facets(bare)
        if not selection.words:
            return Answer(selection, facets, offered, facets.count)
        found = catalogue.found(selection)
        spelling = "" if facets.count else catalogue.spelling(selection.words)
        return Answer(selection, facets, offered, found.whole, found.more, found.meant, spelling)

    def _take(self, answer: Answer) -> None:
        self._go_on()
        self._answered(answer)

    def _failed(self, error: Exception) -> None:
        # Its message could hold what was typed.
        log.error("what is looked for could not be read: %s", type(error).__name__)
        self._go_on()

    def _go_on(self) -> None:
        self._out = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.look(waiting)
