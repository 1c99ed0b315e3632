"""The buyer's word on the camera: whether the shop's window may show their ride, too."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kiosk.backoffice.camera.models import Camera
from kiosk.backoffice.camera.services import allow_window, media_server
from kiosk.backoffice.camera.words import buyer_words_in
from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.platform.devices import is_token


@dataclass(frozen=True, slots=True)
class WindowAsked:
    """What camera/buyer.html draws."""

    words: dict[str, str]
    allowed: bool


def window_asked(delivery: Delivery | None, language: str) -> WindowAsked | None:
    """None where there is nothing to ask: no camera on the ride, or a shop that never shows it."""
    server = media_server()
    if delivery is None or delivery.state.stopped or server is None or not server.on_glass:
        return None
    camera = Camera.objects.filter(delivery=delivery).exclude(key_sha256="").first()
    return WindowAsked(buyer_words_in(language), camera.buyer_allows) if camera else None


# Who knows the link is the buyer: it is a secret that no other site can make a form with.
@csrf_exempt
@require_POST
def window(request: HttpRequest, token: str) -> HttpResponse:
    """The buyer allows it, or does not any more."""
    found = Delivery.objects.filter(order__token=token).first() if is_token(token) else None
    if found is None or media_server() is None:
        raise Http404
    allow_window(found, "buyer", request.POST.get("allow") == "yes")
    return redirect("buyer:page", token=token)
