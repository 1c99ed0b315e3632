"""The brand of a shop, read from its theme.toml: window, staff's and buyers' pages wear it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
class Brand:
    """One shop's look. Sizes are millimetres on the glass, durations seconds."""

    root: Path
    name: str
    day: Mapping[str, str]
    night: Mapping[str, str]
    shades: Mapping[str, tuple[str, float]]
    fonts: Mapping[str, Path]
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

    def palette(self, *, night: bool) -> Mapping[str, str]:
        return self.night if night else self.day

    def shade(self, *, night: bool) -> tuple[str, float]:
        """The colour drawn over a poster's upper half, under its words, and its opacity."""
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
    return Brand(
        root=folder,
        name=str(data.get("name", "")),
        day=reader.palette("day"),
        night=reader.palette("night"),
        shades={name: reader.shade(name) for name in ("day", "night")},
        fonts={font: reader.file("fonts", font) for font in FONTS},
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

    def role(self, name: str) -> TypeRole:
        table = self.table("type").get(name)
        if not isinstance(table, dict) or not {"font", "size_mm", "line"} <= set(table):
            raise BrandError(f"{self._path}: [type.{name}] needs font, size_mm and line")
        if table["font"] not in FONTS:
            raise BrandError(f"{self._path}: [type.{name}] names the unknown font {table['font']}")
        return TypeRole(str(table["font"]), float(table["size_mm"]), float(table["line"]))
