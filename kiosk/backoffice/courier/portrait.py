"""The courier's own photo: theirs to put in and to take away, and nobody else's to put in."""

import io

from django.db.models import QuerySet
from PIL import Image, ImageOps

from kiosk.backoffice.catalogue.pictures import decoded
from kiosk.backoffice.courier.drawn import QUALITY, SIDE
from kiosk.backoffice.courier.errands import open_errands
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.orders.deliveries import show_anew
from kiosk.backoffice.platform.writing import writing

_MIDDLE = (0.5, 0.4)  # of what is cut off: faces are above the middle of tall pictures


def put_in(courier: Courier, content: bytes) -> None:
    """Keep this picture as the courier's photo, unless they are shut out. Raises PictureError."""
    _keep(courier, Courier.objects.filter(pk=courier.pk, active=True), square(content))


def take_away(courier: Courier) -> None:
    """Nobody sees it from now on, and nothing of it is kept."""
    _keep(courier, Courier.objects.filter(pk=courier.pk, portrait__isnull=False), None)


def square(content: bytes) -> bytes:
    """A JPEG of our own: upright, small and square, without anything that tells where or by what
    it was taken. Raises PictureError.
    """
    image = decoded(content)
    side = min(SIDE, *image.size)
    image = ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS, centering=_MIDDLE)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _keep(courier: Courier, row: QuerySet[Courier], photo: bytes | None) -> None:
    """Tell who follows them, if `row` is theirs: what stands there may have changed meanwhile."""
    with writing():
        if not row.update(portrait=photo):
            return
        for errand in open_errands(courier):
            if errand.shares:
                show_anew(errand.delivery)
