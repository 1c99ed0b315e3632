"""`kiosk demo`, `kiosk window`, `kiosk tour`."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commandline import command
from kiosk.ops.errors import CommandError
from kiosk.ops.places import default_data, resources
from kiosk.window.settings import SPEECH, TOUCH

if TYPE_CHECKING:
    from kiosk.commandline import Subparsers

# What the glass speaks; a shop may have texts in others.
LANGUAGES = "fr en de es it nl ar ja"

__all__ = ["CommandError", "add_parsers"]


def add_parsers(commands: "Subparsers") -> None:
    _add_demo(commands)
    _add_window(commands)
    _add_tour(commands)


def size(text: str) -> tuple[int, int]:
    """ "1080x1920" → (1080, 1920)."""
    match = re.fullmatch(r"(\d{3,5})[xX](\d{3,5})", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write 1080x1920")
    return int(match[1]), int(match[2])


def language(text: str) -> str:
    if not re.fullmatch("[a-z]{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no language: write one of {LANGUAGES}")
    return text


def existing(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"{text} does not exist")
    return path


def port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 (any free one) to 65535")
    return int(text)


def _catalogue_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--catalogue",
        type=existing,
        metavar="FILE",
        default=resources() / "catalog",
        help="a Shopify product CSV, a Google Merchant feed, or a folder like catalog/",
    )


def _brand_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--brand",
        type=existing,
        metavar="DIR",
        default=resources() / "assets" / "brand",
        help="a folder like assets/brand with the shop's theme.toml",
    )


def _hour_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hour",
        type=int,
        choices=range(24),
        metavar="0-23",
        help="pretend this time of day: the shop stands where it is that hour now",
    )


def _add_demo(commands: "Subparsers") -> None:
    parser = command(
        commands,
        "demo",
        "The demo shop: an embedded back office and the window beside it.",
        "kiosk demo --catalogue products.csv",
    )
    _catalogue_option(parser)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=default_data("demo"),
        help="where the demo keeps its shop and orders (default: %(default)s)",
    )
    parser.add_argument(
        "--port", type=port, default=0, help="the back office's port on loopback (default: free)"
    )
    parser.add_argument(
        "--pace",
        type=float,
        default=6.0,
        help="how many times faster than life the simulated courier rides (default: 6)",
    )
    _window_options(parser)
    _hour_option(parser)
    parser.set_defaults(run=_demo)


def _glass_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--screen-mm",
        type=size,
        metavar="WxH",
        help="the screen's real size in millimetres (default: a 43-inch screen)",
    )
    parser.add_argument(
        "--lower-edge-mm",
        type=int,
        metavar="MM",
        help="how high its lower edge hangs above the ground (default: 600 upright, 700 across)",
    )


def _window_options(parser: argparse.ArgumentParser) -> None:
    _glass_options(parser)
    parser.add_argument("--size", type=size, metavar="WxH", help="a window, not the full screen")
    parser.add_argument(
        "--lang",
        type=language,
        metavar="CODE",
        help=f"start in this language: {LANGUAGES}, or the shop's own (default: shop's)",
    )
    _brand_option(parser)


def _speech_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speech",
        choices=SPEECH,
        default=SPEECH[0],
        help="what speaks in the spoken mode (default: what is installed)",
    )
    parser.add_argument(
        "--speech-volume",
        type=int,
        choices=range(11),
        metavar="0-10",
        default=5,
        help="where every visit begins; measure it: at most 65 dBA where people stand (default: 5)",
    )


def _add_window(commands: "Subparsers") -> None:
    parser = command(
        commands,
        "window",
        "The window alone, on a back office elsewhere.",
        "KIOSK_TOKEN=… kiosk window --url https://backoffice.example --data /var/lib/kiosk",
    )
    parser.add_argument(
        "--url",
        required=True,
        help="the back office's address (https, or http on loopback)",
    )
    parser.add_argument(
        "--token-file",
        type=existing,
        metavar="FILE",
        help="the device's token from `kiosk backoffice device add` (else KIOSK_TOKEN)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=default_data("window"),
        help="where the box keeps its replica and outbox (default: %(default)s)",
    )
    parser.add_argument(
        "--touch",
        choices=TOUCH,
        default=TOUCH[0],
        help="where fingers come from: the desktop's pointer (%(default)s), or the kernel's touch "
        "device itself, which also tells palms and rain",
    )
    _speech_options(parser)
    parser.add_argument(
        "--addresses",
        type=existing,
        metavar="FILE",
        help="streets to complete addresses from, a CSV of the Base Adresse Nationale, also "
        "packed as .gz (default: the streets of the quarter's map)",
    )
    parser.add_argument(
        "--frames",
        type=Path,
        metavar="FILE",
        help="add what frames cost to this file, a line of JSON for each stay on a screen",
    )
    parser.add_argument(
        "--camera",
        metavar="URL",
        help="the window's own camera, for codes that buyers' phones show it: "
        "http://127.0.0.1:8080/stream, rtsp://…, or a video file (else KIOSK_WINDOW_CAMERA; "
        "default: none)",
    )
    _window_options(parser)
    parser.set_defaults(run=_window)


def _add_tour(commands: "Subparsers") -> None:
    parser = command(
        commands,
        "tour",
        "Play the whole journey on the real application and keep its pictures.",
        "kiosk tour --out tour --size 1080x1920 --lang fr",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", required=True, help="for the PNGs and journey.json"
    )
    _catalogue_option(parser)
    parser.add_argument("--size", type=size, metavar="WxH", default=(1080, 1920))
    _glass_options(parser)
    parser.add_argument(
        "--lang", type=language, metavar="CODE", help=f"the visitor's language: {LANGUAGES}"
    )
    parser.add_argument(
        "--mode",
        choices=("reach", "contrast", "large", "spoken"),
        help="as somebody who brings it down, needs contrast, text at 200 %%, or to hear it",
    )
    parser.add_argument(
        "--pace", type=float, default=6.0, help="of the simulated courier (default: 6)"
    )
    _brand_option(parser)
    _hour_option(parser)
    parser.set_defaults(run=_tour)


def _demo(arguments: argparse.Namespace) -> int:
    from kiosk.ops.demo import run_demo

    return run_demo(
        catalogue=arguments.catalogue.resolve(),
        data=arguments.data.resolve(),
        port=arguments.port,
        pace=arguments.pace,
        size=arguments.size,
        screen_mm=arguments.screen_mm,
        lower_edge_mm=arguments.lower_edge_mm,
        language=arguments.lang,
        brand=arguments.brand.resolve(),
        hour=arguments.hour,
    )


def _window(arguments: argparse.Namespace) -> int:
    from kiosk.ops.window import run_alone

    return run_alone(
        url=arguments.url,
        token_file=arguments.token_file,
        data=arguments.data.resolve(),
        brand=arguments.brand.resolve(),
        screen_mm=arguments.screen_mm,
        lower_edge_mm=arguments.lower_edge_mm,
        size=arguments.size,
        language=arguments.lang,
        touch=arguments.touch,
        speech=arguments.speech,
        speech_volume=arguments.speech_volume,
        addresses=arguments.addresses and arguments.addresses.resolve(),
        frames=arguments.frames and arguments.frames.resolve(),
        camera=arguments.camera,
    )


def _tour(arguments: argparse.Namespace) -> int:
    from kiosk.ops.tour import run_tour

    return run_tour(
        out=arguments.out.resolve(),
        catalogue=arguments.catalogue.resolve(),
        size=arguments.size,
        screen_mm=arguments.screen_mm,
        lower_edge_mm=arguments.lower_edge_mm,
        mode=arguments.mode,
        language=arguments.lang,
        pace=arguments.pace,
        brand=arguments.brand.resolve(),
        hour=arguments.hour,
    )
