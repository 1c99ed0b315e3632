"""How a page of the change feed becomes rows: upserts, deletions, staging and the swap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from kiosk.contract import CatalogueChanges
from kiosk.shop.catalogue import MAX_TITLE, Product
from kiosk.shop.text import clean
from kiosk.window.replica.cards import (
    Searched,
    card_json,
    colour_bits,
    pictures_json,
    searched,
    sort_title,
)

PRODUCT = TypeAdapter(Product)
LIVE = "(SELECT generation FROM state)"

MIGRATIONS = (
    """
    CREATE TABLE state(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        generation INTEGER NOT NULL, epoch TEXT NOT NULL, cursor TEXT NOT NULL,
        staging INTEGER, staging_epoch TEXT NOT NULL, staging_cursor TEXT NOT NULL);
    INSERT INTO state VALUES (1, 1, '', '', NULL, '', '');
    CREATE TABLE note(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE product(
        n INTEGER PRIMARY KEY, generation INTEGER NOT NULL, id TEXT NOT NULL,
        category_id TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
        price INTEGER NOT NULL, available INTEGER NOT NULL,
        card TEXT NOT NULL, pictures TEXT NOT NULL, body BLOB NOT NULL,
        UNIQUE (generation, id));
    CREATE INDEX product_shelf ON product(generation, category_id, position, title, id);
    CREATE INDEX product_all ON product(generation, position, title, id);
    CREATE VIRTUAL TABLE words USING fts5(
        title, maker, other, content='', contentless_delete=1, prefix='2 3',
        tokenize='unicode61 remove_diacritics 2');
    """,
    # Filters, plurals and typing errors. What the products' files can tell is told at once, so
    # that the shop goes on; the rest comes with a whole new catalogue, which is staged from here.
    """
    ALTER TABLE product ADD COLUMN maker TEXT NOT NULL DEFAULT '';
    ALTER TABLE product ADD COLUMN colours INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE product ADD COLUMN colours_now INTEGER NOT NULL DEFAULT 0;
    UPDATE product SET maker = coalesce(json_extract(CAST(body AS TEXT), '$.maker'), '');
    CREATE INDEX product_sieve ON product(
        generation, category_id, price, available, colours, colours_now, maker,
        position, title, id);
    CREATE INDEX product_maker ON product(generation, maker, available, position);
    DROP TABLE words;
    CREATE VIRTUAL TABLE words USING fts5(
        title, maker, other, content='', contentless_delete=1, prefix='1 2 3',
        tokenize='unicode61 remove_diacritics 2');
    INSERT INTO words(rowid, title, maker, other)
        SELECT n, (SELECT group_concat(value, ' ')
                   FROM json_each(CAST(body AS TEXT), '$.title')), maker, '' FROM product;
    CREATE TABLE lexicon(
        generation INTEGER NOT NULL, word TEXT NOT NULL, shown TEXT NOT NULL,
        PRIMARY KEY (generation, word)) WITHOUT ROWID;
    UPDATE state SET staging_epoch = '', staging_cursor = '',
        staging = 1 + max(generation, coalesce((SELECT max(generation) FROM product), 0))
        WHERE epoch <> '';
    """,
)

_UPSERT = """
    INSERT INTO product(generation, id, category_id, position, title, price, available,
                        maker, colours, colours_now, card, pictures, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (generation, id) DO UPDATE SET
        category_id = excluded.category_id, position = excluded.position,
        title = excluded.title, price = excluded.price, available = excluded.available,
        maker = excluded.maker, colours = excluded.colours, colours_now = excluded.colours_now,
        card = excluded.card, pictures = excluded.pictures, body = excluded.body
    RETURNING n
"""


class CatalogueRejected(Exception):
    """The page was not applied; the catalogue is what it was."""


@dataclass(frozen=True, slots=True)
class Row:
    """A product as it is stored: the table's columns in order, and the words to find it by."""

    columns: tuple[object, ...]
    words: Searched


@dataclass(frozen=True, slots=True)
class State:
    """Where the copy stands. `staging` is the generation being staged, if any."""

    generation: int
    epoch: str
    cursor: str
    staging: int | None
    staging_epoch: str
    staging_cursor: str


def state_of(row: tuple[Any, ...]) -> State:
    return State(*row[1:])


def row_of(product: Product) -> Row:
    """Raises CatalogueRejected for a product that cannot be sold as it is."""
    if any(variant.price.minor < 0 for variant in product.variants):
        raise CatalogueRejected(f"product {product.id!r} has a price below zero")
    try:
        columns = (
            product.id,
            product.category_id,
            product.position,
            sort_title(product),
            product.price_from.minor,
            int(product.available),
            clean(product.maker, MAX_TITLE),
            *colour_bits(product),
            card_json(product),
            pictures_json(product),
            PRODUCT.dump_json(product),
        )
    except ValueError as error:
        raise CatalogueRejected(f"product {product.id!r}: {error}") from error
    return Row(columns, searched(product))


def apply_page(db: Any, changes: CatalogueChanges, rows: Sequence[Row]) -> bool:
    """Write one page inside a transaction; True when it ended a staged catalogue."""
    state = _target(db, changes)
    if state.staging is None:
        _write(db, state.generation, rows, changes.deletions)
        _set(db, epoch=changes.epoch, cursor=changes.cursor)
        return False
    _write(db, state.staging, rows, changes.deletions)
    if changes.more:
        _set(db, staging_epoch=changes.epoch, staging_cursor=changes.cursor)
        return False
    _set(
        db,
        generation=state.staging,
        epoch=changes.epoch,
        cursor=changes.cursor,
        staging=None,
        staging_epoch="",
        staging_cursor="",
    )
    return True


def begin_staging(db: Any, epoch: str) -> State:
    """Open a generation that no row has used; a half-staged one is left for the sweep."""
    used = db.execute(
        f"SELECT max({LIVE}, coalesce((SELECT max(generation) FROM product), 0))"  # noqa: S608
    ).fetchall()
    _set(db, staging=used[0][0] + 1, staging_epoch=epoch, staging_cursor="")
    return read_state(db)


def read_state(db: Any) -> State:
    return state_of(db.execute("SELECT * FROM state").fetchall()[0])


def sweep_some(db: Any, limit: int) -> bool:
    """Remove at most `limit` rows of past generations; True if there may be more."""
    past = db.execute(
        f"SELECT n FROM product WHERE generation < {LIVE} LIMIT ?",  # noqa: S608
        (limit,),
    ).fetchall()
    for (n,) in past:
        _remove(db, n)
    if len(past) < limit:
        db.execute(f"DELETE FROM lexicon WHERE generation < {LIVE}")  # noqa: S608
    return len(past) == limit


def _target(db: Any, changes: CatalogueChanges) -> State:
    """The state after deciding where a page belongs: live, or a staged generation.

    The first catalogue of all has nothing to stand beside: it is shown as it comes.
    """
    state = read_state(db)
    if changes.reset and (state.epoch or state.staging is not None):
        return begin_staging(db, changes.epoch)
    known = state.epoch if state.staging is None else state.staging_epoch
    if known and changes.epoch != known:
        raise CatalogueRejected(f"changes of epoch {changes.epoch!r} do not follow epoch {known!r}")
    return state


def _write(db: Any, generation: int, rows: Sequence[Row], deletions: Sequence[str]) -> None:
    for row in rows:
        n = db.execute(_UPSERT, (generation, *row.columns)).fetchall()[0][0]
        db.execute(
            "INSERT OR REPLACE INTO words(rowid, title, maker, other) VALUES (?, ?, ?, ?)",
            (n, *row.words.columns),
        )
    spoken = {word: shown for row in rows for word, shown in row.words.spoken.items()}
    db.executemany(
        "INSERT INTO lexicon VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET shown = excluded.shown "
        "WHERE lexicon.shown = lexicon.word",
        [(generation, word, shown) for word, shown in spoken.items()],
    )
    for product_id in deletions:
        found = db.execute(
            "SELECT n FROM product WHERE generation = ? AND id = ?", (generation, product_id)
        ).fetchall()
        for (n,) in found:
            _remove(db, n)


def _remove(db: Any, n: int) -> None:
    db.execute("DELETE FROM words WHERE rowid = ?", (n,))
    db.execute("DELETE FROM product WHERE n = ?", (n,))


def _set(db: Any, **columns: object) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    db.execute(f"UPDATE state SET {names}", list(columns.values()))  # noqa: S608
