"""Reads from the replica, at once, all that a visit stands on. Reads the disk: workers only."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.contract import ShopProfile
from kiosk.shop.catalogue import Product
from kiosk.shop.selection import EVERYTHING
from kiosk.window.replica import CatalogueReplica, CategoryShelf
from kiosk.window.visit.plan import poster_pieces

STAND_INS = 3  # pieces on the posters of a shop that made none


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read from the replica at once. `pieces` are whole products by id."""

    profile: ShopProfile | None
    shelves: tuple[CategoryShelf, ...]
    pieces: dict[str, Product]
    posters: tuple[str, ...] = ()


def snapshot(catalogue: CatalogueReplica, touched: Iterable[str]) -> Snapshot:
    """The shop as it is now, with the pieces `touched` (ids) and those of its posters."""
    profile = catalogue.profile()
    planned = poster_pieces(profile)
    posters = () if profile and profile.heroes else _stand_ins(catalogue)
    wanted = {*touched, *planned, *posters}
    pieces = catalogue.products(sorted(wanted))
    return Snapshot(profile, tuple(catalogue.categories()), pieces, posters)


def _stand_ins(catalogue: CatalogueReplica) -> tuple[str, ...]:
    """The first pieces that can be had, those with a photograph before the others."""
    rows = [row for row in catalogue.page(EVERYTHING, None, 24).rows if row.available]
    rows.sort(key=lambda row: row.picture is None)
    return tuple(row.product_id for row in rows[:STAND_INS])
