"""Asks the replica what a visitor looks for: off the UI thread, and only the latest question.

A question that is likely to come is answered before: while the finger still lies on the key.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from kivy.clock import Clock

from kiosk.shop.selection import Selection, Sort
from kiosk.window.replica import CatalogueReplica
from kiosk.window.stage.handover import Workers
from kiosk.window.stage.widgets.wall.shelf import PAGE
from kiosk.window.visit.finding import Answer

log = logging.getLogger(__name__)


class Finder:
    """`answered` is called on the UI thread; `foreseen` too, when it is here what was only looked
    for ahead. One question is out at a time: while somebody types, those between it and the latest
    are never asked.
    """

    def __init__(
        self,
        catalogue: CatalogueReplica,
        workers: Workers,
        answered: Callable[[Answer], None],
        foreseen: Callable[[Selection], None] = lambda _selection: None,
    ) -> None:
        self._catalogue, self._workers = catalogue, workers
        self._answered, self._foreseen = answered, foreseen
        self._wanted: Selection | None = None
        self._out: Selection | None = None
        self._early: tuple[int, Answer] | None = None
        # Before the next frame: what asks and what answers are seen in one.
        self._tell = Clock.create_trigger(self._tell_early, -1)

    def look(self, selection: Selection) -> None:
        self._wanted = selection
        if self._knows(selection):
            self._tell()
        elif self._out is None:
            self._ask(selection)

    def ahead(self, selection: Selection) -> None:
        """Have the answer ready: `look` may follow."""
        if self._wanted is None and self._out is None and not self._knows(selection):
            self._ask(selection)

    def forget(self) -> None:
        """The visit is over: nothing of what was looked for is kept."""
        self._wanted = self._out = self._early = None
        self._tell.cancel()
        self._catalogue.forget()

    def _knows(self, selection: Selection) -> bool:
        if self._early is None:
            return False
        version, answer = self._early
        return version == self._catalogue.version and answer.selection == selection

    def _tell_early(self, _dt: float) -> None:
        early, self._early = self._early, None
        if early is not None:
            self._wanted = None
            self._answered(early[1])

    def _ask(self, selection: Selection) -> None:
        self._out, self._early, version = selection, None, self._catalogue.version
        self._workers.submit(
            lambda: self._read(selection),
            then=lambda answer: self._take(version, answer),
            failed=lambda error: self._failed(selection, error),
        )

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

    def _take(self, version: int, answer: Answer) -> None:
        if self._over(answer.selection):
            return
        if self._wanted is None:
            self._early = version, answer
            self._foreseen(answer.selection)
        elif self._wanted == answer.selection:
            self._wanted = None
            self._answered(answer)
        else:
            self._ask(self._wanted)

    def _failed(self, selection: Selection, error: Exception) -> None:
        # Its message could hold what was typed.
        log.error("what is looked for could not be read: %s", type(error).__name__)
        if self._over(selection):
            return
        if self._wanted == selection:
            self._wanted = None
        elif self._wanted is not None:
            self._ask(self._wanted)

    def _over(self, selection: Selection) -> bool:
        """Nothing is out any more; True where the visit is over that asked for it."""
        if self._out is not selection:
            if self._out is None:
                self._catalogue.forget()
            return True
        self._out = None
        return False
