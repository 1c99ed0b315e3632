"""The street from the courier's bike on the buyer's page: where it is played from, what is said."""

from dataclasses import dataclass, field
from hashlib import sha256

from kiosk.backoffice.camera.services import media_server
from kiosk.backoffice.camera.showing import HLS, SIMULATED
from kiosk.backoffice.camera.words import street_words_in
from kiosk.contract import DeliveryView
from kiosk.shop.camera import CameraState


@dataclass(frozen=True, slots=True)
class Street:
    """What camera/street.html draws. `url` lets in for minutes and then changes; `sending`: the
    media server has the camera's picture.
    """

    words: dict[str, str]
    url: str = field(repr=False)
    sending: bool


@dataclass(frozen=True, slots=True)
class DrawnRide:
    """What camera/simulated.html draws for the demonstration; the same ride for the same `seed`."""

    words: dict[str, str]
    seed: int


def drawn_ride_of(delivery: DeliveryView | None, language: str) -> DrawnRide | None:
    """None for who may not see it now, and for every ride with a camera of its own."""
    camera = delivery.camera if delivery else None
    for given in camera.urls if camera else []:
        if given.kind == SIMULATED:
            return DrawnRide(street_words_in(language), _seed(given.url))
    return None


def _seed(url: str) -> int:
    """The glass's own: both show the same ride."""
    return int.from_bytes(sha256(url.encode()).digest()[:4])


def street_of(delivery: DeliveryView | None, language: str) -> Street | None:
    """None while there is no picture that a phone may play."""
    camera = delivery.camera if delivery else None
    if camera is None:
        return None
    for given in camera.urls:
        if given.kind == HLS:
            sending = camera.state is CameraState.LIVE
            return Street(street_words_in(language), given.url, sending)
    return None


def played_from() -> str:
    """The one origin that pages load the picture from, "" where this shop shows none on phones."""
    server = media_server()
    return server.phones_origin if server else ""
