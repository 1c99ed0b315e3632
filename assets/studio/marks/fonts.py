"""Build the brand's TrueType files from the fontsource packages.

The packages ship WOFF2 cut into scripts; Kivy wants one TrueType file a style. This script merges
`latin` and `latin-ext`, adds the few signs that a French shop needs and the cuts leave out, and
gives the sans figures of one width, so that prices align in a column. The Arabic and the Japanese
faces take their letters from packages of their own and their Latin letters and figures from the
brand's, so that a name or a price looks the same in every language.

    npm install --prefix build/fonts @fontsource/instrument-serif@5.3.0 \\
        @fontsource/hanken-grotesk@5.3.0 @fontsource/amiri@5.3.0 \\
        @fontsource/noto-sans-arabic@5.3.0 @fontsource/shippori-mincho@5.3.0 \\
        @fontsource/zen-kaku-gothic-new@5.3.0
    python assets/studio/marks/fonts.py build/fonts/node_modules/@fontsource

Needs fonttools and brotli, on the machine of whoever changes the fonts only. All lengths are font
units (1000 to the em in both families).
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergerOptions
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

BRAND = Path(__file__).resolve().parents[2] / "brand"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
BUILT = 3_786_912_000
"""1 January 2024 in seconds since 1904: a fixed date, so that a rebuild changes nothing."""
REQUIRED = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ"
    "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýžĄĆĘŁŃÓŚŹŻąćęłńóśźż"
    "ÄÖÜßäöüÑñÕõÅåØø"
    "«»‹›’‘“”„‚—–…€£$№×′″→←↑↓·•°²³º©®%&@#§¿¡−\u00a0\u202f\u2009\u2011"
)


@dataclass(frozen=True)
class Style:
    """One file to build: the package, its weight and slant, the file's name."""

    package: str
    weight: int
    slant: str
    file: str
    tabular: bool
    thin: int
    """Width of the narrow spaces U+202F and U+2009."""


STYLES = (
    Style("instrument-serif", 400, "normal", "InstrumentSerif-Regular.ttf", False, 140),
    Style("instrument-serif", 400, "italic", "InstrumentSerif-Italic.ttf", False, 140),
    Style("hanken-grotesk", 400, "normal", "HankenGrotesk-Regular.ttf", True, 165),
    Style("hanken-grotesk", 500, "normal", "HankenGrotesk-Medium.ttf", True, 165),
    Style("hanken-grotesk", 600, "normal", "HankenGrotesk-SemiBold.ttf", True, 165),
)


@dataclass(frozen=True)
class Face:
    """A face of another script, around the Latin letters of one of STYLES.

    `ascent` and `descent` (below the baseline, positive) are what a line of it needs.
    """

    script: str
    package: str
    weight: int
    latin: str
    file: str
    ascent: int
    descent: int


SERIF, SANS, MEDIUM, STRONG = (style.file for style in STYLES if style.slant == "normal")
FACES = (
    Face("arabic", "amiri", 400, SERIF, "Amiri-Regular.ttf", 1020, 590),
    Face("arabic", "noto-sans-arabic", 400, SANS, "NotoSansArabic-Regular.ttf", 1040, 450),
    Face("arabic", "noto-sans-arabic", 500, MEDIUM, "NotoSansArabic-Medium.ttf", 1040, 450),
    Face("arabic", "noto-sans-arabic", 600, STRONG, "NotoSansArabic-SemiBold.ttf", 1040, 450),
    Face("japanese", "shippori-mincho", 400, SERIF, "ShipporiMincho-Regular.ttf", 920, 280),
    Face("japanese", "zen-kaku-gothic-new", 400, SANS, "ZenKakuGothicNew-Regular.ttf", 920, 280),
    Face("japanese", "zen-kaku-gothic-new", 500, MEDIUM, "ZenKakuGothicNew-Medium.ttf", 920, 280),
)
LICENCES = {
    "instrument-serif": "OFL-InstrumentSerif.txt",
    "hanken-grotesk": "OFL-HankenGrotesk.txt",
    "amiri": "OFL-Amiri.txt",
    "noto-sans-arabic": "OFL-NotoSansArabic.txt",
    "shippori-mincho": "OFL-ShipporiMincho.txt",
    "zen-kaku-gothic-new": "OFL-ZenKakuGothicNew.txt",
}


def arabic_signs() -> set[int]:
    """Letters, figures and punctuation, and the joined forms that a line is set in."""
    return {*range(0x600, 0x700), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)}


def japanese_signs() -> set[int]:
    """JIS X 0208: punctuation, wide letters and figures, kana, the kanji of both levels."""
    rows = [*range(1, 6), *range(16, 85)]
    codes = (bytes((0xA0 + row, 0xA0 + cell)) for row in rows for cell in range(1, 95))
    return {ord(sign) for code in codes for sign in code.decode("euc_jp", "ignore")}


LAYOUT = ("GPOS", "GSUB", "GDEF")
SIGNS = {"arabic": arabic_signs, "japanese": japanese_signs}


