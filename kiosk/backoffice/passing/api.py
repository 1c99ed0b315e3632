"""Where windows ask what they may tell passers-by."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from kiosk.backoffice.api.answers import answer
from kiosk.backoffice.passing.services import passing_now
from kiosk.contract import PassingNow

router = Router()


@router.get("/passing", response=PassingNow, operation_id="passing")
def passing(request: HttpRequest) -> HttpResponse:
    """Rides through the quarter that buyer and courier agreed to be told of, about where."""
    return answer(PassingNow(rides=passing_now()))
