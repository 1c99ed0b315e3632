"""A neutral shop for a bare feed, so that any catalogue can be seen in a window at once."""

import re
from collections.abc import Iterable
from pathlib import Path

from kiosk.backoffice.importing.model import ImportedProduct, identifier, slug
from kiosk.backoffice.importing.shopfile import AddressTable, HoursTable, ShopFile, ShopTable
from kiosk.backoffice.importing.tomltables import WEEKDAYS
from kiosk.shop.text import clean

# Where a shop that sells in a currency most likely stands: country, zone, city, latitude,
# longitude.
_HOMES = {
    "EUR": ("FR", "Europe/Paris", "Paris", 48.8566, 2.3522),
    "CZK": ("CZ", "Europe/Prague", "Praha", 50.0755, 14.4378),
    "GBP": ("GB", "Europe/London", "London", 51.5072, -0.1276),
    "CHF": ("CH", "Europe/Zurich", "Zürich", 47.3769, 8.5417),
    "PLN": ("PL", "Europe/Warsaw", "Warszawa", 52.2297, 21.0122),
    "SEK": ("SE", "Europe/Stockholm", "Stockholm", 59.3293, 18.0686),
    "NOK": ("NO", "Europe/Oslo", "Oslo", 59.9139, 10.7522),
    "DKK": ("DK", "Europe/Copenhagen", "København", 55.6761, 12.5683),
    "HUF": ("HU", "Europe/Budapest", "Budapest", 47.4979, 19.0402),
    "RON": ("RO", "Europe/Bucharest", "București", 44.4268, 26.1025),
    "AED": ("AE", "Asia/Dubai", "Dubai", 25.2048, 55.2708),
    "MAD": ("MA", "Africa/Casablanca", "Casablanca", 33.5731, -7.5898),
    "USD": ("US", "America/New_York", "New York", 40.7128, -74.0060),
    "CAD": ("CA", "America/Toronto", "Toronto", 43.6532, -79.3832),
    "AUD": ("AU", "Australia/Sydney", "Sydney", -33.8688, 151.2093),
    "JPY": ("JP", "Asia/Tokyo", "Tokyo", 35.6762, 139.6503),
}
_NAMES = {"fr": "La boutique", "en": "The shop"}
# What stands between a shop's name and what it says of itself.
_BETWEEN = re.compile(r"\s+[–—|·•-]\s+|\s*[:|]\s+")
# What a file's name says of the export, not of the shop.
_OF_EXPORTS = frozenset(
    "shopify gmc google merchant center prestashop woocommerce magento wix feed feeds export "  # noqa: SIM905
    "exports import products product produits catalog catalogue shopping xml csv tsv full all "
    "default fr en sample data utf8".split()
)
_FRENCH = ("EUR", "CHF", "CAD", "MAD")


def neutral_language(currency: str) -> str:
    """The language that a bare feed's words are taken to be in."""
    return "fr" if currency in _FRENCH else "en"


def neutral_shop(
    path: Path, currency: str, title: str = "", products: Iterable[ImportedProduct] = ()
) -> ShopFile:
    """Open every day from 10 to 19, at home where its currency is.

    Named as the feed names itself (`title`: "Name – tagline"), else after the one maker of all
    its products, else after the file.
    """
    country, zone, city, lat, lon = _HOMES.get(currency, _HOMES["EUR"])
    language = neutral_language(currency)
    name, tagline = _name_and_tagline(title)
    name = name or _only_maker(products) or _name_of_file(path.stem) or _NAMES[language]
    return ShopFile(
        contract=1,
        shop=ShopTable(
            id=identifier(slug(path.stem)) or "shop",
            name=name,
            tagline={language: tagline} if tagline else {},
            currency=currency,
            country=country,
            timezone=zone,
            default_language=language,
            languages=["fr", "en"] if language == "fr" else ["en", "fr"],
            address=AddressTable(line1=city, postcode="", city=city, lat=lat, lon=lon),
        ),
        hours=HoursTable.model_validate({day: ["10:00-19:00"] for day in WEEKDAYS}),
    )


def _name_and_tagline(title: str) -> tuple[str, str]:
    name, *rest = _BETWEEN.split(clean(title, 200), maxsplit=1)
    if not _telling(name):
        return "", ""
    return name[:80].strip(), rest[0][:120].strip() if rest else ""


def _only_maker(products: Iterable[ImportedProduct]) -> str:
    makers = {product.maker for product in products}
    return makers.pop()[:80].strip() if len(makers) == 1 else ""


def _name_of_file(stem: str) -> str:
    name = " ".join(_telling(stem))[:80].strip()
    return name[:1].upper() + name[1:]


def _telling(text: str) -> list[str]:
    """The words that may be a shop's: not those of exports, no numbers."""
    words = re.split(r"[\W_]+", text)
    return [w for w in words if w and w.lower() not in _OF_EXPORTS and not w.isdigit()]
