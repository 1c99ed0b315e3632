"""Every printed picture by name, drawn once and kept in a cache."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from . import (
    disc_labels,
    labels,
    marbling,
    print_designs,
    prints,
    roofs_scarf,
    scarves,
    scent_papers,
    sheets,
    sleeve_designs,
    sleeves,
    small_silk,
    stationery,
    stoles,
)

DRAWN: dict[str, Callable[[], np.ndarray]] = {
    **labels.DRAWN,
    **marbling.DRAWN,
    **prints.DRAWN,
    **roofs_scarf.DRAWN,
    **scarves.DRAWN,
    **scent_papers.DRAWN,
    **sleeves.DRAWN,
    **small_silk.DRAWN,
    **stationery.DRAWN,
    **stoles.DRAWN,
    **disc_labels.DRAWN,
    **print_designs.DRAWN,
    **sheets.DRAWN,
    **sleeve_designs.DRAWN,
}


def printed(name: str) -> Path:
    """The PNG of a printed picture; raises KeyError for a name nobody draws."""
    draw = DRAWN[name]
    folder = Path(os.environ.get("STUDIO_CACHE", Path(tempfile.gettempdir()) / "studio-art"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    if not path.exists():
        pixels = (np.clip(draw(), 0, 1) * 255 + 0.5).astype(np.uint8)
        unfinished = path.with_suffix(".part")
        Image.fromarray(pixels).save(unfinished, "PNG")
        unfinished.replace(path)
    return path
