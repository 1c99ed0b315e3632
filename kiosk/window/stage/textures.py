"""Photographs on their way to the glass: decoded off the UI thread, uploaded in small portions.

A request names a picture by the hash of its bytes and the exact size in pixels that is drawn.
What has been uploaded stays in an LRU counted in bytes.
"""

import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from kivy.clock import Clock
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.shop.catalogue import Picture
from kiosk.window.stage.handover import Workers

log = logging.getLogger(__name__)

# One frame's share of glTexSubImage2D: 2 MB take about 1 ms and leave the frame to the scroll.
FRAME_BYTES = 2 * 1024 * 1024
# A larger glass has larger pictures, and a machine that fills it: a byte a pixel on it brings a
# photograph that covers it up in about four frames.
CACHE_BYTES = 192 * 1024 * 1024
# On software GL: two posters that cross, and what is opened from them.
GLASSES = 2.0
# A picture larger than this is a mistake or an attack; its pixels are never decoded.
MAX_PIXELS = 40_000_000


class PictureSource(Protocol):
    """Where the files are. Called on worker threads."""

    def path(self, sha256: str) -> Path | None:
        """The checked file of that hash; None while it is not on the box."""


@dataclass(frozen=True, slots=True)
class Key:
    sha256: str
    width: int
    height: int
    anchor: float


