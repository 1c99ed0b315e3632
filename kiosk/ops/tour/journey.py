"""The journey, touch by touch: from the posters to the door, and all the ways back."""

from typing import Any

from kiosk.ops.tour.journal import Journal
from kiosk.shop.promise import Fulfilment
from kiosk.window.stage.pilot import Pilot
from kiosk.window.visit import Screen, Visit

# The first start of a demo imports the catalogue; a ride at the tour's pace takes seconds.
READY_S = 60.0
RIDE_S = 180.0

PERSON = {"name": "Zoé Lefèvre", "phone": "0612345678", "email": "zoe@mail.fr"}


class Journey:
    """Plays one visitor's evening on the glass. Raises NotThere at the first thing missing."""

    def __init__(self, app: Any, pilot: Pilot, journal: Journal) -> None:
        self._app, self._pilot, self._journal = app, pilot, journal

    @property
    def visit(self) -> Visit:
        visit: Visit = self._app.store.visit
        return visit

    def play(self) -> None:
        self._arrive()
        self._browse()
        self._choose()
        self._basket()
        self._order(Fulfilment.COURIER)
        self._follow()
        self._collect()
        self._leave()

    # ---- helpers -------------------------------------------------------------------------------

    def _at(self, screen: Screen, seconds: float = 10.0) -> None:
        self._pilot.wait_until(
            lambda: self.visit.screen is screen, seconds, f"the {screen.value} screen"
        )

    def _step(self, name: str) -> Any:
        return self._journal.step(name)
