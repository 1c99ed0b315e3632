"""Where things are: the project's own files, and the box's data."""

import os
import sys
from pathlib import Path


def resources() -> Path:
    """The folder that holds assets/ and catalog/: the checkout, or the frozen bundle's."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parents[2]


def own_command() -> list[str]:
    """How this very program is started again, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "kiosk"]


def default_data(name: str) -> Path:
    """`name`'s data folder by the XDG base directory rules."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "vitrine" / name
