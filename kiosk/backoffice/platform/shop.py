"""The shop's row as the ground floor's words: hours, rules, place."""

import logging
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from kiosk.backoffice.platform.events import emit_now
from kiosk.backoffice.platform.models import Shop
from kiosk.contract import EventKind
from kiosk.shop.geo import Point
from kiosk.shop.hours import Interval, OpeningHours, SpecialDay
from kiosk.shop.links import checked_website
from kiosk.shop.money import MAX_MINOR, Money
from kiosk.shop.promise import CollectRules, CourierRules

log = logging.getLogger("kiosk.shop")

_SHOP = f"SELECT * FROM {Shop._meta.db_table} ORDER BY id LIMIT 1"  # noqa: S608 (our own name)
HOLIDAYS_AHEAD = timedelta(days=370)


class NoShopError(Exception):
    """The shop was not set up yet."""

    def __init__(self) -> None:
        super().__init__("there is no shop yet: import one, or fill it in on the staff's pages")


def the_shop() -> Shop:
    """The one shop. Raises NoShopError."""
    shop = next(iter(Shop.objects.raw(_SHOP)), None)
    if shop is None:
        raise NoShopError
    return shop


def shop_currency() -> str:
    """The currency that is sold in, "" before the shop was set up."""
    return Shop.objects.values_list("currency", flat=True).first() or ""


def bump_profile() -> None:
    """Tell every window that the profile changed."""
    Shop.objects.update(version=emit_now(EventKind.PROFILE))


def collect_rules(shop: Shop) -> CollectRules:
    return CollectRules(shop.collect_enabled, shop.collect_prepare_minutes)


def courier_rules(shop: Shop) -> CourierRules:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, shop.currency)

    return CourierRules(
        enabled=shop.courier_enabled,
        prepare_minutes=shop.courier_prepare_minutes,
        ride_minutes=shop.courier_ride_minutes,
        fee=money(shop.courier_fee_minor),
        free_from=money(shop.courier_free_from_minor),
        radius_m=shop.courier_radius_m,
    )


def opening_hours(shop: Shop) -> OpeningHours:
    """The week with the shop's own special days and the coming year's public holidays.

    A special day of the shop wins over a holiday on the same date.
    """
    special = {day.date: day for day in _holidays(shop)} if shop.public_holidays else {}
    special |= {day.date: day for day in map(_special_day, shop.special_days)}
    return OpeningHours(
        timezone=shop.timezone,
        weekly=tuple(_intervals(day) for day in shop.weekly),
        special=tuple(special[day] for day in sorted(special)),
    )


def readable_hours(shop: Shop) -> OpeningHours | None:
    """`opening_hours`, None where the row holds something that is none."""
    try:
        return opening_hours(shop)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        log.error("the opening hours cannot be read: %s", error)
        return None


def check_shop(shop: Shop) -> list[str]:
    """What windows could not read in this row, in words; empty when all is well."""
    problems = []
    for name, read in (
        ("opening hours", opening_hours),
        ("fees", _payable_fees),
        ("dark hours", _dark_hours),
        ("website", lambda s: checked_website(s.website)),
        ("place", lambda s: Point(s.lat, s.lon)),
        ("currency", lambda s: Money.zero(s.currency)),
    ):
        try:
            read(shop)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problems.append(f"{name}: {error}")
    if shop.default_language not in shop.languages:
        problems.append("languages: the default language must be one of them")
    return problems


def _dark_hours(shop: Shop) -> object:
    from kiosk.backoffice.platform.plan import dark_hours

    return dark_hours(shop)


def _payable_fees(shop: Shop) -> None:
    # A basket may cost the other half: the sum is still a price.
    fee = courier_rules(shop).fee
    if fee and fee.minor > MAX_MINOR // 2:
        raise ValueError("this delivery fee is beyond any price")


def _intervals(day: list[str]) -> tuple[Interval, ...]:
    return tuple(Interval.parse(text) for text in day)


def _special_day(day: dict[str, Any]) -> SpecialDay:
    return SpecialDay(
        date.fromisoformat(day["date"]), _intervals(day.get("intervals", [])), day.get("reason", {})
    )


def _holidays(shop: Shop) -> tuple[SpecialDay, ...]:
    return _holidays_from(
        timezone.localdate(timezone=ZoneInfo(shop.timezone)), shop.country, tuple(shop.languages)
    )


@lru_cache(maxsize=8)
def _holidays_from(today: date, country: str, languages: tuple[str, ...]) -> tuple[SpecialDay, ...]:
    # Imported late: only a profile needs it, and a command must not wait for it.
    import holidays

    days: dict[date, dict[str, str]] = {}
    until = today + HOLIDAYS_AHEAD
    supported = holidays.list_localized_countries().get(country, [])
    for language in languages:
        named = next((x for x in supported if x[:2] == language), None)
        if named is None and days:
            continue
        try:
            found = holidays.country_holidays(
                country, years=range(today.year, until.year + 1), language=named
            )
        except NotImplementedError:
            return ()
        for day, name in found.items():
            if today <= day <= until:
                days.setdefault(day, {})[language] = name
    return tuple(SpecialDay(day, (), days[day]) for day in sorted(days))
