"""`kiosk brand check`: what a brand is told before it hangs in a window."""

import argparse
from typing import TYPE_CHECKING

from kiosk.commandline import command, group
from kiosk.ops.errors import CommandError

if TYPE_CHECKING:
    from kiosk.commandline import Subparsers


def add_parsers(commands: "Subparsers") -> None:
    from kiosk.ops.commands import existing

    example = "kiosk brand check assets/brand"
    words = "A shop's look: its theme.toml and what it names."
    actions = group(commands, "brand", words, example)
    words = "Compute the contrast of every pair of colours that the window draws (WCAG 2.2 AA)."
    parser = command(actions, "check", words, example)
    parser.add_argument("folder", type=existing, metavar="DIR", help="the folder of a theme.toml")
    parser.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from kiosk.contract.brand import BrandError, load_brand

    try:
        brand = load_brand(arguments.folder)
    except BrandError as error:
        raise CommandError(str(error)) from None
    found = list(brand.unreadable())
    for violation in found:
        print(violation)
    if found:
        raise CommandError(f"{len(found)} pairs of colours of {brand.name} cannot be read by all")
    for script, faces in brand.scripts.items():
        if faces.lent:
            print(f"{brand.name}: no [fonts.{script}]: its texts are set in faces lent to it")
    print(f"{brand.name}: every pair of colours can be read")
    return 0
