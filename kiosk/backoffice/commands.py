"""`kiosk backoffice …`. What the commands need is imported when they run."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.backoffice.access.commands import add_access_parsers
from kiosk.backoffice.backups.commands import add_backups
from kiosk.backoffice.camera.commands import add_camera
from kiosk.backoffice.keycommands import add_keys
from kiosk.commandline import command, data_option, group

if TYPE_CHECKING:
    from kiosk.commandline import Subparsers

    Handler = Callable[[argparse.Namespace], int]

DONE, FAILED = 0, 1
_RUN = "kiosk backoffice run --data shop --public-url https://shop.example"


def add_parsers(commands: "Subparsers") -> None:
    """Add `backoffice` and what can be done with one."""
    words = "The shop's back office: run it, and look after its people and windows."
    actions = group(commands, "backoffice", words, _RUN)
    _add_run(actions)
    words = "Bring the tables up to date; `run` does so by itself."
    _add(actions, "migrate", words, "kiosk backoffice migrate --data shop", _migrate)
    _add_owner(actions)
    _add_device(actions)
    words = "Give the shop the map of its quarter, for windows and couriers."
    example = "kiosk backoffice map quarter.vmap --data shop"
    _add(actions, "map", words, example, _set_map).add_argument("file", type=Path)
    add_backups(actions, _add)
    words = "Remove now what is kept no longer; `run` does so by itself once a day."
    parser = _add(actions, "purge", words, "kiosk backoffice purge --data shop", _purge)
    words = "forget buyers whose order ended before so many days (default: as staff have chosen)"
    parser.add_argument("--days", type=_days, help=words)
    add_keys(actions, _add)
    add_camera(actions, _add)
    words = "Print the API's description (OpenAPI 3.1)."
    _add(actions, "openapi", words, "kiosk backoffice openapi > openapi.json", _openapi)


def _add(
    actions: "Subparsers", name: str, words: str, example: str, run: "Handler"
) -> argparse.ArgumentParser:
    parser = command(actions, name, words, example)
    data_option(parser)
    parser.set_defaults(run=_reporting(run))
    return parser


def _add_run(actions: "Subparsers") -> None:
    parser = _add(actions, "run", "Run the back office until SIGTERM or Ctrl-C.", _RUN, _run)
    parser.add_argument("--host", default="127.0.0.1", help="listen here (default: %(default)s)")
    parser.add_argument(
        "--port", type=_port, default=8420, help="0 takes a free one (default: %(default)s)"
    )
    parser.add_argument(
        "--public-url",
        default=os.environ.get("KIOSK_PUBLIC_URL", ""),
        metavar="URL",
        help="where phones reach it, for the codes they scan (default: KIOSK_PUBLIC_URL)",
    )
    parser.add_argument(
        "--brand",
        type=Path,
        metavar="DIR",
        help="a folder like assets/brand with the shop's theme.toml, for its pages",
    )
    parser.add_argument("--demo", action="store_true", help="a demonstration with throw-away keys")
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="the demonstration's goods")
    parser.add_argument(
        "--pace",
        type=_pace,
        default=1.0,
        help="how many times faster than life the demonstration's courier rides",
    )
    parser.add_argument(
        "--timezone",
        type=_zone,
        metavar="ZONE",
        help="where the demonstration's shop stands, such as Asia/Tokyo (default: its own)",
    )
    parser.add_argument("--with-parent", action="store_true", help="end when the parent ends")


def _add_owner(actions: "Subparsers") -> None:
    example = "kiosk backoffice owner create ines --data shop"
    deeds = group(actions, "owner", "People who may do everything.", example)
    add_access_parsers(deeds, _add)
    words = "Add someone who may do everything; asks for a password."
    parser = _add(deeds, "create", words, example, _create_owner)
    parser.add_argument("name", help="what they sign in with")
    parser.add_argument("--email", default="")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )


def _add_device(actions: "Subparsers") -> None:
    example = "kiosk backoffice device add rue-des-arts > token"
    deeds = group(actions, "device", "The windows that may ask.", example)
    words = "Let a window in; prints its token, which is shown this once."
    _add(deeds, "add", words, example, _add_one_device).add_argument("name")
    words = "The windows, and when each was last seen."
    _add(deeds, "list", words, "kiosk backoffice device list", _list_devices)
    words = "Shut a window out at once."
    example = "kiosk backoffice device revoke rue-des-arts"
    _add(deeds, "revoke", words, example, _revoke_one_device).add_argument("name")


def _reporting(handler: "Handler") -> "Handler":
    def run(arguments: argparse.Namespace) -> int:
        from kiosk.backoffice.setup import BackOfficeError

        try:
            return handler(arguments)
        except BackOfficeError as error:
            print(f"kiosk: {error}", file=sys.stderr)
            return FAILED

    return run


def _run(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.serve import Options, serve

    serve(
        Options(
            data=arguments.data,
            host=arguments.host,
            port=arguments.port,
            public_url=arguments.public_url,
            demo=arguments.demo,
            catalogue=arguments.catalogue,
            pace=arguments.pace,
            timezone=arguments.timezone,
            brand=arguments.brand,
            with_parent=arguments.with_parent,
        )
    )
    return DONE


def _migrate(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import configure, migrate

    configure(arguments.data)
    print("the tables are up to date now" if migrate() else "the tables were up to date")
    return DONE


def _create_owner(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import BackOfficeError, prepare

    prepare(arguments.data)
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils.translation import override

    if User.objects.filter(username=arguments.name).exists():
        raise BackOfficeError(f"there is a {arguments.name} already: choose another name")
    owner = User(username=arguments.name, email=arguments.email, is_staff=True, is_superuser=True)
    password = _password(arguments.password_stdin)
    try:
        with override("en"):
            validate_password(password, owner)
            owner.set_password(password)
            owner.full_clean()
    except ValidationError as error:
        raise BackOfficeError(" ".join(error.messages)) from error
    owner.save()
    print(f"{arguments.name} can sign in at /staff/: have a phone with an app for one-time")
    print("codes at hand, the first sign-in sets up the second factor that owners need")
    return DONE


def _password(from_stdin: bool) -> str:
    from kiosk.backoffice.setup import BackOfficeError

    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise BackOfficeError("no terminal to ask for a password: use --password-stdin")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise BackOfficeError("the two passwords differ: try again")
    return password


def _add_one_device(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import BackOfficeError, prepare

    prepare(arguments.data)
    from kiosk.backoffice.platform.devices import add_device
    from kiosk.backoffice.platform.models import Device

    name = arguments.name.strip()
    if not 0 < len(name) <= 80:
        raise BackOfficeError("a window's name has 1 to 80 characters")
    if Device.objects.filter(name=name).exists():
        raise BackOfficeError(f"there is a window {name} already: choose another name")
    print(add_device(name)[1])
    return DONE


def _list_devices(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import prepare_existing

    prepare_existing(arguments.data)
    from kiosk.backoffice.platform.models import Device

    for device in Device.objects.all():
        seen = f"{device.last_seen:%Y-%m-%d %H:%M} UTC" if device.last_seen else "never seen"
        print(f"{device.name}\t{'revoked' if device.revoked_at else seen}")
    return DONE


def _revoke_one_device(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import BackOfficeError, prepare_existing

    prepare_existing(arguments.data)
    from kiosk.backoffice.platform.devices import revoke_device
    from kiosk.backoffice.platform.models import Device

    device = Device.objects.filter(name=arguments.name).first()
    if device is None:
        raise BackOfficeError(f"no window is called {arguments.name}: see device list")
    revoke_device(device)
    print(f"{device.name} is shut out")
    return DONE


def _set_map(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import BackOfficeError, prepare_existing

    prepare_existing(arguments.data)
    from kiosk.backoffice.platform.quarter import OffTheMapError, set_map
    from kiosk.backoffice.platform.shop import NoShopError
    from kiosk.contract.mapfile import MapFileError

    try:
        set_map(arguments.file)
    except (MapFileError, OffTheMapError, NoShopError) as error:
        raise BackOfficeError(str(error)) from error
    except OSError as error:
        raise BackOfficeError(f"cannot read {arguments.file}: {error.strerror}") from error
    print("windows fetch the new map")
    return DONE


def _purge(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import prepare_existing

    prepare_existing(arguments.data)
    from kiosk.backoffice.privacy.commands import purge

    return purge(arguments)


def _openapi(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import configure_only

    configure_only(arguments.data)
    from kiosk.backoffice.api.openapi import describe
    from kiosk.backoffice.api.routes import api

    print(describe(api))
    return DONE


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 (any free one) to 65535")
    return int(text)


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time zone: write one like Europe/Paris"
        ) from None


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 36500:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days: write 400")
    return int(text)


def _pace(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not 0.1 <= pace <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no pace: write 1 to 100")
    return pace
