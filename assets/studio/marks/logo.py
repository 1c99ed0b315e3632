"""Draw the demo shop's marks as SVG outlines, from the display face.

    python assets/studio/marks/logo.py

The mark is the shop's name made visible: a lucarne is the round window of an attic, crossed by its
glazing bars. `monogram-lit` has one pane lit: the window that sells at night. Needs fonttools.
"""

import math
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

BRAND = Path(__file__).resolve().parents[2] / "brand"
WORDS = "Maison Lucarne"
TRACK = 6
"""Extra space between letters, font units."""
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>\n'


def outlines(words: str, x: float, baseline: float) -> tuple[str, float]:
    """Return SVG path data for the words (1000 units to the em) and where the last letter ends."""
    font = TTFont(BRAND / "fonts" / "InstrumentSerif-Regular.ttf")
    glyphs, cmap, metrics = font.getGlyphSet(), font.getBestCmap(), font["hmtx"]
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
    for letter in words:
        name = cmap[ord(letter)]
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, -1, x, baseline)))
        x += metrics[name][0] + TRACK
    return pen.getCommands(), x - TRACK


def window(x: float, y: float, radius: float, frame: float, bar: float, lit: bool) -> str:
    """Return the round window: a ring, two glazing bars, one pane filled when lit."""
    ring = radius - frame / 2
    inner = radius - frame
    parts = [
        f'<circle cx="{x:g}" cy="{y:g}" r="{ring:g}" fill="none" stroke="currentColor" '
        f'stroke-width="{frame:g}"/>',
        f'<path d="M{x:g} {y - inner:g}V{y + inner:g}M{x - inner:g} {y:g}H{x + inner:g}" '
        f'fill="none" stroke="currentColor" stroke-width="{bar:g}"/>',
    ]
    if lit:
        gap = bar * 1.5
        reach = inner - bar
        edge = math.sqrt(reach**2 - gap**2)
        parts.append(
            f'<path d="M{x + gap:g} {y - gap:g}V{y - edge:.2f}'
            f'A{reach:g} {reach:g} 0 0 1 {x + edge:.2f} {y - gap:g}z" fill="currentColor"/>'
        )
    return "".join(parts)


def main() -> None:
    logo = BRAND / "logo"
    logo.mkdir(exist_ok=True)
    for name, lit in (("monogram", False), ("monogram-lit", True)):
        body = window(48, 48, 46, 4, 2.5, lit)
        (logo / f"{name}.svg").write_text(HEAD.format(box="0 0 96 96", body=body), "utf-8")
    path, end = outlines(WORDS, 20, 780)
    words = f'<path d="{path}" fill="currentColor"/>'
    box = f"0 0 {end + 20:.0f} 820"
    (logo / "wordmark.svg").write_text(HEAD.format(box=box, body=words), "utf-8")
    path, end = outlines(WORDS, 20, 1730)
    mark = window((end + 20) / 2, 400, 380, 34, 22, True)
    body = f'{mark}<path d="{path}" fill="currentColor"/>'
    box = f"0 0 {end + 20:.0f} 1770"
    (logo / "lockup.svg").write_text(HEAD.format(box=box, body=body), "utf-8")


if __name__ == "__main__":
    main()
