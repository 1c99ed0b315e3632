"""The back office hangs, goes away, comes back changed: nothing stops, lies or is lost."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.ops.tour.visitor import DOOR, PERSON, Visitor
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import Evening, evening, eventually
from tests.journeys.own_process import in_own_process

__all__ = ["demo_house"]

HANG_S = 5.0
# Far below the hang, far above what a crowded machine takes for a frame.
LONGEST_FRAME_S = 1.0


@contextmanager
def hanging(held: Evening) -> Iterator[None]:
    """The back office's process stands still, with every call open, for at least HANG_S."""
    os.kill(held.office.pid, signal.SIGSTOP)
    began = time.monotonic()
    try:
        yield
        while time.monotonic() - began < HANG_S:
            frame(held.visitor)
    finally:
        os.kill(held.office.pid, signal.SIGCONT)


def frame(visitor: Visitor) -> None:
    began = time.monotonic()
    visitor.pilot.frames(1)
    took = time.monotonic() - began
    assert took < LONGEST_FRAME_S, f"a frame took {took:.1f} s while the back office hung"


def play_hanging_everywhere(folder: Path) -> None:
    with evening(folder) as held:
        visitor = held.visitor
        with hanging(held):  # hello, profile, feed, pictures
            assert visitor.visit.screen is Screen.PREPARING
        visitor.wake()
        with hanging(held):  # the stream; the shelves answer all the same
            visitor.open_a_piece()
            visitor.add()
            visitor.open_basket()
        with hanging(held):  # the quote: the box's own reckoning stands in
            visitor.choose(Fulfilment.COURIER, quoted=False)
            visitor.go_to_details()
            visitor.fill_in(PERSON | DOOR)
        with hanging(held):  # the order: kept, and said so, before the shop has answered
            visitor.place(answered=False)
            assert visitor.receipt is None
        visitor.see(lambda: visitor.receipt, "the shop's answer", 30)
        with hanging(held):  # the order's state
            visitor.pilot.tap("thanks.follow")
            visitor.at(Screen.TRACKING)
        visitor.see(lambda: visitor.order, "the order's state", 30)
        assert len(held.orders()) == 1


def test_frames_go_on_while_the_back_office_hangs(demo_house: Path) -> None:
    in_own_process(play_hanging_everywhere, demo_house)


def play_an_outage(folder: Path) -> None:
    with evening(folder) as held:
        visitor = held.visitor
        visitor.wake()
        held.wire.cut()
        visitor.see(lambda: not visitor.app.store.world.online, "that the shop is out of reach", 40)
        visitor.open_a_piece()
        visitor.add()
        visitor.open_basket()
        visitor.choose(Fulfilment.COLLECT, quoted=False)
        visitor.go_to_details()
        visitor.fill_in(PERSON)
        visitor.place(answered=False)
        visitor.pilot.pause(1.0)
        assert visitor.receipt is None
        assert visitor.app.root.current.view.known == "waiting"
        assert not visitor.app.root.current.view.qr
        assert held.orders() == []
        held.wire.mend()
        visitor.see(lambda: visitor.receipt, "the shop's answer", 60)
        assert visitor.app.root.current.view.known == "accepted"
        # One order, however often it was sent.
        visitor.pilot.pause(2.0)
        (order,) = held.orders()
        assert visitor.visit.placed is not None
        assert order[0].replace("-", "") == visitor.visit.placed.intent_id.hex


def test_an_order_taken_while_away_is_sent_once(demo_house: Path) -> None:
    in_own_process(play_an_outage, demo_house)


def play_a_changed_price(folder: Path) -> None:
    from tests.journeys.staff import Staff

    with evening(folder) as held:
        visitor = held.visitor
        visitor.wake()
        held.wire.cut()
        piece = visitor.open_a_piece()
        visitor.add()
        sku = piece.variant(visitor.visit.variant_id or "").sku  # type: ignore[union-attr]
        Staff(held.address).set_price(sku, "199.00")
        visitor.open_basket()
        visitor.choose(Fulfilment.COLLECT, quoted=False)
        visitor.go_to_details()
        visitor.fill_in(PERSON)
        visitor.place(answered=False)
        held.wire.mend()
        visitor.see(lambda: visitor.receipt, "the shop's answer", 60)
        assert visitor.receipt is not None
        assert visitor.receipt.status is OrderStatus.NEEDS_REVIEW
        visitor.pilot.frames(5)
        assert visitor.app.root.current.view.known == "review"
        (order,) = held.orders()
        assert order[2] == "needs_review"


def test_an_order_at_an_old_price_waits_for_staff(demo_house: Path) -> None:
    in_own_process(play_a_changed_price, demo_house)


def play_a_pulled_plug(folder: Path) -> None:
    """The window is killed between "thank you" and the answer; the next start sends the order."""
    from kiosk.ops.embedded import EmbeddedBackOffice
    from kiosk.window.link import Link, LinkSettings
    from tests.journeys.evening import CATALOGUE

    with EmbeddedBackOffice(folder / "backoffice", CATALOGUE) as office:
        address = office.wait()
        told = LinkSettings(address.url, address.device_token, folder / "window")
        link = Link(told, lambda _event: None)
        link.start()
        try:
            database = Evening(folder, office, address, None, None)  # type: ignore[arg-type]
            eventually(database.orders, "the order of the evening before", 40)
            time.sleep(2)
            assert len(database.orders()) == 1
        finally:
            link.stop()


def play_until_the_plug(folder: Path) -> None:
    with evening(folder) as held:
        visitor = held.visitor
        visitor.wake()
        held.wire.cut()
        visitor.open_a_piece()
        visitor.add()
        visitor.open_basket()
        visitor.choose(Fulfilment.COLLECT, quoted=False)
        visitor.go_to_details()
        visitor.fill_in(PERSON)
        visitor.place(answered=False)
        held.office.stop()
        os.kill(os.getpid(), signal.SIGKILL)


def test_an_order_thanked_for_survives_a_killed_window(demo_house: Path) -> None:
    try:
        in_own_process(play_until_the_plug, demo_house)
    except AssertionError as error:
        assert "ended with -9" in str(error), error
    in_own_process(play_a_pulled_plug, demo_house)
