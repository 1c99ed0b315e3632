"""The window's disk fills up while people stand before the glass."""

from pathlib import Path

from kiosk.ops.tour.visitor import PERSON
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import Evening, evening
from tests.journeys.own_process import in_own_process
from tests.smalldisk import MIB, SmallDisk, small_disk

__all__ = ["demo_house"]

LOW = 4 * MIB


def fill(held: Evening, disk: SmallDisk) -> None:
    """Leave no room for an order, whatever the window sheds."""
    while held.visitor.app.link.ready_for_orders():
        disk.leave(LOW)


def play(folder: Path, disk: SmallDisk) -> None:
    with evening(folder) as held:
        visitor = held.visitor
        visitor.wake()
        visitor.open_a_piece()
        visitor.add()
        fill(held, disk)
        visitor.open_basket()
        basket = visitor.app.root.current
        visitor.see(lambda: basket.view.why_not, "that no order can be placed")
        visitor.pilot.tap("basket.checkout")
        visitor.at(Screen.ELSEWHERE)
        screen = visitor.app.root.current
        code = visitor.pilot.wait_for("elsewhere.qr")
        visitor.see(lambda: code.ready, "the code of the shop's own site")
        assert screen.view.qr == "https://maison-lucarne.example"
        assert visitor.visit.basket
        disk.empty()
        visitor.see(lambda: screen.view.again, "that orders are taken again", 30)
        visitor.pilot.tap("elsewhere.again")
        visitor.at(Screen.FULFILMENT)
        visitor.pilot.tap(f"fulfilment.{Fulfilment.COLLECT.value}")
        visitor.go_to_details()
        visitor.fill_in(PERSON)
        fill(held, disk)
        disk.leave(0)
        visitor.pilot.tap("details.place")
        visitor.at(Screen.ELSEWHERE)
        assert screen.view.refused and visitor.visit.placed is None
        assert held.orders() == [] and visitor.app.link.outbox.waiting_count() == 0
        disk.empty()
        visitor.see(lambda: screen.view.again, "that it can be tried again", 30)
        visitor.pilot.tap("elsewhere.again")
        visitor.at(Screen.DETAILS)
        visitor.place()
        assert len(held.orders()) == 1


def test_a_full_disk_refuses_before_anybody_types_and_never_lies(demo_house: Path) -> None:
    with small_disk(demo_house / "window", 256 * MIB) as disk:
        in_own_process(play, demo_house, disk)
