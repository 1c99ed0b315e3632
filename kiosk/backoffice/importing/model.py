"""What a catalogue file says, before anything is written: products, and problems by row."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.shop.money import Money
from kiosk.shop.text import Texts, clean, fold

MAX_PRODUCTS = 100_000
MAX_VARIANTS = 250  # of one product
MAX_PICTURES = 12  # of one product
MAX_RELATED = 12  # of one product
MAX_ID = 64
_KEPT_PROBLEMS = 1_000

_PLAIN_ID = re.compile(r"^[A-Za-z0-9_.:-]+$")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class Severity(StrEnum):
    """An error refuses the whole file; a warning says what was mended or left out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts as a spreadsheet does (the header is row 1), or is an XML item's number."""

    severity: Severity
    message: str
    row: int | None = None

    def __str__(self) -> str:
        where = "" if self.row is None else f"row {self.row}: "
        return f"{self.severity}: {where}{self.message}"


class CatalogueError(Exception):
    """The file cannot be read at all; the message is one line that says what to do."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


@dataclass(slots=True)
class Report:
    """What was found. Keeps the first thousand problems and counts them all."""

    problems: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def error(self, message: str, row: int | None = None) -> None:
        self.errors += 1
        self._keep(Problem(Severity.ERROR, message, row))

    def warn(self, message: str, row: int | None = None) -> None:
        self.warnings += 1
        self._keep(Problem(Severity.WARNING, message, row))

    def _keep(self, problem: Problem) -> None:
        if len(self.problems) < _KEPT_PROBLEMS or problem.severity is Severity.ERROR:
            self.problems.append(problem)

    @property
    def refused(self) -> bool:
        return self.errors > 0


@dataclass(frozen=True, slots=True)
class ImportedPicture:
    """`source` is an http(s) address or a path relative to the catalogue's folder."""

    source: str
    alt: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedValue:
    id: str
    title: Texts
    swatch: str = ""


@dataclass(frozen=True, slots=True)
class ImportedOption:
    id: str
    title: Texts
    values: tuple[ImportedValue, ...]


@dataclass(frozen=True, slots=True)
class ImportedVariant:
    """`stock` is None where the file does not count it; `picture` indexes the pictures."""

    row: int
    id: str
    sku: str
    price: Money
    compare_at: Money | None = None
    gtin: str = ""
    stock: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedProduct:
    """One product of the file. `category` is a shelf's title; empty where the file has none.

    `related` are handles of pieces that the shop puts beside it.
    """

    row: int
    id: str
    handle: str
    title: Texts
    variants: tuple[ImportedVariant, ...]
    category: Texts = field(default_factory=dict)
    category_key: str = ""
    pitch: Texts = field(default_factory=dict)
    story: Texts = field(default_factory=dict)
    maker: str = ""
    maker_town: str = ""
    maker_km: int | None = None
    material: Texts = field(default_factory=dict)
    care: Texts = field(default_factory=dict)
    meaning: Texts = field(default_factory=dict)
    meaning_proof: Texts = field(default_factory=dict)
    weight_g: int | None = None
    hidden: bool = False
    options: tuple[ImportedOption, ...] = ()
    pictures: tuple[ImportedPicture, ...] = ()
    related: tuple[str, ...] = ()


def slug(text: str) -> str:
    """ "Céladon clair" → "celadon-clair"; "" where nothing of it is Latin."""
    return _NOT_PLAIN.sub("-", fold(text)).strip("-")


def identifier(text: str) -> str:
    """A stable id for the wire: at most 64 of A–Z a–z 0–9 _ . : -; "" for nothing.

    What does not fit as it is gets a slug and a digest, so that two texts never meet in one id.
    """
    text = text.strip()
    if not text or (len(text) <= MAX_ID and _PLAIN_ID.match(text)):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]
    stem = slug(text)[: MAX_ID - len(digest) - 1].rstrip("-")
    return f"{stem}-{digest}" if stem else digest


def texts(language: str, text: str, limit: int, *, lines: bool = False) -> dict[str, str]:
    """One cleaned text in one language; {} where nothing is left of it."""
    kept = clean(text, limit, lines=lines)
    return {language: kept} if kept else {}


def gtin_problem(gtin: str) -> str:
    """Why a barcode number is not a GTIN-8, 12, 13 or 14; "" when it is one."""
    if not gtin.isascii() or not gtin.isdigit() or len(gtin) not in (8, 12, 13, 14):
        return f"{gtin!r} is no GTIN (8, 12, 13 or 14 digits): the barcode is left out"
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(gtin[:-1])))
    if (10 - total % 10) % 10 != int(gtin[-1]):
        return f"the check digit of GTIN {gtin} is wrong: the barcode is left out"
    return ""
