"""The media server between couriers' cameras and those who watch; without one there is no camera.

KIOSK_CAMERA_SERVER   mediamtx (production) or nginx-rtmp (development and tests)
KIOSK_CAMERA_INGEST   where cameras send to: rtmps://camera.shop.example:1936/courier
KIOSK_CAMERA_WATCH    where windows look: rtmps://camera.shop.example:1936/ride
KIOSK_CAMERA_PHONES   where buyers' phones look (HLS): https://camera.shop.example:8888/ride
KIOSK_CAMERA_CONTROL  where the server is told to drop a stream: http://127.0.0.1:9997
KIOSK_CAMERA_BLUR     how many picture elements across are left of the picture: 32 to 128; or
                      "none: REASON", where nobody can come into the picture
KIOSK_CAMERA_ON_GLASS yes where the shop allows its windows to show a ride's picture
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

_NAME = "KIOSK_CAMERA_"

# A familiar face is recognised from about 7 elements across (Sinha et al., "Face recognition by
# humans", Proceedings of the IEEE 94/11, 2006, result 1). An action camera sees about 120° across:
# a face (16 cm) at 1.5 m is 6° of it, under 7 of 128 elements and under 5 of 96. A number plate
# (52 cm, seven signs) at 3 m has under 11 of 128: 1.5 a sign.
MOST_ACROSS, USUAL_ACROSS, LEAST_ACROSS = 128, 96, 32
_LEAST_REASON = 20  # characters


class CameraServerError(ValueError):
    """The settings name no media server; the message says what to write."""


class Kind(StrEnum):
    MEDIAMTX = "mediamtx"
    NGINX_RTMP = "nginx-rtmp"


@dataclass(frozen=True, slots=True)
class Blur:
    """`across` picture elements are left on the longer side; None: all, for `reason`."""

    across: int | None = USUAL_ACROSS
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CameraServer:
    """`phones` and `control` may be "". `on_glass`: the shop lets its windows show the picture."""

    kind: Kind
    ingest: str
    watch: str
    phones: str = ""
    control: str = ""
    blur: Blur = Blur()
    on_glass: bool = False

    @property
    def phones_origin(self) -> str:
        """What a page that plays the picture has to be allowed to load from; "" for nothing."""
        parts = urlsplit(self.phones)
        return f"{parts.scheme}://{parts.netloc}" if self.phones else ""


def camera_server_from(environment: Mapping[str, str]) -> CameraServer | None:
    """As the settings say; None where they name no server. Raises CameraServerError."""

    def given(name: str) -> str:
        return environment.get(_NAME + name, "").strip()

    if not given("SERVER"):
        return None
    try:
        kind = Kind(given("SERVER"))
    except ValueError:
        raise CameraServerError(f"{_NAME}SERVER is mediamtx or nginx-rtmp") from None
    on_glass = given("ON_GLASS").lower() or "no"
    if on_glass not in ("yes", "no"):
        raise CameraServerError(f"{_NAME}ON_GLASS is yes or no")
    return CameraServer(
        kind=kind,
        ingest=_address(given("INGEST"), "INGEST", ("rtmps", "rtmp"), "courier"),
        watch=_address(given("WATCH"), "WATCH", ("rtmps", "rtmp", "rtsps", "rtsp"), "ride"),
        phones=given("PHONES") and _address(given("PHONES"), "PHONES", ("https", "http"), "ride"),
        control=given("CONTROL") and _address(given("CONTROL"), "CONTROL", ("http", "https"), ""),
        blur=_blur(given("BLUR")),
        on_glass=on_glass == "yes",
    )


def _address(text: str, name: str, schemes: tuple[str, ...], path: str) -> str:
    example = f"{schemes[0]}://camera.shop.example/{path}".rstrip("/")
    try:
        parts = urlsplit(text)
        good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.path.strip("/") != path or parts.query or parts.username:
        raise CameraServerError(f"{_NAME}{name} must look like {example}")
    return text.rstrip("/")


def _blur(text: str) -> Blur:
    if not text:
        return Blur()
    word, _, reason = text.partition(":")
    if word.strip() == "none":
        if len(reason.strip()) < _LEAST_REASON:
            raise CameraServerError(
                f"{_NAME}BLUR=none shows faces and number plates to strangers: say why nobody can "
                f"come into the picture, as in none: only on our own fenced yard"
            )
        return Blur(None, reason.strip())
    if not text.isdigit() or not LEAST_ACROSS <= int(text) <= MOST_ACROSS:
        raise CameraServerError(
            f"{_NAME}BLUR is {LEAST_ACROSS} (nearly nothing) to {MOST_ACROSS} picture elements "
            f"across: with more of them faces could be recognised"
        )
    return Blur(int(text))
