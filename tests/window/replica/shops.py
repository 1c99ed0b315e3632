"""Whole shops in a replica: the demo's, and real catalogue files."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from replica_data import changes, profile

from kiosk.backoffice.importing.read import read_catalogue
from kiosk.shop.catalogue import Category, Option, OptionValue, Picture, Product, Rendition, Variant
from kiosk.window.replica import CatalogueReplica

REPOSITORY = Path(__file__).parents[3]
DEMO = REPOSITORY / "catalog" / "products.csv"
FEEDS = Path(os.environ.get("KIOSK_TEST_DATA", REPOSITORY / "../shared/data")).resolve() / "feeds"


@dataclass(frozen=True)
class Shop:
    replica: CatalogueReplica
    products: list[Product]

    def titles(self, selection, limit=600):
        return [next(iter(c.title.values())) for c in self.cards(selection, limit)]

    def cards(self, selection, limit=600):
        return self.replica.page(selection, None, limit).rows


def real_feed(name: str) -> Path:
    """A file as a retailer really has it; the test is skipped where there is none."""
    path = FEEDS / name
    if not path.is_file():
        pytest.skip(f"no {name}: set KIOSK_TEST_DATA to the folder that holds feeds/")
    return path


def read_shop(folder: Path, file: Path, language: str = "fr") -> Shop:
    """The file's products as the back office would send them, in a replica of their own."""
    read = read_catalogue(file, language=language)
    assert not read.report.refused
    products = [_product(p, i) for i, p in enumerate(read.products)]
    shelves = {p.category_key: p.category for p in read.products if p.category_key}
    replica = CatalogueReplica(folder / "catalogue.db")
    replica.set_profile(
        profile(categories=[Category(k, t, i) for i, (k, t) in enumerate(shelves.items())])
    )
    replica.apply(changes(products))
    return Shop(replica, products)


def _product(p, position):
    shot = Rendition("0" * 64, 100, 100, 1)
    return Product(
        id=p.id,
        handle=p.handle,
        version=1,
        category_id=p.category_key,
        title=p.title,
        variants=tuple(
            Variant(v.id, v.sku, v.price, v.options, v.gtin, v.compare_at, v.stock, v.picture)
            for v in p.variants
        ),
        position=position,
        pitch=p.pitch,
        story=p.story,
        maker=p.maker,
        maker_town=p.maker_town,
        material=p.material,
        options=tuple(
            Option(o.id, o.title, tuple(OptionValue(v.id, v.title, v.swatch) for v in o.values))
            for o in p.options
        ),
        pictures=tuple(Picture((shot,), x.alt) for x in p.pictures),
    )
