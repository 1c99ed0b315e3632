"""The shop's brand on pages: its colours and faces as a stylesheet, its icon."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kiosk.contract.brand import Brand, load_brand

_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
# Family, weight and style of each face that theme.toml names.
_FACES = {
    "text": ("Brand Text", "400", "normal"),
    "text_medium": ("Brand Text", "500", "normal"),
    "text_strong": ("Brand Text", "600 700", "normal"),
    "display": ("Brand Display", "400", "normal"),
    "display_italic": ("Brand Display", "400", "italic"),
}


@dataclass(frozen=True, slots=True)
class Branding:
    """`files`: what pages may fetch, by name."""

    brand: Brand
    files: Mapping[str, bytes]

    def address(self, name: str) -> str:
        return f"/brand/{_mark(self.files[name])}/{name}"


@lru_cache(maxsize=1)
def branding() -> Branding:
    """The brand of settings.BRAND, read once. Raises BrandError."""
    brand = load_brand(Path(settings.BRAND))
    files = {f"{face}.ttf": brand.fonts[face].read_bytes() for face in _FACES}
    files["icon.svg"] = brand.page_icon.read_bytes()
    files["brand.css"] = _stylesheet(brand, files).encode()
    return Branding(brand, files)


@require_safe
def brand_file(request: HttpRequest, mark: str, name: str) -> HttpResponse:
    """One of the brand's files; an outdated mark still finds it, without being kept."""
    found = branding().files.get(name)
    if found is None:
        return HttpResponse(status=404)
    response = HttpResponse(found, _TYPES[Path(name).suffix])
    response["Cache-Control"] = _FOR_EVER if mark == _mark(found) else "no-cache"
    return response


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _stylesheet(brand: Brand, files: Mapping[str, bytes]) -> str:
    """@font-face rules and a custom property for each colour of the day: --k-ink-soft, …"""
    faces = [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'font-display: swap; src: url("/brand/{_mark(files[f"{face}.ttf"])}/{face}.ttf"); }}'
        for face, (family, weight, style) in _FACES.items()
    ]
    colours = [f"  --k-{name.replace('_', '-')}: {value};" for name, value in brand.day.items()]
    return "\n".join([*faces, ":root {", *colours, "}", ""])
