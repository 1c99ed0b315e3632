"""A shop that writes to its buyers, and the server that takes its mails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kiosk.backoffice.mail.server import MailServer, Security
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.mail.post import Post, opened


@pytest.fixture
def post() -> Iterator[Post]:
    found = Post()
    office = opened(found)
    yield found
    office.stop()


@pytest.fixture
def mail_server(post: Post, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """What the settings name."""
    server = MailServer("127.0.0.1", post.port, Security.NONE, "", "", "orders@shop.example")
    monkeypatch.setattr(settings, "MAIL_SERVER", server)
    return server


@pytest.fixture
def window(database: Path) -> Window:
    make_shop(email="bonjour@shop.example", phone="+33 1 99 00 14 14")
    make_product(stock=200)
    return Window()
