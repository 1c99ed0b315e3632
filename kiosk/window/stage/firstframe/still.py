"""A photograph as it hung on the glass: its pixels on the disk, ready to be uploaded.

Read before anything heavy is imported: the standard library alone.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zlib import crc32

NAME = "first-frame"
# What a header can be at most, and a photograph: a glass of 8K.
MAX_HEADER, MAX_PIXELS = 4096, 7680 * 4320


@dataclass(frozen=True, slots=True)
class Still:
    """`pixels` are RGBA rows, top row first, of `size`; they hung at `pos`, the lower left corner
    on a glass of `glass` (all in pixels), before `ground` ("#RRGGBB"). `sha256` and `anchor` name
    the picture as the texture pipeline does. Until `lit_until` nothing forbids to show it.
    """

    glass: tuple[int, int]
    pos: tuple[int, int]
    size: tuple[int, int]
    ground: str
    sha256: str
    anchor: float
    lit_until: datetime
    pixels: bytes


def write(folder: Path, still: Still) -> None:
    """Put it in the place of the one before, whole or not at all. Raises OSError."""
    header = {key: value for key, value in asdict(still).items() if key != "pixels"}
    header |= {"lit_until": still.lit_until.isoformat(), "crc": crc32(still.pixels)}
    beside = folder / f"{NAME}.new"
    with beside.open("wb") as file:
        file.write(json.dumps(header).encode() + b"\n")
        file.write(still.pixels)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)


def read(folder: Path, glass: tuple[int, int], now: datetime) -> Still | None:
    """What hung last on this glass; None where nothing did, or `now` it may be dark."""
    try:
        with (folder / NAME).open("rb") as file:
            header = json.loads(file.readline(MAX_HEADER))
            size = (int(header["size"][0]), int(header["size"][1]))
            if tuple(header["glass"]) != glass or not 0 < size[0] * size[1] <= MAX_PIXELS:
                return None
            until = datetime.fromisoformat(header["lit_until"])
            if now >= until:
                return None
            pixels = file.read(size[0] * size[1] * 4 + 1)
        if len(pixels) != size[0] * size[1] * 4 or crc32(pixels) != header["crc"]:
            return None
        pos = (int(header["pos"][0]), int(header["pos"][1]))
        names = str(header["ground"]), str(header["sha256"]), float(header["anchor"])
        return Still(glass, pos, size, *names, until, pixels)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None  # it is a courtesy: the next poster writes it anew
