"""The one command, `kiosk`. Each floor adds its own commands; nothing heavy is imported here.

Exit codes: 0 done · 1 failed, and one line on standard error says what to do · 2 wrong usage ·
3 no display · 130 interrupted.
"""

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence

from kiosk import __version__
from kiosk.backoffice import commands as backoffice
from kiosk.backoffice.importing import commands as catalogue
from kiosk.ops import brand
from kiosk.ops import commands as ops
from kiosk.ops.quarter import commands as quarter

EPILOG = "Try `kiosk demo`: the demo shop, in this window, nothing to configure."


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="kiosk", description="A shop window that sells at night.", epilog=EPILOG
    )
    top.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    ops.add_parsers(commands)
    backoffice.add_parsers(commands)
    catalogue.add_parsers(commands)
    quarter.add_parsers(commands)
    brand.add_parsers(commands)
    return top


# A start makes some hundred thousand objects that stay, and to search through them for what may be
# thrown away again and again, and once more at the end, takes a third of its time.
GARBAGE_AFTER = 50_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; `argv` defaults to the process's own. Returns the exit code."""
    gc.set_threshold(GARBAGE_AFTER, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`head`) has gone: not an error, but Python would report one at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ops.CommandError as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return error.code
