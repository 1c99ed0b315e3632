"""The plan of a checked shop.toml, written where the file changed it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.backoffice.catalogue.models import Picture, Product
from kiosk.backoffice.importing.memory import Memory, digest
from kiosk.backoffice.importing.model import Report
from kiosk.backoffice.importing.planfile import WindowTable
from kiosk.backoffice.importing.shopfile import ShopFile
from kiosk.backoffice.platform.models import Hero, PlannedWindow


def write_windows(
    file: ShopFile, rows: Mapping[str, Picture], memory: Memory, report: Report
) -> bool:
    """Replace the windows that an earlier file planned; True if anything changed.

    Those that staff planned by hand stay. A handle that nothing has is warned of.
    """
    heroes = _heroes(rows)
    handles = [handle for window in file.windows for handle in window.products]
    products = {row.handle: row for row in Product.objects.filter(handle__in=handles)}
    _warn_of_missing(file.windows, products, report)
    words = [window.model_dump(mode="json") for window in file.windows]
    said = digest([words, heroes, sorted(products), file.shop.timezone]) if words else ""
    if memory.windows == said:
        return False
    PlannedWindow.objects.exclude(key="").delete()
    for place, window in enumerate(file.windows):
        row = PlannedWindow.objects.create(position=place, **_columns(window, file.shop.timezone))
        row.heroes.set([heroes[name] for name in window.posters if name in heroes])
        row.products.set([products[handle] for handle in window.products if handle in products])
    memory.windows = said
    return True


def _heroes(rows: Mapping[str, Picture]) -> dict[str, int]:
    """The posters by the name of their picture."""
    by_picture = dict(Hero.objects.values_list("picture_id", "pk"))
    return {name: by_picture[row.pk] for name, row in rows.items() if row.pk in by_picture}


def _warn_of_missing(
    windows: list[WindowTable], products: Mapping[str, Product], report: Report
) -> None:
    for window in windows:
        for handle in window.products:
            if handle not in products:
                report.warn(f"windows: {window.id} names {handle}, and no product has that handle")


def _columns(window: WindowTable, timezone: str) -> dict[str, Any]:
    return {
        "key": window.id,
        "title": dict(window.title),
        "line": dict(window.line),
        "since": window.since,
        "until": window.until,
        "weekdays": window.weekday_numbers,
        "dayparts": list(window.hours),
        "drop_at": _in_zone(window.drop_at, timezone),
        "theme": window.theme,
    }


def _in_zone(at: datetime | None, timezone: str) -> datetime | None:
    return at.replace(tzinfo=ZoneInfo(timezone)) if at and at.tzinfo is None else at
