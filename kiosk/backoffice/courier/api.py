"""Where couriers' phones send their positions to: this page's script, OwnTracks, Traccar Client."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.security import APIKeyCookie

from kiosk.backoffice.api.answers import answer
from kiosk.backoffice.api.bodies import read_body
from kiosk.backoffice.api.openapi import ask
from kiosk.backoffice.api.problems import ProblemError, problem, problem_response
from kiosk.backoffice.courier.intake import AbsurdError, NotSharedError, Told, from_batch, take
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.courier.pace import RETRY_AFTER_S, may_call
from kiosk.backoffice.courier.passes import COOKIE, courier_of_key, courier_of_source
from kiosk.backoffice.courier.sources import (
    OWNTRACKS,
    TRACCAR,
    UnreadableError,
    from_owntracks,
    from_traccar,
)
from kiosk.contract import ErrorCode
from kiosk.contract.courier import FixBatch, FixesTaken

PAGE = "page"


def _anything(app: str) -> dict[str, Any]:
    """openapi_extra of an operation that takes whatever an app sends."""
    message = {"type": "object", "description": f"As {app} sends it"}
    return {
        "requestBody": {"required": False, "content": {"application/json": {"schema": message}}}
    }


class CourierAuth(APIKeyCookie):
    """The cookie of a courier's session; the courier becomes `request.auth`.

    No other site can send JSON with our contract's header: browsers ask us first, and we never
    say yes.
    """

    param_name = COOKIE

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Courier:
        courier = courier_of_key(key or "")
        if courier is None:
            raise ProblemError(401, "sign in with a new link from the shop")
        return courier


router = Router()


@router.post(
    "/courier/positions",
    response=FixesTaken,
    auth=CourierAuth(),
    operation_id="courier_positions",
    openapi_extra=ask(FixBatch),
)
def positions(request: HttpRequest) -> HttpResponse:
    """A batch of positions from the courier's page. 409 where nobody asked for them."""
    courier: Courier = request.auth  # type: ignore[attr-defined]
    if not may_call(courier.pk):
        return _too_often()
    batch = read_body(request, FixBatch)
    try:
        taken = take(courier, PAGE, from_batch(batch))
    except NotSharedError as error:
        raise ProblemError(409, "nothing is shared now: stop sending, and forget these") from error
    except AbsurdError as error:
        raise ProblemError(422, "see errors", ErrorCode.INVALID, error.problems) from error
    return answer(FixesTaken(kept=taken.kept, shown=taken.shown))


@router.post(
    "/couriers/{token}/owntracks",
    response=list[str],
    auth=None,
    operation_id="owntracks",
    openapi_extra=_anything(OWNTRACKS),
)
def owntracks(request: HttpRequest, token: str) -> HttpResponse:
    """A message of OwnTracks in HTTP mode. What nobody asked for is thrown away, not refused:
    the app would keep it and send it again.
    """
    return _from_app(request, token, OWNTRACKS, lambda now: from_owntracks(request.body, now))


@router.post(
    "/couriers/{token}/traccar",
    response=list[str],
    auth=None,
    operation_id="traccar",
    openapi_extra=_anything(TRACCAR),
)
def traccar(request: HttpRequest, token: str) -> HttpResponse:
    """A position of Traccar Client, in the query (up to 8) or as JSON (from 9.0)."""
    return _from_traccar(request, token)


@router.get(
    "/couriers/{token}/traccar", response=list[str], auth=None, operation_id="traccar_query"
)
def traccar_query(request: HttpRequest, token: str) -> HttpResponse:
    """The same in a query alone, as OsmAnd sends it."""
    return _from_traccar(request, token)


def _from_traccar(request: HttpRequest, token: str) -> HttpResponse:
    return _from_app(
        request, token, TRACCAR, lambda now: from_traccar(request.GET.dict(), request.body, now)
    )


def _from_app(
    request: HttpRequest, token: str, source: str, read: Callable[[datetime], list[Told]]
) -> HttpResponse:
    courier = courier_of_source(token)
    if courier is None:
        raise ProblemError(404, "no such address: ask the shop for a new one")
    if not may_call(courier.pk):
        return _too_often()
    try:
        told = read(timezone.now())
        if told:
            take(courier, source, told)
    except UnreadableError as error:
        raise ProblemError(422, str(error)) from error
    except (NotSharedError, AbsurdError):
        pass
    return HttpResponse("[]", "application/json")


def _too_often() -> HttpResponse:
    response = problem_response(problem(429, "send what you have together, later"))
    response["Retry-After"] = str(RETRY_AFTER_S)
    return response
