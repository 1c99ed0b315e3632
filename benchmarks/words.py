"""What it costs to set and upload a text, by script: ours, Kivy's plain label, Pillow with raqm.

    python benchmarks/words.py

Prints milliseconds, the best of five rounds, at 480 pixels of width in the role "body" of a
1080x1920 glass. Pillow's row needs raqm and any Arabic face with its layout rules: give its file as
the first argument.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from kiosk.window.settings import WindowSettings
from kiosk.window.stage.environment import prepare
from kiosk.window.stage.script import broken

BRAND = Path(__file__).resolve().parents[1] / "assets" / "brand"
WIDTH, EM = 480, 26
TEXTS = {
    "latin": "Commander maintenant : demain",
    "latin, wrapped": "La boutique ferme, la vitrine reste ouverte. " * 11,
    "arabic": "اطلب الآن: يصلك غدا الساعة 10:00",
    "arabic, wrapped": "اطلب الآن: يصلك غدا الساعة 10:00، " * 16,
    "japanese, wrapped": "今ご注文いただくと明日届きます。" * 32,
}


def milliseconds(work: Callable[[], None], times: int = 20) -> float:
    """The best of five rounds of `times`, each."""
    work()
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - began) / times)
    return best * 1000


def shaped(text: str, face: ImageFont.FreeTypeFont) -> Callable[[], None]:
    """Break and draw with Pillow's shaper."""

    def work() -> None:
        lines = broken(text, WIDTH, lambda piece: face.getlength(piece, direction="rtl"))
        draw = ImageDraw.Draw(Image.new("L", (WIDTH, 2 * EM * len(lines))))
        for number, line in enumerate(lines):
            draw.text((0, 2 * EM * number), line, 255, face, direction="rtl")

    return work


def main() -> None:
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    with tempfile.TemporaryDirectory() as data:
        prepare(WindowSettings(base_url="", data=Path(data), brand=BRAND))
        from kivy.core.window import Window
        from kivy.uix.label import Label

        from kiosk.contract.brand import load_brand
        from kiosk.window.stage import theme as themes
        from kiosk.window.stage.widgets.words import Words

        Window.canvas.ask_update()
        theme = themes.Theme(load_brand(BRAND), 1080 / 535)
        themes.install(theme)
        body = theme.type("body")
        for name, text in TEXTS.items():
            made = [Words(text=text, size_hint=(None, None), width=WIDTH)]
            if name.startswith("latin"):
                made.append(Label(text=text, font_name=body.font, font_size=body.size))
                made[1].text_size = (WIDTH, None)
            costs = []
            for label in made:

                def work(label: Label = label) -> None:
                    label.texture_update()
                    label._label.texture.bind()

                costs.append(f"{milliseconds(work):.2f}")
            if name.startswith("arabic") and len(sys.argv) > 1 and features.check("raqm"):
                face = ImageFont.truetype(sys.argv[1], EM)
                costs.append(f"raqm {milliseconds(shaped(text, face)):.2f}")
            print(f"{name:18} {len(text):4} characters  {' / '.join(costs)} ms")


if __name__ == "__main__":
    main()
