"""Many orders at once, and real back offices: each buyer still gets one mail."""

import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from kiosk.backoffice.mail.delivery import deliver_due, park_older_news
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.mail.server import MailServer
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.order import OrderStatus, TransitionError
from tests.backoffice.backoffice_data import Window, order_body, send_order
from tests.backoffice.conftest import Server
from tests.backoffice.mail.post import Post


def test_twenty_orders_of_one_intent_are_one_mail(
    window: Window,
    post: Post,
    serve: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KIOSK_SMTP_URL", f"smtp://127.0.0.1:{post.port}")
    monkeypatch.setenv("KIOSK_SMTP_FROM", "orders@shop.example")
    server, bodies = serve(), [order_body() for _ in range(20)]
    sent = [(body, str(uuid.uuid4())) for body in [bodies[0]] * 20 + bodies[1:]]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda one: send_order(server.url, window.token, *one), sent))
    assert {answer.status_code for answer in answers} <= {200, 201}
    numbers = set(Order.objects.values_list("number", flat=True))
    assert len(numbers) == 20
    until = time.monotonic() + 60
    while Message.objects.exclude(state="sent").exists() and time.monotonic() < until:
        time.sleep(0.05)
    told = Counter(number for number in numbers for m in post.mails if number in m["Subject"])
    assert told == dict.fromkeys(numbers, 1) and len(post.mails) == 20
    assert len({mail["Message-ID"] for mail in post.mails}) == 20
    assert server.stop() == 0


def test_transitions_and_senders_that_race_are_one_mail_of_a_kind(
    window: Window, post: Post, mail_server: MailServer, database: Path
) -> None:
    window.order(order_body())
    order = Order.objects.get()

    def cancel(_: int) -> bool:
        try:
            advance_order(order, OrderStatus.CANCELLED)
        except TransitionError:
            return False
        finally:
            connection.close()
        return True

    def deliver(_: int) -> None:
        deliver_due(mail_server)
        connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(cancel, range(20))) == 1
        list(pool.map(deliver, range(20)))
    assert dict(Message.objects.values_list("kind", "state")) == {
        "accepted": "skipped",
        "cancelled": "sent",
    }
    assert len(post.mails) == 1


def test_a_backup_that_was_put_back_sends_no_old_news(
    window: Window,
    post: Post,
    mail_server: MailServer,
    serve: Callable[..., Server],
    database: Path,
    tmp_path: Path,
    sqlite_files: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    park_older_news()
    assert window.order(order_body()).status_code == 201
    copy, data = tmp_path / "copy.sqlite3", tmp_path / "data"
    for deed in (("backup", copy, f"--data={database}"), ("restore", copy, f"--data={data}")):
        command = [sys.executable, "-m", "kiosk", "backoffice", *map(str, deed)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    monkeypatch.setenv("KIOSK_SMTP_URL", f"smtp://127.0.0.1:{post.port}")
    monkeypatch.setenv("KIOSK_SMTP_FROM", "orders@shop.example")
    assert serve(data=data).stop() == 0
    with closing(sqlite3.connect(data / "backoffice.sqlite3")) as db:
        found = db.execute("SELECT state, last_error FROM mail_message").fetchall()
    assert found == [("parked", "restored from a backup")] and not post.mails
