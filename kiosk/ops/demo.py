"""`kiosk demo`: the embedded back office and the window beside it, as one process tree."""

import importlib
import sys
from pathlib import Path

from kiosk.ops.display import require_display
from kiosk.ops.embedded import EmbeddedBackOffice
from kiosk.ops.window import open_window
from kiosk.window.settings import WindowSettings

# A 9:16 window that fits on a laptop's screen; on a portrait screen say --size.
DESKTOP_SIZE = (540, 960)


def run_demo(
    *,
    catalogue: Path,
    data: Path,
    port: int,
    pace: float,
    size: tuple[int, int] | None,
    screen_mm: tuple[int, int] | None,
    lower_edge_mm: int | None,
    brand: Path,
    hour: int | None,
    language: str | None,
) -> int:
    """Until the window is closed or Ctrl-C. Raises CommandError."""
    require_display()
    with EmbeddedBackOffice(
        data / "backoffice", catalogue, port=port, pace=pace, hour=hour, brand=brand
    ) as office:
        # The window's own start takes as long as the back office's: let them run side by side.
        importlib.import_module("kiosk.window.link")
        address = office.wait()
        print(f"Back office: {address.url}")
        print(f"Staff sign in once, within ten minutes, at: {address.staff_url}")
        sys.stdout.flush()
        width, height = size or DESKTOP_SIZE
        return open_window(
            WindowSettings(
                base_url=address.url,
                token=address.device_token,
                data=data / "window",
                brand=brand,
                width=width,
                height=height,
                screen_mm=screen_mm,
                lower_edge_mm=lower_edge_mm,
                language=language or "",
                show_cursor=True,
                demo=True,
            )
        )
