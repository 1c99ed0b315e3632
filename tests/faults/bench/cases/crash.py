"""Programs that die or hang in the middle of an order (1, 2, 7)."""

import random
import time

from tests.faults.bench.cases.case import Case
from tests.faults.bench.failpoints import OFFICE, WINDOW
from tests.faults.bench.office import eventually
from tests.faults.bench.stand import Stand
from tests.faults.bench.window import Gone

# About as long as two orders take.
KILL_WITHIN_S = 0.3


def window_at_each_step(stand: Stand, orders: int, seed: int) -> None:
    chance = random.Random(seed)
    each = max(2, orders // len(WINDOW))
    for point in WINDOW:
        stand.marks.arm(point, chance.randint(1, each))
        try:
            stand.window.orders(each, seed=chance.randrange(2**31))
            # Those that come after the glass has spoken may be passed a moment later.
            eventually(lambda: not stand.window.running, f"the window killed at {point}", 10)
        except Gone:
            pass
        stand.marks.disarm()
        stand.revive()


def window_at_random(stand: Stand, orders: int, seed: int) -> None:
    """Killed at any moment after some thanks, however slow the machine is."""
    chance, left = random.Random(seed), orders
    while left > 0:
        burst = min(left, chance.randint(1, 6))
        left -= burst
        thanked = stand.window.thanked + chance.randint(0, burst - 1)
        stand.window.begin_orders(burst, seed=chance.randrange(2**31))
        eventually(lambda until=thanked: stand.window.thanked >= until, "thanks on the glass")
        time.sleep(chance.uniform(0.0, KILL_WITHIN_S))
        stand.window.kill()
        stand.proof["killed"] += 1
        stand.revive()


def office_at_each_step(stand: Stand, orders: int, seed: int) -> None:
    chance = random.Random(seed)
    each = max(2, orders // len(OFFICE))
    for point in OFFICE:
        stand.marks.arm(point, chance.randint(1, each))
        stand.window.orders(each, seed=chance.randrange(2**31))
        eventually(lambda: not stand.office.running, f"the back office killed at {point}", 20)
        stand.revive()


def office_at_random(stand: Stand, orders: int, seed: int) -> None:
    chance, left = random.Random(seed), orders
    while left > 0:
        burst = min(left, chance.randint(2, 8))
        left -= burst
        stand.window.begin_orders(burst, seed=chance.randrange(2**31))
        time.sleep(chance.uniform(0.0, KILL_WITHIN_S))
        stand.office.kill()
        stand.proof["killed"] += 1
        stand.window.wait_for("played", 120)
        stand.revive()


def office_hangs(stand: Stand, orders: int, seed: int) -> None:
    """The glass goes on thanking while nobody answers; what was on its way is found again."""
    chance = random.Random(seed)
    rounds = max(1, orders // 10)
    for _ in range(rounds):
        stand.window.begin_orders(orders // rounds, seed=chance.randrange(2**31))
        time.sleep(chance.uniform(0.0, 0.5))
        stand.office.hang()
        try:
            stand.window.wait_for("played", 60)  # never waits for the back office
            stand.proof["hung"] += 1
            time.sleep(chance.uniform(0.5, 3.0))
        finally:
            stand.office.go_on()


CRASHES = (
    Case(1, "window killed at every step", window_at_each_step, WINDOW),
    Case(1, "window killed at random", window_at_random, ("killed",)),
    Case(2, "back office killed at every step", office_at_each_step, OFFICE),
    Case(2, "back office killed at random", office_at_random, ("killed",)),
    Case(7, "back office hangs", office_hangs, ("hung",)),
)
