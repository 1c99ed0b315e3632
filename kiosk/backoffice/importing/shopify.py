"""Shopify's product CSV, both generations of headers, with our columns for languages and words.

One product is all the rows of one handle, wherever they stand. A row that has no price, SKU or
option value only carries a picture. Columns called "… (product.metafields.vitrine.KEY)" hold what
Shopify has no column for; KEY may end in a language: title_en, pitch_en, option1_value_en.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.backoffice.importing import fields
from kiosk.backoffice.importing.model import (
    MAX_PICTURES,
    MAX_PRODUCTS,
    MAX_RELATED,
    MAX_VARIANTS,
    CatalogueError,
    ImportedOption,
    ImportedPicture,
    ImportedProduct,
    ImportedValue,
    ImportedVariant,
    Report,
    identifier,
    slug,
    texts,
)
from kiosk.backoffice.importing.table import Row, rows
from kiosk.shop.catalogue import MAX_PITCH, MAX_STORY, MAX_TITLE
from kiosk.shop.money import Money
from kiosk.shop.text import Texts, clean

_METAFIELD = re.compile(r"\((?:product|variant)\.metafields\.vitrine\.([a-z0-9_]+)\)$")
_NEWER = {
    "url handle": "handle",
    "description": "body (html)",
    "published on online store": "published",
    "sku": "variant sku",
    "barcode": "variant barcode",
    "price": "variant price",
    "compare-at price": "variant compare at price",
    "inventory tracker": "variant inventory tracker",
    "inventory quantity": "variant inventory qty",
    "continue selling when out of stock": "variant inventory policy",
    "weight value (grams)": "variant grams",
    "product image url": "image src",
    "variant image url": "variant image",
}
_OPTIONS = (1, 2, 3)
_NOT_SOLD = ("draft", "archived", "unlisted")
_WORDS = {
    "title": (MAX_TITLE, False),
    "pitch": (MAX_PITCH, False),
    "story": (MAX_STORY, True),
    "material": (400, True),
    "care": (400, True),
    "meaning": (400, True),
    "meaning_proof": (400, True),
}


def rename(column: str) -> str:
    """The one name of a column: the older generation's, or "vitrine.KEY"."""
    if found := _METAFIELD.search(column):
        return f"vitrine.{found.group(1)}"
    return _NEWER.get(column, column)


@dataclass(slots=True)
class _Piece:
    row: Row
    price: Money
    values: tuple[str, ...]
    picture: str


@dataclass(slots=True)
class _Shot:
    position: float
    alt: Texts


@dataclass(slots=True)
class _Draft:
    """A product while its rows are collected."""

    handle: str
    row: int
    cells: dict[str, str] = field(default_factory=dict)
    pieces: list[_Piece] = field(default_factory=list)
    values: dict[tuple[int, str], dict[str, str]] = field(default_factory=dict)
    swatches: dict[tuple[int, str], str] = field(default_factory=dict)
    shots: dict[str, _Shot] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