def script_part(packages: Path, face: Face) -> TTFont:
    """The letters of one script alone, without hints and without what Latin has already."""
    name = f"{face.package}-{face.script}-{face.weight}-normal"
    font = TTFont(packages / face.package / "files" / f"{name}.woff2")
    font.flavor = None
    options = Options(hinting=False, notdef_outline=True, recalc_bounds=True)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", *LAYOUT]
    # The window joins letters and orders them itself, glyph by glyph: rules that a drawer would
    # apply once more, to letters that stand in reverse, make other words of them.
    options.layout_features = []
    cutter = Subsetter(options)
    cutter.populate(unicodes=SIGNS[face.script]())
    cutter.subset(font)
    return font


def joined(packages: Path, face: Face, scratch: Path) -> TTFont:
    """The letters of the script, then the Latin ones of the brand's own face."""
    part, latin = scratch / f"part-{face.file}", scratch / f"latin-{face.latin}"
    script_part(packages, face).save(part)
    base = TTFont(BRAND / "fonts" / face.latin)
    for table in LAYOUT:
        del base[table]
    base.save(latin)
    whole = scratch / face.file
    options = MergerOptions(drop_tables=["fpgm", "prep", "cvt ", "gasp"])
    Merger(options=options).merge([str(latin), str(part)]).save(whole)
    return TTFont(whole, lazy=False, recalcTimestamp=False)


def build_face(packages: Path, face: Face, target: Path) -> None:
    """Write the face of one script as a TrueType file."""
    with tempfile.TemporaryDirectory() as scratch:
        font = joined(packages, face, Path(scratch))
        font.ensureDecompiled()
        own = script_part(packages, face)
    font["name"] = own["name"]
    for record in font["name"].names:
        if record.nameID == 5:
            record.string = f"{record.toUnicode()}; cut for Vitrine"
    font["hhea"].ascent, font["hhea"].descent = face.ascent, -face.descent
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = face.ascent, -face.descent
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = face.ascent, face.descent
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = 0
    font["head"].created = font["head"].modified = BUILT
    font.save(target)


def merged(packages: Path, style: Style, scratch: Path) -> TTFont:
    """Join the `latin` and `latin-ext` cuts of one style."""
    parts = []
    for subset in ("latin", "latin-ext"):
        name = f"{style.package}-{subset}-{style.weight}-{style.slant}"
        font = TTFont(packages / style.package / "files" / f"{name}.woff2")
        font.flavor = None
        part = scratch / f"{name}.ttf"
        font.save(part)
        parts.append(str(part))
    whole = scratch / style.file
    Merger().merge(parts).save(whole)
    return TTFont(whole, lazy=False, recalcTimestamp=False)


def add_glyph(font: TTFont, code: int, name: str, pen: TTGlyphPen, width: int) -> None:
    """Add one drawn glyph and map the code point to it."""
    glyph = pen.glyph()
    glyphs = font["glyf"]
    glyphs[name] = glyph
    font.setGlyphOrder(list(glyphs.glyphOrder))
    glyph.recalcBounds(glyphs)
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    map_code(font, code, name)


def map_code(font: TTFont, code: int, name: str) -> None:
    """Point a code point at a glyph in every Unicode table."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def composed(
    font: TTFont, parts: list[tuple[str, tuple[float, float, float, float, float, float]]]
) -> TTGlyphPen:
    """Draw other glyphs, each through an affine transform."""
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    for name, matrix in parts:
        outline = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(outline)
        outline.replay(TransformPen(pen, matrix))
    return pen


def arrow(font: TTFont, turn: tuple[int, int, int, int]) -> tuple[TTGlyphPen, int]:
    """Draw an arrow as thick as the font's minus, turned by a quarter-turn matrix."""
    glyphs, cmap = font["glyf"], font.getBestCmap()
    bar = glyphs[cmap[0x2212]]
    stroke = max(bar.yMax - bar.yMin, 40)
    height = font["OS/2"].sCapHeight
    length, head, half = 640, 210, stroke / 2
    mid_x, mid_y, diagonal = length / 2, height / 2, stroke * 0.7071
    tip = length / 2
    shaft = [(-tip, -half), (tip - stroke, -half), (tip - stroke, half), (-tip, half)]
    barb = [
        (tip, 0),
        (tip - head, head),
        (tip - head - diagonal, head - diagonal),
        (tip - 2 * diagonal, 0),
        (tip - head - diagonal, -head + diagonal),
        (tip - head, -head),
    ]
    pen = TTGlyphPen(None)
    a, b, c, d = turn
    upright = a == 0
    width = 2 * (head + diagonal) + 120 if upright else length + 120
    centre = width / 2 if upright else mid_x + 60
    for outline in (shaft, list(reversed(barb))):
        points = [(centre + a * x + c * y, mid_y + b * x + d * y) for x, y in outline]
        area = sum(
            x0 * y1 - x1 * y0
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True)
        )
        if area > 0:
            points.reverse()
        pen.moveTo(tuple(map(round, points[0])))
        for point in points[1:]:
            pen.lineTo(tuple(map(round, point)))
        pen.closePath()
    return pen, round(width)


