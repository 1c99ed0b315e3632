"""Secrets of the second factor are shown once and lie nowhere in clear."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from django.contrib.auth.models import User

from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.roles import Role
from tests.backoffice.access.browsers import PASSWORD, code_of, recovery_codes_on, secret_on
from tests.backoffice.backoffice_data import make_shop

pytestmark = pytest.mark.usefixtures("sqlite_files")


def test_secrets_are_on_no_page_twice_in_no_log_and_in_no_file(
    tmp_path: Path, database: Path, serve: Any
) -> None:
    make_shop()
    user = User.objects.create_user("ines", password=PASSWORD)
    give_role(user, Role.OWNER)
    log = tmp_path / "log"
    with log.open("w") as stream:
        server = serve(stderr=stream)
        secret, codes, pages = sign_in_and_look_round(server.url, user.pk)
        base32 = {secret, " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))}
        said = [
            *base32,
            base64.b32decode(secret).hex(),
            *codes,
            *(c.replace("-", "") for c in codes),
        ]
        for page in pages:
            assert not [word for word in said if word in page]
        server.stop()
    kept = b"".join(path.read_bytes() for path in database.glob("*.sqlite3*"))
    assert b"ines" in kept  # it is the database
    assert not [word for word in said if word.encode() in kept or word in log.read_text()]
    assert base64.b32decode(secret) not in kept


def sign_in_and_look_round(url: str, pk: int) -> tuple[str, list[str], list[str]]:
    """Set a second factor up, use it; the secret, the codes, and every page that was seen after."""
    web = requests.Session()

    def send(address: str, page: str, **data: str) -> requests.Response:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        data |= {"csrfmiddlewaretoken": token[1]}
        return web.post(address, data, headers={"Referer": address}, timeout=20)

    login = f"{url}/staff/login/"
    first = send(login, web.get(login, timeout=20).text, username="ines", password=PASSWORD)
    secret = secret_on(first.text)
    pages = [send(first.url, first.text, code="000000").text]
    done = send(first.url, first.text, code=code_of(secret))
    codes = recovery_codes_on(done.text)
    assert len(codes) == 10
    places = ("me/", "", f"auth/user/{pk}/change/", f"auth/user/{pk}/history/", "auth/user/")
    pages += [web.get(f"{url}/staff/{place}", timeout=20).text for place in places]
    # The same form sent again, and the page of the set-up opened again.
    pages.append(send(first.url, pages[1], code=code_of(secret)).text)
    pages.append(web.get(first.url, timeout=20).text)
    return secret, codes, pages
