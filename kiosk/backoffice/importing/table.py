"""Rows of CSV and TSV files, numbered as a spreadsheet numbers them."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.backoffice.importing.model import CatalogueError, Report
from kiosk.backoffice.importing.texts import Lines

MAX_ROWS = 1_000_000

Rename = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by header, lower case; a missing cell is ""."""

    number: int
    cells: dict[str, str]

    def get(self, *names: str) -> str:
        """The first cell of these headers that holds something, stripped."""
        for name in names:
            value = self.cells.get(name, "").strip()
            if value:
                return value
        return ""


def delimiter_of(header: str) -> str:
    """The character that parts the columns: the commonest of tab, semicolon and comma."""
    return max("\t;,", key=header.count)


def header_of(path: Path) -> list[str]:
    """The column names of a table as written; [] for an empty file. Raises CatalogueError."""
    with path.open("rb") as stream:
        lines = iter(Lines(stream))
        first = next(lines, "")
        try:
            return next(csv.reader([first], delimiter=delimiter_of(first)), [])
        except csv.Error as error:
            raise CatalogueError(f"the header cannot be read: {error}", 1) from None


def rows(path: Path, report: Report, rename: Rename) -> Iterator[Row]:
    """The rows below the header, streamed. Raises CatalogueError where the file is broken.

    `rename` turns a lower-case column name into the name that the reader asks for.
    """
    with path.open("rb") as stream:
        lines = Lines(stream)
        yield from _numbered(lines, report, rename)
    if lines.legacy:
        report.warn(f"{lines.legacy} lines are not UTF-8: read as Windows-1252")
    if lines.nuls:
        report.warn(f"{lines.nuls} lines held NUL characters: left out")
    if lines.mended:
        report.warn(f"{lines.mended} lines held twice-encoded letters (Ã©): mended")


def _numbered(lines: Lines, report: Report, rename: Rename) -> Iterator[Row]:
    source = iter(lines)
    first = next(source, "")
    delimiter = delimiter_of(first)
    header = _names(next(csv.reader([first], delimiter=delimiter), []), report, rename)
    # A quote means itself in tab-separated feeds; in CSV an open quote is a broken file.
    reader = csv.reader(source, delimiter=delimiter, strict=delimiter != "\t")
    number = 1
    short: int | None = None
    try:
        for cells in reader:
            number += 1
            if number > MAX_ROWS:
                raise CatalogueError(f"more than {MAX_ROWS} rows: split the catalogue")
            if not any(cell.strip() for cell in cells):
                continue
            short = number if len(cells) < len(header) else None
            if len(cells) > len(header) and any(c.strip() for c in cells[len(header) :]):
                report.warn("more cells than the header has columns: the rest is left out", number)
            yield Row(number, dict(zip(header, cells, strict=False)))
    except csv.Error as error:
        raise CatalogueError(
            f"the table is broken: {error}; is a quote missing?", number + 1
        ) from None
    if short:
        raise CatalogueError("the last row ends early: the file is cut off", short)


def _names(header: Sequence[str], report: Report, rename: Rename) -> list[str]:
    names: list[str] = []
    for index, name in enumerate(header):
        key = rename(" ".join(name.split()).casefold())
        if key and key in names:
            report.warn(f"two columns are called {name.strip()!r}: the first is read", 1)
            key = f"{key}#{index}"
        names.append(key)
    return names
