"""A courier's photo as those who follow a delivery see it: while its courier shares where they
are, and no longer. Before, after and in a pause there is none, whatever address somebody kept.
"""

import hashlib

from django.core.signing import BadSignature, Signer

from kiosk.backoffice.api import PREFIX
from kiosk.backoffice.courier.drawn import NAME, portrait
from kiosk.backoffice.courier.models import Errand
from kiosk.backoffice.orders.models import Delivery

_DIGEST = 16  # hexadecimal digits


def photo_url(delivery: Delivery) -> str:
    """Where this delivery's photo is found now, "" where nobody may see one."""
    photo = _shown(delivery)
    if photo is None:
        return ""
    return f"{PREFIX}/courier-photos/{_signer().sign(_named(delivery, photo))}"


def photo_at(signed: str) -> bytes | None:
    """The JPEG at that address; None once it is another courier's or another photo's turn."""
    try:
        named = _signer().unsign(signed)
    except BadSignature:
        return None
    delivery = Delivery.objects.filter(pk=named.partition(":")[0]).first()
    photo = _shown(delivery) if delivery else None
    if delivery is None or photo is None or _named(delivery, photo) != named:
        return None
    return photo


def _shown(delivery: Delivery) -> bytes | None:
    if not delivery.state.position_public:
        return None
    errand = Errand.objects.filter(delivery=delivery, ended_at=None).first()
    if errand is not None:
        photo = errand.courier.portrait if errand.courier and errand.shares else None
        return bytes(photo) if photo else None
    simulated = delivery.simulated and delivery.courier_name == NAME
    return portrait() if simulated else None


def _named(delivery: Delivery, photo: bytes) -> str:
    digest = hashlib.sha256(photo).hexdigest()[:_DIGEST]
    return f"{delivery.pk}:{delivery.rider}:{digest}"


def _signer() -> Signer:
    return Signer(salt="kiosk.courier.photo")
