"""The journey, touch by touch: from the posters to the door, and the ways back."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from kiosk.ops.tour.journal import Journal, Step
from kiosk.shop.catalogue import Product
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.stage.pilot import NotThere, Pilot
from kiosk.window.visit import Screen, Visit

# The first start of a demo imports the catalogue; a ride at the tour's pace takes seconds.
READY_S = 60.0
ANSWER_S = 20.0
RIDE_S = 240.0
PICTURES_S = 8.0
WARNING_S = 45.0

PERSON = {"name": "zoe lefevre", "phone": "0612345678"}
# A door of the demo's invented quarter, so that the courier rides to where the order says.
DOOR = {"line1": "9 rue de la lucarne", "postcode": "75000", "city": "paris"}


class Journey:
    """Plays one evening on the glass. Raises NotThere at the first thing that is missing."""

    def __init__(self, app: Any, pilot: Pilot, journal: Journal) -> None:
        self._app, self._pilot, self._journal = app, pilot, journal
        self._bought = 0

    @property
    def visit(self) -> Visit:
        visit: Visit = self._app.store.visit
        return visit

    def play(self) -> None:
        self._arrive()
        self._look_around()
        self._take_a_piece()
        self._check_out(Fulfilment.COURIER)
        self._give_details(PERSON | DOOR)
        self._follow_to_the_door()
        self._collect_another()
        self._walk_away()

    # ---- what a passer-by does -------------------------------------------------------------------

    def _arrive(self) -> None:
        pilot = self._pilot
        with self._step("attract"):
            self._at(Screen.ATTRACT, READY_S)
            self._let_pictures_come()
        with self._step("browse"):
            pilot.tap((pilot.window.width / 2, pilot.window.height / 2))
            self._at(Screen.BROWSE)
            pilot.wait_until(self._cards, ANSWER_S, "the first cards")
            self._let_pictures_come()

    def _look_around(self) -> None:
        pilot = self._pilot
        with self._step("scrolled"):
            pilot.drag((pilot.window.width / 2, pilot.window.height * 0.4), 0, 600, steps=20)
        shelves = [h for h in pilot.handles() if h.startswith("category.") and "all" not in h]
        if shelves:
            with self._step("category"):
                pilot.tap(sorted(shelves)[0])
                pilot.wait_until(lambda: self.visit.category_id, 5, "a category")
                pilot.wait_until(self._cards, ANSWER_S, "the category's cards")
            with self._step("everything"):
                pilot.tap("category.all")
                pilot.wait_until(lambda: self.visit.category_id is None, 5, "all shelves")
                pilot.wait_until(self._cards, ANSWER_S, "the cards")

    def _take_a_piece(self) -> None:
        pilot = self._pilot
        with self._step("product"):
            self._open_a_piece_that_can_be_had()
            self._let_pictures_come()
        others = [h for h in pilot.handles() if h.startswith("variant.")]
        if len(others) > 1:
            with self._step("variant"):
                before = self.visit.variant_id
                other = next(h for h in others if h != f"variant.{before}")
                pilot.tap(other)
                pilot.wait_until(lambda: self.visit.variant_id != before, 5, "another variant")
            with self._step("variant-back"):
                pilot.tap(f"variant.{before}")
                pilot.wait_until(lambda: self.visit.variant_id == before, 5, "the first variant")
        with self._step("added"):
            self._add()
        with self._step("back-to-the-shelves"):
            pilot.tap("bar.back")
            self._at(Screen.BROWSE)

    def _open_a_piece_that_can_be_had(self) -> None:
        pilot = self._pilot
        for card in self._cards():
            pilot.tap(card)
            self._at(Screen.PRODUCT)
            pilot.wait_until(self._piece, ANSWER_S, "the piece")
            piece = self._piece()
            if piece is not None and piece.available:
                return
            pilot.tap("bar.back")
            self._at(Screen.BROWSE)
        raise NotThere("every piece in sight is sold out")

    def _add(self) -> None:
        self._pilot.tap("product.add")
        self._bought += 1
        self._pilot.wait_until(
            lambda: self.visit.basket.pieces == self._bought, 5, "the piece in the basket"
        )

    def _check_out(self, way: Fulfilment) -> None:
        pilot = self._pilot
        with self._step(f"basket-{way.value}"):
            pilot.tap("bar.basket")
            self._at(Screen.BASKET)
        with self._step(f"fulfilment-{way.value}"):
            pilot.tap("basket.checkout")
            self._at(Screen.FULFILMENT)
            pilot.tap(f"fulfilment.{way.value}")
            pilot.wait_until(lambda: self.visit.fulfilment is way, 5, way.value)
            pilot.wait_until(lambda: self.visit.quote, ANSWER_S, "the back office's quote")
        with self._step(f"details-{way.value}"):
            pilot.tap("fulfilment.continue")
            self._at(Screen.DETAILS)

    def _give_details(self, given: dict[str, str]) -> None:
        pilot = self._pilot
        with self._step("details-missing"):
            pilot.tap("details.place")
            pilot.wait_until(lambda: self.visit.problems, 5, "what is missing")
        with self._step("details-typed"):
            for field, text in given.items():
                self._type(field, text)
            pilot.tap("key:done")
        with self._step("thanks"):
            pilot.tap("details.place")
            self._at(Screen.THANKS)
            pilot.wait_until(lambda: self._receipt(), ANSWER_S, "the shop's answer")
            pilot.wait_for("thanks.qr", ANSWER_S)
            if self._app.store.visit.placed.receipt.status is not OrderStatus.ACCEPTED:
                raise NotThere("the order was not accepted")

    def _type(self, field: str, text: str) -> None:
        pilot = self._pilot
        pilot.tap(f"details.field:{field}")
        pilot.wait_until(lambda: self.visit.focus == field, 5, f"the field {field}")
        for sign in text:
            pilot.tap("key:space" if sign == " " else f"key:{sign}", frames=1)
        written = getattr(self.visit.draft, field).lower().replace(" ", "")
        if written != text.replace(" ", ""):
            raise NotThere(f"typed into {field}, but it reads otherwise")

    def _follow_to_the_door(self) -> None:
        pilot = self._pilot
        with self._step("tracking"):
            pilot.tap("thanks.follow")
            self._at(Screen.TRACKING)
            pilot.wait_until(lambda: self._order(), ANSWER_S, "the order's state")
        with self._step("courier-on-the-way"):
            self._watch(self._rides, "a courier on the map")
            pilot.pause(2.0)
        with self._step("delivered"):
            self._watch(self._delivered, "the delivery")
        with self._step("start-again"):
            pilot.tap("bar.start_again")
            self._at(Screen.ATTRACT)
            if self.visit.basket or self.visit.placed:
                raise NotThere("something of the visitor is left")

    def _watch(self, happened: Callable[[], bool], what: str) -> None:
        """Stand and watch, and say so whenever the window asks."""
        until = time.monotonic() + RIDE_S
        while not happened():
            if time.monotonic() > until:
                raise NotThere(f"{what} did not come in {RIDE_S:.0f} s")
            if self.visit.warned_at is not None:
                self._pilot.tap("idle.stay")
            self._pilot.frames(1)

    def _collect_another(self) -> None:
        pilot = self._pilot
        self._bought = 0
        with self._step("second-visit"):
            pilot.tap((pilot.window.width / 2, pilot.window.height / 2))
            self._at(Screen.BROWSE)
            pilot.wait_until(self._cards, ANSWER_S, "the first cards")
            self._open_a_piece_that_can_be_had()
            self._add()
        self._check_out(Fulfilment.COLLECT)
        with self._step("collect-thanks"):
            for field, text in PERSON.items():
                self._type(field, text)
            pilot.tap("key:done")
            pilot.tap("details.place")
            self._at(Screen.THANKS)
            pilot.wait_until(lambda: self._receipt(), ANSWER_S, "the shop's answer")
            pilot.wait_for("thanks.qr", ANSWER_S)
        with self._step("collect-tracking"):
            pilot.tap("thanks.follow")
            self._at(Screen.TRACKING)
            pilot.wait_until(lambda: self._order(), ANSWER_S, "the order's state")

    def _walk_away(self) -> None:
        pilot = self._pilot
        with self._step("idle-warning"):
            pilot.wait_for("idle.stay", WARNING_S)
        with self._step("forgotten"):
            pilot.tap("idle.leave")
            self._at(Screen.ATTRACT)

    # ---- what can be seen ------------------------------------------------------------------------

    def _step(self, name: str) -> AbstractContextManager[Step]:
        return self._journal.step(name)

    def _at(self, screen: Screen, seconds: float = 10.0) -> None:
        self._pilot.wait_until(
            lambda: self._app.root.current_name is screen and self.visit.screen is screen,
            seconds,
            f"the {screen.value} screen",
        )

    def _cards(self) -> list[str]:
        """The cards on the glass, top row first."""
        pilot = self._pilot
        found = {h for h in pilot.handles() if h.startswith("card.")}
        places = {h: pilot.get(h).to_window(*pilot.get(h).center) for h in found}
        return sorted(found, key=lambda h: (-round(places[h][1]), round(places[h][0])))

    def _let_pictures_come(self) -> None:
        """Wait for the pictures in sight; those that cannot be had keep their placeholder."""
        until = time.monotonic() + PICTURES_S
        while time.monotonic() < until and self._app.pictures.awaited:
            self._pilot.frames(1)

    def _piece(self) -> Product | None:
        product: Product | None = self._app.store.world.products.get(self.visit.product_id or "")
        return product

    def _receipt(self) -> Any:
        return self.visit.placed and self.visit.placed.receipt

    def _order(self) -> Any:
        return self.visit.placed and self.visit.placed.order

    def _delivery_status(self) -> DeliveryStatus | None:
        order = self._order()
        return order.delivery.status if order and order.delivery else None

    def _rides(self) -> bool:
        on_the_way = self._delivery_status() is DeliveryStatus.ENROUTE_TO_DROPOFF
        return on_the_way and self.visit.fix is not None

    def _delivered(self) -> bool:
        return self._delivery_status() is DeliveryStatus.DELIVERED
