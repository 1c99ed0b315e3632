"""Asks the back office for an order that a visitor looks for, off the UI thread."""

import logging
import time
from collections.abc import Callable

from kiosk.contract import CodeShown, LookupAsked, LookupFound
from kiosk.window.link import Refused
from kiosk.window.stage.handover import Workers
from kiosk.window.stage.parts import BackOffice
from kiosk.window.visit.lookup import LookupAnswered, LookupProblem

log = logging.getLogger(__name__)

_WHY = {404: LookupProblem.UNKNOWN, 429: LookupProblem.LATER}


def look_up(
    asked: LookupAsked | CodeShown,
    office: BackOffice,
    workers: Workers,
    then: Callable[[LookupAnswered], None],
) -> None:
    """Call `then` with the answer, on the UI thread."""

    def found(answer: tuple[LookupFound, float]) -> None:
        then(LookupAnswered(asked, answer[0], heard_at=answer[1]))

    def failed(error: Exception) -> None:
        status = error.problem.status if isinstance(error, Refused) else 0
        log.info("an order was looked for in vain (%s)", type(error).__name__)
        then(LookupAnswered(asked, problem=_WHY.get(status, LookupProblem.AWAY)))

    workers.submit(lambda: (office.look_up(asked), time.monotonic()), then=found, failed=failed)
