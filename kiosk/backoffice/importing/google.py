"""Google Merchant Center feeds: RSS or Atom with xmlns:g, and the same fields as TSV or CSV.

Variants are the items of one `item_group_id`. The XML is read as a stream of events: nothing of
it is kept but the item at hand. A document type, and with it every entity bomb, is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.parsers import expat

from kiosk.backoffice.importing import fields
from kiosk.backoffice.importing.model import (
    MAX_PICTURES,
    MAX_PRODUCTS,
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
from kiosk.backoffice.importing.table import rows
from kiosk.shop.catalogue import MAX_PITCH, MAX_STORY, MAX_TITLE
from kiosk.shop.money import Money
from kiosk.shop.text import clean, fold

MAX_DEPTH = 32
MAX_FIELD = 100_000  # characters
_CHUNK = 1 << 16
_ITEMS = ("item", "entry")
_CHOICES = {
    "color": {"en": "Colour", "fr": "Couleur"},
    "size": {"en": "Size", "fr": "Taille"},
    "material": {"en": "Material", "fr": "Matière"},
    "pattern": {"en": "Pattern", "fr": "Motif"},
    "gender": {"en": "For", "fr": "Pour"},
    "age_group": {"en": "Age", "fr": "Âge"},
}
_MODEL = {"en": "Model", "fr": "Modèle"}
_AT_HAND = ("in stock", "limited availability", "available", "")


@dataclass(slots=True)
class Item:
    """One item: each field with all its values. `number` is its place or its row."""

    number: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return next((v.strip() for v in self.values.get(name, ()) if v.strip()), "")

    def all(self, name: str) -> list[str]:
        return [v.strip() for v in self.values.get(name, ()) if v.strip()]


class _XmlItems:
    """Feeds expat chunk by chunk and hands out the items that are complete."""

    def __init__(self) -> None:
        self.ready: list[Item] = []
        self.title = ""
        self._count = 0
        self._path: list[str] = []
        self._item: Item | None = None
        self._item_depth = 0
        self._text: list[str] = []
        self._length = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            said = expat.errors.messages.get(error.code, "not well-formed")
            raise CatalogueError(
                f"the XML is broken at line {error.lineno}, column {error.offset}: {said}",
                self._count + 1,
            ) from None

    def _refuse(self, *_: object) -> None:
        raise CatalogueError("the XML declares a document type or entities: feeds need none")

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        self._path.append(name)
        if len(self._path) > MAX_DEPTH:
            raise CatalogueError(f"the XML is nested deeper than {MAX_DEPTH}", self._count + 1)
        if self._item is None and name in _ITEMS:
            self._count += 1
            self._item = Item(self._count)
            self._item_depth = len(self._path)
        self._text.clear()
        self._length = 0

    def _characters(self, text: str) -> None:
        # Only an item's own children are fields; a price inside of shipping is not the price.
        field_of_item = self._item and len(self._path) == self._item_depth + 1
        if (field_of_item or self._in_title) and self._length < MAX_FIELD:
            self._text.append(text)
            self._length += len(text)

    @property
    def _in_title(self) -> bool:
        """Whether this is the title of the whole feed: RSS's channel's, or Atom's own."""
        return self._path in (["rss", "channel", "title"], ["feed", "title"])

    def _end(self, _: str) -> None:
        if self._in_title and not self.title:
            self.title = "".join(self._text).strip()
        name = self._path.pop()
        if self._item is None:
            return
        depth = len(self._path) + 1
        if depth == self._item_depth:
            self.ready.append(self._item)
            self._item = None
        elif depth == self._item_depth + 1 and self._text:
            self._item.values.setdefault(name, []).append("".join(self._text))
        self._text.clear()


def xml_items(path: Path) -> Iterator[Item]:
    """The items of an XML feed, streamed. Raises CatalogueError where it is broken."""
    parser = _XmlItems()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk, False)
            yield from parser.ready
            parser.ready.clear()
        parser.feed(b"", True)
        yield from parser.ready


def feed_title(path: Path) -> str:
    """What an XML feed calls itself at its start; "" where it says nothing."""
    parser = _XmlItems()
    with path.open("rb") as stream:
        parser.feed(stream.read(_CHUNK), False)
    return parser.title


