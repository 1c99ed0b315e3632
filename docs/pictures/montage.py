"""Sets screens of a tour side by side for the documentation: `make pictures`.

Reads the numbered PNGs of a tour folder, and of the tours in each mode beside it (TOUR-reach…),
and writes one WebP a row beside this file.
"""

import sys
from pathlib import Path

from PIL import Image

HEIGHT = 640  # px of a screen on the page
GAP = 24
GROUND = "#ffffff"
# A step of the usual tour, or of the tour in a mode as "mode:step".
ROWS = {
    "shopping": ("forgotten", "browse", "product", "basket"),
    "ordering": ("courier", "details-missing", "thanks", "courier-on-the-way"),
    "glass": ("glass:product", "reach:product", "large:product", "contrast:product"),
}


def screen(tour: Path, name: str) -> Image.Image:
    """The tour's picture of a step. Raises SystemExit where the tour has none."""
    found = sorted(tour.glob(f"[0-9][0-9]-{name}.png"))
    if not found:
        raise SystemExit(f"{tour} has no step {name!r}: run `make tour` first")
    with Image.open(found[0]) as picture:
        width = round(picture.width * HEIGHT / picture.height)
        return picture.convert("RGB").resize((width, HEIGHT), Image.Resampling.LANCZOS)


def row(screens: list[Image.Image]) -> Image.Image:
    width = sum(s.width for s in screens) + GAP * (len(screens) - 1)
    sheet = Image.new("RGB", (width, HEIGHT), GROUND)
    x = 0
    for picture in screens:
        sheet.paste(picture, (x, 0))
        x += picture.width + GAP
    return sheet


def main() -> None:
    tour = Path(sys.argv[1] if len(sys.argv) > 1 else "tour")
    for name, steps in ROWS.items():
        out = Path(__file__).with_name(f"{name}.webp")
        row([_of(tour, step) for step in steps]).save(out, quality=84, method=6)
        print(out)


def _of(tour: Path, step: str) -> Image.Image:
    mode, _, name = step.rpartition(":")
    return screen(tour.with_name(f"{tour.name}-{mode}") if mode else tour, name)


if __name__ == "__main__":
    main()
