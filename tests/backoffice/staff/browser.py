"""A colleague at the staff's pages, through Django's whole stack without a socket."""

import re
from html import unescape
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kiosk.backoffice.access.sessions import FACTOR, GIVEN
from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.roles import Role


def sign_in(client: Client, user: User) -> None:
    """As after the password and the second factor."""
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[FACTOR] = GIVEN
    session.save()


class Colleague:
    """Signed in; `owner` may do everything, the others are what `role` says."""

    def __init__(
        self,
        name: str = "claire",
        *,
        owner: bool = True,
        role: Role = Role.TEAM,
        language: str = "fr",
    ) -> None:
        self.user = User.objects.create_user(name, first_name=name.title())
        give_role(self.user, Role.OWNER if owner else role)
        self._client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
        sign_in(self._client, self.user)

    def get(self, path: str) -> Any:
        return self._client.get(f"/staff/{path}")

    def page(self, path: str = "") -> str:
        """A page's words, without its markup."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
        return words(answer.content.decode())

    def form(self, path: str) -> dict[str, str]:
        """The fields of a page's largest form with what stands in them."""
        return fields(self.get(path).content.decode())

    def send(self, path: str, data: dict[str, Any]) -> Any:
        return self._client.post(f"/staff/{path}", data)

    def save(self, path: str, **changes: Any) -> str:
        """Change fields of a form and save it; the words of the page that follows."""
        data: dict[str, Any] = self.form(path) | {"_continue": "1"}
        unknown = [name for name in changes if name not in data and not name.startswith("_")]
        assert not [n for n in unknown if n not in ("photos", "photo")], f"no field {unknown}"
        answer = self._client.post(f"/staff/{path}", data | changes, follow=True)
        assert answer.status_code == 200
        return words(answer.content.decode())


def photo(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def words(html: str) -> str:
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def fields(html: str) -> dict[str, str]:
    """What a browser would send from the page's largest form."""
    form = max(re.findall(r"<form\b.*?</form>", html, re.S), key=len)
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", form, re.S):
        given = _attributes(tag)
        kind = given.get("type", "text")
        if "name" not in given or kind in ("submit", "button", "file", "image"):
            continue
        if kind in ("checkbox", "radio") and "checked" not in given:
            continue
        found[given["name"]] = given.get("value", "on" if kind == "checkbox" else "")
    for head, body in re.findall(r"(<textarea\b[^>]*>)(.*?)</textarea>", form, re.S):
        found[_attributes(head)["name"]] = unescape(body).lstrip("\n")
    for head, body in re.findall(r"(<select\b[^>]*>)(.*?)</select>", form, re.S):
        options = [_attributes(tag) for tag in re.findall(r"<option\b[^>]*>", body)]
        chosen = [o.get("value", "") for o in options if "selected" in o]
        if "name" in _attributes(head):
            first = options[0].get("value", "") if options else ""
            found[_attributes(head)["name"]] = chosen[0] if chosen else first
    return {name: value for name, value in found.items() if "__prefix__" not in name}


def _attributes(tag: str) -> dict[str, str]:
    pairs = re.findall(r'([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|\'([^\']*)\'))?', tag)
    return {name: unescape(one or two) for name, one, two in pairs[1:]}
