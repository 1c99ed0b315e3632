"""Puts the demo shop into a window's data folder, as a link would have."""

import hashlib
import io
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from nacl.public import PrivateKey
from PIL import Image

from kiosk.backoffice.importing.model import Report
from kiosk.backoffice.importing.read import read_catalogue
from kiosk.backoffice.importing.reviews import read_reviews
from kiosk.backoffice.importing.shopfile import read_shop
from kiosk.contract import CatalogueChanges, HeroCard, ShopAddress, ShopProfile
from kiosk.contract.sealing import sealing_key
from kiosk.shop.catalogue import (
    Category,
    Picture,
    Product,
    Rendition,
)
from kiosk.shop.geo import Point
from kiosk.shop.hours import Interval, OpeningHours
from kiosk.shop.lookbook import Lookbook
from kiosk.shop.money import Money
from kiosk.shop.promise import CollectRules, CourierRules
from kiosk.shop.reviews import Review, rating_of
from kiosk.shop.schedule import Daypart, PlannedWindow
from kiosk.window.replica import CatalogueReplica, PictureStore
from tests.window.read_in import as_sent

CATALOGUE = Path(__file__).parents[3] / "catalog"
PUBLIC = "https://maison-lucarne.example"
WIDTHS = (480, 960, 2160)
SHOP_KEY = sealing_key(bytes(PrivateKey(bytes(range(32))).public_key))


def seed(
    data: Path,
    *,
    products: int = 0,
    pictures: bool = True,
    catalogue: CatalogueReplica | None = None,
) -> tuple[int, int]:
    """Fill `data`; gives the numbers of products and pictures.

    `products` repeats the catalogue up to that many. Without `pictures` no file is kept, though
    the catalogue names them, as in the first minutes of a new window. A replica that is open
    already is handed in as `catalogue`.
    """
    store = PictureStore(data, cap_bytes=2 * 10**9)
    kept: dict[str, bytes] = {}
    made = _products(kept)
    whole = [_copy(made[i % len(made)], i, len(made)) for i in range(max(products, len(made)))]
    profile = _profile(made, kept)
    if pictures:
        for sha256, data_bytes in kept.items():
            store.put(sha256, data_bytes)
    replica = catalogue or CatalogueReplica(data / "catalogue.db")
    replica.set_profile(profile)
    replica.apply(CatalogueChanges(epoch="demo", cursor="1", reset=True, upserts=whole))
    if catalogue is None:
        replica.close()
    return len(whole), len(kept)


def _copy(product: Product, index: int, period: int) -> Product:
    if index < period:
        return replace(product, position=index)
    turn = index // period + 1
    return replace(
        product,
        id=f"{product.id}-{turn}",
        handle=f"{product.handle}-{turn}",
        position=index,
        title={k: f"{v} {turn}" for k, v in product.title.items()},
        variants=tuple(replace(v, id=f"{v.id}-{turn}") for v in product.variants),
    )


def _products(kept: dict[str, bytes]) -> list[Product]:
    catalogue = read_catalogue(CATALOGUE / "products.csv", currency="EUR")
    said = _reviews()
    return [
        as_sent(
            p,
            i,
            pictures=tuple(_picture(x.source, x.alt, kept) for x in p.pictures),
            reviews=said.get(p.handle, ()),
            rating=rating_of(review.stars for review in said.get(p.handle, ())),
        )
        for i, p in enumerate(catalogue.products)
    ]


def _reviews() -> dict[str, tuple[Review, ...]]:
    found: dict[str, tuple[Review, ...]] = {}
    for r in read_reviews(CATALOGUE / "reviews.csv", "fr", Report()):
        review = Review(r.id, r.author, r.stars, r.on, r.text, r.bought_here)
        found[r.handle] = (*found.get(r.handle, ()), review)
    return found


def _picture(source: str, alt: dict[str, str], kept: dict[str, bytes]) -> Picture:
    renditions = _renditions(source)
    for rendition, data in renditions:
        kept[rendition.sha256] = data
    if not renditions:  # named, not photographed yet
        sha256 = hashlib.sha256(source.encode()).hexdigest()
        return Picture((Rendition(sha256, 1600, 2000, 1),), alt)
    return Picture(tuple(r for r, _ in renditions), alt)


