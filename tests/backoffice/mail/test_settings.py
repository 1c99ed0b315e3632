"""A mail server is set rightly, or the back office says what to write and does not start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.backoffice.mail.server import (
    MailServer,
    MailServerError,
    Security,
    mail_server_from,
)

FROM = {"KIOSK_SMTP_FROM": "orders@shop.example"}


def test_without_a_server_nothing_else_counts() -> None:
    assert mail_server_from({}) is None
    assert mail_server_from({"KIOSK_SMTP_URL": " ", "KIOSK_SMTP_FROM": "nobody"}) is None


def test_the_three_ways_to_a_server(tmp_path: Path) -> None:
    found = mail_server_from({"KIOSK_SMTP_URL": "smtps://ines:p%40ss@mail.example"} | FROM)
    assert found == MailServer(
        "mail.example", 465, Security.TLS, "ines", "p@ss", "orders@shop.example"
    )
    assert "p@ss" not in repr(found)
    secret = tmp_path / "password"
    secret.write_text("from a file\n")
    found = mail_server_from(
        {
            "KIOSK_SMTP_URL": "smtp+starttls://ines@mail.example:2525",
            "KIOSK_SMTP_PASSWORD_FILE": str(secret),
            "KIOSK_SMTP_FROM": "Maison Lucarne <orders@shop.example>",
        }
    )
    assert found and (found.port, found.password) == (2525, "from a file")
    assert (found.sender_name, found.sender) == ("Maison Lucarne", "orders@shop.example")
    for here in ("127.0.0.1", "localhost", "[::1]"):
        found = mail_server_from({"KIOSK_SMTP_URL": f"smtp://{here}"} | FROM)
        assert found and (found.port, found.security) == (25, Security.NONE)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("smtp://mail.example", "on this machine"),
        ("smtp://128.0.0.1", "on this machine"),
        ("https://mail.example", "must look like"),
        ("mail.example:465", "must look like"),
        ("smtps://", "must look like"),
        ("smtps://mail.example:port", "must look like"),
        ("smtps://mail.example/inbox", "must look like"),
        ("smtps://ines@mail.example", "a user needs a password"),
        ("smtps://:geheim@mail.example", "a password a user"),
    ],
)
def test_a_bad_url_is_said_without_its_password(url: str, says: str) -> None:
    with pytest.raises(MailServerError, match=says) as refused:
        mail_server_from({"KIOSK_SMTP_URL": url} | FROM)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "sender", ["", "orders", "a@shop.example, b@shop.example", "a@shop.example\nBcc: b@c.example"]
)
def test_a_bad_sender_is_said(sender: str) -> None:
    with pytest.raises(MailServerError, match="KIOSK_SMTP_FROM"):
        mail_server_from({"KIOSK_SMTP_URL": "smtps://mail.example", "KIOSK_SMTP_FROM": sender})


def test_a_password_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(MailServerError, match="KIOSK_SMTP_PASSWORD_FILE: cannot read"):
        mail_server_from(
            {"KIOSK_SMTP_URL": "smtps://ines@mail.example"}
            | {"KIOSK_SMTP_PASSWORD_FILE": str(tmp_path / "none")}
            | FROM
        )


def test_a_back_office_does_not_start_with_a_bad_server(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "backoffice", "run", "--port=0", f"--data={tmp_path}"],
        env=os.environ | {"KIOSK_SMTP_URL": "smtp://ines:geheim@mail.example"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1 and done.stdout == ""
    assert "write smtps://" in done.stderr and "geheim" not in done.stderr
    assert "Traceback" not in done.stderr
