"""Bring the window's catalogues up to the code: `make words`.

Texts that the code has lost go, new ones come in empty, everything else stays as it is; what is
still to be translated is listed. English is the source and needs no catalogue.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LOCALES = Path(__file__).parent
KEYWORDS = {"w": None, "count": (1, 2), "N_": None}

Text = str | tuple[str, ...]


def texts_in_the_code() -> set[Text]:
    """Every text of the visit; one that counts as (singular, plural)."""
    found = extract_from_dir(LOCALES.parent, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def update(path: Path, wanted: set[Text]) -> list[str]:
    """Rewrite one catalogue, sorted; gives the texts that it still lacks."""
    head = path.read_text(encoding="utf-8").split("\n\n", 1)[0]
    with path.open("rb") as file:
        old = read_po(file, locale=path.stem)
    new = Catalog(locale=path.stem)
    lacking = []
    for text in sorted(wanted, key=_key):
        known = old.get(_key(text))
        if known is None or not all(_forms(known.string)) or known.fuzzy:
            lacking.append(_key(text))
        flags = ("python-brace-format",) if "{" in _key(text) else ()
        new.add(text, known.string if known else None, flags=flags)
    body = BytesIO()
    write_po(body, new, omit_header=True, width=10_000, no_location=True)
    path.write_bytes(head.encode() + b"\n\n" + body.getvalue().strip() + b"\n")
    return lacking


def _key(text: Text) -> str:
    return text if isinstance(text, str) else text[0]


def _forms(string: Text | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ("",))


def main() -> int:
    wanted = texts_in_the_code()
    missing = 0
    for path in sorted(LOCALES.glob("*.po")):
        for text in update(path, wanted):
            print(f"{path.name}: {text}")
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