# Of all photographs: one that is let go is cut again for every test.
_CUT: dict[str, tuple[tuple[Rendition, bytes], ...]] = {}


@contextmanager
def cut_once(kept: Path) -> Iterator[None]:
    """What another process has cut is taken from the file `kept`, and else left there."""
    if kept.exists():
        _CUT.update(pickle.loads(kept.read_bytes()))
        yield
        return
    yield
    begun = kept.with_name(f"{kept.name}-{os.getpid()}")
    begun.write_bytes(pickle.dumps(_CUT))
    begun.rename(kept)


def _renditions(source: str) -> tuple[tuple[Rendition, bytes], ...]:
    if source not in _CUT:
        path = CATALOGUE / source
        _CUT[source] = _cut(path) if path.is_file() else ()
    return _CUT[source]


def _cut(path: Path) -> tuple[tuple[Rendition, bytes], ...]:
    made = []
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    for width in WIDTHS:
        target = min(width, image.width)
        size = (target, round(image.height * target / image.width))
        buffer = io.BytesIO()
        image.resize(size).save(buffer, "JPEG", quality=88)
        data = buffer.getvalue()
        made.append((Rendition(hashlib.sha256(data).hexdigest(), *size, len(data)), data))
        if target == image.width:
            break
    return tuple(made)


def _profile(products: list[Product], kept: dict[str, bytes]) -> ShopProfile:
    file = read_shop(CATALOGUE / "shop.toml")
    shop, courier = file.shop, file.fulfilment.courier
    catalogue = read_catalogue(CATALOGUE / "products.csv", currency="EUR")
    keys: dict[str, dict[str, str]] = {}
    for product in catalogue.products:
        keys.setdefault(product.category_key, dict(product.category))
    order = list(file.categories)
    weekly = tuple(tuple(Interval.parse(x) for x in day) for day in file.hours.weekly)
    return ShopProfile(
        version=1,
        shop_id=shop.id,
        name=shop.name,
        tagline=shop.tagline,
        currency=shop.currency,
        country=shop.country,
        languages=shop.languages,
        default_language=shop.default_language,
        address=ShopAddress(
            line1=shop.address.line1,
            postcode=shop.address.postcode,
            city=shop.address.city,
            country=shop.address.country,
            location=Point(shop.address.lat, shop.address.lon),
        ),
        hours=OpeningHours(shop.timezone, weekly),
        collect=CollectRules(),
        courier=CourierRules(fee=Money(590, "EUR"), free_from=Money(12000, "EUR")),
        postcodes=courier.postcodes,
        categories=sorted(
            (
                Category(key, file.categories.get(title.get("fr", ""), {}) | title, i)
                for i, (key, title) in enumerate(keys.items())
            ),
            key=lambda c: order.index(c.title["fr"]) if c.title["fr"] in order else 99,
        ),
        heroes=[
            HeroCard(
                id=str(i),
                picture=_picture(h.picture, {}, kept),
                when=h.when,
                line=h.line,
                product_id=h.product if any(p.id == h.product for p in products) else "",
            )
            for i, h in enumerate(file.heroes)
        ],
        lookbooks=[
            Lookbook(str(i), b.title, _picture(b.picture, {}, kept), b.text, tuple(b.products))
            for i, b in enumerate(file.lookbooks)
        ],
        quick=file.quick,
        public_url=PUBLIC,
        sealing_key=SHOP_KEY,
        phone=shop.contact.phone,
        website=shop.contact.website,
        demo=True,
    )


def plan() -> list[PlannedWindow]:
    """The demo shop's plan, which `seed` leaves out so that no test depends on a date."""
    file = read_shop(CATALOGUE / "shop.toml")
    heroes = [hero.picture for hero in file.heroes]
    return [
        PlannedWindow(
            window.id,
            window.title,
            window.line,
            window.since,
            window.until,
            tuple(window.weekday_numbers),
            tuple(map(Daypart.parse, window.hours)),
            tuple(str(heroes.index(name)) for name in window.posters),
            tuple(window.products),
            window.drop_at and window.drop_at.replace(tzinfo=ZoneInfo(file.shop.timezone)),
            window.theme,
        )
        for window in file.windows
    ]
