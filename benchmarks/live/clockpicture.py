"""A camera whose picture tells the time: read back from what is shown, it gives the whole delay.

`python -m benchmarks.live.clockpicture WIDTH HEIGHT RATE` writes yuv420p frames to standard output
until it is closed. A strip of 20 fields lies across the middle: light, dark, light, dark, then 16
bits of milliseconds. A field is a twentieth of the width: five picture elements wide after the
usual blur. Under it lies a comb of stripes two pixels wide, which no blur leaves.
"""

import sys
import time
from typing import Any

import numpy as np

FIELDS, BITS = 20, 16
SYNC = (1, 0, 1, 0)
_WRAP = 1 << BITS
_LIGHT, _DARK = 220, 30


def milliseconds() -> int:
    """Of the clock that all processes of a machine share, within what the strip can tell."""
    return int(time.monotonic() * 1000) % _WRAP


def strip(at_ms: int, width: int) -> Any:
    """One row of luminance that tells `at_ms`."""
    bits = [*SYNC, *((at_ms >> shift) & 1 for shift in range(BITS - 1, -1, -1))]
    fields = np.where(np.array(bits), _LIGHT, _DARK).astype(np.uint8)
    return fields[(np.arange(width) * FIELDS) // width]


def read(luminance: Any) -> int | None:
    """The time that stands in a picture (height, width), None where none can be read."""
    height, width = luminance.shape
    rows = luminance[int(height * 0.46) : int(height * 0.54)].astype(float)
    middle = ((np.arange(FIELDS) + 0.5) * width / FIELDS).astype(int)
    reach = max(1, width // (FIELDS * 8))
    fields = np.array([rows[:, m - reach : m + reach].mean() for m in middle])
    bits = fields > (_LIGHT + _DARK) / 2
    if tuple(int(b) for b in bits[:4]) != SYNC:
        return None
    return int("".join("1" if b else "0" for b in bits[4:]), 2)


def delay_ms(luminance: Any, now_ms: int | None = None) -> int | None:
    """How old a picture is; None where it does not say."""
    at = read(luminance)
    if at is None:
        return None
    age = ((milliseconds() if now_ms is None else now_ms) - at) % _WRAP
    return age if age < _WRAP // 2 else age - _WRAP


def main(width: int, height: int, rate: int) -> None:
    rng = np.random.default_rng(1)
    wide = np.kron(rng.integers(60, 190, (height // 40 + 1, width // 20)), np.ones((40, 40)))
    street = wide[:height].astype(np.uint8)
    chroma = np.full(width * height // 2, 128, np.uint8).tobytes()
    began, count, out = time.monotonic(), 0, sys.stdout.buffer
    low, high, foot = int(height * 0.4), int(height * 0.6), int(height * 0.85)
    comb = np.where(np.arange(width) // 2 % 2, _LIGHT, _DARK).astype(np.uint8)
    while True:
        time.sleep(max(0.0, began + count / rate - time.monotonic()))
        picture = street[:, (count * 7) % width : (count * 7) % width + width].copy()
        picture[foot:] = comb
        picture[low:high] = strip(milliseconds(), width)
        try:
            out.write(picture.tobytes() + chroma)
            out.flush()
        except BrokenPipeError:
            return
        # A camera that cannot keep up leaves pictures out.
        count = max(count + 1, int((time.monotonic() - began) * rate))


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:4]))
