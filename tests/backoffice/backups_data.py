"""A shop with orders, and the commands that copy it."""

import os
import subprocess
import sys

from backoffice_data import Window, courier_body, make_product, make_shop


def kiosk(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kiosk", "backoffice", *map(str, arguments)]
    own = {**os.environ, **environment}
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=300)


def shop_with_orders(count: int = 2) -> Window:
    make_shop()
    make_product(stock=None)
    window = Window()
    for _ in range(count):
        assert window.order(courier_body()).status_code == 201
    return window
