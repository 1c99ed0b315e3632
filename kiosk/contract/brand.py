"""The brand of a shop, read from its theme.toml: window, staff's and buyers' pages wear it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.contract.contrast import Violation, high_contrast, violations

COLOURS = (
    "paper",
    "sheet",
    "raised",
    "ink",
    "ink_soft",
    "line",
    "outline",
    "accent",
    "on_accent",
    "deep",
    "on_deep",
    "positive",
    "warning",
    "danger",
    "focus",
    "hero_ink",
    "picture",
    "on_picture",
    "scrim",
)
ROLES = (
    "poster",
    "headline",
    "title",
    "pitch",
    "price_large",
    "price",
    "button",
    "key",
    "body",
    "label",
    "caption",
)
FONTS = ("display", "display_italic", "text", "text_medium", "text_strong")
SCHEMES = ("day", "night")
SCRIPTS = ("arabic", "japanese")
# Where a script's table leaves a face out, the next one serves.
_IN_PLACE = {"display_italic": "display", "text_strong": "text_medium", "text_medium": "text"}
# The project's own brand, whose faces serve where another one has none for a script.
_HOUSE = Path(__file__).resolve().parents[2] / "assets" / "brand"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class BrandError(ValueError):
    """The brand's file cannot be used; the message says which line to change."""


@dataclass(frozen=True, slots=True)
class TypeRole:
    """`size_mm` is the em on the glass, `line` the line height in ems."""

    font: str
    size_mm: float
    line: float


@dataclass(frozen=True, slots=True)
class ScriptFaces:
    """The faces of one script beside Latin. `line` is the least line height in ems.

    `lent` where the brand has none of its own: they are the project's.
    """

    fonts: Mapping[str, Path]
    line: float
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """One shop's look. Sizes are millimetres on the glass, durations seconds.

    `contrast_day` and `contrast_night` are its palettes for people who need more contrast:
    what [contrast.day] and [contrast.night] say, and for the rest its own hues on white or black.
    `scripts` are the faces for Arabic and Japanese, by script. `themes` are what [themes.NAME.day]
    and [themes.NAME.night] change of the palettes while the plan puts that theme on.
    """

    root: Path
    name: str
    day: Mapping[str, str]
    night: Mapping[str, str]
    contrast_day: Mapping[str, str]
    contrast_night: Mapping[str, str]
    themes: Mapping[str, Mapping[str, Mapping[str, str]]]
    shades: Mapping[str, tuple[str, float]]
    fonts: Mapping[str, Path]
    scripts: Mapping[str, ScriptFaces]
    type: Mapping[str, TypeRole]
    shape: Mapping[str, float]
    space: Mapping[str, float]
    touch: Mapping[str, float]
    motion: Mapping[str, float]
    wordmark: Path
    monogram: Path
    page_icon: Path
    atlas: Path
    atlas_index: Path

    def palette(self, *, night: bool, contrast: bool = False, theme: str = "") -> Mapping[str, str]:
        """The colours by token. High contrast goes before any `theme`; an unknown one is none."""
        if contrast:
            return self.contrast_night if night else self.contrast_day
        own = self.night if night else self.day
        worn = self.themes.get(theme)
        return {**own, **worn["night" if night else "day"]} if worn else own

    def unreadable(self) -> Iterator[Violation]:
        """Every pair of colours in any palette that has too little contrast to be read."""
        yield from violations(self.day, "day")
        yield from violations(self.night, "night")
        for name in self.themes:
            for scheme in SCHEMES:
                worn = self.palette(night=scheme == "night", theme=name)
                yield from violations(worn, f"themes.{name}.{scheme}")
        yield from violations(self.contrast_day, "contrast.day", enhanced=True)
        yield from violations(self.contrast_night, "contrast.night", enhanced=True)

    def shade(self, *, night: bool, contrast: bool = False) -> tuple[str, float]:
        """The colour drawn over a poster's upper half, under its words, and its opacity."""
        if contrast:
            return self.palette(night=night, contrast=True)["paper"], 1.0
        return self.shades["night" if night else "day"]


def load_brand(folder: Path) -> Brand:
    """Read `folder`/theme.toml.

    Raises BrandError where the file, one of its entries or a file that it names is missing.
    """
    path = folder / "theme.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrandError(f"{path} is missing: point brand at the folder of a theme.toml") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandError(f"{path} cannot be read: {error}") from None
    reader = _Reader(path, folder, data)
    day, night = reader.palette("day"), reader.palette("night")
    return Brand(
        root=folder,
        name=str(data.get("name", "")),
        day=day,
        night=night,
        contrast_day=high_contrast(day, night=False) | reader.contrast("day"),
        contrast_night=high_contrast(night, night=True) | reader.contrast("night"),
        themes=reader.themes(),
        shades={name: reader.shade(name) for name in SCHEMES},
        fonts={font: reader.file("fonts", font) for font in FONTS},
        scripts=_scripts(reader),
        type={role: reader.role(role) for role in ROLES},
        shape=reader.numbers("shape"),
        space=reader.numbers("space"),
        touch=reader.numbers("touch"),
        motion=reader.numbers("motion"),
        wordmark=reader.file("wordmark", "wordmark"),
        monogram=reader.file("wordmark", "monogram"),
        page_icon=reader.file("wordmark", "page_icon"),
        atlas=reader.file("icons", "atlas"),
        atlas_index=reader.file("icons", "index"),
    )


