"""Certificates are verified, always; a shop's own authority can be added."""

import shutil
import ssl
import subprocess

import pytest
from conftest import FAST

from kiosk.window.link import Away, BackOfficeClient


@pytest.fixture
def certificate(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return tmp_path


@pytest.fixture
def secure_office(office, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    office._server.socket = context.wrap_socket(office._server.socket, server_side=True)
    return office


def test_an_unknown_authority_is_away_and_says_why(secure_office):
    client = BackOfficeClient(f"https://localhost:{secure_office.port}", "secret", FAST)
    with pytest.raises(Away, match="no secure connection"):
        client.hello()
    assert not secure_office.asked
    client.close()


def test_a_shop_s_own_authority_is_believed_for_its_own_name(secure_office, certificate):
    ours = certificate / "cert.pem"
    url = f"https://localhost:{secure_office.port}"
    client = BackOfficeClient(url, "secret", FAST, ours)
    assert client.hello().epoch == "e1"
    client.close()
    another = BackOfficeClient(url.replace("localhost", "127.0.0.1"), "secret", FAST, ours)
    with pytest.raises(Away, match="no secure connection"):
        another.hello()
    another.close()
