"""The box's copy of the catalogue: light pages, whole products one by one, search."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.contract import CatalogueChanges, ShopProfile
from kiosk.shop.catalogue import MAX_TITLE, Product
from kiosk.shop.colour import COLOUR_WORDS
from kiosk.shop.selection import EVERYTHING, Facets, Selection, Sort
from kiosk.shop.text import clean
from kiosk.shop.wordforms import is_dense, words_of
from kiosk.window.replica import sieve
from kiosk.window.replica.beside import OF_MAKER, ON_SHELF
from kiosk.window.replica.cards import (
    CardRow,
    CategoryShelf,
    Key,
    Page,
    card_of,
    colour_mark,
    shelf_mark,
    shown,
)
from kiosk.window.replica.database import DAMAGE, Database, DataTooNew
from kiosk.window.replica.feed import (
    LIVE,
    MIGRATIONS,
    PRODUCT,
    CatalogueRejected,
    State,
    apply_page,
    begin_staging,
    read_state,
    row_of,
    state_of,
    sweep_some,
)
from kiosk.window.replica.lexicon import Lexicon
from kiosk.window.replica.search import Found, find, spelling

log = logging.getLogger(__name__)

SWEPT_AT_ONCE = 500
_COLOURS = [(word, colour_mark(c)) for c, words in COLOUR_WORDS.items() for word in words.split()]


class CatalogueReplica:
    """The catalogue in one database file that can be fetched again at any time.

    A generation is one whole catalogue. Rows of another generation than the live one are
    invisible: a reset is staged in a new generation, and one update of `state` swaps it in.
    A damaged file is set aside and an empty replica takes its place. Safe to call from any
    thread; `close` ends it.
    """

    def __init__(self, path: Path) -> None:
        self._version = 0
        self._counts: tuple[int, dict[str, int]] = (-1, {})
        self._kept: tuple[tuple[int, Selection], Found] | None = None
        self._ready: tuple[tuple[int, Selection, int], Page] | None = None
        self._spoken: tuple[int, tuple[Any, ...], Lexicon] = (-1, (), Lexicon({}))
        self._repair = threading.Lock()
        try:
            self._db = Database(path, MIGRATIONS, "NORMAL")
        except DataTooNew as error:
            log.warning("%s; the catalogue will be fetched again", error)
            for part in path.parent.glob(path.name + "*"):
                part.unlink()
            self._db = Database(path, MIGRATIONS, "NORMAL")
        if self._db.damaged():
            self._start_anew(self._db.opening)

    def close(self) -> None:
        self._db.close()

    # --- where the copy stands ---

    @property
    def version(self) -> int:
        """Changes whenever what can be read here has changed; means nothing after a restart."""
        return self._version

    @property
    def epoch(self) -> str:
        return self._state().epoch

    @property
    def cursor(self) -> str:
        """What to ask changes after: the staged catalogue's cursor while one is staged."""
        state = self._state()
        return state.cursor if state.staging is None else state.staging_cursor

    def note(self, name: str) -> str:
        """A small text kept beside the catalogue; "" where there is none."""
        rows = self._read("SELECT value FROM note WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def set_note(self, name: str, value: str) -> None:
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def profile(self) -> ShopProfile | None:
        text = self.note("profile")
        try:
            return ShopProfile.model_validate_json(text) if text else None
        except ValidationError:
            log.warning("the kept profile is of another version; it will be fetched again")
            return None

    def set_profile(self, profile: ShopProfile, etag: str = "") -> None:
        with self._writing() as db:
            for name, value in (("profile", profile.model_dump_json()), ("profile_etag", etag)):
                db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))
        self._version += 1

    # --- reading ---

    def categories(self) -> list[CategoryShelf]:
        """The shop's categories with something in them, in the shop's order."""
        profile, counts = self.profile(), self._all_counts()
        shelves = [
            CategoryShelf(c.id, c.title, c.position, counts[c.id])
            for c in (profile.categories if profile else ())
            if counts.get(c.id)
        ]
        return sorted(shelves, key=lambda shelf: shelf.position)

    def count(self, selection: Selection = EVERYTHING) -> int:
        if selection.words:
            return len(self.found(selection).numbers)
        if selection == Selection(selection.category_id, sort=selection.sort):
            counts = self._all_counts()
            shelf = selection.category_id
            return sum(counts.values()) if shelf is None else counts.get(shelf, 0)
        where, values = sieve.conditions(selection)
        return int(self._read(f"SELECT count(*) FROM product WHERE {where}", values)[0][0])  # noqa: S608

    def page(self, selection: Selection, after: Key | None, limit: int) -> Page:
        """`limit` cards of a selection after a key, in its order."""
        asked = (self._version, selection, limit)
        page = self._page(selection, after, limit)
        if after is None:
            self._ready = asked, page
        return page

    def first_page(self, selection: Selection, limit: int) -> Page | None:
        """The first page of what was asked for last, at once; None where that was another."""
        ready = self._ready
        asked = (self._version, selection, limit)
        return ready[1] if ready is not None and ready[0] == asked else None

    def _page(self, selection: Selection, after: Key | None, limit: int) -> Page:
        at = after.at if after else ()
        if selection.words and selection.sort is Sort.SHOP:
            begin = int(at[0]) if at else 0
            numbers = self.found(selection).numbers[begin : begin + limit]
            keyed: list[tuple[int, tuple[int | str, ...]]] = [
                (n, (begin + k + 1,)) for k, n in enumerate(numbers)
            ]
        else:
            keyed = sieve.ordered(self._read, self._where(selection), selection.sort, at, limit)
        cards = self._numbered([n for n, _ in keyed])
        return Page(
            tuple(cards[n] for n, _ in keyed if n in cards),
            Key(keyed[-1][1]) if len(keyed) == limit and keyed else None,
        )

    def facets(self, selection: Selection) -> Facets:
        """What the selection could still be narrowed to."""
        profile = self.profile()
        currency = profile.currency if profile else ""
        return sieve.facets(self._read, self._where, selection, currency)

    def found(self, selection: Selection) -> Found:
        """What the selection's words find under its other conditions, best first."""
        asked = (self._version, replace(selection, sort=Sort.SHOP))
        kept = self._kept
        if kept is None or kept[0] != asked:
            found = find(
                self._read,
                self._lexicon(),
                self._marks(),
                selection.words,
                sieve.conditions(selection),
            )
            kept = self._kept = (asked, found)
        return kept[1]

    def forget(self) -> None:
        """Nothing of what was looked for is kept."""
        self._kept = self._ready = None

    def spelling(self, words: str) -> str:
        """Words that find something, for words that do not; "" where none are near."""
        meant = spelling(self._lexicon(), self._marks(), words)
        return meant if meant and self.found(Selection(words=meant)).numbers else ""

    def product(self, product_id: str) -> Product | None:
        return self.products([product_id]).get(product_id)

    def products(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """Whole products by id, in the order asked; unknown ids are left out."""
        found = self._rows_of("body", product_ids)
        return {i: shown(PRODUCT.validate_json(found[i])) for i in product_ids if i in found}

    def cards(self, product_ids: Sequence[str]) -> dict[str, CardRow]:
        """Cards by id, in the order asked; unknown ids are left out."""
        found = self._rows_of("card", product_ids)
        return {i: card_of(i, found[i]) for i in product_ids if i in found}

    def beside(self, product: Product, named: Sequence[str], limit: int) -> tuple[Product, ...]:
        """What may stand beside a piece: `named` ids, pieces of its maker, of its shelf.

        At most `limit` of the maker and of the shelf each; the piece itself is not among them.
        """
        found = list(named)
        for sql, value in (
            (OF_MAKER, clean(product.maker, MAX_TITLE)),
            (ON_SHELF, product.category_id),
        ):
            found += [str(row[0]) for row in self._read(sql, (value, limit))] if value else []
        ids = [i for i in dict.fromkeys(found) if i != product.id]
        return tuple(self.products(ids).values())

    def picture_count(self) -> int:
        """The number of picture files that the whole catalogue names."""
        rows = self._read(
            f"SELECT sum(json_array_length(pictures)) FROM product WHERE generation = {LIVE}"  # noqa: S608
        )
        return int(rows[0][0] or 0)

    def picture_lists(self, after: int, limit: int) -> list[tuple[int, str]]:
        """(row number, JSON [[sha256, bytes], …]) of products after a row number."""
        rows = self._read(
            f"SELECT n, pictures FROM product WHERE generation = {LIVE} AND n > ? "  # noqa: S608
            "ORDER BY n LIMIT ?",
            (after, limit),
        )
        return [(int(n), str(pictures)) for n, pictures in rows]

    # --- writing ---

    def restage(self) -> None:
        """Ask for a whole new catalogue: what comes next is staged from an empty cursor."""
        with self._writing() as db:
            begin_staging(db, "")

    def apply(self, changes: CatalogueChanges) -> bool:
        """Apply one page of the feed in one transaction; True if what is read here changed.

        Raises CatalogueRejected for a page that cannot be; the previous catalogue stays.
        """
        rows = [row_of(product) for product in changes.upserts]
        with self._writing() as db:
            swapped = apply_page(db, changes, rows)
            staging = read_state(db).staging is not None
        changed = swapped or (not staging and bool(rows or changes.deletions))
        self._version += changed
        return changed

    def sweep(self) -> None:
        """Remove what a swap left behind, in small steps that let other writers pass."""
        more = True
        while more:
            with self._writing() as db:
                more = sweep_some(db, SWEPT_AT_ONCE)

    def _all_counts(self) -> dict[str, int]:
        version, counts = self._counts
        if version != self._version:
            version = self._version
            counts = {
                str(category): int(number)
                for category, number in self._read(
                    f"SELECT category_id, count(*) FROM product WHERE generation = {LIVE} "  # noqa: S608
                    "GROUP BY category_id"
                )
            }
            self._counts = version, counts
        return counts

    def _where(self, selection: Selection) -> sieve.Conditions:
        if selection.words:
            return sieve.in_numbers(self.found(selection).numbers)
        return sieve.conditions(selection)

    def _numbered(self, numbers: Sequence[int]) -> dict[int, CardRow]:
        where, _ = sieve.in_numbers(numbers)
        rows = self._read(f"SELECT n, id, card FROM product WHERE {where}")  # noqa: S608
        return {int(n): card_of(product_id, card) for n, product_id, card in rows}

    def _lexicon(self) -> Lexicon:
        """The words of the live catalogue, read again only where there are new ones."""
        version, state, lexicon = self._spoken
        if version != self._version:
            version = self._version
            now = self._read(
                f"SELECT {LIVE}, count(*) FROM lexicon WHERE generation = {LIVE}"  # noqa: S608
            )[0]
            if now != state:
                words = self._read(
                    f"SELECT word, shown FROM lexicon WHERE generation = {LIVE}"  # noqa: S608
                )
                state, lexicon = now, Lexicon(dict(words))
            self._spoken = version, state, lexicon
        return lexicon

    def _marks(self) -> list[tuple[str, str]]:
        """What is no product's own word: those of the categories' titles and of colours."""
        profile = self.profile()
        shelves = [
            (word, shelf_mark(category.id))
            for category in (profile.categories if profile else ())
            for word, _ in words_of(" ".join(category.title.values()))
            if len(word) > 2 and not is_dense(word)
        ]
        return [*shelves, *_COLOURS]

    def _rows_of(self, column: str, product_ids: Sequence[str]) -> dict[str, Any]:
        rows = self._read(
            f"SELECT id, {column} FROM product WHERE generation = {LIVE} "  # noqa: S608
            f"AND id IN ({', '.join('?' * len(product_ids))})",
            list(product_ids),
        )
        return {str(row[0]): row[1] for row in rows}

    def _state(self) -> State:
        return state_of(self._read("SELECT * FROM state")[0])

    def _read(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        opening = self._db.opening
        try:
            return self._db.read(sql, params)
        except DAMAGE:
            self._start_anew(opening)
            return self._db.read(sql, params)

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        opening = self._db.opening
        try:
            with self._db.writing() as db:
                yield db
        except DAMAGE as error:
            self._start_anew(opening)
            raise CatalogueRejected("the catalogue's file was damaged: fetch it again") from error

    def _start_anew(self, opening: int) -> None:
        """Set the file aside, once for all threads that met the damage; keep only the latest."""
        with self._repair:
            if self._db.opening != opening:
                return
            aside = self._db.set_aside()
            self._version += 1
        for old in self._db.path.parent.glob(f"{self._db.path.name}.damaged-*"):
            if not old.name.startswith(aside.name):
                old.unlink(missing_ok=True)
