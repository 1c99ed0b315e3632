"""Is there a screen to open a window on?"""

import os
from pathlib import Path

from kiosk.ops.errors import NO_DISPLAY, CommandError


def has_display() -> bool:
    """An X or Wayland session, a driver that was asked for, or a bare console with a GPU."""
    if os.environ.get("SDL_VIDEODRIVER"):
        return True
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    on_console = os.environ.get("XDG_SESSION_TYPE") == "tty"
    return on_console and any(os.access(card, os.W_OK) for card in Path("/dev/dri").glob("card*"))


def require_display() -> None:
    """Raises CommandError where no window can be opened."""
    if not has_display():
        raise CommandError(
            "no display here: see the journey as pictures instead with `make tour` "
            "(`kiosk tour --out tour`)",
            NO_DISPLAY,
        )
