"""The rows behind a wall: keyset pages fetched ahead, off the UI thread."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.shop.selection import Selection
from kiosk.window.replica import CardRow, CatalogueReplica, Key, Page
from kiosk.window.stage.handover import Workers

PAGE = 60
# Cards that are asked of the replica before they are in sight.
ROWS_AHEAD = 24


@dataclass(frozen=True, slots=True)
class Filter:
    """What a wall shows. `version` is the replica's: another one means other rows."""

    selection: Selection
    version: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How far somebody has looked along a wall, whatever the size of its cards.

    `index` is the first card of the row where the wall begins when nobody has moved it, `past`
    the share of that row that has gone by (0 to 1).
    """

    selection: Selection
    index: int
    past: float


class Shelf:
    """Card rows of one filter, in the shop's order, as far as they have been fetched."""

    def __init__(
        self, catalogue: CatalogueReplica, workers: Workers, changed: Callable[[], None]
    ) -> None:
        self._catalogue, self._workers, self._changed = catalogue, workers, changed
        self._filter: Filter | None = None
        self._after: Key | None = None
        self._fetching = False
        self.rows: list[CardRow] = []
        self.whole = False

    @property
    def selection(self) -> Selection | None:
        """What is shown; None before the first `open` and after `close`."""
        return self._filter.selection if self._filter else None

    @property
    def fetching(self) -> bool:
        return self._fetching

    def open(self, wanted: Filter) -> bool:
        """Show `wanted`; True when it is another selection than before.

        The old rows stay until the new ones are here: while somebody types nothing flickers.
        """
        if wanted == self._filter:
            return False
        before, self._filter = self._filter, wanted
        other = before is None or before.selection != wanted.selection
        self.whole = False
        ready = self._catalogue.first_page(wanted.selection, PAGE) if other else None
        if ready is not None:
            self._take(wanted, ready, fresh=True)
        else:
            self._fetch(None, PAGE if other else max(PAGE, len(self.rows)), fresh=True)
        return other

    def row(self, index: int) -> CardRow | None:
        """The row at `index`; None while it is not fetched."""
        return self.rows[index] if index < len(self.rows) else None

    def want(self, upto: int) -> None:
        """Fetch on if the rows behind `upto`, which is in sight, are not here yet."""
        if (
            upto + ROWS_AHEAD >= len(self.rows)
            and not self.whole
            and not self._fetching
            and self._filter
        ):
            self._fetch(self._after, PAGE, fresh=False)

    def _fetch(self, after: Key | None, limit: int, *, fresh: bool) -> None:
        asked = self._filter
        assert asked is not None  # noqa: S101
        self._fetching = True
        self._workers.submit(
            lambda: self._catalogue.page(asked.selection, after, limit),
            then=lambda page: self._take(asked, page, fresh),
            failed=lambda _error: self._failed(asked),
        )

    def _take(self, asked: Filter, page: Page, fresh: bool) -> None:
        if asked != self._filter:
            return  # another filter was opened meanwhile; its own answer comes
        self._fetching = False
        self.rows = list(page.rows) if fresh else [*self.rows, *page.rows]
        self._after, self.whole = page.after, page.after is None
        self._changed()

    def close(self) -> None:
        """Keep nothing of what was shown."""
        self._filter, self._after, self._fetching = None, None, False
        self.rows, self.whole = [], False

    def _failed(self, asked: Filter) -> None:
        if asked == self._filter:
            self._fetching = False
