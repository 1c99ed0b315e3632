"""A street as it is offered to somebody who types an address, and how its line is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

# Where the number stands before the street, by the country sheets of the Universal Postal
# Union (upu.int, "Postal addressing systems"); elsewhere it follows the street.
_NUMBER_FIRST = frozenset(("AU", "CA", "DZ", "FR", "GB", "GF", "GP", "IE", "IL", "IN", "LU", "MA"))
_NUMBER_FIRST |= {"MC", "MQ", "MT", "NC", "NZ", "PF", "RE", "SG", "SN", "TN", "US", "YT", "ZA"}
# Where a postcode has letters among its figures, by the same source.
_LETTERED = frozenset(("AR", "BM", "CA", "GB", "GG", "GI", "IE", "IM", "JE", "MT", "NL", "SZ"))


@dataclass(frozen=True, slots=True)
class StreetFound:
    """A street, with the number that was typed or "", and the numbers that it has.

    `numbers` are in order ("1", "3", "3 bis"); empty where none is known. Personal: it tells
    what somebody is typing, so it shows in no repr.
    """

    street: str = field(repr=False)
    postcode: str = field(repr=False)
    city: str = field(repr=False)
    number: str = field(default="", repr=False)
    numbers: tuple[str, ...] = field(default=(), repr=False)


def number_first(country: str) -> bool:
    """Whether an address line of `country` (ISO 3166) begins with the number."""
    return country in _NUMBER_FIRST


def postcode_has_letters(country: str) -> bool:
    """Whether a postcode of `country` needs more than figures ("1012 AB")."""
    return country in _LETTERED


def in_area(postcode: str, area: Iterable[str]) -> bool:
    """Whether couriers who ride to `area` ride there; an empty area is everywhere.

    Blanks and capitals do not count: "1012 ab" is "1012AB".
    """
    plain = {_plain(code) for code in area}
    return not plain or _plain(postcode) in plain


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def address_line(street: str, number: str, country: str) -> str:
    """ "30 avenue des Haleurs" or "Gartenstraße 30"; the street alone without a number."""
    if not number:
        return street
    return f"{number} {street}" if number_first(country) else f"{street} {number}"
