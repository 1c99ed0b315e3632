"""The street from the courier's bike on the buyer's page: where it is played from, what is said."""

from dataclasses import dataclass, field

from kiosk.backoffice.camera.services import media_server
from kiosk.backoffice.camera.showing import HLS
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
