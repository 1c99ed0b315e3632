"""reviews.csv: what buyers wrote, in the columns that review apps export.

One review is one row. E-mail addresses and whatever else tells who wrote it are not read.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk.backoffice.importing import fields
from kiosk.backoffice.importing.model import CatalogueError, Report
from kiosk.backoffice.importing.table import Row, header_of, rows
from kiosk.shop.catalogue import MAX_TITLE
from kiosk.shop.reviews import MAX_REVIEW, MOST_STARS, first_name
from kiosk.shop.text import clean

_SYNONYMS = {
    "handle": "product_handle",
    "name": "reviewer_name",
    "author": "reviewer_name",
    "stars": "rating",
    "datecreated": "review_date",
    "date": "review_date",
    "text": "body",
    "status": "curated",
    "verified": "bought_here",
}
_NEEDED = ("product_handle", "rating", "review_date")
_SHOWN = ("ok", "published", "true", "yes", "1")
_REFUSED = ("spam", "hidden", "archived", "refused", "no", "0", "false")
_TRUE = ("true", "yes", "1", "oui")


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """`state` is "published", "refused" or "pending" (somebody must read it first)."""

    row: int
    id: str
    handle: str
    author: str
    stars: int
    on: date
    text: dict[str, str]
    bought_here: bool
    state: str


def read_reviews(path: Path, language: str, report: Report) -> list[ImportedReview]:
    """The reviews of a file, each once; `language` is that of rows that name none.

    Never raises for what the file holds: a broken file is an error of `report`, a row that
    cannot be used a warning.
    """
    found: dict[str, ImportedReview] = {}
    try:
        missing = [name for name in _NEEDED if name not in map(_name, header_of(path))]
        if missing:
            report.error(f"{path.name} has no column {missing[0]}: see catalog/README.md")
            return []
        for row in rows(path, report, _name):
            review = _review(row, language, path.name, report)
            if review and review.id in found:
                report.warn(f"{path.name}: the same review stands twice: first kept", row.number)
            elif review:
                found[review.id] = review
    except CatalogueError as error:
        report.error(f"{path.name}: {error}", error.row)
    except OSError as error:
        report.error(f"cannot read {path}: {error.strerror}")
    return list(found.values())


def _name(column: str) -> str:
    key = " ".join(column.split()).casefold().replace(" ", "_")
    return _SYNONYMS.get(key, key)


def _review(row: Row, language: str, file: str, report: Report) -> ImportedReview | None:
    handle = clean(fields.unguarded(row.get("product_handle")), MAX_TITLE)
    stars, on = fields.whole(row.get("rating")), _day(row.get("review_date"))
    if not handle or stars is None or stars > MOST_STARS or on is None:
        what = "a handle, 1 to 5 stars and a date such as 2026-05-31"
        report.warn(f"{file}: a review needs {what}: left out", row.number)
        return None
    code = row.get("language").lower()[:2] or language
    said = clean(fields.story(row.get("body")), MAX_REVIEW, lines=True)
    author = first_name(fields.unguarded(row.get("reviewer_name")))
    key = "\n".join((handle, author, on.isoformat(), str(stars), said))
    return ImportedReview(
        row=row.number,
        id=hashlib.sha256(key.encode()).hexdigest()[:32],
        handle=handle,
        author=author,
        stars=stars,
        on=on,
        text={code: said} if said else {},
        bought_here=row.get("bought_here").casefold() in _TRUE,
        state=_state(row.get("curated").casefold()),
    )


def _state(said: str) -> str:
    if said in _SHOWN:
        return "published"
    return "refused" if said in _REFUSED else "pending"


def _day(text: str) -> date | None:
    """The day of "2026-05-31", "2026-05-31T10:00:00Z" or "2026-05-31 10:00:00 UTC"."""
    try:
        return datetime.fromisoformat(text[:10]).date()
    except ValueError:
        return None
