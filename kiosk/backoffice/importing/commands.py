"""`kiosk catalogue check|import|export`. What they need is imported when they run."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commandline import command, data_option, group

if TYPE_CHECKING:
    from kiosk.backoffice.importing.model import Report
    from kiosk.commandline import Subparsers

DONE, REFUSED = 0, 1
_SHOWN = 50


def add_parsers(commands: "Subparsers") -> None:
    """Add `catalogue` and what can be done with one."""
    words = "Check, import or export the catalogue."
    actions = group(commands, "catalogue", words, "kiosk catalogue check products.csv")
    _add_check(actions)
    _add_import(actions)
    _add_export(actions)


def _add(actions: "Subparsers", name: str, words: str, example: str) -> argparse.ArgumentParser:
    parser = command(actions, name, words, example)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return parser


def _file_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        help="a Shopify product CSV, a Google Merchant feed, or a folder with shop.toml",
    )
    parser.add_argument(
        "--currency", default="", metavar="EUR", help="of prices that name none (ISO 4217)"
    )
    parser.add_argument(
        "--language", default="", metavar="fr", help="what the file's own words are in"
    )


def _add_check(actions: "Subparsers") -> None:
    words = "Say what is wrong with a catalogue, row by row; writes nothing."
    parser = _add(actions, "check", words, "kiosk catalogue check products.csv")
    _file_options(parser)
    parser.set_defaults(run=_check)


def _add_import(actions: "Subparsers") -> None:
    words = "Bring the shop to what a catalogue says. If anything is refused, nothing changes."
    parser = _add(actions, "import", words, "kiosk catalogue import catalog/ --data shop")
    _file_options(parser)
    data_option(parser)
    parser.set_defaults(run=_on_data(_import, new=True))


def _add_export(actions: "Subparsers") -> None:
    words = "Write the catalogue as a Shopify product CSV, its pictures and reviews beside it."
    parser = _add(actions, "export", words, "kiosk catalogue export products.csv --data shop")
    parser.add_argument("file", type=Path, help="where to write; - for standard output")
    data_option(parser)
    parser.set_defaults(run=_on_data(_export))


def _on_data(
    deed: Callable[[argparse.Namespace], int], *, new: bool = False
) -> Callable[[argparse.Namespace], int]:
    """`deed` once the data folder's tables are up to date; `new` makes the folder."""

    def run(arguments: argparse.Namespace) -> int:
        from kiosk.backoffice.setup import BackOfficeError, prepare, prepare_existing

        try:
            (prepare if new else prepare_existing)(arguments.data)
        except BackOfficeError as error:
            return _fail(str(error))
        return deed(arguments)

    return run


def _check(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.importing.files import find
    from kiosk.backoffice.importing.model import CatalogueError, Report
    from kiosk.backoffice.importing.read import read_catalogue
    from kiosk.backoffice.importing.reviews import read_reviews
    from kiosk.backoffice.importing.sources import find_sources

    report, products, variants, reviews = Report(), 0, 0, 0
    try:
        found = find(arguments.file)
        shop = found.shop.shop if found.shop else None
        catalogue = read_catalogue(
            found.catalogue,
            arguments.currency.upper() or (shop.currency if shop else ""),
            arguments.language or (shop.default_language if shop else "fr"),
        )
        report, products = catalogue.report, len(catalogue.products)
        shots = [shot.source for product in catalogue.products for shot in product.pictures]
        if found.shop:
            shots += [poster.picture for poster in found.shop.heroes]
            shots += [book.picture for book in found.shop.lookbooks]
        find_sources(shots, found.catalogue.parent, report)
        variants = sum(len(product.variants) for product in catalogue.products)
        if found.reviews:
            language = arguments.language or (shop.default_language if shop else "fr")
            reviews = len(read_reviews(found.reviews, language, report))
    except CatalogueError as error:
        report.error(str(error), error.row)
    counts = {"products": products, "variants": variants, "reviews": reviews}
    words = f"{products} products, {variants} variants can be imported"
    if reviews:
        words = f"{products} products, {variants} variants, {reviews} reviews can be imported"
    return _say(report, counts, words, arguments.json)


def _import(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.importing.importer import import_catalogue

    result = import_catalogue(
        arguments.file, currency=arguments.currency.upper(), language=arguments.language
    )
    written = result.written
    counts = {
        "added": len(written.added),
        "changed": len(written.changed),
        "removed": len(written.removed),
        "unchanged": written.unchanged,
        "pictures_to_come": result.pictures,
    }
    words = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
    return _say(result.report, counts, words, arguments.json)


def _export(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.importing.export import picture_copier, write_csv, write_reviews
    from kiosk.backoffice.importing.files import REVIEWS_NAME
    from kiosk.backoffice.platform.models import Shop

    shop = Shop.objects.first()
    if shop is None:
        return _fail("there is no shop in this folder yet: run kiosk catalogue import first")
    try:
        if str(arguments.file) == "-":
            write_csv(sys.stdout, shop.default_language, shop.languages)
            return DONE
        with arguments.file.open("w", encoding="utf-8-sig", newline="") as out:
            copier = picture_copier(arguments.file.resolve().parent)
            count = write_csv(out, shop.default_language, shop.languages, copier)
        write_reviews(arguments.file.with_name(REVIEWS_NAME))
    except OSError as error:
        return _fail(f"cannot write {arguments.file}: {error.strerror}")
    print(json.dumps({"products": count}) if arguments.json else f"{count} products written")
    return DONE


def _say(report: "Report", counts: dict[str, int], words: str, as_json: bool) -> int:
    if as_json:
        problems = [
            {"severity": p.severity.value, "row": p.row, "message": p.message}
            for p in report.problems
        ]
        known = {"ok": not report.refused, "errors": report.errors, "warnings": report.warnings}
        print(json.dumps({**known, **counts, "problems": problems}, ensure_ascii=False))
        return REFUSED if report.refused else DONE
    errors_first = sorted(report.problems, key=lambda p: (p.severity.value, p.row or 0))
    for problem in errors_first[:_SHOWN]:
        print(problem, file=sys.stderr)
    hidden = report.errors + report.warnings - min(len(errors_first), _SHOWN)
    if hidden > 0:
        print(f"… and {hidden} more (all of them with --json)", file=sys.stderr)
    if report.refused:
        return _fail(f"refused for {report.errors} errors: nothing was written")
    print(words)
    return DONE


def _fail(message: str) -> int:
    print(f"kiosk: {message}", file=sys.stderr)
    return REFUSED
