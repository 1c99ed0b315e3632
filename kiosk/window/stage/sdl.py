"""The SDL that Kivy has loaded, for what Kivy does not hand on."""

import ctypes
import logging
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


@cache
def library() -> Any:
    """The very library, under whatever name Kivy's wheel gave it; None where it is not found."""
    try:
        for line in Path("/proc/self/maps").read_text().splitlines():
            path = line.rpartition(" ")[2]
            if path.rpartition("/")[2].startswith(("libSDL2-2", "libSDL2.so")):
                return ctypes.CDLL(path)
    except OSError:
        log.debug("SDL's library cannot be reached", exc_info=True)
    return None


def gl_function(name: str, *arguments: Any) -> Any:
    """A function of the current OpenGL context that returns nothing; None where it has none."""
    sdl = library()
    if sdl is None:
        return None
    address = sdl.SDL_GL_GetProcAddress
    address.restype, address.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    found = address(name.encode())
    return ctypes.CFUNCTYPE(None, *arguments)(found) if found else None
