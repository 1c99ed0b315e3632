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
from kiosk.window.visit import Screen, actions
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import Evening, evening
from tests.journeys.own_process import in_own_process
from tests.promptly import Awake

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
        with Awake() as clock:
            while time.monotonic() - began < HANG_S:
                frame(held.visitor, clock)
    finally:
        os.kill(held.office.pid, signal.SIGCONT)


def frame(visitor: Visitor, clock: Awake) -> None:
    began = clock.seconds
    visitor.pilot.frames(1)
    took = clock.seconds - began
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


def order(visitor: Visitor) -> None:
    visitor.open_basket()
    visitor.choose(Fulfilment.COLLECT, quoted=False)
    visitor.go_to_details()
    visitor.fill_in(PERSON)
    visitor.place(answered=False)


def sent_once(held: Evening) -> None:
    visitor = held.visitor
    visitor.wake()
    held.wire.cut()
    visitor.see(lambda: not visitor.app.store.world.online, "that the shop is out of reach", 40)
    visitor.open_a_piece()
    visitor.add()
    order(visitor)
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
    (row,) = held.orders()
    assert visitor.visit.placed is not None
    assert row[0].replace("-", "") == visitor.visit.placed.intent_id.hex


def reviewed_at_an_old_price(held: Evening) -> None:
    from tests.journeys.staff import Staff

    visitor = held.visitor
    visitor.wake()
    held.wire.cut()
    piece = visitor.open_a_piece()
    visitor.add()
    sku = piece.variant(visitor.visit.variant_id or "").sku  # type: ignore[union-attr]
    Staff(held.address).set_price(sku, "199.00")
    order(visitor)
    held.wire.mend()
    visitor.see(lambda: visitor.receipt, "the shop's answer", 60)
    assert visitor.receipt is not None
    assert visitor.receipt.status is OrderStatus.NEEDS_REVIEW
    visitor.pilot.frames(5)
    assert visitor.app.root.current.view.known == "review"
    status = {intent.replace("-", ""): status for intent, _, status in held.orders()}
    assert visitor.visit.placed is not None
    assert status[visitor.visit.placed.intent_id.hex] == "needs_review"
    assert len(status) == 2


def play_outages(folder: Path) -> None:
    with evening(folder) as held:
        sent_once(held)
        held.visitor.app.store.dispatch(actions.StartAgain())
        held.visitor.at(Screen.ATTRACT)
        reviewed_at_an_old_price(held)


def test_orders_taken_while_away_are_sent_once_and_reviewed_at_an_old_price(
    demo_house: Path,
) -> None:
    in_own_process(play_outages, demo_house)
