"""The catalogue as a Shopify product CSV, in the columns that the import reads."""

import csv
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from kiosk.backoffice.catalogue.media import media_path
from kiosk.backoffice.catalogue.models import Picture, Product, Review, Variant
from kiosk.backoffice.importing.fields import guarded
from kiosk.backoffice.importing.sources import is_remote
from kiosk.shop.money import Money

_COLUMNS = (
    *("Handle", "Title", "Body (HTML)", "Vendor", "Type", "Published"),
    *("Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value"),
    *("Option3 Name", "Option3 Value", "Variant SKU", "Variant Grams"),
    *("Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy"),
    *("Variant Price", "Variant Compare At Price", "Variant Barcode", "Image Src"),
    *("Image Position", "Image Alt Text", "Variant Image", "Status"),
)
_OWN = ("pitch", "material", "care", "meaning", "meaning_proof")
_OPTIONS = 3
_REVIEW_COLUMNS = (
    *("product_handle", "reviewer_name", "rating", "review_date"),
    *("language", "bought_here", "curated", "body"),
)
_CURATED = {"published": "ok", "refused": "spam", "pending": ""}

Cells = dict[str, str]
PictureCell = Callable[[Picture], str]


def address_of(picture: Picture) -> str:
    """The address that a picture came from; "" for one that was a file or an upload."""
    return picture.source if is_remote(picture.source) else ""


def picture_copier(folder: Path) -> PictureCell:
    """Names pictures as files beside the table, and copies them there. May raise OSError."""

    def copied(picture: Picture) -> str:
        if is_remote(picture.source) or not picture.renditions:
            return address_of(picture)
        sha256 = str(picture.renditions[-1]["sha256"])
        name = f"pictures/{Path(picture.source).stem or 'picture'}-{sha256[:8]}.jpg"
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(media_path(sha256), target)
        return name

    return copied


def write_csv(
    out: TextIO, language: str, languages: Iterable[str], cell: PictureCell = address_of
) -> int:
    """Write all products; `language` fills the plain columns. Returns how many products.

    A cell that a spreadsheet would take for a formula starts with an apostrophe. `cell` gives
    a picture's name in the table.
    """
    others = [code for code in languages if code != language]
    columns = [*_COLUMNS, *_metafields(others)]
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    count = 0
    products = Product.objects.select_related("category").order_by("position", "handle")
    parts = products.prefetch_related("variants", "pictures__picture", "beside__other")
    for product in parts.iterator(chunk_size=200):
        for cells in _rows(product, language, others, cell):
            writer.writerow({name: guarded(value) for name, value in cells.items()})
        count += 1
    return count


def write_reviews(path: Path) -> int:
    """Write all reviews beside the catalogue, with what staff decided; nothing where none is."""
    if not Review.objects.exists():
        return 0
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_REVIEW_COLUMNS)
        for review in Review.objects.select_related("product").iterator(chunk_size=500):
            language, body = next(iter(review.text.items()), ("", ""))
            cells = (review.product.handle, review.author, str(review.stars), str(review.on))
            bought = "true" if review.bought_here else "false"
            kept = (language, bought, _CURATED[review.state], body)
            writer.writerow([guarded(cell) for cell in (*cells, *kept)])
            count += 1
    return count


def _metafield(key: str) -> str:
    return f"{key.replace('_', ' ').capitalize()} (product.metafields.vitrine.{key})"


def _metafields(others: list[str]) -> list[str]:
    keys = [*_OWN, "maker_town", "maker_km", "option1_swatch", "related"]
    for code in others:
        keys += [f"{key}_{code}" for key in ("title", "type", "story", *_OWN, "image_alt")]
        for n in range(1, _OPTIONS + 1):
            keys += [f"option{n}_name_{code}", f"option{n}_value_{code}"]
    return [_metafield(key) for key in keys]


