"""A visitor in front of the glass: what they touch, and what they wait to see."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.contract import FollowedOrder, OrderReceipt
from kiosk.shop.catalogue import Product
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.stage.pilot_errors import NotThere
from kiosk.window.visit import Screen, Visit
from kiosk.window.visit.actions import SetComfort

if TYPE_CHECKING:
    from kiosk.window.stage.pilot import Pilot

# The first start of a demo imports the catalogue.
READY_S = 60.0
ANSWER_S = 20.0
PICTURES_S = 8.0
CALM_FRAMES = 3
FIRST_PICTURES_S = 30.0  # on the first start they are still being made
EDGE_PX = 6  # from the upper edge of the glass, where nothing is to be touched

PERSON = {"name": "zoe lefevre", "phone": "0612345678"}
# A door of the demo's invented quarter, so that the courier rides to where the order says.
DOOR = {"line1": "30 avenue des haleurs", "postcode": "75000", "city": "paris"}
# The same door as it is completed: a few letters, a street to choose, a number.
STREET, NUMBER = "hal", "30"
# Names in the letters of who reads other ones.
NAMES = {"ar": "ليلى حداد", "ja": "たなか はなこ"}

# What a visitor of each mode asks of the glass.
WISHES: dict[str, tuple[str, bool | int]] = {
    "reach": ("low", True),
    "contrast": ("contrast", True),
    "large": ("text", 200),
    "spoken": ("spoken", True),
}


class Visitor:
    """Touches the real window. Every method waits for what it says and raises NotThere."""

    def __init__(self, app: Any, pilot: "Pilot", mode: str = "") -> None:
        self.app, self.pilot = app, pilot
        self._wish = WISHES.get(mode)

    # ---- what the visit knows --------------------------------------------------------------------

    @property
    def visit(self) -> Visit:
        visit: Visit = self.app.store.visit
        return visit

    @property
    def piece(self) -> Product | None:
        """The product on the screen, once it has been read."""
        product: Product | None = self.app.store.world.products.get(self.visit.product_id or "")
        return product

    @property
    def receipt(self) -> OrderReceipt | None:
        return self.visit.placed.receipt if self.visit.placed else None

    @property
    def order(self) -> FollowedOrder | None:
        return self.visit.placed.order if self.visit.placed else None

    @property
    def delivery_status(self) -> DeliveryStatus | None:
        return self.order.delivery.status if self.order and self.order.delivery else None

    # ---- waiting ---------------------------------------------------------------------------------

    def at(self, screen: Screen, seconds: float = 10.0) -> None:
        self.pilot.wait_until(
            lambda: self.app.root.current_name is screen and self.visit.screen is screen,
            seconds,
            f"the {screen.value} screen",
        )

    def at_rest(self, seconds: float = 10.0) -> Screen:
        """The posters, or in its dark hours the dark glass."""
        self.pilot.wait_until(
            lambda: self.app.root.current_name is self.visit.screen and self.resting,
            seconds,
            "a window at rest",
        )
        return self.visit.screen

    @property
    def resting(self) -> bool:
        return self.visit.screen in (Screen.ATTRACT, Screen.DARK)

    def see(self, happened: Callable[[], Any], what: str, seconds: float = ANSWER_S) -> None:
        self.pilot.wait_until(happened, seconds, what)

    def watch(self, happened: Callable[[], Any], what: str, seconds: float) -> None:
        """Stand and watch, and say "I am still here" whenever the window asks."""
        until = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > until:
                raise NotThere(f"{what} did not come in {seconds:.0f} s")
            self._still_here()
            self.pilot.frames(1)
        self._touch_nothing()
        self._still_here()

    def _touch_nothing(self) -> None:
        """A sign of life: the question must not come up over what is seen or touched next."""
        window = self.pilot.window
        self.pilot.tap((window.width / 2, window.height - EDGE_PX))

    def _still_here(self) -> None:
        if self.visit.warned_at is not None:
            self.pilot.tap("idle.stay")
            self.see(lambda: self.visit.warned_at is None, "the question taken away")

    def let_pictures_come(self) -> None:
        """Wait for the pictures in sight; those that cannot be had keep their placeholder."""
        first = self.visit.screen is Screen.ATTRACT
        until = time.monotonic() + (FIRST_PICTURES_S if first else PICTURES_S)
        calm = 0  # frames: what has just been shown asks for its picture with the next one
        while time.monotonic() < until and calm < CALM_FRAMES:
            self.pilot.frames(1)
            calm = 0 if self._awaits_pictures() else calm + 1

    def _awaits_pictures(self) -> bool:
        if self.visit.screen is Screen.ATTRACT:
            # On the first start the posters' pictures are still being made; until then the
            # shop has none, and stand-ins show.
            profile = self.app.store.world.profile
            if profile is None or not profile.heroes:
                return True
            heroes = self.app.root.current.view.heroes
            if any(hero.product_id and hero.picture is None for hero in heroes):
                return True
        return bool(self.app.pictures.awaited)

    def start_again(self) -> None:
        """Leave, also from under the question whether somebody is still there."""
        if self.visit.warned_at is None:
            self._touch_nothing()
        if self.visit.comfort.spoken:  # to who listens, every touch says "still here"
            self._still_here()
        warned = self.visit.warned_at is not None
        self.pilot.tap("idle.leave" if warned else "bar.start_again")
        self.at_rest()

    # ---- shopping --------------------------------------------------------------------------------

    def wake(self) -> None:
        """Touch the poster in the middle."""
        window = self.pilot.window
        self.at_rest(READY_S)
        self.pilot.tap((window.width / 2, window.height / 2))
        self.at(Screen.BROWSE)
        if self._wish is not None:
            self.app.store.dispatch(SetComfort(*self._wish))
        self.see(self.cards, "the first cards")

    def cards(self) -> list[str]:
        """The handles of the cards on the glass, top row first."""
        pilot = self.pilot
        found = {h for h in pilot.handles() if h.startswith("card.")}
        places = {h: pilot.get(h).to_window(*pilot.get(h).center) for h in found}
        return sorted(found, key=lambda h: (-round(places[h][1]), round(places[h][0])))

    def open_search(self) -> None:
        self.pilot.tap("browse.search")
        self.at(Screen.FIND)
        self.see(lambda: "key:done" in self.pilot.handles(), "the keyboard")
        self.pilot.pause(0.5)

    def search(self, words: str, *, instead: bool = False) -> None:
        """Type words into the search, after or `instead` of what stands there, and wait."""
        if instead:
            self.pilot.tap("find.erase")
            self.see(lambda: not self.visit.finding.words, "an empty search")
        self._press(words)
        self.answered()

    def close_search(self) -> None:
        self.pilot.tap("key:done")
        self.see(lambda: "key:done" not in self.pilot.handles(), "the keyboard put away")
        self.pilot.pause(0.5)

    def answered(self) -> None:
        """Wait until the box has found what is looked for now."""

        def found() -> bool:
            finding = self.visit.finding
            return finding.answer is not None and finding.answer.selection == finding.selection

        self.see(found, "an answer to what is looked for")

    def open_a_piece(self) -> Product:
        """Open the first piece in sight that can be had."""
        for card in self.cards():
            self.pilot.tap(card)
            self.at(Screen.PRODUCT)
            self.see(lambda: self.piece, "the piece")
            if self.piece is not None and self.piece.available:
                return self.piece
            self.back_to(Screen.BROWSE)
        raise NotThere("every piece in sight is sold out")

    def back_to(self, screen: Screen) -> None:
        self.pilot.tap("bar.back")
        self.at(screen)

    def add(self) -> None:
        """Add one more of the piece on the screen."""
        wanted = self.visit.basket.pieces + 1
        self.pilot.tap("product.add")
        self.see(lambda: self.visit.basket.pieces == wanted, "the piece in the basket")

    def open_basket(self) -> None:
        self.pilot.tap("bar.basket")
        self.at(Screen.BASKET)

    def choose(self, way: Fulfilment, *, quoted: bool = True) -> None:
        """From the basket to how it shall travel; `quoted` waits for the back office's prices."""
        self.pilot.tap("basket.checkout")
        self.at(Screen.FULFILMENT)
        self.pilot.tap(f"fulfilment.{way.value}")
        self.see(lambda: self.visit.fulfilment is way, way.value)
        if quoted:
            self.see(lambda: self.visit.quote, "the back office's quote")

    def go_to_details(self) -> None:
        self.pilot.tap("fulfilment.continue")
        self.at(Screen.DETAILS)

    @property
    def person(self) -> dict[str, str]:
        """Who the visitor is, as they write it."""
        return PERSON | {"name": NAMES.get(self.visit.language, PERSON["name"])}

    def fill_in(self, given: dict[str, str]) -> None:
        """Type every field on the window's own keyboard, then put it away."""
        for field, text in given.items():
            self.type_into(field, text)
        self._put_keyboard_away()

    def type_into(self, field: str, text: str) -> None:
        self._go_to_field(field)
        self._press(text)
        written = getattr(self.visit.draft, field).lower().replace(" ", "")
        if written != text.replace(" ", ""):
            raise NotThere(f"typed into {field}, but it reads otherwise")

    def _go_to_field(self, field: str) -> None:
        """By touch, or by the keyboard's own way on where that may cover it."""
        if not self.visit.focus:
            self.pilot.tap(f"details.field:{field}")
        while self.visit.focus and self.visit.focus != field:
            self.pilot.tap("key:next")  # its answer is there with the touch
        self.see(lambda: self.visit.focus == field, f"the field {field}")

    def _press(self, text: str) -> None:
        pilot = self.pilot
        for sign in text:
            key = "key:space" if sign == " " else f"key:{sign}"
            if key not in pilot.handles():
                # Latin letters and those of the visitor's own language lie on two pages.
                latin = "key:page:latin"
                pilot.tap(latin if latin in pilot.handles() else "key:page:own")
            pilot.tap(key, frames=1)

    def look_for_street(self) -> None:
        """Type the beginning of a street and wait until it is offered."""
        self._go_to_field("line1")
        self._press(STREET)
        self.see(lambda: "suggestion:0" in self.pilot.handles(), "a street")
        self.pilot.pause(0.5)

    def choose_street(self) -> None:
        self.pilot.tap("suggestion:0")
        self.see(lambda: self.visit.completion.street, "the question for the number")
        self.pilot.pause(0.5)

    def choose_number(self) -> None:
        self._press(NUMBER[0])
        self.pilot.tap(f"number:{NUMBER}")
        self._put_keyboard_away()
        written = self.visit.draft
        # The number stands first or last, by the shop's country.
        words = sorted(written.line1.lower().split())
        if words != sorted(DOOR["line1"].split()) or written.postcode != DOOR["postcode"]:
            raise NotThere("the address was completed, but it reads otherwise")

    def hide_what_is_typed(self) -> None:
        self.pilot.tap("details.mask")
        self.see(lambda: self.visit.comfort.masked, "dots")
        self.pilot.pause(0.5)

    def _put_keyboard_away(self) -> None:
        if self.visit.focus:
            self.pilot.tap("key:done")
        self.see(lambda: "key:done" not in self.pilot.handles(), "the keyboard put away")
        self.pilot.pause(0.5)

    def place(self, *, answered: bool = True) -> None:
        """Place the order; `answered` waits for the shop's answer and the code to scan."""
        self.pilot.tap("details.place")
        self.at(Screen.THANKS)
        if answered:
            self.see(lambda: self.receipt, "the shop's answer")
            code = self.pilot.wait_for("thanks.qr")
            self.see(lambda: code.ready, "the code to scan")

    def turn_map(self) -> None:
        """The way that the courier rides upwards, while one rides."""
        if "tracking.heading" in self.pilot.handles():
            self.pilot.tap("tracking.heading")
            self.pilot.pause(2.0)

    def ask_for_order(self) -> None:
        self.pilot.tap("bar.order")
        self.at(Screen.LOOKUP)
        self.see(lambda: "key:next" in self.pilot.handles(), "the keyboard")
        self.pilot.pause(0.5)

    def type_number(self, number: str) -> None:
        self._press(number)
        if self.visit.lookup.number != number:
            raise NotThere("typed an order's number, but it reads otherwise")

    def type_code(self, code: str) -> None:
        """In place of what stands there, and ask."""
        if self.visit.focus:
            self.pilot.tap("key:next")
        else:
            self.pilot.tap("lookup.field:code")
        self.see(lambda: self.visit.focus == "code", "the field for the code")
        self.pilot.pause(0.5)
        while self.visit.lookup.code:
            self.pilot.tap("key:backspace", frames=1)
        self._press(code)
        self.pilot.tap("key:done")
        self.see(lambda: not self.visit.lookup.asked, "an answer")

    def follow(self) -> None:
        self.pilot.tap("thanks.follow")
        self.at(Screen.TRACKING)
        self.see(lambda: self.order, "the order's state")
        self.see(lambda: self.app.root.current.map_drawn, "the map")
