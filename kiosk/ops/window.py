"""`kiosk window`: the window alone, on a back office elsewhere."""

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.ops.display import require_display
from kiosk.ops.errors import USAGE, CommandError
from kiosk.window.camera import check_camera
from kiosk.window.settings import WindowSettings

TOKEN_VARIABLE = "KIOSK_TOKEN"  # noqa: S105 (the variable's name, not a token)
CAMERA_VARIABLE = "KIOSK_WINDOW_CAMERA"


def run_alone(
    *,
    url: str,
    token_file: Path | None,
    data: Path,
    brand: Path,
    screen_mm: tuple[int, int] | None,
    lower_edge_mm: int | None,
    size: tuple[int, int] | None,
    language: str | None,
    speech: str = "auto",
    speech_volume: int = 5,
    addresses: Path | None = None,
    touch: str = "pointer",
    frames: Path | None = None,
    camera: str | None = None,
) -> int:
    """Open the window until it is closed. Raises CommandError."""
    check_url(url)
    check_addresses(addresses)
    camera = read_camera(camera)
    token = read_token(token_file)
    require_display()
    data.mkdir(parents=True, exist_ok=True)
    width, height = size or (1080, 1920)
    return open_window(
        WindowSettings(
            base_url=url.rstrip("/"),
            token=token,
            data=data,
            brand=brand,
            width=width,
            height=height,
            fullscreen=size is None,
            screen_mm=screen_mm,
            lower_edge_mm=lower_edge_mm,
            language=language or "",
            speech=speech,
            speech_volume=speech_volume,
            addresses=addresses,
            touch=touch,
            frames=frames,
            camera=camera,
        )
    )


def read_camera(given: str | None) -> str:
    """The camera's address from the option or the environment, "" for none. Raises CommandError."""
    camera = os.environ.get(CAMERA_VARIABLE, "") if given is None else given
    if camera:
        try:
            check_camera(camera)
        except ValueError as error:
            raise CommandError(str(error), USAGE) from None
    return camera


def check_addresses(path: Path | None) -> None:
    """Refuse at once what the window could only log. Raises CommandError."""
    if path is None:
        return
    from kiosk.window.replica.addresses import AddressFileError, check_address_file

    try:
        check_address_file(path)
    except AddressFileError as error:
        raise CommandError(str(error)) from None


def open_window(settings: WindowSettings) -> int:
    """Run the application until it ends. Raises CommandError where it cannot start."""
    from kiosk.window.stage import CannotStart, run_window

    try:
        return run_window(settings)
    except CannotStart as error:
        raise CommandError(str(error)) from None


def check_url(url: str) -> None:
    """Orders travel encrypted, or not at all. Raises CommandError."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname and _loopback(parts.hostname):
        return
    raise CommandError(
        f"{url} cannot be used: write https://… (http only for this very machine)", USAGE
    )


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_token(token_file: Path | None) -> str:
    """The device's token from its file or the environment. Raises CommandError."""
    token = token_file.read_text() if token_file else os.environ.get(TOKEN_VARIABLE, "")
    if not token.strip():
        raise CommandError(
            "no device token: make one with `kiosk backoffice device add NAME`, then give it in "
            f"--token-file or {TOKEN_VARIABLE}",
            USAGE,
        )
    return token.strip()
