"""Accounts at two delivery services, which are one double here."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.backoffice.dispatch.service_double import Service


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    accounts = {"uber_direct": service.account(), "stuart": service.account()}
    with override_settings(DELIVERY_ACCOUNTS=accounts):
        yield service
    service.shutdown()
    service.server_close()
