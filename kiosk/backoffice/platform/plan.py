"""The brand's plan as the ground floor's words: windows, drops, dark hours."""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from kiosk.backoffice.platform.models import PlannedWindow, Shop
from kiosk.backoffice.platform.statements import moment, one_of
from kiosk.shop import schedule
from kiosk.shop.schedule import DarkDay, DarkHours, Daypart

log = logging.getLogger("kiosk.shop")

_DROPS = (
    f"FROM {PlannedWindow._meta.db_table} w"
    f" JOIN {PlannedWindow.products.through._meta.db_table} p ON p.plannedwindow_id = w.id WHERE"
)


def planned_window(row: PlannedWindow) -> schedule.PlannedWindow:
    """A row as a plan. Raises ValueError, TypeError for what no window could read."""
    saved = row.pk is not None
    return schedule.PlannedWindow(
        id=str(row.pk or "new"),
        title=row.title,
        line=row.line,
        since=row.since,
        until=row.until,
        weekdays=tuple(int(day) for day in row.weekdays),
        dayparts=_parts(row.dayparts),
        heroes=tuple(str(hero.pk) for hero in row.heroes.all()) if saved else (),
        products=tuple(product.pk for product in row.products.all()) if saved else (),
        drop_at=row.drop_at,
        theme=row.theme,
    )


def the_plan() -> list[schedule.PlannedWindow]:
    """All that is planned, in order; a row that cannot be read is logged and left out."""
    plan = []
    for row in PlannedWindow.objects.prefetch_related("heroes", "products"):
        try:
            plan.append(planned_window(row))
        except (ValueError, TypeError) as error:
            log.error("planned window %s cannot be read: %s", row.pk, error)
    return plan


def not_sold_yet(product_ids: Iterable[str], at: datetime | None = None) -> set[str]:
    """Those of the products whose drop has not come at `at` (now, where left out)."""
    ids = list(product_ids)
    if not ids:
        return set()
    with connection.cursor() as db:
        db.execute(
            f"SELECT p.product_id {_DROPS} w.drop_at > %s AND p.product_id {one_of(ids)}",
            [moment(at or timezone.now()), *ids],
        )
        return {product for (product,) in db.fetchall()}


def dark_hours(shop: Shop) -> DarkHours:
    """The shop's dark hours. Raises ValueError, TypeError, KeyError for what is none."""
    return DarkHours(
        weekly=tuple(_parts(day) for day in shop.dark_weekly or [[]] * 7),
        special=tuple(
            DarkDay(date.fromisoformat(day["date"]), _parts(day.get("intervals", [])))
            for day in shop.dark_special
        ),
        around_opening=shop.dark_around_opening,
    )


def check_window(row: PlannedWindow) -> list[str]:
    """What windows could not read in this row, in words; empty when all is well."""
    try:
        planned_window(row)
    except (ValueError, TypeError) as error:
        return [str(error)]
    return []


def _parts(texts: Any) -> tuple[Daypart, ...]:
    return tuple(Daypart.parse(text) for text in texts)
