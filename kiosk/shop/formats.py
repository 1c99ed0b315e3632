"""Money, hours and days as a language writes them (CLDR, through Babel)."""

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal

from kiosk.shop.money import Money, exponent


@lru_cache(maxsize=64)
def _locale(language: str, country: str = "") -> Locale:
    try:
        return Locale.parse(f"{language}_{country}" if country else language)
    except Exception:  # an unknown pair (en_CZ): the language alone is right
        return Locale.parse(language)


def money(amount: Money, language: str) -> str:
    """ "128 €" when the cents are nought, else "128,50 €"."""
    whole = amount.minor % 10 ** exponent(amount.currency) == 0
    text = format_currency(
        amount.decimal,
        amount.currency,
        format=_whole_pattern(language) if whole else None,
        locale=_locale(language),
        currency_digits=not whole,
    )
    # CLDR wants a space between a code in letters and the figure; Babel leaves it out.
    return re.sub(r"([A-Z]{3})(\d)", "\\1\u00a0\\2", text.replace("\u202f", "\u00a0"))


@lru_cache(maxsize=64)
def _whole_pattern(language: str) -> str:
    pattern: str = _locale(language).currency_formats["standard"].pattern
    return pattern.replace("0.00", "0")


def number(value: float, language: str) -> str:
    return str(format_decimal(value, locale=_locale(language)))


def clock(at: datetime, language: str) -> str:
    """The wall clock of `at`'s own zone: "18:40" (fr), "6:40 pm" is never used: 24 h."""
    return format_time(at, "HH:mm", locale=_locale(language), tzinfo=at.tzinfo)


def day(on: date, language: str) -> str:
    """ "mardi 24 novembre"."""
    return format_date(on, "EEEE d MMMM", locale=_locale(language))


def weekday(on: date, language: str) -> str:
    return format_date(on, "EEEE", locale=_locale(language))


def moment(at: datetime, language: str) -> str:
    """ "24 nov., 18:40"."""
    return format_datetime(at, "d MMM, HH:mm", locale=_locale(language), tzinfo=at.tzinfo)