def _scripts(reader: "_Reader") -> dict[str, ScriptFaces]:
    found = {name: reader.script(name) for name in SCRIPTS if reader.has_script(name)}
    lacking = set(SCRIPTS) - set(found)
    if lacking and (_HOUSE / "theme.toml").is_file():
        house = _Reader(_HOUSE / "theme.toml", _HOUSE, _house())
        found |= {name: replace(house.script(name), lent=True) for name in lacking}
    return found


def _house() -> dict[str, Any]:
    return tomllib.loads((_HOUSE / "theme.toml").read_text(encoding="utf-8"))


class _Reader:
    def __init__(self, path: Path, folder: Path, data: dict[str, Any]) -> None:
        self._path, self._folder, self._data = path, folder, data

    def table(self, name: str) -> dict[str, Any]:
        found = self._data.get(name)
        if not isinstance(found, dict):
            raise BrandError(f"{self._path} has no [{name}]")
        return found

    def palette(self, name: str) -> dict[str, str]:
        table = self.table(name)
        for colour in COLOURS:
            value = table.get(colour)
            if not isinstance(value, str) or not _HEX.fullmatch(value):
                raise BrandError(f'{self._path}: write {colour} = "#RRGGBB" under [{name}]')
        return {colour: table[colour] for colour in COLOURS}

    def contrast(self, name: str) -> dict[str, str]:
        """What [contrast.name] gives of a palette; nothing where there is none."""
        given = self._data.get("contrast", {})
        table = given.get(name, {}) if isinstance(given, dict) else {}
        return self._changes(table, f"contrast.{name}")

    def themes(self) -> dict[str, dict[str, dict[str, str]]]:
        """What each [themes.NAME] changes of the palettes, by scheme."""
        given = self._data.get("themes", {})
        if not isinstance(given, dict):
            raise BrandError(f"{self._path}: write a theme as [themes.NAME.night]")
        found: dict[str, dict[str, dict[str, str]]] = {}
        for name, table in given.items():
            if not isinstance(table, dict) or not table or not set(table) <= set(SCHEMES):
                raise BrandError(
                    f"{self._path}: [themes.{name}] holds [themes.{name}.day], "
                    f"[themes.{name}.night] and nothing else"
                )
            found[name] = {
                scheme: self._changes(table.get(scheme, {}), f"themes.{name}.{scheme}")
                for scheme in SCHEMES
            }
        return found

    def _changes(self, table: Any, where: str) -> dict[str, str]:
        """Colours that stand in a palette's place."""
        for colour, value in table.items() if isinstance(table, dict) else ((where, table),):
            if colour not in COLOURS or not isinstance(value, str) or not _HEX.fullmatch(value):
                raise BrandError(
                    f"{self._path}: {colour} under [{where}] must be a colour of the "
                    f'palette, "#RRGGBB"'
                )
        return dict(table)

    def shade(self, name: str) -> tuple[str, float]:
        table = self.table(name)
        colour, opacity = table.get("hero_shade", "#000000"), table.get("hero_shade_opacity", 0.0)
        if not isinstance(colour, str) or not _HEX.fullmatch(colour):
            raise BrandError(f'{self._path}: write hero_shade = "#RRGGBB" under [{name}]')
        if isinstance(opacity, bool) or not isinstance(opacity, int | float):
            raise BrandError(f"{self._path}: hero_shade_opacity under [{name}] must be a number")
        return colour, min(1.0, max(0.0, float(opacity)))

    def numbers(self, name: str) -> dict[str, float]:
        table = self.table(name)
        for key, value in table.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise BrandError(f"{self._path}: {key} under [{name}] must be a number")
        return {key: float(value) for key, value in table.items()}

    def file(self, table: str, key: str) -> Path:
        named = self.table(table).get(key)
        if not isinstance(named, str):
            raise BrandError(f"{self._path}: name a file as {key} under [{table}]")
        found = self._folder / named
        if not found.is_file():
            raise BrandError(f"{self._path}: {key} under [{table}] names {named}: no such file")
        return found

    def has_script(self, name: str) -> bool:
        return name in self.table("fonts")

    def script(self, name: str) -> ScriptFaces:
        table = self.table("fonts")[name]
        where = f"[fonts.{name}]"
        if not isinstance(table, dict) or not {"display", "text"} <= set(table):
            raise BrandError(f"{self._path}: {where} needs at least display and text")
        faces: dict[str, Path] = {}
        for font in FONTS:
            named = table.get(font)
            if named is None:
                faces[font] = faces[_IN_PLACE[font]]
                continue
            faces[font] = self._folder / str(named)
            if not faces[font].is_file():
                raise BrandError(f"{self._path}: {font} under {where} names {named}: no such file")
        line = table.get("line", 1.0)
        if isinstance(line, bool) or not isinstance(line, int | float):
            raise BrandError(f"{self._path}: line under {where} must be a number")
        return ScriptFaces(faces, float(line))

    def role(self, name: str) -> TypeRole:
        table = self.table("type").get(name)
        if not isinstance(table, dict) or not {"font", "size_mm", "line"} <= set(table):
            raise BrandError(f"{self._path}: [type.{name}] needs font, size_mm and line")
        if table["font"] not in FONTS:
            raise BrandError(f"{self._path}: [type.{name}] names the unknown font {table['font']}")
        return TypeRole(str(table["font"]), float(table["size_mm"]), float(table["line"]))
