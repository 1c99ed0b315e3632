"""What Kivy is told before its first import.

Kivy reads its environment and its configuration while it is imported, so this module knows no
Kivy at its top and must run first.
"""

import os
import sys
from pathlib import Path

from kiosk.window.settings import WindowSettings

_FORCED = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    # Otherwise an environment variable can switch the inspector on.
    "KIVY_NO_ENV_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_WINDOW": "sdl2",
    "KIVY_TEXT": "sdl2",
    # Photographs go through our own pipeline: Kivy need not load each reader that it finds.
    "KIVY_IMAGE": "sdl2",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_METRICS_FONTSCALE": "1",
}


class EnvironmentOrderError(RuntimeError):
    """Kivy was imported before it could be configured."""


def prepare(settings: WindowSettings) -> None:
    """Set the environment and Kivy's configuration for this window.

    Raises EnvironmentOrderError where Kivy has been imported already.
    """
    if "kivy" in sys.modules:
        raise EnvironmentOrderError("prepare the environment before anything imports kivy")
    home = Path(settings.data) / "kivy"
    home.mkdir(parents=True, exist_ok=True)
    for name in [n for n in os.environ if n.startswith(("KIVY_", "KCFG_"))]:
        if name not in _bundled():
            del os.environ[name]
    os.environ.update(_FORCED, KIVY_HOME=str(home))
    _configure(settings)


def _bundled() -> frozenset[str]:
    """Where the frozen bundle keeps Kivy's own files: its start-up hook has just said so."""
    frozen = getattr(sys, "frozen", False)
    return frozenset({"KIVY_DATA_DIR", "KIVY_MODULES_DIR"} if frozen else ())


def offscreen() -> bool:
    """Whether SDL draws into memory (SDL_VIDEODRIVER=offscreen): tests, tours, screenshots."""
    return os.environ.get("SDL_VIDEODRIVER", "") == "offscreen"


def _configure(settings: WindowSettings) -> None:
    from kivy.config import Config

    full = settings.fullscreen and not offscreen()
    graphics = {
        "width": settings.width,
        "height": settings.height,
        "fullscreen": "auto" if full else "0",
        "borderless": int(full),
        "resizable": 0,
        "show_cursor": int(settings.show_cursor),
        "allow_screensaver": 0,
        "multisamples": 0,
        "maxfps": 60,
        "min_state_time": 0,
        "verify_gl_main_thread": 1,
    }
    for key, value in graphics.items():
        Config.set("graphics", key, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "keyboard_mode", "system")
    # A finger that rests is not a long press, and a jittery bezel is not a drag.
    Config.set("postproc", "double_tap_time", "1")
    for device in list(Config.options("input")):
        Config.remove_option("input", device)
    if settings.touch == "pointer":
        Config.set("input", "mouse", "mouse,disable_multitouch")
