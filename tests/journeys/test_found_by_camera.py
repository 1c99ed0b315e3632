"""An order is found again by a code: the phone's page, a camera, the glass and the back office."""

import re
from pathlib import Path

import requests
from PIL import Image

from kiosk.ops.tour.visitor import PERSON, Visitor
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen
from kiosk.window.visit.lookup import LookupProblem
from kiosk.window.visit.scan import Hint
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import evening, eventually
from tests.journeys.own_process import in_own_process
from tests.window.stage.before_camera import Camera, camera, code, street

__all__ = ["demo_house"]


class Hand:
    """Holds something up to the camera, or nothing."""

    def __init__(self) -> None:
        self.holds: Image.Image | None = None

    def __call__(self, n: int) -> Image.Image:
        return street(self.holds, seed=n, turned=n % 7)


def on_the_phone(url: str) -> Image.Image:
    """The code as the phone's page draws it, screen and all."""
    page = requests.post(f"{url}/show", timeout=20)
    at = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", page.text)]
    drawn = Image.new("L", (33, 33), 255)
    for place in at:
        drawn.putpixel(place, 0)
    return drawn.resize((231, 231), Image.Resampling.NEAREST)


def order(visitor: Visitor) -> None:
    visitor.wake()
    visitor.open_a_piece()
    visitor.add()
    visitor.open_basket()
    visitor.choose(Fulfilment.COLLECT, quoted=False)
    visitor.go_to_details()
    visitor.fill_in(PERSON)
    visitor.place()


def ask_the_camera(visitor: Visitor, eye: Camera) -> None:
    visitor.start_again()
    visitor.wake()
    visitor.pilot.tap("bar.order")
    visitor.at(Screen.LOOKUP)
    assert not eye.watched  # the page alone opens nothing
    visitor.pilot.tap("lookup.camera")


def play(folder: Path) -> None:
    hand = Hand()
    with camera(hand) as eye, evening(folder, camera=eye.address) as held:
        visitor = held.visitor
        order(visitor)
        receipt = visitor.receipt
        assert receipt is not None and not eye.seen
        offered = lambda: "/show" in requests.get(receipt.page_url, timeout=20).text  # noqa: E731
        eventually(offered, "the way on the phone")
        ask_the_camera(visitor, eye)
        visitor.see(lambda: visitor.visit.lookup.scan.sees, "pictures")
        hand.holds = code(receipt.page_url, 4)  # what the glass showed after the order
        visitor.see(lambda: visitor.visit.lookup.scan.hint is Hint.PAGE, "whose code it is")
        hand.holds = on_the_phone(receipt.page_url)
        visitor.at(Screen.TRACKING)
        assert visitor.order is not None and visitor.order.number == receipt.number
        eventually(lambda: not eye.watched, "the camera let go")
        # Somebody has photographed the phone.
        ask_the_camera(visitor, eye)
        stale = LookupProblem.STALE
        visitor.see(lambda: visitor.visit.lookup.problem is stale, "that it is over")
        eventually(lambda: not eye.watched, "the camera let go")
        assert visitor.visit.placed is None and receipt.number not in repr(visitor.visit)


def test_a_phone_held_up_to_the_window_shows_its_order(demo_house: Path) -> None:
    in_own_process(play, demo_house)
