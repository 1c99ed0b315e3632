"""Translations: the .po files are the source; what gettext reads is made from them when needed.

It has to be there before Django starts: importing the tables already translates something, and
what was not there by then stays untranslated.
"""

import hashlib
import io
import os
from pathlib import Path

_SOURCES = Path(__file__).parent / "locale"


def _sources() -> list[Path]:
    return sorted(_SOURCES.glob("*/LC_MESSAGES/*.po"))


def folder(data: Path) -> Path:
    """Where in `data` the compiled translations of these very sources belong."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _sources()))
    return data / "locale" / digest.hexdigest()[:16]


def compile_messages(target: Path) -> None:
    """Compile what is not in `target` yet."""
    for source in _sources():
        compiled = target / source.relative_to(_SOURCES).with_suffix(".mo")
        if not compiled.is_file():
            _compile(source, compiled)


def _compile(source: Path, target: Path) -> None:
    # Babel is only needed on the first start with new words.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    out = io.BytesIO()
    write_mo(out, catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(out.getvalue())
    draft.replace(target)