class ShopifyReader:
    """Reads one file. `language` is the language of its plain columns."""

    def __init__(self, path: Path, currency: str, language: str, report: Report) -> None:
        self._path = path
        self._currency = currency
        self._language = language
        self._report = report
        self._drafts: dict[str, _Draft] = {}
        self._untracked = 0

    def products(self) -> Iterator[ImportedProduct]:
        """The products in the file's order. Raises CatalogueError where it is broken."""
        for row in rows(self._path, self._report, rename):
            self._collect(row)
        for draft in self._drafts.values():
            product = self._finished(draft)
            if product:
                yield product
        if self._untracked:
            self._report.warn(
                f"{self._untracked} rows give a quantity but their inventory tracker is empty: "
                "their stock is not counted"
            )

    def _collect(self, row: Row) -> None:
        handle = row.get("handle")
        if not handle:
            handle = slug(row.get("title"))
            if not handle:
                self._report.warn("neither handle nor title: the row is left out", row.number)
                return
            self._report.warn(f"no handle: {handle!r} made from the title", row.number)
        draft = self._drafts.get(handle)
        if draft is None:
            if len(self._drafts) >= MAX_PRODUCTS:
                raise CatalogueError(f"more than {MAX_PRODUCTS} products: split the catalogue")
            draft = self._drafts[handle] = _Draft(handle, row.number)
        for name, value in row.cells.items():
            if value and not value.isspace():
                draft.cells.setdefault(name, value)
        self._collect_picture(draft, row)
        self._collect_piece(draft, row)

    def _collect_picture(self, draft: _Draft, row: Row) -> None:
        source = row.get("image src")
        if not source:
            return
        alt = self._texts(row.cells, "image alt text", "image_alt", MAX_TITLE)
        try:
            position = float(row.get("image position") or "inf")
        except ValueError:
            position = float("inf")
        if source not in draft.shots:
            draft.shots[source] = _Shot(position, alt)

    def _collect_piece(self, draft: _Draft, row: Row) -> None:
        values = tuple(clean(fields.unguarded(row.get(f"option{n} value")), 80) for n in _OPTIONS)
        first = row.number == draft.row
        if not (first or row.get("variant price") or row.get("variant sku") or any(values)):
            return
        price = fields.price(row.get("variant price"), self._currency, row.number, self._report)
        if price is None:
            return
        if any(piece.values == values for piece in draft.pieces):
            self._report.warn("the same options as an earlier row: the first is kept", row.number)
            return
        if len(draft.pieces) >= MAX_VARIANTS:
            self._report.warn(f"more than {MAX_VARIANTS} variants: left out", row.number)
            return
        for n, value in zip(_OPTIONS, values, strict=True):
            if value:
                title = {self._language: value} | _translated(
                    row.cells, f"option{n}_value", 80, lines=False
                )
                draft.values.setdefault((n, value), {}).update(title)
                swatch = row.get(f"vitrine.option{n}_swatch", "vitrine.swatch" if n == 1 else "")
                if re.fullmatch("#[0-9A-Fa-f]{6}", swatch):
                    draft.swatches.setdefault((n, value), swatch.lower())
        picture = row.get("variant image")
        if picture and picture not in draft.shots:
            draft.shots[picture] = _Shot(float("inf"), {})
        draft.pieces.append(_Piece(row, price, values, picture))

    def _finished(self, draft: _Draft) -> ImportedProduct | None:
        title = self._words(draft, "title", "title")
        if not title:
            self._report.warn(f"product {draft.handle!r} has no title: left out", draft.row)
            return None
        if not draft.pieces:
            self._report.warn(f"product {draft.handle!r} has nothing to sell: left out", draft.row)
            return None
        story = self._words(draft, "story", "body (html)")
        pitch = self._words(draft, "pitch", "")
        if not pitch and story.get(self._language):
            said = fields.pitch(story[self._language], title.get(self._language, ""))
            pitch = texts(self._language, said, MAX_PITCH)
        shelf = self._shelf(draft)
        shots = sorted(draft.shots.items(), key=lambda item: item[1].position)[:MAX_PICTURES]
        order = [source for source, _ in shots]
        published = draft.get("published").strip().casefold() not in ("false", "no", "0")
        return ImportedProduct(
            row=draft.row,
            id=identifier(draft.handle),
            handle=clean(draft.handle, MAX_TITLE),
            title=title,
            variants=tuple(self._variant(draft, piece, order) for piece in draft.pieces),
            category=shelf,
            category_key=identifier(slug(shelf.get(self._language, "")))
            or identifier(shelf.get(self._language, "")),
            pitch=pitch,
            story=story,
            maker=clean(fields.unguarded(draft.get("vitrine.maker") or draft.get("vendor")), 120),
            maker_town=clean(draft.get("vitrine.maker_town"), 80),
            maker_km=fields.whole(draft.get("vitrine.maker_km")),
            material=self._words(draft, "material", ""),
            care=self._words(draft, "care", ""),
            meaning=self._words(draft, "meaning", ""),
            meaning_proof=self._words(draft, "meaning_proof", ""),
            weight_g=fields.whole(
                draft.get("vitrine.weight_g") or draft.pieces[0].row.get("variant grams")
            ),
            hidden=not published or draft.get("status").strip().casefold() in _NOT_SOLD,
            options=self._options(draft),
            pictures=tuple(ImportedPicture(source, shot.alt) for source, shot in shots),
            related=_handles(draft.get("vitrine.related")),
        )

    def _shelf(self, draft: _Draft) -> dict[str, str]:
        name = fields.shelf(draft.get("type")) or fields.shelf(draft.get("product category"))
        own = {self._language: name} if name else {}
        return own | _translated(draft.cells, "type", 60, lines=False)

    def _options(self, draft: _Draft) -> tuple[ImportedOption, ...]:
        options = []
        for n in _used(draft):
            name = clean(fields.unguarded(draft.get(f"option{n} name")), 60) or f"Option {n}"
            title = {self._language: name} | _translated(
                draft.cells, f"option{n}_name", 60, lines=False
            )
            values = tuple(
                ImportedValue(
                    identifier(slug(value)) or identifier(value),
                    titles,
                    draft.swatches.get((n, value), ""),
                )
                for (number, value), titles in draft.values.items()
                if number == n
            )
            options.append(ImportedOption(_option_id(name, n), title, values))
        return tuple(options)

    def _variant(self, draft: _Draft, piece: _Piece, order: list[str]) -> ImportedVariant:
        row = piece.row
        chosen = {}
        for n in _used(draft):
            name = clean(fields.unguarded(draft.get(f"option{n} name")), 60) or f"Option {n}"
            value = piece.values[n - 1]
            if value:
                chosen[_option_id(name, n)] = identifier(slug(value)) or identifier(value)
        return ImportedVariant(
            row=row.number,
            id=identifier(":".join([identifier(draft.handle), *chosen.values()])),
            sku=fields.sku(row.get("variant sku")),
            price=piece.price,
            compare_at=fields.earlier_price(
                row.get("variant compare at price"), piece.price, row.number, self._report
            ),
            gtin=fields.gtin(row.get("variant barcode"), row.number, self._report),
            stock=self._stock(row),
            options=chosen,
            picture=order.index(piece.picture) if piece.picture in order else None,
        )

    def _stock(self, row: Row) -> int | None:
        count = fields.stock(row.get("variant inventory qty"), row.number, self._report)
        if "variant inventory tracker" in row.cells and not row.get("variant inventory tracker"):
            self._untracked += count is not None
            return None
        sells_on = row.get("variant inventory policy").casefold() in ("continue", "true", "yes")
        return None if sells_on else count

    def _words(self, draft: _Draft, key: str, column: str) -> dict[str, str]:
        limit, lines = _WORDS[key]
        own = draft.get(column) if column else draft.get(f"vitrine.{key}")
        own = own or draft.get(f"vitrine.{key}")
        said = fields.story(own) if lines else fields.unguarded(own)
        return texts(self._language, said, limit, lines=lines) | _translated(
            draft.cells, key, limit, lines=lines
        )

    def _texts(self, cells: dict[str, str], column: str, key: str, limit: int) -> dict[str, str]:
        own = fields.unguarded(cells.get(column, ""))
        return texts(self._language, own, limit) | _translated(cells, key, limit, lines=False)


def _handles(text: str) -> tuple[str, ...]:
    """ "pichet, bol" → its handles, each once."""
    found = [clean(part, MAX_TITLE) for part in fields.unguarded(text).split(",")]
    return tuple(dict.fromkeys(handle for handle in found if handle))[:MAX_RELATED]


def _used(draft: _Draft) -> list[int]:
    """The options that are a choice: not the "Default Title" of a product without any."""
    used = [n for n in _OPTIONS if any(piece.values[n - 1] for piece in draft.pieces)]
    if used == [1] and {piece.values[0].casefold() for piece in draft.pieces} == {"default title"}:
        return []
    return used


def _option_id(name: str, number: int) -> str:
    return identifier(slug(name)) or f"option{number}"


def _translated(cells: dict[str, str], key: str, limit: int, *, lines: bool) -> dict[str, str]:
    """The texts of "vitrine.KEY_xx" columns by language."""
    found: dict[str, str] = {}
    start = f"vitrine.{key}_"
    for name, value in cells.items():
        language = name.removeprefix(start)
        if name.startswith(start) and len(language) == 2 and language.isalpha():
            said = fields.story(value) if lines else fields.unguarded(value)
            found |= texts(language, said, limit, lines=lines)
    return found
