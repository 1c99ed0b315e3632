"""Where a catalogue's pictures come from: files beside it, or addresses."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.backoffice.importing.model import Report

MAX_FILE = 20_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is what the catalogue says, `place` a whole path or address, `sha256` a file's."""

    name: str
    place: str
    sha256: str = ""


def is_remote(place: str) -> bool:
    return urlsplit(place).scheme in ("http", "https")


def find_sources(names: Iterable[str], folder: Path, report: Report) -> dict[str, Source]:
    """The sources that can be had, by name; a warning for each other one."""
    root = folder.resolve()
    found = {}
    for name in dict.fromkeys(names):
        if is_remote(name):
            if len(name) <= 2000 and urlsplit(name).hostname:
                found[name] = Source(name, name)
            else:
                report.warn(f"picture {name[:80]!r} is no usable address: left out")
            continue
        source = _file(name, root)
        if source:
            found[name] = source
        else:
            report.warn(f"picture {name[:80]!r} is not in {root.name}/: shown without it")
    return found


def _file(name: str, root: Path) -> Source | None:
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or path.stat().st_size > MAX_FILE:
            return None
        with path.open("rb") as stream:
            return Source(name, str(path), hashlib.file_digest(stream, "sha256").hexdigest())
    except (OSError, ValueError):
        return None