@dataclass(eq=False, slots=True)
class Ticket:
    """A request under way. `cancel` makes sure that `then` is never called."""

    key: Key
    then: Callable[[Texture | None], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class Counter(Protocol):
    """Whoever counts uploads: a portion's bytes, how long it took, whether a texture is whole."""

    def __call__(self, size: int, seconds: float, *, whole: bool) -> None: ...


@dataclass(eq=False, slots=True)
class _Upload:
    pixels: bytes
    size: tuple[int, int]
    then: Callable[[Texture], None]
    wanted: Callable[[], bool]
    whole: bool = False
    texture: Texture | None = None
    row: int = 0


class Uploader:
    """Turns pixels into textures in order, a portion a frame.

    The portion grows with `pixels`, the number of pixels of the glass. `counter` is told of
    every portion.
    """

    counter: Counter | None = None

    def __init__(self, pixels: int = 0) -> None:
        self._frame_bytes = max(FRAME_BYTES, pixels)
        self._queue: deque[_Upload] = deque()
        self._trigger = Clock.create_trigger(self._portion, 0)

    def __len__(self) -> int:
        return len(self._queue)

    def put(
        self,
        pixels: bytes,
        size: tuple[int, int],
        then: Callable[[Texture], None],
        wanted: Callable[[], bool] = lambda: True,
        *,
        first: bool = False,
        whole: bool = False,
    ) -> None:
        """Upload RGBA rows, top row first; dropped if nobody wants them when their turn comes.

        `whole` in one portion, whatever it takes: what somebody waits for, while nothing moves.
        """
        upload = _Upload(pixels, size, then, wanted, whole)
        if first:
            self._queue.appendleft(upload)
        else:
            self._queue.append(upload)
        self._trigger()

    def _portion(self, _dt: float) -> None:
        left = self._frame_bytes
        while self._queue and left > 0:
            upload = self._queue[0]
            if not upload.wanted():
                self._queue.popleft()
                continue
            size = self._advance(upload, len(upload.pixels) if upload.whole else left)
            left -= 0 if upload.whole else size
            if upload.row >= upload.size[1]:
                self._queue.popleft()
                assert upload.texture is not None  # noqa: S101
                upload.then(upload.texture)
        if self._queue:
            self._trigger()

    def _advance(self, upload: _Upload, most: int) -> int:
        if self.counter is None:
            return _advance(upload, most)
        began = time.perf_counter()
        size = _advance(upload, most)
        whole = upload.row >= upload.size[1]
        self.counter(size, time.perf_counter() - began, whole=whole)
        return size


def _advance(upload: _Upload, most: int) -> int:
    """Upload rows worth up to `most` bytes (at least one); gives the bytes uploaded."""
    width, height = upload.size
    if upload.texture is None:
        upload.texture = Texture.create(size=upload.size, colorfmt="rgba")
        upload.texture.flip_vertical()
    stride = width * 4
    rows = min(height - upload.row, max(1, most // stride))
    start = upload.row * stride
    portion = upload.pixels[start : start + rows * stride]
    upload.texture.blit_buffer(
        portion, size=(width, rows), pos=(0, upload.row), colorfmt="rgba", bufferfmt="ubyte"
    )
    upload.row += rows
    return rows * stride


@dataclass(slots=True)
class _Entry:
    texture: Texture
    bytes: int = field(default=0)


class Pictures:
    """The pictures that the stage can ask for. Lives on the UI thread."""

    def __init__(
        self,
        source: PictureSource,
        workers: Workers,
        uploader: Uploader,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self._source = source
        self._workers = workers
        self._uploader = uploader
        self._limit = cache_bytes
        self._held = 0
        self._cache: OrderedDict[Key, _Entry] = OrderedDict()
        self._flying: dict[Key, list[Ticket]] = {}
        self._missing: dict[str, list[Ticket]] = {}

    @property
    def busy(self) -> bool:
        """Whether anything is being decoded or uploaded (pilot: wait for stillness)."""
        return bool(self._flying)

    @property
    def awaited(self) -> bool:
        """Whether a picture in sight is still being decoded, or is not on the box yet."""
        missing = (t for tickets in self._missing.values() for t in tickets)
        return self.busy or any(not t.cancelled for t in missing)

    @property
    def held_bytes(self) -> int:
        return self._held

    def cached(
        self, picture: Picture, width: int, height: int, anchor: float = 0.5
    ) -> Texture | None:
        """The texture if it can be drawn at once."""
        key = key_of(picture, width, height, anchor)
        if key is None or key not in self._cache:
            return None
        self._cache.move_to_end(key)
        return self._cache[key].texture

    def request(
        self,
        picture: Picture,
        width: int,
        height: int,
        then: Callable[[Texture | None], None],
        anchor: float = 0.5,
    ) -> Ticket | None:
        """Ask for `picture` cropped to cover width x height pixels.

        `anchor` is the share of the height that stays in the middle where the picture is too
        tall (0 its top, 1 its foot).

        `then` is called on the UI thread: at once when cached; with None when the file is not
        on the box, and once more when it has come (`arrived`). None for a picture without
        renditions.
        """
        key = key_of(picture, width, height, anchor)
        if key is None:
            then(None)
            return None
        ticket = Ticket(key, then)
        entry = self._cache.get(key)
        if entry is not None:
            self._cache.move_to_end(key)
            then(entry.texture)
            return ticket
        flying = self._flying.setdefault(key, [])
        flying.append(ticket)
        if len(flying) == 1:
            self._start(key)
        return ticket

    def adopt(self, key: Key, texture: Texture) -> None:
        """Keep a texture in sight of `cached`, and let go of what was not asked for lately."""
        size = key.width * key.height * 4
        self._cache[key] = _Entry(texture, size)
        self._held += size
        while self._held > self._limit and len(self._cache) > 1:
            _, old = self._cache.popitem(last=False)
            self._held -= old.bytes

    def arrived(self, sha256: str) -> None:
        """A file that was missing is on the box now."""
        for ticket in self._missing.pop(sha256, []):
            if not ticket.cancelled:
                flying = self._flying.setdefault(ticket.key, [])
                flying.append(ticket)
                if len(flying) == 1:
                    self._start(ticket.key)

    def _start(self, key: Key) -> None:
        self._workers.submit(
            lambda: self._decode(key),
            then=lambda pixels: self._decoded(key, pixels),
            failed=lambda error: self._failed(key, error),
        )

    def _wanted(self, key: Key) -> bool:
        alive = any(not t.cancelled for t in self._flying.get(key, ()))
        if not alive:
            self._flying.pop(key, None)
        return alive

    def _decode(self, key: Key) -> bytes | None:
        # A worker may look at the tickets: a list is only ever replaced, never half written.
        if all(t.cancelled for t in self._flying.get(key, ())):
            return b""
        path = self._source.path(key.sha256)
        if path is None:
            return None
        return cover(path, key.width, key.height, key.anchor).convert("RGBA").tobytes()

    def _decoded(self, key: Key, pixels: bytes | None) -> None:
        if pixels is None:
            waiting = [t for t in self._flying.pop(key, []) if not t.cancelled]
            self._missing.setdefault(key.sha256, []).extend(waiting)
            for ticket in waiting:
                ticket.then(None)
        elif not self._wanted(key):
            return
        elif not pixels:
            self._start(key)  # cancelled while queued, then wanted again
        else:
            self._uploader.put(
                pixels,
                (key.width, key.height),
                lambda texture: self._uploaded(key, texture),
                lambda: self._wanted(key),
            )

    def _failed(self, key: Key, error: Exception) -> None:
        log.warning("picture %s cannot be shown: %s", key.sha256[:12], error)
        for ticket in self._flying.pop(key, []):
            if not ticket.cancelled:
                ticket.then(None)

    def _uploaded(self, key: Key, texture: Texture) -> None:
        self.adopt(key, texture)
        for ticket in self._flying.pop(key, []):
            if not ticket.cancelled:
                ticket.then(texture)


def key_of(picture: Picture, width: int, height: int, anchor: float) -> Key | None:
    """By what name that crop of the picture is known; None for one without renditions."""
    rendition = picture.at_least(width, height)
    return None if rendition is None else Key(rendition.sha256, width, height, anchor)


def cover(file: Path | BinaryIO, width: int, height: int, anchor: float = 0.5) -> Image.Image:
    """The file as an RGB picture of exactly width x height, cropped about `anchor`.

    Raises OSError or ValueError for a file that is no picture or is too large.
    """
    with Image.open(file) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"{image.width}x{image.height} px is too large")
        image.draft("RGB", (width, height))
        scale = max(width / image.width, height / image.height)
        # A rounding error beyond an edge would be refused.
        crop_w = min(width / scale, float(image.width))
        crop_h = min(height / scale, float(image.height))
        left = (image.width - crop_w) / 2
        upper = min(max(0.0, image.height * anchor - crop_h / 2), image.height - crop_h)
        return image.convert("RGB").resize(
            (width, height),
            # Made smaller it is as sharp as with BICUBIC, for two thirds of the work.
            Image.Resampling.HAMMING if scale < 1 else Image.Resampling.BICUBIC,
            box=(left, upper, min(left + crop_w, image.width), min(upper + crop_h, image.height)),
            reducing_gap=2.0,
        )
