"""The address of the window's own camera: what may stand there, and what to do where it may not."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

SCHEMES = ("rtsp", "http")


def check_camera(address: str) -> None:
    """Raises ValueError with what to write; never with the address, which may hold a password.

    The camera hangs beside the window: its pictures of the street, which travel in clear, go no
    further than this machine and its own network.
    """
    scheme, has_scheme, _ = address.partition("://")
    if not has_scheme:
        _check_file(Path(address))
        return
    try:
        host = urlsplit(address).hostname or ""
        _ = urlsplit(address).port
    except ValueError:
        host = ""
    if scheme not in SCHEMES or not host:
        raise ValueError(
            "the camera is an address like http://127.0.0.1:8080/stream or rtsp://192.168.1.20/…, "
            "or a video file"
        )
    if not _near(host):
        raise ValueError(
            "the camera's pictures travel in clear: write the IP address of this machine or of "
            "its own network (127.0.0.1, 192.168.…), and no name"
        )


def _check_file(path: Path) -> None:
    if str(path).startswith("/dev/"):
        raise ValueError(
            "the window does not read a camera's device itself: let ustreamer serve it and write "
            "http://127.0.0.1:8080/stream (docs/operations.md)"
        )
    if not path.is_file():
        raise ValueError(
            "the camera is neither an address (http://…, rtsp://…) nor a video file that is there"
        )


def _near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_private and not address.is_unspecified
