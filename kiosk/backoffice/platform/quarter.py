"""The map of the shop's quarter."""

import hashlib
from pathlib import Path

from kiosk.backoffice.catalogue.media import media_path, store_media
from kiosk.backoffice.platform.shop import the_shop
from kiosk.contract.mapfile import MapFile, MapMeta, Projection
from kiosk.shop.geo import Point


class OffTheMapError(ValueError):
    """The shop does not stand on this map."""


def set_map(path: Path, *, move_shop: bool = False) -> None:
    """Make the file's map the shop's.

    `move_shop` puts a shop that stands elsewhere into the map's middle; for demonstrations
    only. Raises MapFileError, OSError, OffTheMapError and NoShopError.
    """
    shop = the_shop()
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if shop.map_sha256 == sha256 and media_path(sha256).exists():
        return
    meta = MapFile.load(content).meta
    if not on_map(meta, Point(shop.lat, shop.lon)):
        if not move_shop:
            raise OffTheMapError(f"{shop.name} does not stand on the map {meta.name}")
        shop.lat, shop.lon = meta.centre.lat, meta.centre.lon
    shop.map_sha256 = store_media(content)
    shop.map_invented = meta.invented
    shop.save()


def load_map() -> MapFile | None:
    """The shop's map, None where it has none. Raises MapFileError and OSError."""
    sha256 = the_shop().map_sha256
    return MapFile.load(media_path(sha256)) if sha256 else None


def on_map(meta: MapMeta, place: Point) -> bool:
    west, south, east, north = meta.bounds
    x, y = Projection(meta.centre).to_xy(place)
    return west <= x <= east and south <= y <= north
