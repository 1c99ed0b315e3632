"""The buyer's word on it, from the page of their order."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.passing.services import Who, agreed, allow, may_be_asked
from kiosk.backoffice.passing.words import words_in
from kiosk.backoffice.platform.devices import is_token


@dataclass(frozen=True, slots=True)
class PassingAsked:
    """What the two parts of passing/ draw."""

    words: dict[str, str]
    allowed: bool


def passing_asked(delivery: Delivery | None, who: Who, language: str) -> PassingAsked | None:
    """None where there is nothing to agree to."""
    if delivery is None or not may_be_asked(delivery):
        return None
    return PassingAsked(words_in(language), agreed(delivery, who))


# Who knows the link is the buyer: it is a secret that no other site can make a form with.
@csrf_exempt
@require_POST
def passing(request: HttpRequest, token: str) -> HttpResponse:
    """The buyer agrees, or does not any more."""
    found = Delivery.objects.filter(order__token=token).first() if is_token(token) else None
    if found is None:
        raise Http404
    allow(found, "buyer", request.POST.get("allow") == "yes")
    return redirect("buyer:page", token=token)
