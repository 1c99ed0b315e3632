"""Render the demo shop's pictures: `python assets/studio/shoot.py NAME… [--proof]`."""

import argparse
import io
import sys
import tempfile
from pathlib import Path

import bpy  # noqa: F401  before our modules: it brings bmesh and mathutils
from PIL import Image

from heroes import HEROES
from shots import SHOTS
from stage import Quality, photograph, start_scene

PICTURES = Path(__file__).resolve().parents[2] / "catalog" / "pictures"
LIMIT_BYTES = 150_000


def main() -> int:
    arguments = _parse()
    known = [*HEROES, *SHOTS]
    if arguments.list:
        print("\n".join(known))
        return 0
    names = known if arguments.all else arguments.names
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        print(f"Unknown: {', '.join(unknown)}." if unknown else "Name a picture, or say --all.")
        print("--list shows the names.")
        return 2
    for name in names:
        target = arguments.out / f"{name}.{'png' if arguments.proof else 'webp'}"
        if _is_done(name, target) and not (arguments.force or arguments.proof):
            print(f"{name}: there already (--force renders it again)")
            continue
        seconds = _render(name, target, arguments)
        print(f"{name}: {seconds:.0f} s, {target.stat().st_size / 1000:.0f} kB", flush=True)
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="file names without their ending")
    parser.add_argument("--all", action="store_true", help="every picture")
    parser.add_argument("--list", action="store_true", help="show the names and stop")
    parser.add_argument("--proof", action="store_true", help="a quarter of the size, as PNG")
    parser.add_argument("--force", action="store_true", help="render what is there already")
    parser.add_argument("--samples", type=int, help="samples for each pixel")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, help="folder (catalog/pictures; proofs: a temp folder)")
    arguments = parser.parse_args()
    if arguments.out is None:
        proofs = Path(tempfile.gettempdir()) / "studio-proofs"
        arguments.out = proofs if arguments.proof else PICTURES
    arguments.out.mkdir(parents=True, exist_ok=True)
    return arguments


def _size(name: str) -> tuple[int, int]:
    return (1080, 1920) if name in HEROES else (960, 1200)


def _is_done(name: str, target: Path) -> bool:
    """The picture exists at the size that is asked for today."""
    if not target.exists():
        return False
    with Image.open(target) as picture:
        return picture.size == _size(name)


def _render(name: str, target: Path, arguments: argparse.Namespace) -> float:
    """Render one picture into `target`; seconds taken."""
    hero = name in HEROES
    width, height = _size(name)
    samples = 24 if hero else SHOTS[name].samples or 12
    if arguments.proof:
        width, height, samples = width // 4, height // 4, 12
    quality = Quality(width, height, arguments.samples or samples, threads=arguments.threads)
    start_scene()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.png"
        if hero:
            seconds = HEROES[name](raw, quality)
        else:
            shot = SHOTS[name]
            seconds = photograph(shot.build(), raw, quality, shot.framing, shot.light)
        _publish(raw, target)
    return seconds


def _publish(raw: Path, target: Path) -> None:
    """Write the picture in the target's format; a WebP as fine as the size limit allows."""
    picture = Image.open(raw).convert("RGB")
    if target.suffix == ".png":
        picture.save(target)
        return
    for quality in (90, 86, 82, 76, 70):
        encoded = io.BytesIO()
        picture.save(encoded, "WEBP", quality=quality, method=6)
        if encoded.tell() <= LIMIT_BYTES:
            break
    target.write_bytes(encoded.getvalue())


if __name__ == "__main__":
    sys.exit(main())
