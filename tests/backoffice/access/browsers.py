"""People at the door of the staff's pages, each with a browser of their own."""

import re
import time
from typing import Any

import pyotp
from django.contrib.auth.models import User
from django.test import Client

from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.roles import Role
from tests.backoffice.staff.browser import words

PASSWORD = "lampe-terre-cuite-42"


def make_person(name: str = "ines", role: Role = Role.OWNER) -> User:
    user = User.objects.create_user(name, password=PASSWORD)
    give_role(user, role)
    return user


class Browser:
    """A browser; `address` is where it asks from."""

    def __init__(self, address: str = "198.51.100.7") -> None:
        self.client = Client(
            SERVER_NAME="localhost", REMOTE_ADDR=address, headers={"accept-language": "en"}
        )

    def get(self, path: str = "") -> Any:
        return self.client.get(f"/staff/{path}")

    def post(self, path: str, **data: str) -> Any:
        return self.client.post(f"/staff/{path}", data)

    def password(self, name: str = "ines", password: str = PASSWORD) -> str:
        """Where the password leads to; "" where it does not."""
        answer = self.post("login/", username=name, password=password)
        return str(answer["Location"]) if answer.status_code == 302 else ""

    def code(self, code: str) -> Any:
        return self.post("second-factor/", code=code)

    def set_up(self, name: str = "ines") -> tuple[str, list[str]]:
        """Sign in for the first time; the secret and the recovery codes that were shown."""
        assert self.password(name) == "/staff/second-factor/set-up/"
        secret = secret_on(self.get("second-factor/set-up/").content.decode())
        answer = self.post("second-factor/set-up/", code=code_of(secret))
        return secret, recovery_codes_on(answer.content.decode())

    @property
    def inside(self) -> bool:
        return self.get("me/").status_code == 200


def secret_on(html: str) -> str:
    found = re.search(r"\b([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})\b", words(html))
    assert found, words(html)
    return found[1].replace(" ", "")


def recovery_codes_on(html: str) -> list[str]:
    return re.findall(r"\b[a-z0-9]{5}-[a-z0-9]{5}\b", words(html))


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows, `steps` half minutes from now."""
    return pyotp.TOTP(secret).at(time.time() + 30 * steps)