def _rows(product: Product, language: str, others: list[str], cell: PictureCell) -> Iterator[Cells]:
    variants = list(product.variants.all())
    pictures = list(product.pictures.all())
    sources = {use.pk: cell(use.picture) for use in pictures}
    for index in range(max(len(variants), len(pictures))):
        cells: Cells = {"Handle": product.handle}
        if index == 0:
            cells |= _product_cells(product, language, others)
        if index < len(variants):
            cells |= _variant_cells(product, variants[index], language, others, index == 0)
            shown = variants[index].picture_id
            cells["Variant Image"] = sources.get(shown, "") if shown else ""
        if index < len(pictures):
            use = pictures[index]
            cells["Image Src"] = sources[use.pk]
            if not sources[use.pk]:
                yield cells
                continue
            cells["Image Position"] = str(index + 1)
            cells["Image Alt Text"] = use.alt.get(language, "")
            for code in others:
                cells[_metafield(f"image_alt_{code}")] = use.alt.get(code, "")
        yield cells


def _product_cells(product: Product, language: str, others: list[str]) -> Cells:
    shelf: dict[str, str] = product.category.title if product.category else {}
    cells = {
        "Title": product.title.get(language, "") or str(product),
        "Body (HTML)": _html(product.story.get(language, "")),
        "Vendor": product.maker,
        "Type": shelf.get(language, ""),
        "Published": "false" if product.hidden else "true",
        "Status": "draft" if product.hidden else "active",
        _metafield("maker_town"): product.maker_town,
        _metafield("maker_km"): "" if product.maker_km is None else str(product.maker_km),
        _metafield("related"): ", ".join(place.other.handle for place in product.beside.all()),
    }
    for key in _OWN:
        texts: dict[str, str] = getattr(product, key)
        cells[_metafield(key)] = texts.get(language, "")
        for code in others:
            cells[_metafield(f"{key}_{code}")] = texts.get(code, "")
    for code in others:
        cells[_metafield(f"title_{code}")] = product.title.get(code, "")
        cells[_metafield(f"type_{code}")] = shelf.get(code, "")
        cells[_metafield(f"story_{code}")] = _html(product.story.get(code, ""))
    return cells


def _variant_cells(
    product: Product, variant: Variant, language: str, others: list[str], first: bool
) -> Cells:
    price = Money(variant.price_minor, variant.currency)
    before = variant.compare_at_minor
    cells = {
        "Variant SKU": variant.sku,
        "Variant Grams": str(product.weight_g or ""),
        "Variant Inventory Tracker": "" if variant.stock is None else "shopify",
        "Variant Inventory Qty": "" if variant.stock is None else str(variant.stock),
        "Variant Inventory Policy": "deny",
        "Variant Price": str(price.decimal),
        "Variant Compare At Price": (
            "" if before is None else str(Money(before, variant.currency).decimal)
        ),
        "Variant Barcode": variant.gtin,
    }
    if not product.options:
        return cells | {"Option1 Name": "Title", "Option1 Value": "Default Title"}
    options: list[dict[str, Any]] = product.options[:_OPTIONS]
    for n, option in enumerate(options, 1):
        value: dict[str, Any] = next(
            (v for v in option["values"] if v["id"] == variant.options.get(option["id"])), {}
        )
        titles: dict[str, str] = value.get("title", {})
        cells[f"Option{n} Value"] = titles.get(language) or next(iter(titles.values()), "")
        if n == 1:
            cells[_metafield("option1_swatch")] = str(value.get("swatch", ""))
        if first:
            cells[f"Option{n} Name"] = option["title"].get(language, option["id"])
        for code in others:
            cells[_metafield(f"option{n}_value_{code}")] = titles.get(code, "")
            if first:
                cells[_metafield(f"option{n}_name_{code}")] = option["title"].get(code, "")
    return cells


def _html(text: str) -> str:
    """Paragraphs as HTML; angle brackets are written out."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parts = [part.replace("\n", "<br>") for part in safe.split("\n\n") if part]
    return "".join(f"<p>{part}</p>" for part in parts)
