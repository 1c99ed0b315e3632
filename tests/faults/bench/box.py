"""A box that keeps orders and does nothing else: `python -m tests.faults.bench.box FILE ORDERS`.

After a first order that is not counted it waits for a line on standard input; then it says each
order's intent on standard output once it is kept, as the glass says thanks.
"""

import os
import sys
import uuid
from pathlib import Path

from kiosk.window.replica import Outbox
from tests.window.replica.replica_data import SHOP_KEY, order, summary


def main(path: str, orders: str) -> None:
    outbox = Outbox(Path(path))
    for number in range(int(orders) + 1):
        intent = uuid.uuid4()
        outbox.commit(order(intent), summary(), SHOP_KEY)
        os.write(1, f"{intent}\n".encode())
        if number == 0:
            sys.stdin.readline()
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
