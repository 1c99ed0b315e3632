"""Inès, who carries the shop's orders."""

import pytest

from kiosk.backoffice.courier.models import Courier
from tests.backoffice.backoffice_data import Window
from tests.backoffice.courier.rider import make_courier


@pytest.fixture
def ines(window: Window) -> Courier:
    return make_courier()
