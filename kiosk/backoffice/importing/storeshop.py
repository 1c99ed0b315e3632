"""The shop of a checked shop.toml: its row, its shelves, its posters."""

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.backoffice.catalogue.models import Category, Picture, Product
from kiosk.backoffice.importing.memory import Memory, digest
from kiosk.backoffice.importing.model import ImportedProduct, identifier, slug
from kiosk.backoffice.importing.planfile import DarkHoursTable
from kiosk.backoffice.importing.shopfile import HeroTable, ShopFile
from kiosk.backoffice.importing.sources import Source
from kiosk.backoffice.platform.models import Hero, Shop

_EVERYTHING = {"fr": "La boutique", "en": "The shop"}
_OTHERS = {"fr": "Autres", "en": "Others"}


def write_shop(file: ShopFile, memory: Memory, *, demo: bool = False) -> bool:
    """Write the profile where the file changed since the last import; True if it did."""
    said = digest(_said(file) | {"demo": demo})
    shop = Shop.objects.first()
    if shop and memory.shop == said:
        return False
    shop = shop or Shop()
    for name, value in _columns(file).items():
        setattr(shop, name, value)
    shop.demo = demo
    shop.save()
    memory.shop = said
    return True


def _said(file: ShopFile) -> dict[str, Any]:
    """What the file says of the shop itself; a table that is newer than a file changes nothing."""
    apart = {"heroes", "categories", "lookbooks", "quick", "windows"}
    if file.dark_hours == DarkHoursTable():
        apart.add("dark_hours")
    said = file.model_dump(mode="json", exclude=apart)
    if not file.shop.contact.website:
        del said["shop"]["contact"]["website"]
    return said


def _columns(file: ShopFile) -> dict[str, Any]:
    shop, courier, collect = file.shop, file.fulfilment.courier, file.fulfilment.collect
    return {
        "shop_id": shop.id,
        "name": shop.name,
        "tagline": dict(shop.tagline),
        "currency": shop.currency,
        "country": shop.country,
        "languages": list(shop.languages),
        "window_languages": list(shop.window_languages),
        "default_language": shop.default_language,
        "line1": shop.address.line1,
        "postcode": shop.address.postcode,
        "city": shop.address.city,
        "lat": shop.address.lat,
        "lon": shop.address.lon,
        "phone": shop.contact.phone,
        "email": shop.contact.email,
        "website": shop.contact.website,
        "timezone": shop.timezone,
        "weekly": file.hours.weekly,
        "special_days": [
            {"date": day.date.isoformat(), "intervals": day.intervals, "reason": day.reason}
            for day in file.hours.special
        ],
        "public_holidays": file.hours.calendar.closed_on_holidays,
        "collect_enabled": collect.enabled,
        "collect_prepare_minutes": collect.prepare_minutes,
        "courier_enabled": courier.enabled,
        "courier_prepare_minutes": courier.prepare_minutes,
        "courier_ride_minutes": courier.ride_minutes,
        "courier_fee_minor": courier.fee_minor,
        "courier_free_from_minor": courier.free_from_minor,
        "courier_radius_m": courier.radius_m,
        "postcodes": list(courier.postcodes),
        "orders_when_closed": file.orders.when_closed,
        "dark_weekly": file.dark_hours.weekly,
        "dark_special": [
            {"date": day.date.isoformat(), "intervals": day.intervals}
            for day in file.dark_hours.special
        ],
        "dark_around_opening": file.dark_hours.around_opening_minutes,
    }


def write_categories(
    products: Iterable[ImportedProduct],
    named: Mapping[str, Mapping[str, str]],
    language: str,
    memory: Memory,
) -> tuple[dict[str, str], bool]:
    """Shelves for every category key, "" included; (ids by key, whether anything changed).

    `named` is shop.toml's [categories]: their order is the shelves' order.
    """
    wanted: dict[str, dict[str, str]] = {}
    for name, others in named.items():
        wanted[identifier(slug(name)) or identifier(name)] = {language: name} | dict(others)
    lone = True
    bare = False
    for product in products:
        if product.category_key:
            lone = False
            titles = dict(product.category)
            wanted[product.category_key] = titles | wanted.get(product.category_key, {})
        else:
            bare = True
    shelves = {key: key for key in wanted}
    if bare:
        shelves[""] = "shop" if lone else "others"
        wanted[shelves[""]] = dict(_EVERYTHING if lone else _OTHERS)
    changed = _write_shelves(wanted, memory)
    return shelves, changed


def _write_shelves(wanted: Mapping[str, dict[str, str]], memory: Memory) -> bool:
    present = Category.objects.in_bulk()
    digests = {key: digest([place, titles]) for place, (key, titles) in enumerate(wanted.items())}
    changed = False
    for place, (key, titles) in enumerate(wanted.items()):
        if key in present and memory.categories.get(key) == digests[key]:
            continue
        Category.objects.update_or_create(pk=key, defaults={"title": titles, "position": place})
        changed = True
    memory.categories |= digests
    return changed


def drop_empty_categories(kept: Iterable[str], memory: Memory) -> bool:
    """Remove shelves that an earlier file brought and on which nothing stands any more."""
    gone = set(memory.categories) - set(kept)
    empty = Category.objects.filter(pk__in=gone, products=None)
    dropped = [row.pk for row in empty]
    Category.objects.filter(pk__in=dropped).delete()
    for key in dropped:
        del memory.categories[key]
    return bool(dropped)


def write_heroes(
    heroes: list[HeroTable],
    sources: Mapping[str, Source],
    rows: Mapping[str, Picture],
    memory: Memory,
) -> bool:
    """Replace the posters where the file's changed since the last import; True if it did."""
    shots = [sources.get(hero.picture) for hero in heroes]
    known = dict(
        Product.objects.filter(handle__in=[h.product for h in heroes]).values_list("handle", "pk")
    )
    words = [
        hero.model_dump(mode="json", exclude=set() if hero.planned_only else {"planned_only"})
        for hero in heroes
    ]
    said = digest([words, [shot and shot.sha256 for shot in shots], known])
    if memory.heroes == said:
        return False
    Hero.objects.all().delete()
    for place, hero in enumerate(heroes):
        if hero.picture in rows:
            Hero.objects.create(
                picture=rows[hero.picture],
                when=hero.when,
                line=dict(hero.line),
                product_id=known.get(hero.product),
                position=place,
                planned_only=hero.planned_only,
            )
    memory.heroes = said
    return True


def neutral_heroes(products: list[ImportedProduct]) -> list[HeroTable]:
    """The first three products that have a picture, as posters."""
    shown = [p for p in products if p.pictures and not p.hidden][:3]
    return [HeroTable(picture=p.pictures[0].source, product=p.handle) for p in shown]