def add_signs(font: TTFont, style: Style) -> None:
    """Add the spaces, primes, arrows, superscripts and № that the cuts leave out."""
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    empty = TTGlyphPen(None)
    for code, name in ((0x202F, "uni202F"), (0x2009, "uni2009")):
        add_glyph(font, code, name, empty, style.thin)
    map_code(font, 0x2011, cmap[ord("-")])
    lean = 0.0 if style.slant == "italic" else 0.18
    for code, name, source in ((0x2032, "minute", "'"), (0x2033, "second", '"')):
        base = cmap[ord(source)]
        shift = -lean * font["OS/2"].sCapHeight * 0.8
        pen = composed(font, [(base, (1, 0, lean, 1, shift, 0))])
        add_glyph(font, code, name, pen, metrics[base][0])
    turns = {0x2192: (1, 0, 0, 1), 0x2190: (-1, 0, 0, -1), 0x2191: (0, 1, -1, 0)}
    turns[0x2193] = (0, -1, 1, 0)
    for code, turn in turns.items():
        pen, width = arrow(font, turn)
        add_glyph(font, code, f"arrow{code:04X}", pen, width)
    raised, lift = 0.62, font["OS/2"].sCapHeight * 0.42
    for code, source in ((0xB2, "2"), (0xB3, "3")):
        if code not in cmap:
            base = cmap[ord(source)]
            pen = composed(font, [(base, (raised, 0, 0, raised, 0, lift))])
            add_glyph(font, code, f"raised{source}", pen, round(metrics[base][0] * raised))
    capital, ordinal = cmap[ord("N")], cmap[0xBA]
    advance = metrics[capital][0]
    pen = composed(font, [(capital, (1, 0, 0, 1, 0, 0)), (ordinal, (1, 0, 0, 1, advance, 0))])
    add_glyph(font, 0x2116, "numero", pen, advance + metrics[ordinal][0])


def even_figures(font: TTFont) -> None:
    """Give the ten figures one advance, keep them centred, and drop their kerning."""
    glyphs, metrics, cmap = font["glyf"], font["hmtx"], font.getBestCmap()
    names = [cmap[ord("0") + i] for i in range(len(DIGITS))]
    width = max(metrics[name][0] for name in names if name != cmap[ord("1")])
    for name in names:
        advance, _ = metrics[name]
        shift = round((width - advance) / 2)
        glyph = glyphs[name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, glyph.xMin)
    if "GPOS" in font:
        unkern(font, set(names))


def unkern(font: TTFont, names: set[str]) -> None:
    """Remove the glyphs from every kerning pair, on either side."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for outer in lookup.SubTable:
            pairs = outer.ExtSubTable if lookup.LookupType == 9 else outer
            if pairs.LookupType != 2:
                continue
            first = pairs.Coverage.glyphs
            if pairs.Format == 1:
                kept = [i for i, name in enumerate(first) if name not in names]
                pairs.PairSet = [pairs.PairSet[i] for i in kept]
                for group in pairs.PairSet:
                    group.PairValueRecord = [
                        r for r in group.PairValueRecord if r.SecondGlyph not in names
                    ]
            else:
                for name in names:
                    pairs.ClassDef2.classDefs.pop(name, None)
            pairs.Coverage.glyphs = [name for name in first if name not in names]


def check(font: TTFont, style: Style) -> None:
    """Raise ValueError when a sign of REQUIRED is missing or the figures differ in width."""
    cmap = font.getBestCmap()
    missing = [f"U+{ord(sign):04X} {sign}" for sign in REQUIRED if ord(sign) not in cmap]
    if missing:
        raise ValueError(f"{style.file} lacks {', '.join(missing)}: add them in add_signs")
    widths = {font["hmtx"][cmap[ord("0") + i]][0] for i in range(10)}
    if style.tabular and len(widths) != 1:
        raise ValueError(f"{style.file}: figures of widths {sorted(widths)}: check even_figures")


def build(packages: Path, style: Style, target: Path) -> None:
    """Write one style as a TrueType file."""
    with tempfile.TemporaryDirectory() as scratch:
        font = merged(packages, style, Path(scratch))
        font.ensureDecompiled()
    add_signs(font, style)
    if style.tabular:
        even_figures(font)
    for record in font["name"].names:
        if record.nameID == 5:
            record.string = f"{record.toUnicode()}; cut for Vitrine"
    font["head"].created = font["head"].modified = BUILT
    check(font, style)
    font.save(target)


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("Say where the packages are: fonts.py node_modules/@fontsource")
    packages = Path(sys.argv[1])
    fonts = BRAND / "fonts"
    fonts.mkdir(exist_ok=True)
    for style in STYLES:
        build(packages, style, fonts / style.file)
        print(f"{style.file}: {(fonts / style.file).stat().st_size // 1024} KiB")
    for face in FACES:
        build_face(packages, face, fonts / face.file)
        print(f"{face.file}: {(fonts / face.file).stat().st_size // 1024} KiB")
    for package, licence in LICENCES.items():
        text = (packages / package / "LICENSE").read_text("utf-8")
        (fonts / licence).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
