"""A shop's own theme.toml changes the window, and nothing of the demo's brand stays."""

import shutil
from pathlib import Path

from PIL import Image

from kiosk.contract.brand import Brand, load_brand
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import BRAND, evening
from tests.journeys.own_process import in_own_process

__all__ = ["demo_house"]

# Hues that Maison Lucarne has nowhere, dark enough for light words.
THEIRS = {"paper": "#101A4A", "sheet": "#1B2866", "accent": "#FF5CF0", "ink": "#FFFFFF"}


def another_brand(folder: Path) -> Path:
    shutil.copytree(BRAND, folder)
    theme = folder / "theme.toml"
    ours = load_brand(BRAND)
    text = theme.read_text("utf-8")
    for name, colour in THEIRS.items():
        for scheme in (ours.day, ours.night):
            text = text.replace(f'{name} = "{scheme[name]}"', f'{name} = "{colour}"')
    theme.write_text(text, "utf-8")
    Image.new("LA", (400, 100), (255, 255)).save(folder / "logo" / "wordmark.png")
    return folder


def share(picture: Image.Image, colour: str) -> float:
    """How much of the picture is that colour, give or take what dithering does."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    pixels = picture.convert("RGB").getdata()
    near = sum(all(abs(a - b) <= 2 for a, b in zip(p, wanted, strict=True)) for p in pixels)
    return near / len(pixels)


def play(folder: Path) -> None:
    theirs = another_brand(folder / "brand")
    with evening(folder, brand=theirs) as held:
        held.visitor.wake()
        held.visitor.let_pictures_come()
        held.visitor.pilot.screenshot(folder / "shelves.png")
    shown = Image.open(folder / "shelves.png")
    ours: Brand = load_brand(BRAND)
    assert share(shown, THEIRS["paper"]) > 0.2
    for scheme in (ours.day, ours.night):
        for name in ("paper", "accent"):
            assert share(shown, scheme[name]) < 0.0005, name


def test_a_window_in_another_brand_shows_nothing_of_this_one(demo_house: Path) -> None:
    in_own_process(play, demo_house)
