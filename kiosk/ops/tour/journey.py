"""The journey, step by step: from the posters to the door, and the ways back."""

from contextlib import AbstractContextManager

from kiosk.ops.tour.journal import Journal, Step
from kiosk.ops.tour.visitor import READY_S, Visitor
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.stage.pilot_errors import NotThere
from kiosk.window.visit import Screen

# A word that the demo shop writes with an accent, and one that no shop has.
WORDS, NO_WORD = "celadon", "zzz"
# All of a ride at the tour's pace takes a minute; on a crowded machine somewhat more.
RIDE_S = 240.0
WARNING_S = 45.0


class Journey:
    """Plays one evening on the glass. Raises NotThere at the first thing that is missing."""

    def __init__(self, visitor: Visitor, journal: Journal) -> None:
        self._visitor, self._journal = visitor, journal

    def play(self) -> None:
        self._arrive()
        self._in_a_hurry()
        self._look_around()
        self._find()
        self._take_a_piece()
        self._order_by_courier()
        self._follow_to_the_door()
        self._collect_another()
        self._walk_away()

    def _step(self, name: str) -> AbstractContextManager[Step]:
        return self._journal.step(name)

    def _arrive(self) -> None:
        visitor = self._visitor
        dark = visitor.at_rest(READY_S) is Screen.DARK
        with self._step("dark" if dark else "attract"):
            visitor.let_pictures_come()
        with self._step("browse"):
            visitor.wake()
            visitor.let_pictures_come()

    def _in_a_hurry(self) -> None:
        visitor, pilot = self._visitor, self._visitor.pilot
        if visitor.app.store.world.quick:
            with self._step("quick"):
                pilot.tap("browse.quick")
                visitor.at(Screen.QUICK)
                visitor.let_pictures_come()
            visitor.back_to(Screen.BROWSE)
        if visitor.app.store.world.shop.lookbooks:
            with self._step("lookbook"):
                pilot.tap("browse.stories")
                visitor.at(Screen.LOOKBOOK)
                visitor.let_pictures_come()
            visitor.back_to(Screen.BROWSE)

    def _look_closely(self) -> None:
        """Nearer, its story with what buyers say, and the code for a phone."""
        pilot = self._visitor.pilot
        if not pilot.get("product.closer").disabled:  # there is a photograph
            with self._step("zoomed"):
                pilot.tap("product.closer")
                self._visitor.let_pictures_come()
            pilot.tap("product.closer")
        story = pilot.find("product.story")
        if story is not None and not story.disabled:
            with self._step("story"):
                pilot.tap("product.story")
                pilot.wait_for("story.close")
            self._close("story")
        if pilot.get("product.phone").disabled:
            return
        with self._step("to-my-phone"):
            pilot.tap("product.phone")
            pilot.wait_for("phone.code")
        self._close("phone")

    def _close(self, sheet: str) -> None:
        pilot = self._visitor.pilot
        pilot.tap(f"{sheet}.close")
        self._visitor.see(lambda: pilot.find(f"{sheet}.close") is None, "the sheet gone")

    def _look_around(self) -> None:
        visitor, pilot = self._visitor, self._visitor.pilot
        with self._step("scrolled"):
            window = pilot.window
            pilot.drag((window.width / 2, window.height * 0.4), 0, window.height * 0.3, steps=20)
        shelves = sorted(h for h in pilot.handles() if h.startswith("category."))
        shelf = next((h for h in shelves if h != "category.all"), None)
        if shelf is None:
            return
        with self._step("category"):
            pilot.tap(shelf)
            visitor.see(lambda: visitor.visit.category_id, "a category")
            visitor.see(visitor.cards, "the category's cards")
            visitor.let_pictures_come()
        with self._step("everything"):
            pilot.tap("category.all")
            visitor.see(lambda: visitor.visit.category_id is None, "all shelves")
            visitor.see(visitor.cards, "the cards")

    def _find(self) -> None:
        visitor, pilot = self._visitor, self._visitor.pilot
        with self._step("search"):
            visitor.open_search()
            visitor.search(WORDS)
            visitor.let_pictures_come()
        with self._step("search-nothing"):
            visitor.search(NO_WORD, instead=True)
            visitor.see(lambda: "find.all" in pilot.handles(), "a way on")
        with self._step("filters"):
            visitor.close_search()
            pilot.tap("find.all")
            visitor.at(Screen.BROWSE)
            pilot.tap("browse.filters")
            visitor.at(Screen.FIND)
            visitor.answered()
        with self._step("filtered"):
            colour = next(iter(pilot.offered("find.on.colour.")), None)
            if colour is not None:
                pilot.tap(colour)
                visitor.answered()
            pilot.tap("find.show")
            visitor.see(visitor.cards, "what was found")
            visitor.let_pictures_come()
        with self._step("found-left"):
            visitor.back_to(Screen.BROWSE)

    def _take_a_piece(self) -> None:
        visitor, pilot = self._visitor, self._visitor.pilot
        with self._step("product"):
            visitor.open_a_piece()
            visitor.let_pictures_come()
        self._look_closely()
        before = visitor.visit.variant_id
        variants = [h for h in pilot.handles() if h.startswith("variant.")]
        other = next((h for h in variants if h != f"variant.{before}"), None)
        if other is not None:
            with self._step("variant"):
                pilot.tap(other)
                visitor.see(lambda: visitor.visit.variant_id != before, "another variant")
                visitor.let_pictures_come()
            with self._step("variant-back"):
                pilot.tap(f"variant.{before}")
                visitor.see(lambda: visitor.visit.variant_id == before, "the first variant")
        with self._step("added"):
            visitor.add()
        with self._step("back-to-the-shelves"):
            visitor.back_to(Screen.BROWSE)

    def _order_by_courier(self) -> None:
        visitor, pilot = self._visitor, self._visitor.pilot
        with self._step("basket"):
            visitor.open_basket()
        with self._step("courier"):
            visitor.choose(Fulfilment.COURIER)
        with self._step("details"):
            visitor.go_to_details()
        with self._step("details-missing"):
            pilot.tap("details.place")
            visitor.see(lambda: visitor.visit.problems, "what is missing")
        with self._step("details-street"):
            for field, text in visitor.person.items():
                visitor.type_into(field, text)
            visitor.look_for_street()
        with self._step("details-number"):
            visitor.choose_street()
        with self._step("details-typed"):
            visitor.choose_number()
        with self._step("details-masked"):
            visitor.hide_what_is_typed()
        with self._step("thanks"):
            visitor.place()
            self._must_be_accepted()

    def _must_be_accepted(self) -> None:
        receipt = self._visitor.receipt
        if receipt is None or receipt.status is not OrderStatus.ACCEPTED:
            raise NotThere(f"the order was not accepted: {receipt and receipt.reasons}")

    def _follow_to_the_door(self) -> None:
        visitor = self._visitor
        with self._step("tracking"):
            visitor.follow()
        with self._step("courier-on-the-way"):
            visitor.watch(self._rides, "a courier on the map", RIDE_S)
            visitor.pilot.pause(2.0)
        self._come_back_for_it()
        with self._step("map-turned"):
            visitor.turn_map()
        with self._step("delivered"):
            visitor.watch(self._delivered, "the delivery", RIDE_S)
        with self._step("start-again"):
            visitor.start_again()
            if visitor.visit.basket or visitor.visit.placed:
                raise NotThere("something of the visitor is left")

    def _come_back_for_it(self) -> None:
        """Leave while the courier rides, and find the order again by its number and code."""
        visitor, receipt = self._visitor, self._visitor.receipt
        if receipt is None:
            raise NotThere("the shop has not answered")
        visitor.start_again()
        visitor.wake()
        with self._step("where-is-my-order"):
            visitor.ask_for_order()
            visitor.type_number(receipt.number)
        with self._step("code-unknown"):
            visitor.type_code(f"{(int(receipt.pickup_code) + 1) % 10_000:04}")
            visitor.see(lambda: visitor.visit.lookup.problem, "that no order is found")
        with self._step("found-again"):
            visitor.type_code(receipt.pickup_code)
            visitor.at(Screen.TRACKING)
            visitor.see(lambda: visitor.app.root.current.map_drawn, "the map")
            visitor.pilot.pause(2.0)

    def _rides(self) -> bool:
        visitor = self._visitor
        on_the_way = visitor.delivery_status is DeliveryStatus.ENROUTE_TO_DROPOFF
        return on_the_way and visitor.visit.fix is not None

    def _delivered(self) -> bool:
        return self._visitor.delivery_status is DeliveryStatus.DELIVERED

    def _collect_another(self) -> None:
        visitor = self._visitor
        with self._step("second-visit"):
            visitor.wake()
            visitor.open_a_piece()
            visitor.add()
        with self._step("collect"):
            visitor.open_basket()
            visitor.choose(Fulfilment.COLLECT)
        with self._step("collect-thanks"):
            visitor.go_to_details()
            visitor.fill_in(visitor.person)
            visitor.place()
            self._must_be_accepted()
        with self._step("collect-tracking"):
            visitor.follow()

    def _walk_away(self) -> None:
        visitor, pilot = self._visitor, self._visitor.pilot
        with self._step("idle-warning"):
            pilot.wait_for("idle.stay", WARNING_S)
        with self._step("forgotten"):
            visitor.start_again()
