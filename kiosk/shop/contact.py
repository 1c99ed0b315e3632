"""A buyer's details, normalised and checked the same way on the glass and in the back office."""

import re
from dataclasses import dataclass

from kiosk.shop.text import clean

MAX_NAME = 80
MAX_ADDRESS_LINE = 120
MAX_NOTE = 200
_EMAIL = re.compile(r"^[^\s@\"(),:;<>\[\\\]]{1,64}@[^\s@.]+(\.[^\s@.]+)+$")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """`field` is name, phone, email, line1, postcode or city; `code` is missing or invalid."""

    field: str
    code: str


def normal_phone(text: str, country: str) -> str | None:
    """E.164 ("+33199001234"), read as dialled in `country` (ISO 3166); None if impossible."""
    import phonenumbers  # a window starts without it: nobody has typed a number yet

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_of(number: str) -> str:
    """ "+33 1 99 00 14 14" of E.164; anything else as it is."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def normal_email(text: str) -> str | None:
    text = text.strip()
    return text if len(text) <= 254 and _EMAIL.match(text) else None


def normal_name(text: str) -> str | None:
    name = clean(text, MAX_NAME)
    return name if any(c.isalpha() for c in name) else None


def check_contact(name: str, phone: str, email: str, country: str) -> list[FieldProblem]:
    """What is wrong with the details; e-mail may stay empty."""
    return [
        *_check("name", name, normal_name(name)),
        *_check("phone", phone, normal_phone(phone, country)),
        *(_check("email", email, normal_email(email)) if email.strip() else ()),
    ]


def check_address(line1: str, postcode: str, city: str) -> list[FieldProblem]:
    problems = _check("line1", line1, clean(line1, MAX_ADDRESS_LINE) or None)
    code = clean(postcode, 12)
    return [
        *problems,
        *_check(
            "postcode", postcode, code if len(code) > 1 and any(map(str.isdigit, code)) else None
        ),
        *_check("city", city, clean(city, 80) or None),
    ]


def _check(field: str, given: str, normal: str | None) -> list[FieldProblem]:
    if not given.strip():
        return [FieldProblem(field, "missing")]
    return [] if normal else [FieldProblem(field, "invalid")]
