"""Pictures and maps on disk, addressed by the SHA-256 of their bytes."""

import contextlib
import hashlib
import io
import logging
import os
import shutil
import threading
import time
import warnings
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, UnidentifiedImageError

log = logging.getLogger(__name__)

MAX_PICTURE_BYTES = 10 * 1024 * 1024
MAX_MAP_BYTES = 64 * 1024 * 1024
MAX_SIDE_PX = 4096
FORMATS = ("JPEG", "PNG", "WEBP")
KEPT_MAPS = 2
TOUCHED_EVERY_S = 3600.0
# So much of the disk is never filled with pictures: it is for orders, and for their logs.
RESERVED_BYTES = 24 * 1024 * 1024


class PictureRefused(Exception):
    """The bytes are not what was asked for, or nothing that may be shown; not kept."""


class NoRoom(Exception):
    """The disk is full, or everything kept here is pinned."""


class PictureStore:
    """Files under `folder`, at most `cap_bytes` of pictures; the longest unused leave first.

    What is pinned never leaves; the last RESERVED_BYTES of the disk are never filled. `put`
    checks hash and header before anything is kept, so `path` only ever names a whole, small
    enough picture. Safe to call from any thread.
    """

    def __init__(self, folder: Path, cap_bytes: int) -> None:
        self._pictures = folder / "pictures"
        self._maps = folder / "maps"
        self._cap = cap_bytes
        self._lock = threading.Lock()
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._used = 0
        self._touched: dict[str, float] = {}
        self._pins: frozenset[str] = frozenset()
        for part in (self._pictures, self._maps):
            part.mkdir(parents=True, exist_ok=True)
            _remove_unfinished(part)
        self._scan()

    @property
    def used_bytes(self) -> int:
        return self._used

    @property
    def room_bytes(self) -> int:
        """Bytes that can still be put without anything leaving."""
        return max(0, min(self._cap - self.used_bytes, -self._short(0)))

    def __len__(self) -> int:
        """How many pictures are kept."""
        with self._lock:
            return len(self._sizes)

    def __contains__(self, sha256: object) -> bool:
        with self._lock:
            return sha256 in self._sizes

    def path(self, sha256: str) -> Path | None:
        """The picture's file, and a sign that it is in use; None where it is not kept."""
        with self._lock:
            if sha256 not in self._sizes:
                return None
            self._sizes.move_to_end(sha256)
            stale = time.monotonic() - self._touched.get(sha256, -TOUCHED_EVERY_S)
            if stale >= TOUCHED_EVERY_S:
                self._touched[sha256] = time.monotonic()
        path = self._file(sha256)
        if stale >= TOUCHED_EVERY_S:
            with contextlib.suppress(OSError):
                os.utime(path)
        return path

    def put(self, sha256: str, data: bytes) -> Path:
        """Check and keep a picture. Raises PictureRefused or NoRoom."""
        _check_hash(sha256, data, MAX_PICTURE_BYTES)
        check_header(data)
        with self._lock:
            if sha256 not in self._sizes:
                self._make_room(len(data), pinned=sha256 in self._pins)
                self._written(self._file(sha256), data)
                self._sizes[sha256] = len(data)
                self._used += len(data)
            self._sizes.move_to_end(sha256)
        return self._file(sha256)

    def pin(self, sha256s: Iterable[str]) -> None:
        """Name all that must stay, in place of what was named before."""
        with self._lock:
            self._pins = frozenset(sha256s)

    def shed(self, wanted_bytes: int) -> int:
        """Give `wanted_bytes` of disk back, oldest first, never what is pinned; gives what left."""
        with self._lock:
            return self._drop_oldest(wanted_bytes)

    def map_path(self, sha256: str) -> Path | None:
        path = self._maps / sha256
        return path if len(sha256) == 64 and path.is_file() else None

    def put_map(self, sha256: str, data: bytes) -> Path:
        """Check and keep a map, an opaque file; older ones leave. Raises as `put`."""
        _check_hash(sha256, data, MAX_MAP_BYTES)
        path = self._maps / sha256
        with self._lock:
            self._reserve(len(data))
        self._written(path, data)
        newest_first = sorted(self._maps.iterdir(), key=lambda p: -p.stat().st_mtime_ns)
        for old in newest_first[KEPT_MAPS:]:
            old.unlink(missing_ok=True)
        return path

    def _file(self, sha256: str) -> Path:
        return self._pictures / sha256[:2] / sha256

    def _make_room(self, size: int, *, pinned: bool) -> None:
        over = self._used + size - self._cap
        if over > 0 and self._drop_oldest(over) < over and not pinned:
            raise NoRoom("every picture that is kept is needed: raise the cap")
        self._reserve(size)

    def _reserve(self, size: int) -> None:
        short = self._short(size)
        if short > 0 and self._drop_oldest(short) < short:
            raise NoRoom("the disk is nearly full, and what is left is for orders")

    def _short(self, size: int) -> int:
        """How many bytes the disk lacks for `size` more and the reserve; negative: has over."""
        free = 0
        with contextlib.suppress(OSError):
            free = shutil.disk_usage(self._pictures).free
        return size + RESERVED_BYTES - free

    def _drop_oldest(self, wanted: int) -> int:
        dropped = 0
        for sha256 in [s for s in self._sizes if s not in self._pins]:
            if dropped >= wanted:
                break
            self._file(sha256).unlink(missing_ok=True)
            dropped += self._sizes.pop(sha256)
            self._touched.pop(sha256, None)
        self._used -= dropped
        return dropped

    def _written(self, path: Path, data: bytes) -> None:
        unfinished = path.with_name(f".{path.name}.{threading.get_ident()}")
        try:
            path.parent.mkdir(exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise NoRoom(f"cannot write {path.name[:12]}…: {error.strerror}") from error

    def _scan(self) -> None:
        found = []
        for shard in self._pictures.iterdir():
            if shard.is_dir():
                _remove_unfinished(shard)
                found += [(p.stat().st_mtime_ns, p.name, p.stat().st_size) for p in shard.iterdir()]
        for _, name, size in sorted(found):
            self._sizes[name] = size
            self._used += size


def check_header(data: bytes) -> tuple[int, int]:
    """(width, height) in px of one still JPEG, PNG or WebP. Raises PictureRefused.

    Only the header is read: no pixel is decoded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                width, height = image.size
                animated = bool(getattr(image, "is_animated", False))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureRefused("no JPEG, PNG or WebP picture") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("a picture of too many pixels") from error
    if animated:
        raise PictureRefused("an animated picture")
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise PictureRefused(f"a picture of {width}x{height} px; at most {MAX_SIDE_PX} a side")
    return width, height


def _check_hash(sha256: str, data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise PictureRefused(f"{len(data)} bytes; at most {limit}")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PictureRefused("the bytes have another SHA-256 than the one asked for")


def _remove_unfinished(folder: Path) -> None:
    for path in folder.glob(".*"):
        path.unlink(missing_ok=True)
