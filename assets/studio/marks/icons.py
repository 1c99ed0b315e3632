"""Draw the icon atlas and the marks from their SVG sources.

    python assets/studio/marks/icons.py

Writes `icons/icons.png` (white on transparent, one cell of CELL px an icon), `icons/icons.json`
({name: [x, y, width, height]}, y downwards from the top) and the PNG of every SVG under `logo/`.
White, because the stage tints by multiplying. Needs cairosvg and Pillow, on the machine of whoever
changes the drawings only.
"""

import io
import json
from pathlib import Path

import cairosvg
from PIL import Image

BRAND = Path(__file__).resolve().parents[2] / "brand"
CELL = 96
COLUMNS = 8
GUTTER = 4
"""Empty pixels around a cell, so that a linear filter never shows the neighbour."""
LOGO_WIDTHS = {"wordmark": 1200, "lockup": 1200, "monogram": 512, "monogram-lit": 512}
"""Pixel widths at 2x."""


def white(svg: Path, width: int, height: int | None = None) -> Image.Image:
    """Rasterise one SVG as white with its own coverage as alpha."""
    data = cairosvg.svg2png(url=str(svg), output_width=width, output_height=height)
    alpha = Image.open(io.BytesIO(data)).convert("RGBA").getchannel("A")
    picture = Image.new("RGBA", alpha.size, (255, 255, 255, 0))
    picture.putalpha(alpha)
    return picture


def build_atlas(sources: list[Path], target: Path) -> dict[str, list[int]]:
    """Lay the icons out on a grid; return the cell of each in pixels."""
    step = CELL + 2 * GUTTER
    rows = -(-len(sources) // COLUMNS)
    atlas = Image.new("RGBA", (COLUMNS * step, rows * step), (255, 255, 255, 0))
    cells = {}
    for index, source in enumerate(sources):
        x = index % COLUMNS * step + GUTTER
        y = index // COLUMNS * step + GUTTER
        atlas.paste(white(source, CELL, CELL), (x, y))
        cells[source.stem] = [x, y, CELL, CELL]
    atlas.save(target, optimize=True)
    return cells


def main() -> None:
    icons = BRAND / "icons"
    cells = build_atlas(sorted((icons / "svg").glob("*.svg")), icons / "icons.png")
    rows = ",\n".join(f"  {json.dumps(name)}: {cell}" for name, cell in cells.items())
    (icons / "icons.json").write_text(f"{{\n{rows}\n}}\n", "utf-8")
    for name, width in LOGO_WIDTHS.items():
        white(BRAND / "logo" / f"{name}.svg", width).save(BRAND / "logo" / f"{name}.png")
    print(f"{len(cells)} icons, {len(LOGO_WIDTHS)} marks")


if __name__ == "__main__":
    main()
