"""Which files a path on the command line means."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.backoffice.importing.model import CatalogueError
from kiosk.backoffice.importing.shopfile import FILE_NAME, ShopFile, read_shop

_USUAL = "products.csv"
_ENDINGS = (".csv", ".tsv", ".txt", ".xml")
REVIEWS_NAME = "reviews.csv"


@dataclass(frozen=True, slots=True)
class Found:
    """A catalogue; where a folder was named, also its shop.toml and its reviews.csv."""

    catalogue: Path
    shop: ShopFile | None
    reviews: Path | None = None


def find(path: Path) -> Found:
    """`path` is a catalogue file, a shop.toml, or a folder with both. Raises CatalogueError."""
    if path.name == FILE_NAME:
        path = path.parent
    if not path.is_dir():
        return Found(path, None)
    files = [path / _USUAL]
    if not files[0].is_file():
        there = (p for p in path.iterdir() if p.name != REVIEWS_NAME)
        files = sorted(p for p in there if p.suffix.lower() in _ENDINGS)
    if len(files) != 1:
        raise CatalogueError(
            f"{path} holds {len(files)} catalogue files: name one, or call it {_USUAL}"
        )
    toml, reviews = path / FILE_NAME, path / REVIEWS_NAME
    shop = read_shop(toml) if toml.is_file() else None
    return Found(files[0], shop, reviews if reviews.is_file() else None)
