"""Money as integer minor units with an ISO 4217 currency."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# ISO 4217 exponents that are not 2 (active currencies).
_NO_MINOR_UNIT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_PLACES = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = dict.fromkeys(_NO_MINOR_UNIT.split(" "), 0) | dict.fromkeys(
    _THREE_PLACES.split(" "), 3
)

# Above this a price is a typing error, not a price; it also keeps sums inside 64 bits.
MAX_MINOR = 10**11

_AMOUNT = re.compile(
    r"^\s*(?:([A-Za-z]{3})\s*)?(-?[0-9][0-9 \u00a0\u202f.,']*)\s*([A-Za-z]{3})?\s*$"
)


class MoneyError(ValueError):
    """The text or the operands are no money; the message says why."""


def exponent(currency: str) -> int:
    """Decimal places of a currency's minor unit (EUR 2, JPY 0, KWD 3)."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of one currency.

    Raises MoneyError on a currency that is not three capitals or an amount beyond MAX_MINOR.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise MoneyError(f"{self.currency!r} is not an ISO 4217 code: write EUR, CZK, USD…")
        if abs(self.minor) > MAX_MINOR:
            raise MoneyError(f"{self.minor} minor units of {self.currency} is beyond any price")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, default_currency: str | None = None) -> "Money":
        """Read "599 CZK", "EUR 12.50", "1 234,50 EUR" or, with a default currency, "12.5".

        The last of `.` and `,` is the decimal mark, unless it parts thousands: it stands more
        than once, or alone as in "1.234" where the currency has no three places. Raises
        MoneyError.
        """
        match = _AMOUNT.match(text)
        if not match:
            raise MoneyError(f"{text!r} is not a price: write 12.50 EUR")
        before, digits, after = match.groups()
        currency = (before or after or default_currency or "").upper()
        if not currency:
            raise MoneyError(f"{text!r} names no currency: write 12.50 EUR")
        try:
            amount = Decimal(_plain(digits, exponent(currency)))
        except InvalidOperation:
            raise MoneyError(f"{text!r} is not a price: write 12.50 EUR") from None
        return cls.from_decimal(amount, currency)

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> "Money":
        """Round half up to the currency's minor unit, once."""
        scaled = amount.scaleb(exponent(currency))
        return cls(int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP)), currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MoneyError(f"cannot combine {self.currency} with {other.currency}")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.minor * quantity, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor


def _plain(digits: str, places: int) -> str:
    digits = re.sub(r"[ \u00a0\u202f']", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    head, mark, fraction = digits[:last], digits[last], digits[last + 1 :]
    whole = re.sub(r"[.,]", "", head)
    repeated = mark in head
    both = len({".", ","} & set(digits)) == 2
    alone = not repeated and not both and places != 3
    if repeated or (alone and len(fraction) == 3 and re.fullmatch("-?[1-9][0-9]{0,2}", head)):
        return whole + fraction
    return f"{whole}.{fraction}" if fraction else whole
