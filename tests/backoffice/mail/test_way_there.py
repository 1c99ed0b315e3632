"""The way to the server is secured, or nothing is sent."""

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from kiosk.backoffice.mail.delivery import deliver_due
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.mail.server import MailServer, Security
from tests.backoffice.backoffice_data import Window, order_body
from tests.backoffice.mail.post import Post, opened


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of localhost, signed by nobody; with its key beside it."""
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "cert.pem"


def sign_in(
    server: object, session: object, envelope: object, mechanism: str, data: object
) -> AuthResult:
    good = LoginPassword(b"ines", b"geheim")
    return AuthResult(success=data == good, handled=False)


@pytest.fixture
def secured(certificate: Path) -> Iterator[Post]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    post = Post()
    office = opened(
        post,
        tls_context=context,
        require_starttls=True,
        authenticator=sign_in,
        auth_required=True,
    )
    yield post
    office.stop()


def server_at(post: Post, security: Security, password: str = "geheim") -> MailServer:
    return MailServer("localhost", post.port, security, "ines", password, "orders@shop.example")


def test_a_certificate_that_nobody_vouches_for_gets_neither_password_nor_mail(
    window: Window,
    mail_server: MailServer,
    secured: Post,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.order(order_body())
    assert not deliver_due(server_at(secured, Security.STARTTLS))
    assert not secured.mails
    assert Message.objects.get().last_error == "SSLCertVerificationError"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    window.order(order_body())
    assert deliver_due(server_at(secured, Security.STARTTLS))
    assert len(secured.mails) == 1


def test_a_server_without_tls_gets_neither(
    window: Window, post: Post, mail_server: MailServer
) -> None:
    window.order(order_body())
    assert not deliver_due(server_at(post, Security.STARTTLS))
    assert Message.objects.get().last_error == "SMTPNotSupportedError" and not post.mails


def test_a_wrong_password_parks_nothing(
    window: Window,
    mail_server: MailServer,
    secured: Post,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    window.order(order_body())
    assert not deliver_due(server_at(secured, Security.STARTTLS, "wrong"))
    waiting = Message.objects.get()
    assert (waiting.state, waiting.last_error) == ("waiting", "sign-in 535")
