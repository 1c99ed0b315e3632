"""`kiosk backoffice camera …`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from kiosk.commandline import group

ADDRESS = "http://127.0.0.1:8420"


def add_camera(actions: Any, add: Any) -> None:
    """Add `camera config`; `add` makes a command that knows its data folder."""
    words = "The couriers' cameras: what their media server needs."
    example = "kiosk backoffice camera config mediamtx --data shop > mediamtx.yml"
    deeds = group(actions, "camera", words, example)
    words = "Print the media server's configuration: it holds secrets, keep it to yourself."
    example = "kiosk backoffice camera config nginx-rtmp --data shop > nginx.conf"
    parser = add(deeds, "config", words, example, _config)
    parser.add_argument("server", choices=("mediamtx", "nginx-rtmp"))
    words = "where the media server reaches the back office (default: %(default)s)"
    parser.add_argument("--backoffice", default=ADDRESS, metavar="URL", help=words)
    words = "where it listens for cameras and windows (default: %(default)s)"
    parser.add_argument("--listen", default="127.0.0.1", metavar="HOST", help=words)
    parser.add_argument(
        "--port", type=int, default=1935, help="and on which port (default: %(default)s)"
    )
    words = "where it serves buyers' phones, on the same host (default: %(default)s)"
    parser.add_argument("--phones-port", type=int, default=8888, help=words)
    words = "where the back office tells it to drop a stream (default: %(default)s)"
    parser.add_argument("--control-port", type=int, default=8421, help=words)
    words = "a folder of its own for what nginx writes (default: %(default)s)"
    parser.add_argument("--folder", type=Path, default=Path("/run/vitrine-camera"), help=words)
    for name in ("certificate", "key"):
        parser.add_argument(
            f"--{name}",
            type=Path,
            metavar="FILE",
            help=f"the {name} for RTMPS and HTTPS (mediamtx)",
        )


def _config(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import BackOfficeError, prepare_existing

    prepare_existing(arguments.data)
    from kiosk.backoffice.camera import config
    from kiosk.backoffice.camera.server import Blur
    from kiosk.backoffice.camera.services import media_server

    if (arguments.certificate is None) is not (arguments.key is None):
        raise BackOfficeError("a certificate needs its key, and a key its certificate: give both")
    if not set(str(arguments.folder)) <= _PLAIN or not set(arguments.listen) <= _PLAIN:
        raise BackOfficeError("folders and hosts are written in letters, digits, / . : - and _")
    server = media_server()
    wiring = config.Wiring(
        backoffice=arguments.backoffice.rstrip("/"),
        host=arguments.listen,
        rtmp_port=arguments.port,
        phones_port=arguments.phones_port,
        control_port=arguments.control_port,
        folder=arguments.folder.absolute(),
        certificate=arguments.certificate,
        key=arguments.key,
    )
    write = config.mediamtx if arguments.server == "mediamtx" else config.nginx_rtmp
    sys.stdout.write(write(wiring, server.blur if server else Blur()))
    return 0


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.:-_")
