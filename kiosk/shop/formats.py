"""Money, hours and days as a language writes them (CLDR, through Babel).

Figures are European in Arabic as well (128, not ١٢٨): they stand beside price tags, telephone
numbers and a keyboard that have no others. A price in Arabic begins with U+200F, so that its
sign stands to the left of the figure.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from kiosk.shop.money import Money, exponent


@lru_cache(maxsize=64)
def _locale(language: str, country: str = "") -> Locale:
    try:
        return Locale.parse(f"{language}_{country}" if country else language)
    except Exception:  # an unknown pair (en_CZ): the language alone is right
        return Locale.parse(language)


# CLDR's full date without the year, as it stands inside a sentence ("el martes 24 de noviembre").
_DAYS = {
    "de": "EEEE, d. MMMM",
    "es": "EEEE d 'de' MMMM",
    "ar": "EEEE، d MMMM",
    "ja": "M月d日EEEE",
}
_YEARS = {"es": "{day} 'de' y", "ja": "y年{day}"}
# CLDR's short time where it is no HH:mm; the 12 h of English and Arabic are never used.
_CLOCKS = {"es": "H:mm", "ja": "H:mm"}


def money(amount: Money, language: str) -> str:
    """ "128 €" when the cents are nought, else "128,50 €". It never breaks over two lines."""
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
    """ "1 254", "0,8": as the language parts its figures, on one line."""
    text = format_decimal(value, locale=_locale(language))
    return str(re.sub(r"\s", "\u00a0", text))


def weight(grams: int, language: str) -> str:
    """ "800 g", "1,2 kg": from a kilogram on with one decimal place, on one line."""
    value, unit = (grams, "gram") if grams < 1000 else (round(grams / 1000, 1), "kilogram")
    text = format_unit(value, f"mass-{unit}", length="short", locale=_locale(language))
    return re.sub(r"\s", "\u00a0", text)


def clock(at: datetime, language: str) -> str:
    """The wall clock of `at`'s own zone: "18:40". 24 h in every language.

    English too: the shops stand where doors and tickets say 18:40, and a promise must not hang
    on an "am" that is read in passing. Hours below ten have a nought but in Spanish and Japanese.
    """
    pattern = _CLOCKS.get(language, "HH:mm")
    return format_time(at, pattern, locale=_locale(language), tzinfo=at.tzinfo)


def day(on: date, language: str) -> str:
    """ "mardi 24 novembre", "Dienstag, 24. November", "11月24日火曜日"."""
    return format_date(on, _DAYS.get(language, "EEEE d MMMM"), locale=_locale(language))


def date_of(on: date, language: str) -> str:
    """The day with its year: "mardi 24 novembre 2026", "2026年11月24日火曜日"."""
    pattern = _YEARS.get(language, "{day} y").format(day=_DAYS.get(language, "EEEE d MMMM"))
    return format_date(on, pattern, locale=_locale(language))


def weekday(on: date, language: str) -> str:
    return format_date(on, "EEEE", locale=_locale(language))
