"""Importing a catalogue: everything is checked first, then written in one transaction.

Whatever is refused leaves the previous catalogue as it was.
"""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.backoffice.catalogue.services import one_change, record_changes
from kiosk.backoffice.importing import storeplan, storeshop, storewords
from kiosk.backoffice.importing.files import Found, find
from kiosk.backoffice.importing.memory import Memory, keep, recall
from kiosk.backoffice.importing.model import CatalogueError, Report
from kiosk.backoffice.importing.neutral import neutral_language, neutral_shop
from kiosk.backoffice.importing.picturerows import picture_rows
from kiosk.backoffice.importing.read import Catalogue, read_catalogue
from kiosk.backoffice.importing.reviews import ImportedReview, read_reviews
from kiosk.backoffice.importing.shopfile import ShopFile
from kiosk.backoffice.importing.sources import find_sources
from kiosk.backoffice.importing.store import Written, write_products
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.platform.shop import bump_profile


@dataclass(slots=True)
class Result:
    """What an import did. Nothing was written where `report.refused`."""

    report: Report
    written: Written = field(default_factory=Written)
    profile_changed: bool = False
    reviews_changed: bool = False
    pictures: int = 0

    @property
    def changed(self) -> bool:
        return self.profile_changed or self.reviews_changed or bool(self.written.touched)


def _read(found: Found, currency: str, language: str, demo: bool) -> Catalogue:
    """Read a catalogue in the words and money of its shop.toml, else of the shop there is."""
    if found.shop:
        shop = found.shop.shop
        return read_catalogue(
            found.catalogue, currency or shop.currency, language or shop.default_language
        )
    present = None if demo else Shop.objects.first()
    if present:
        return read_catalogue(
            found.catalogue, currency or present.currency, language or present.default_language
        )
    catalogue = read_catalogue(found.catalogue, currency, language or "fr")
    spoken = neutral_language(catalogue.currency)
    if not language and spoken != "fr" and not catalogue.report.refused:
        return read_catalogue(found.catalogue, currency, spoken)
    return catalogue


def import_catalogue(
    path: Path, *, currency: str = "", language: str = "", demo: bool = False
) -> Result:
    """Bring the catalogue (and the shop, where shop.toml lies beside it) to what a file says.

    Products that the file did not change since the last import are not touched, those that it
    no longer names are removed, those that staff made by hand stay. Never raises for what the
    files hold: see `report`. A bare file goes into the shop that there is; where there is none,
    and always in a demonstration, it gets a neutral one.
    """
    report = Report()
    try:
        found = find(path)
        catalogue = _read(found, currency, language, demo)
        report = catalogue.report
        if report.refused:
            return Result(report)
        shop = found.shop
        reviews = _reviews(found, report)
        if shop is None and (demo or not Shop.objects.exists()):
            shop = neutral_shop(
                found.catalogue, catalogue.currency, catalogue.title, catalogue.products
            )
            heroes = storeshop.neutral_heroes(catalogue.products)
            shop = shop.model_copy(update={"heroes": heroes})
        return Result(report) if report.errors else _write(catalogue, shop, reviews, demo)
    except CatalogueError as error:
        report.error(str(error), error.row)
        return Result(report)


def _reviews(found: Found, report: Report) -> list[ImportedReview] | None:
    """What the folder's reviews.csv says; None where there is none."""
    if found.reviews is None:
        return None
    language = found.shop.shop.default_language if found.shop else _language()
    return read_reviews(found.reviews, language, report)


def _write(
    catalogue: Catalogue,
    shop: ShopFile | None,
    reviews: list[ImportedReview] | None,
    demo: bool,
) -> Result:
    folder, report, products = catalogue.path.parent, catalogue.report, catalogue.products
    names = [shot.source for product in products for shot in product.pictures]
    sources = find_sources(names, folder, report)
    language = shop.shop.default_language if shop else _language()
    result = Result(report)
    with one_change():
        memory = recall()
        rows = picture_rows(sources)
        shelves, moved = storeshop.write_categories(
            products, shop.categories if shop else {}, language, memory
        )
        result.written = write_products(products, shelves, sources, rows, memory)
        record_changes(result.written.touched)
        if reviews is not None:
            spoken_of = storewords.write_reviews(reviews, memory, report)
            record_changes(spoken_of)
            result.reviews_changed = bool(spoken_of)
        dropped = storeshop.drop_empty_categories(shelves.values(), memory)
        profile = bool(shop and _write_shop(shop, folder, memory, report, demo))
        if moved and not profile:
            bump_profile()
        result.profile_changed = moved or dropped or profile
        result.pictures = sum(row.state != "ready" for row in rows.values())
        if result.changed:
            keep(memory)
    return result


def _write_shop(file: ShopFile, folder: Path, memory: Memory, report: Report, demo: bool) -> bool:
    shots = [poster.picture for poster in file.heroes]
    shots += [book.picture for book in file.lookbooks]
    sources = find_sources(shots, folder, report)
    rows = picture_rows(sources)
    changed = [
        storeshop.write_shop(file, memory, demo=demo),
        storeshop.write_heroes(file.heroes, sources, rows, memory),
        storewords.write_lookbooks(file.lookbooks, sources, rows, memory),
        storeplan.write_windows(file, rows, memory, report),
        storewords.write_quick(file.quick, memory),
    ]
    return any(changed)


def _language() -> str:
    return Shop.objects.values_list("default_language", flat=True).first() or "fr"
