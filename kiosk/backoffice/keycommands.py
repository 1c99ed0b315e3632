"""`kiosk backoffice keys …`: the keys that open who ordered."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commandline import group

if TYPE_CHECKING:
    from kiosk.backoffice.keyring import KeyRing
    from kiosk.commandline import Subparsers

    Handler = Callable[[argparse.Namespace], int]
    Add = Callable[..., argparse.ArgumentParser]

# A copy of all buyers' key deserves more than a word.
MIN_PASSPHRASE = 15


def add_keys(actions: "Subparsers", add: "Add") -> None:
    """Add `keys` and what can be done with them; `add` makes an action with --data."""
    words, more = "The keys that open who ordered.", "Without them nobody reads a sealed order."
    example = "kiosk backoffice keys backup keys.copy --data shop"
    deeds = group(actions, "keys", words, example, more)
    words = "The keys, oldest first; windows seal to the last one."
    add(deeds, "list", words, "kiosk backoffice keys list", _list)
    words = "Make a new key for windows to seal to (the first one, too); older ones still open."
    add(deeds, "rotate", words, "kiosk backoffice keys rotate", _rotate)
    words = "Copy all keys into a file under a passphrase, to be kept off this machine."
    example = "kiosk backoffice keys backup /mnt/usb/keys.copy"
    _with_passphrase(add(deeds, "backup", words, example, _backup))
    words = "Put the keys of a copy back, and read every order that waited for them."
    example = "kiosk backoffice keys restore /mnt/usb/keys.copy"
    _with_passphrase(add(deeds, "restore", words, example, _restore))
    words = "Delete an old key for good, once no window can hold an order that needs it."
    example = "kiosk backoffice keys forget 1f2e3d4c5b6a7988"
    add(deeds, "forget", words, example, _forget).add_argument("id")


def _with_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--passphrase-stdin", action="store_true", help="read the passphrase from standard input"
    )


def _ring(arguments: argparse.Namespace) -> "KeyRing":
    from kiosk.backoffice.setup import prepare_existing

    prepare_existing(arguments.data)
    from kiosk.backoffice.orders.opening import ring

    return ring()


def _reporting(handler: "Handler") -> "Handler":
    def run(arguments: argparse.Namespace) -> int:
        from kiosk.backoffice.keyring import KeyRingError
        from kiosk.backoffice.setup import BackOfficeError

        try:
            return handler(arguments)
        except KeyRingError as error:
            raise BackOfficeError(str(error)) from error
        except OSError as error:
            raise BackOfficeError(f"{error.filename}: {error.strerror}") from error

    return run


@_reporting
def _list(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.keyring import NEEDED_FOR

    keys = _ring(arguments).known()
    for place, key in enumerate(keys):
        later = keys[place + 1 : place + 2]
        until = f"needed until {later[0].made_at + NEEDED_FOR:%Y-%m-%d}" if later else "in use"
        print(f"{key.id}\tmade {key.made_at:%Y-%m-%d}\t{until}")
    return 0


@_reporting
def _rotate(arguments: argparse.Namespace) -> int:
    key = _ring(arguments).make()
    from kiosk.backoffice.platform.shop import bump_profile

    bump_profile()
    print(f"windows seal to {key.id} from now on; copy the keys: kiosk backoffice keys backup FILE")
    return 0


@_reporting
def _backup(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.keyring import KeyRingError

    ring = _ring(arguments)
    if arguments.file.exists():
        raise KeyRingError(f"{arguments.file} is there already: choose another name")
    passphrase = _passphrase(arguments.passphrase_stdin, twice=True)
    if len(passphrase) < MIN_PASSPHRASE:
        raise KeyRingError(
            f"a passphrase has at least {MIN_PASSPHRASE} characters: five words that nobody guesses"
        )
    copy = ring.backup(passphrase)
    handle = os.open(arguments.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(copy)
        file.flush()
        os.fsync(file.fileno())
    print(f"{len(ring.known())} keys are in {arguments.file}: keep it off this machine")
    return 0


@_reporting
def _restore(arguments: argparse.Namespace) -> int:
    ring = _ring(arguments)
    copy = arguments.file.read_bytes()
    added = ring.restore(copy, _passphrase(arguments.passphrase_stdin, twice=False))
    from kiosk.backoffice.orders.reopening import reopen_orders
    from kiosk.backoffice.platform.shop import bump_profile

    read = reopen_orders()
    bump_profile()
    print(f"{len(added)} keys were missing and are back; {read} orders can be read again")
    return 0


@_reporting
def _forget(arguments: argparse.Namespace) -> int:
    _ring(arguments).forget(arguments.id)
    print(f"{arguments.id} is gone for good")
    return 0


def _passphrase(from_stdin: bool, *, twice: bool) -> str:
    from kiosk.backoffice.keyring import KeyRingError

    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise KeyRingError("no terminal to ask for a passphrase: use --passphrase-stdin")
    passphrase = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != passphrase:
        raise KeyRingError("the two passphrases differ: try again")
    return passphrase
