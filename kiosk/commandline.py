"""How every command of `kiosk` is described, and the options that several of them have."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def command(
    commands: "Subparsers", name: str, words: str, example: str, more: str = ""
) -> argparse.ArgumentParser:
    """A command. `more` is what only its own --help goes on to say, on lines of its own."""
    return commands.add_parser(
        name,
        help=words,
        description="\n".join(filter(None, (words, more))),
        epilog=f"Example: {example}",
        # An example is left on one line, to be copied.
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def group(
    commands: "Subparsers", name: str, words: str, example: str, more: str = ""
) -> "Subparsers":
    """A command that consists of others."""
    parser = command(commands, name, words, example, more)
    return parser.add_subparsers(metavar="ACTION", required=True)


def data_option(parser: argparse.ArgumentParser) -> None:
    """Which back office it is about."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("KIOSK_DATA", "kiosk-data")),
        help="the back office's folder (default: KIOSK_DATA, else kiosk-data)",
    )
