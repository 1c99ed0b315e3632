"""Single cells, read the same way in every format."""

from kiosk.backoffice.importing.model import Report, gtin_problem
from kiosk.backoffice.importing.texts import first_sentences, paragraphs
from kiosk.shop.catalogue import MAX_PITCH, MAX_STORY
from kiosk.shop.money import Money, MoneyError
from kiosk.shop.text import clean, fold

MAX_STOCK = 1_000_000
_FORMULA = "=+-@\t\r"


def unguarded(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a cell as a formula."""
    return text[1:] if text.startswith("'") and text[1:2] and text[1] in _FORMULA else text


def guarded(text: str) -> str:
    """With that apostrophe where the cell would otherwise be read as a formula."""
    return f"'{text}" if text[:1] and text[0] in _FORMULA else text


def sku(text: str) -> str:
    """An article number; spreadsheets leave an apostrophe before one that is all digits."""
    return clean(text.lstrip("'"), 80)


def gtin(text: str, row: int, report: Report) -> str:
    """A valid GTIN, else "" and a warning."""
    number = text.strip().lstrip("'").replace(" ", "").replace("-", "")
    if not number:
        return ""
    problem = gtin_problem(number)
    if problem:
        report.warn(problem, row)
    return "" if problem else number


def price(text: str, currency: str | None, row: int, report: Report) -> Money | None:
    """A price above nothing. Missing or zero is a warning; unreadable or negative an error."""
    text = text.strip().strip("€$£ \u00a0")
    if not text:
        report.warn("no price: this piece is left out", row)
        return None
    try:
        money = Money.parse(text, currency)
    except MoneyError as error:
        report.error(str(error), row)
        return None
    if money.minor < 0:
        report.error(f"a price of {text} is below nothing: correct it", row)
        return None
    if money.minor == 0:
        report.warn("a price of 0: this piece is left out", row)
        return None
    return money


def earlier_price(text: str, now: Money, row: int, report: Report) -> Money | None:
    """The price before a reduction; None where there is none or it is no higher."""
    text = text.strip().strip("€$£ \u00a0")
    if not text:
        return None
    try:
        money = Money.parse(text, now.currency)
    except MoneyError:
        report.warn(f"the earlier price {clean(text, 40)!r} is no price: left out", row)
        return None
    return money if money.currency == now.currency and money.minor > now.minor else None


def stock(text: str, row: int, report: Report) -> int | None:
    """Pieces at hand; None for an empty cell. Unreadable counts as none, with a warning."""
    text = text.strip()
    if not text:
        return None
    try:
        count = int(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        report.warn(f"stock {clean(text, 40)!r} is no number: taken as 0", row)
        return 0
    return min(max(count, 0), MAX_STOCK)


def whole(text: str) -> int | None:
    """A whole number above 0 ("340.0" → 340), else None."""
    try:
        number = round(float(text.strip().replace(",", ".")))
    except (ValueError, OverflowError):
        return None
    return number if 0 < number < 10**9 else None


def story(text: str) -> str:
    """A description as plain paragraphs."""
    return clean(paragraphs(unguarded(text)), MAX_STORY, lines=True)


def pitch(text: str, title: str) -> str:
    """The first sentence or two of a story, where they are short and say more than the title."""
    said = clean(first_sentences(text, MAX_PITCH * 2 // 3), MAX_PITCH)
    return "" if fold(said.rstrip(".!… ")) == fold(title.rstrip(".!… ")) else said


def shelf(text: str) -> str:
    """The last part of "Home > Kitchen > Cups"; not shouted; "" for "n/a"."""
    last = clean(unguarded(text).split(">")[-1], 60)
    if last.casefold() in ("n/a", "na", "none", "-", "uncategorized"):
        return ""
    return last.capitalize() if last.isupper() and len(last) > 3 else last
