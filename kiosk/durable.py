"""Files that outlive a power cut. Beside the ground floor: it knows nothing of a shop."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def durably(path: Path) -> Iterator[IO[bytes]]:
    """A draft to write, mode 0600, which then takes the place of `path`, whole or not at all.

    Its inode stays; `name` of what is given is the draft's. Raises OSError.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(draft, "xb", opener=_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    # The name, too, must outlive a power cut.
    sync(path.parent)


def sync(path: Path) -> None:
    """Onto the disk, a folder's names too. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
