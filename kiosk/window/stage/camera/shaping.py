"""Pictures cut to the panel that they are shown in. Loads NumPy: on the player's thread only."""

from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

_OVERSAMPLE = 4


def covering(width: int, height: int, over_w: int, over_h: int) -> tuple[int, int, int, int]:
    """How large a picture must be to cover a panel, and where the panel then begins in it.

    Gives the picture's width and height, the panel's left and top in it; pixels.
    """
    scale = max(over_w / width, over_h / height)
    full_w, full_h = max(over_w, round(width * scale)), max(over_h, round(height * scale))
    return full_w, full_h, (full_w - over_w) // 2, (full_h - over_h) // 2


def round_off(pixels: Any, corner: int) -> bytes:
    """RGBA rows (height, width, 4) with corners of that radius, as bytes."""
    height, width = pixels.shape[:2]
    if corner <= 0:
        return np.ascontiguousarray(pixels).tobytes()
    rounded = pixels.copy()
    mask = _corner(min(corner, width // 2, height // 2))
    side = len(mask)
    rounded[:side, :side, 3] = mask
    rounded[:side, -side:, 3] = mask[:, ::-1]
    rounded[-side:, :side, 3] = mask[::-1]
    rounded[-side:, -side:, 3] = mask[::-1, ::-1]
    whole: bytes = rounded.tobytes()
    return whole


@lru_cache(maxsize=8)
def _corner(radius: int) -> Any:
    """The alpha of the upper left corner."""
    big = Image.new("L", (radius * _OVERSAMPLE,) * 2, 0)
    diameter = 2 * radius * _OVERSAMPLE
    ImageDraw.Draw(big).ellipse((0, 0, diameter - 1, diameter - 1), fill=255)
    return np.asarray(big.resize((radius, radius), Image.Resampling.BOX))