def table_items(path: Path, report: Report) -> Iterator[Item]:
    """The rows of a TSV or CSV feed. Raises CatalogueError where it is broken."""
    for row in rows(path, report, rename):
        values = {name: [cell] for name, cell in row.cells.items() if cell}
        for name in ("additional_image_link",):
            if name in values:
                values[name] = values[name][0].split(",")
        yield Item(row.number, values)


def rename(column: str) -> str:
    """ "g:Image link" → "image_link"."""
    return column.removeprefix("g:").replace(" ", "_")


class GoogleReader:
    """Reads one feed. `language` is the language that its words are taken to be in."""

    def __init__(self, items: Iterator[Item], currency: str, language: str, report: Report) -> None:
        self._items = items
        self._currency = currency
        self._language = language
        self._report = report
        self._groups: dict[str, list[Item]] = {}
        self._seen: set[str] = set()

    def products(self) -> Iterator[ImportedProduct]:
        """The products in the feed's order. Raises CatalogueError where it is broken."""
        for item in self._items:
            self._collect(item)
        for key, items in self._groups.items():
            product = self._product(key, items)
            if product:
                yield product

    def _collect(self, item: Item) -> None:
        own = item.get("id")
        if not own:
            self._report.warn("no id: the item is left out", item.number)
            return
        if own in self._seen:
            said = f"id {clean(own, 60)!r} stands twice: the first is kept"
            self._report.warn(said, item.number)
            return
        self._seen.add(own)
        group = item.get("item_group_id")
        # A group and a lone item may share a name without being one product.
        items = self._groups.setdefault(f"group:{group}" if group else f"item:{own}", [])
        if len(items) >= MAX_VARIANTS:
            self._report.warn(f"more than {MAX_VARIANTS} variants: left out", item.number)
            return
        items.append(item)
        if len(self._groups) > MAX_PRODUCTS:
            raise CatalogueError(f"more than {MAX_PRODUCTS} products: split the catalogue")

    def _product(self, key: str, items: list[Item]) -> ImportedProduct | None:
        priced = [(item, price) for item in items if (price := self._price(item))]
        if not priced:
            return None
        items = [item for item, _ in priced]
        first = items[0]
        title = self._title(items)
        if not title:
            self._report.warn("no title: the item is left out", first.number)
            return None
        name = key.partition(":")[2]
        story = fields.story(first.get("description"))
        shelf = fields.shelf(first.get("product_type")) or fields.shelf(
            first.get("google_product_category")
        )
        pictures = _pictures(items)
        options, chosen = self._options(items, title)
        variants = tuple(
            self._variant(item, price, chosen[index], pictures)
            for index, (item, price) in enumerate(priced)
        )
        if shelf.isdigit():  # a number of Google's taxonomy is no name
            shelf = ""
        return ImportedProduct(
            row=first.number,
            id=identifier(name),
            handle=clean(name, MAX_TITLE),
            title=texts(self._language, title, MAX_TITLE),
            variants=variants,
            category=texts(self._language, shelf, 60),
            category_key=identifier(slug(shelf)) or identifier(shelf),
            pitch=texts(self._language, fields.pitch(story, title), MAX_PITCH),
            story=texts(self._language, story, MAX_STORY, lines=True),
            maker=clean(first.get("brand"), 120),
            material={}
            if "material" in options
            else texts(self._language, first.get("material"), 400),
            weight_g=_weight(first),
            options=tuple(options.values()),
            pictures=tuple(
                ImportedPicture(source, texts(self._language, title, MAX_TITLE))
                for source in pictures
            ),
        )

    def _price(self, item: Item) -> Money | None:
        currency = self._currency or None
        usual = fields.price(item.get("price"), currency, item.number, self._report)
        sale = item.get("sale_price")
        if usual and sale and _on_sale(item.get("sale_price_effective_date")):
            reduced = fields.price(sale, usual.currency, item.number, self._report)
            if reduced and reduced.currency == usual.currency and reduced < usual:
                return reduced
        return usual

    def _title(self, items: list[Item]) -> str:
        titles = [clean(item.get("title"), MAX_TITLE) for item in items]
        if len(titles) < 2:
            return titles[0]
        common = titles[0]
        for title in titles[1:]:
            while not title.startswith(common):
                common = common[:-1]
        cut = common.rstrip(" -–—,/|(:")
        whole_words = cut if cut in titles or common != cut else cut.rpartition(" ")[0]
        return whole_words if len(whole_words) >= 6 else titles[0]

    def _options(
        self, items: list[Item], title: str
    ) -> tuple[dict[str, ImportedOption], list[dict[str, str]]]:
        """The choices by which the items differ, and each item's own."""
        if len(items) < 2:
            return {}, [{} for _ in items]
        varying = [name for name in _CHOICES if len({fold(item.get(name)) for item in items}) > 1]
        labels = {name: [clean(item.get(name), 80) or "–" for item in items] for name in varying}
        if len({tuple(labels[n][i] for n in varying) for i in range(len(items))}) < len(items):
            rests = [
                clean(i.get("title"), MAX_TITLE)[len(title) :].strip(" -–—,/|():") for i in items
            ]
            if len(set(rests)) < len(items) or not all(rests):
                rests = [clean(item.get("mpn") or item.get("id"), 80) for item in items]
            if len(set(rests)) < len(items):
                rests = [clean(item.get("id"), 80) for item in items]
            labels["model"] = rests
        options = {name: self._option(name, values) for name, values in labels.items()}
        chosen = [
            {name: _value_id(values[index]) for name, values in labels.items()}
            for index in range(len(items))
        ]
        return options, chosen

    def _option(self, name: str, labels: list[str]) -> ImportedOption:
        titles = _CHOICES.get(name, _MODEL)
        own = {self._language: titles.get(self._language, titles["en"])}
        values = {_value_id(label): label for label in reversed(labels)}
        ordered = dict.fromkeys(_value_id(label) for label in labels)
        return ImportedOption(
            name,
            titles | own,
            tuple(ImportedValue(key, {self._language: values[key]}) for key in ordered),
        )

    def _variant(
        self, item: Item, price: Money, chosen: dict[str, str], pictures: list[str]
    ) -> ImportedVariant:
        image = item.get("image_link")
        at_hand = item.get("availability").replace("_", " ").casefold() in _AT_HAND
        counted = fields.stock(
            item.get("sell_on_google_quantity") or item.get("quantity"), item.number, self._report
        )
        return ImportedVariant(
            row=item.number,
            id=identifier(item.get("id")),
            sku=fields.sku(item.get("id")),
            price=price,
            compare_at=fields.earlier_price(item.get("price"), price, item.number, self._report),
            gtin=fields.gtin(item.get("gtin"), item.number, self._report),
            stock=counted if at_hand else 0,
            options=chosen,
            picture=pictures.index(image) if chosen and image in pictures else None,
        )


