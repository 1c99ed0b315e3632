"""The door by which delivery services tell of their errands."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kiosk.backoffice.dispatch.hearing import hear
from kiosk.backoffice.dispatch.service import NotSigned, Unreadable
from kiosk.backoffice.dispatch.services import services

log = logging.getLogger("kiosk.dispatch")


@csrf_exempt
@require_POST
def told(request: HttpRequest, service: str) -> HttpResponse:
    """204 for everything that was understood, also where it changes nothing: it need not be sent
    again. 401 where it is not signed with our key, 422 where it makes no sense.
    """
    known = services().get(service)
    if known is None:
        return HttpResponse(status=404)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        heard = known.hear(headers, request.body)
    except NotSigned:
        log.warning("%s: a message without the right signature", known.name)
        return HttpResponse(status=401)
    except Unreadable as error:
        log.warning("%s: a message that makes no sense: %s", known.name, error)
        return HttpResponse(status=422)
    if heard:
        hear(known.name, heard)
    return HttpResponse(status=204)
