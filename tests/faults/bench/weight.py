"""What a window holds, and what hangs on its glass."""

import hashlib
import os
from pathlib import Path
from typing import Any


def weight(app: Any) -> dict[str, Any]:
    """What a window holds: bytes resident (its textures with them), descriptors, threads."""
    app._garbage._search(0.0)  # what a pause would let go of counts for nothing
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "rss": pages * os.sysconf("SC_PAGE_SIZE"),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "threads": len(list(Path("/proc/self/task").iterdir())),
    }


def picture() -> str:
    """What hangs on the glass, as a fingerprint of its pixels."""
    from kivy.core.window import Window
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

    Window.dispatch("on_draw")
    pixels = glReadPixels(0, 0, *Window.system_size, GL_RGBA, GL_UNSIGNED_BYTE)
    return hashlib.sha256(pixels).hexdigest()[:16]
