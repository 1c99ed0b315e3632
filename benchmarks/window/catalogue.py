"""Catalogues of any size, the same bytes at every run: Shopify CSV, shop.toml, photographs.

The words are spread as in a language (few frequent, most rare) and every product has one of
`photographs.DISTINCT` pictures, so that sizes differ in nothing but their number of products.
"""

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.window import photographs

# Raise it when what is written below changes: folders made by an older one are not taken.
EDITION = 2
HEROES = (7, 101, 222, 333)
SHELVES = tuple(
    "Vases Bols Lampes Bougies Foulards Carnets Affiches Disques Sacs Coussins".split()  # noqa: SIM905
)
_SYLLABLES = "ba be bo ca ce co da de do fa fi fou ga la lan li lo ma me mo na ne pa pi ro sa so ta"
_ENDINGS = "age ard eau elle ence ette eur ier ine oir on ure"
_COLUMNS = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Published", "Option1 Name",
    "Option1 Value", "Variant SKU", "Variant Inventory Tracker", "Variant Inventory Qty",
    "Variant Inventory Policy", "Variant Price", "Image Src", "Image Alt Text", "Status",
    "Pitch (product.metafields.vitrine.pitch)",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A product. `price` is in cents, `photo` the number of its photograph."""

    handle: str
    title: str
    shelf: str
    maker: str
    price: int
    photo: int
    pitch: str
    story: str


def words(count: int) -> list[str]:
    """A vocabulary of `count` invented words, the frequent ones first."""
    rng = random.Random("vocabulary")  # noqa: S311
    made: dict[str, None] = {}
    parts, ends = _SYLLABLES.split(), _ENDINGS.split()
    while len(made) < count:
        made["".join(rng.choices(parts, k=rng.choice((1, 2, 2, 3)))) + rng.choice(ends)] = None
    return list(made)


def pieces(count: int) -> Iterator[Piece]:
    """`count` products; those of a smaller catalogue are the beginning of a larger one."""
    rng = random.Random("pieces")  # noqa: S311
    vocabulary = words(8000)

    def text(length: int) -> str:
        ranks = (int(len(vocabulary) ** rng.random()) - 1 for _ in range(length))
        return " ".join(vocabulary[rank] for rank in ranks)

    for n in range(count):
        yield Piece(
            handle=f"piece-{n:06}",
            title=text(3).capitalize(),
            shelf=SHELVES[rng.randrange(len(SHELVES))],
            maker=f"Atelier {vocabulary[rng.randrange(300)].capitalize()}",
            price=rng.randrange(900, 40000, 50),
            photo=n % photographs.DISTINCT,
            pitch=f"{text(9).capitalize()}.",
            story=f"{text(40).capitalize()}.",
        )


def write(folder: Path, count: int, photos: Path) -> Path:
    """`folder` with products.csv, shop.toml and a storefront.json, unless it is there already.

    `photos` holds the photographs; they are linked, since a catalogue's pictures lie beside it.
    """
    done = folder / f"edition-{EDITION}"
    if done.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    for photo in photographs.draw_all(photos, len(HEROES)):
        link = pictures / photo.name
        if not link.exists():
            link.hardlink_to(photo)
    with (folder / "products.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_row(piece) for piece in pieces(count))
    (folder / "shop.toml").write_text(shop_toml(), encoding="utf-8")
    # What a web page needs of the same pieces, as compact as a good storefront sends it.
    rows = [[p.title, p.price, p.maker, p.photo, p.shelf, p.pitch] for p in pieces(count)]
    text = json.dumps({"heroes": HEROES, "pieces": rows}, ensure_ascii=False, separators=(",", ":"))
    (folder / "storefront.json").write_text(text, encoding="utf-8")
    done.touch()
    return folder


def _row(piece: Piece) -> tuple[str, ...]:
    return (
        piece.handle, piece.title, f"<p>{piece.story}</p>", piece.maker, piece.shelf, "TRUE",
        "Title", "Default Title", f"SKU-{piece.handle[6:]}", "shopify", "5", "deny",
        f"{piece.price / 100:.2f}", f"pictures/{piece.photo:03}.jpg", piece.title, "active",
        piece.pitch,
    )  # fmt: skip


def shop_toml() -> str:
    """A shop that is always open in one language, so that its window looks alike at every hour."""
    days = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
    hours = "\n".join(f'{day} = ["00:00-24:00"]' for day in days)
    heroes = "\n".join(
        f'\n[[heroes]]\npicture = "pictures/hero-{number}.jpg"\nproduct = "piece-{hero:06}"\n'
        for number, hero in enumerate(HEROES)
    )
    return f"""contract = 1

[shop]
id = "benchmark"
name = "Banc d’essai"
currency = "EUR"
country = "FR"
timezone = "Europe/Paris"
default_language = "fr"
languages = ["fr"]

[shop.address]
line1 = "1, rue du Banc"
postcode = "75000"
city = "Paris"
lat = 48.86
lon = 2.34

[hours]
{hours}
{heroes}"""
