"""The few calls of Xlib that a watcher and a hand need, through ctypes.

Connects to the X server as any client does, so whatever program draws the screen is watched and
touched from outside, the same way.
"""

import ctypes
import ctypes.util
import select
import time
from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height x width x 4, blue green red unused: as a 24-bit visual keeps them in memory."""

_ZPIXMAP, _ALL_PLANES = 2, c_ulong(~0)
_DAMAGE_RAW = 0  # every rectangle that is drawn is told, whether seen before or not


class StageError(Exception):
    """The benchmark cannot run here; the message says what to install or to do."""


class _Image(Structure):
    _fields_ = (
        ("width", c_int), ("height", c_int), ("xoffset", c_int), ("format", c_int),
        ("data", c_void_p), ("byte_order", c_int), ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int), ("bitmap_pad", c_int), ("depth", c_int),
        ("bytes_per_line", c_int), ("bits_per_pixel", c_int),
    )  # fmt: skip


class _Shm(Structure):
    _fields_ = (("seg", c_ulong), ("id", c_int), ("addr", c_void_p), ("read_only", c_int))


class _Event(ctypes.Union):
    _fields_ = (("type", c_int), ("pad", c_long * 24))


def _library(name: str, package: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(name)
    except OSError:
        raise StageError(f"{name} is missing: apt-get install {package}") from None


def _prototype(library: ctypes.CDLL, name: str, result: object, *arguments: object) -> None:
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments


class Display:
    """A connection to the X server. Raises StageError where there is none."""

    def __init__(self, name: str) -> None:
        self._x = _library("libX11.so.6", "libx11-6")
        self._ext = _library("libXext.so.6", "libxext6")
        self._test = _library("libXtst.so.6", "libxtst6")
        self._damage = _library("libXdamage.so.1", "libxdamage1")
        self._declare()
        self._display = self._x.XOpenDisplay(name.encode())
        if not self._display:
            raise StageError(f"no X server answers at {name}")
        self._root = self._x.XDefaultRootWindow(self._display)
        screen = self._x.XDefaultScreen(self._display)
        self.width = self._x.XDisplayWidth(self._display, screen)
        self.height = self._x.XDisplayHeight(self._display, screen)
        self._areas: dict[tuple[int, int], Area] = {}
        base, error = c_int(), c_int()
        self._damage.XDamageQueryExtension(self._display, byref(base), byref(error))
        self._damage.XDamageCreate(self._display, self._root, _DAMAGE_RAW)
        self._x.XFlush(self._display)

    def _declare(self) -> None:
        display, number = c_void_p, c_int
        for name, result, *arguments in (
            ("XOpenDisplay", display, c_char_p),
            ("XCloseDisplay", number, display),
            ("XDefaultRootWindow", c_ulong, display),
            ("XDefaultScreen", number, display),
            ("XDefaultVisual", c_void_p, display, number),
            ("XDisplayWidth", number, display, number),
            ("XDisplayHeight", number, display, number),
            ("XFlush", number, display),
            ("XPending", number, display),
            ("XNextEvent", number, display, c_void_p),
            ("XConnectionNumber", number, display),
        ):
            _prototype(self._x, name, result, *arguments)
        _prototype(self._damage, "XDamageQueryExtension", number, display, c_void_p, c_void_p)
        _prototype(self._damage, "XDamageCreate", c_ulong, display, c_ulong, number)
        _prototype(self._test, "XTestFakeMotionEvent", number, display, number, number, number,
                   c_ulong)  # fmt: skip
        _prototype(self._test, "XTestFakeButtonEvent", number, display, c_uint, number, c_ulong)
        _prototype(self._ext, "XShmCreateImage", POINTER(_Image), display, c_void_p, c_uint,
                   number, c_void_p, c_void_p, c_uint, c_uint)  # fmt: skip
        _prototype(self._ext, "XShmAttach", number, display, c_void_p)
        _prototype(self._ext, "XShmDetach", number, display, c_void_p)
        _prototype(self._ext, "XShmGetImage", number, display, c_ulong, c_void_p, number, number,
                   c_ulong)  # fmt: skip

    def close(self) -> None:
        for area in self._areas.values():
            self._ext.XShmDetach(self._display, byref(area.shm))
            area.free()
        self._areas.clear()
        self._x.XCloseDisplay(self._display)

    # ---- the hand --------------------------------------------------------------------------------

    def move(self, x: float, y: float) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, round(x), round(y), 0)
        self._x.XFlush(self._display)

    def press(self, *, down: bool) -> None:
        self._test.XTestFakeButtonEvent(self._display, 1, int(down), 0)
        self._x.XFlush(self._display)

    # ---- the eye ---------------------------------------------------------------------------------

    def grab(self, x: int, y: int, width: int, height: int, coarse: int = 1) -> Pixels:
        """What the screen shows in a rectangle, every `coarse`-th pixel each way; a copy."""
        area = self._areas.get((width, height))
        if area is None:
            area = self._areas[width, height] = self._new_area(width, height)
        self._ext.XShmGetImage(self._display, self._root, area.image, x, y, _ALL_PLANES)
        return area.pixels[::coarse, ::coarse].copy()

    def _new_area(self, width: int, height: int) -> "Area":
        shm = _Shm()
        visual = self._x.XDefaultVisual(self._display, self._x.XDefaultScreen(self._display))
        image = self._ext.XShmCreateImage(
            self._display, visual, 24, _ZPIXMAP, None, byref(shm), width, height
        )
        area = Area(shm, image)
        self._ext.XShmAttach(self._display, byref(shm))
        return area

    def drawn(self, until: float) -> Iterator[float]:
        """The moments (perf_counter) at which something was drawn, until `until`.

        What was drawn since the last moment counts as one.
        """
        socket = self._x.XConnectionNumber(self._display)
        while (left := until - time.perf_counter()) > 0:
            if not self._x.XPending(self._display) and not select.select([socket], [], [], left)[0]:
                return
            at = time.perf_counter()
            if self._drain():
                yield at

    def _drain(self) -> bool:
        event, any_drawn = _Event(), False
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, byref(event))
            any_drawn = True
        return any_drawn


class Area:
    """Memory shared with the server, for one size of rectangle."""

    def __init__(self, shm: _Shm, image: "ctypes._Pointer[_Image]") -> None:
        self.shm, self.image = shm, image
        self._libc = ctypes.CDLL(None, use_errno=True)
        _prototype(self._libc, "shmat", c_void_p, c_int, c_void_p, c_int)
        stride, height = image.contents.bytes_per_line, image.contents.height
        size = stride * height
        shm.id = self._libc.shmget(0, ctypes.c_size_t(size), 0o1600)
        if shm.id < 0:
            raise StageError("no shared memory for the probe: raise kernel.shmmax")
        shm.addr = image.contents.data = self._libc.shmat(shm.id, None, 0)
        shm.read_only = 0
        buffer = (ctypes.c_uint8 * size).from_address(shm.addr)
        whole = np.frombuffer(buffer, np.uint8).reshape(height, stride)
        self.pixels: Pixels = whole[:, : image.contents.width * 4].reshape(height, -1, 4)

    def free(self) -> None:
        _prototype(self._libc, "shmdt", c_int, c_void_p)
        self._libc.shmdt(self.shm.addr)
        self._libc.shmctl(self.shm.id, 0, None)  # IPC_RMID