def _value_id(label: str) -> str:
    return identifier(slug(label)) or identifier(label)


def _pictures(items: list[Item]) -> list[str]:
    sources = [item.get("image_link") for item in items]
    for item in items:
        sources += item.all("additional_image_link")
    # Each variant's own picture comes first, so that the cap never cuts one off early.
    kept = list(dict.fromkeys(source for source in sources if urlsplit(source).path))
    return kept[:MAX_PICTURES]


def _weight(item: Item) -> int | None:
    found = re.fullmatch(
        r"([0-9]+(?:[.,][0-9]+)?)\s*(g|kg|lb|oz)",
        (item.get("product_weight") or item.get("shipping_weight")).lower(),
    )
    if not found:
        return None
    grams = {"g": 1.0, "kg": 1000.0, "lb": 453.592, "oz": 28.3495}[found.group(2)]
    return fields.whole(str(float(found.group(1).replace(",", ".")) * grams))


def _on_sale(interval: str) -> bool:
    """Whether "START/END" (ISO 8601) holds now; an empty one always does, a broken one never."""
    if not interval:
        return True
    start, _, end = interval.partition("/")
    try:
        opens, closes = datetime.fromisoformat(start.strip()), datetime.fromisoformat(end.strip())
    except ValueError:
        return False
    now = datetime.now(UTC)
    return _aware(opens) <= now <= _aware(closes)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
