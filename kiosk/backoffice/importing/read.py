"""A catalogue file, whatever its format, as products and a report."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kiosk.backoffice.importing.google import GoogleReader, feed_title, table_items, xml_items
from kiosk.backoffice.importing.google import rename as google_name
from kiosk.backoffice.importing.model import (
    CatalogueError,
    ImportedProduct,
    ImportedVariant,
    Report,
)
from kiosk.backoffice.importing.shopify import ShopifyReader
from kiosk.backoffice.importing.shopify import rename as shopify_name
from kiosk.backoffice.importing.table import header_of

MAX_BYTES = 512 << 20
READ_FORMATS = "Shopify product CSV; Google Merchant Center XML, TSV or CSV"


class Format(StrEnum):
    SHOPIFY = "Shopify CSV"
    GOOGLE_XML = "Google Merchant Center XML"
    GOOGLE_TABLE = "Google Merchant Center table"


@dataclass(slots=True)
class Catalogue:
    """What a file holds. `products` is only to be used where `report.refused` is False.

    `title` is what a feed calls itself, "" for a table.
    """

    path: Path
    format: Format
    currency: str
    products: list[ImportedProduct]
    report: Report
    title: str = ""


def sniff(path: Path) -> Format:
    """The file's format, told from its content. Raises CatalogueError for any other."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(1024)
    except OSError as error:
        raise CatalogueError(f"cannot read {path}: {error.strerror}") from None
    if size > MAX_BYTES:
        raise CatalogueError(f"{path.name} is larger than {MAX_BYTES >> 20} MiB: split it")
    if not start.strip():
        raise CatalogueError(f"{path.name} is empty")
    if start.startswith(b"PK\x03\x04"):
        raise CatalogueError(f"{path.name} is a workbook: save it as CSV (UTF-8) first")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return Format.GOOGLE_XML
    columns = {" ".join(name.split()).casefold() for name in header_of(path)}
    if {"handle", "title"} <= {shopify_name(name) for name in columns}:
        return Format.SHOPIFY
    if {"id", "title", "price"} <= {google_name(name) for name in columns}:
        return Format.GOOGLE_TABLE
    raise CatalogueError(f"{path.name} is in no format that is read here: {READ_FORMATS}")


def read_catalogue(path: Path, currency: str = "", language: str = "fr") -> Catalogue:
    """Read and check a whole file; never raises for its content, see `report`.

    `currency` is used for prices that name none (EUR where it is empty) and, where given, is
    the one that all prices must be in. `language` is what the file's own words are in.
    """
    report = Report()
    try:
        kind = sniff(path)
    except CatalogueError as error:
        report.error(str(error), error.row)
        return Catalogue(path, Format.SHOPIFY, currency or "EUR", [], report)
    products: list[ImportedProduct] = []
    try:
        products = list(_checked(_reader(kind, path, currency, language, report), report))
    except CatalogueError as error:
        report.error(str(error), error.row)
    except OSError as error:
        report.error(f"cannot read {path}: {error.strerror}")
    found = _one_currency(products, currency, report)
    if not products and not report.refused:
        report.error("nothing in it can be sold")
    title = feed_title(path) if kind is Format.GOOGLE_XML and not report.refused else ""
    return Catalogue(path, kind, found, products, report, title)


def _reader(
    kind: Format, path: Path, currency: str, language: str, report: Report
) -> Iterator[ImportedProduct]:
    if kind is Format.SHOPIFY:
        return ShopifyReader(path, currency or "EUR", language, report).products()
    items = xml_items(path) if kind is Format.GOOGLE_XML else table_items(path, report)
    return GoogleReader(items, currency, language, report).products()


def _checked(products: Iterator[ImportedProduct], report: Report) -> Iterator[ImportedProduct]:
    """Ids, handles and SKUs made unique: a second SKU gets "-2", in the file's order."""
    ids: set[str] = set()
    variant_ids: set[str] = set()
    skus: set[str] = set()
    for product in products:
        if product.id in ids:
            report.warn(f"product {product.handle!r} stands twice: first kept", product.row)
            continue
        ids.add(product.id)
        kept = []
        for variant in product.variants:
            if variant.id in variant_ids:
                report.warn(f"variant {variant.id!r} stands twice: first kept", variant.row)
                continue
            variant_ids.add(variant.id)
            kept.append(_named(variant, skus, report))
        if kept:
            yield replace(product, variants=tuple(kept))


def _named(variant: ImportedVariant, skus: set[str], report: Report) -> ImportedVariant:
    wanted = variant.sku or variant.id
    sku, number = wanted, 1
    while sku in skus:
        number += 1
        sku = f"{wanted}-{number}"
    if number > 1 and variant.sku:
        report.warn(f"SKU {wanted!r} stands twice: this one is kept as {sku!r}", variant.row)
    skus.add(sku)
    return replace(variant, sku=sku)


def _one_currency(products: list[ImportedProduct], wanted: str, report: Report) -> str:
    counts = Counter(v.price.currency for p in products for v in p.variants)
    currency = wanted or (counts.most_common(1)[0][0] if counts else "EUR")
    foreign = [v for p in products for v in p.variants if v.price.currency != currency]
    if foreign:
        first = foreign[0]
        report.error(
            f"{len(foreign)} prices are not in {currency}, the first in {first.price.currency}: "
            "a shop sells in one currency",
            first.row,
        )
    return currency
