"""Staff at work: a browser session on the back office's own pages."""

import re
from html import unescape

import requests

from kiosk.ops.embedded import Address


class Staff:
    """Signed in by the demo's one-time link."""

    def __init__(self, address: Address) -> None:
        self._base = address.url
        self._web = requests.Session()
        answer = self._web.get(address.staff_url, timeout=20)
        answer.raise_for_status()
        if "sessionid" not in self._web.cookies:
            # Such a link is confirmed by a button, so that a preview cannot use it up.
            self._submit(answer.url, answer.text, {})

    def page(self, path: str) -> str:
        answer = self._web.get(self._base + path, timeout=20)
        answer.raise_for_status()
        return answer.text

    def form(self, path: str) -> dict[str, str]:
        """The fields of the page's form with their values."""
        return fields(self.page(path))

    def submit(self, path: str, data: dict[str, str], files: object = None) -> str:
        """Send a form and follow on; an error on the page is an AssertionError with its words."""
        answer = self._web.post(
            self._base + path,
            data=data,
            files=files,  # type: ignore[arg-type]
            headers={"Referer": self._base + path},
            timeout=30,
        )
        answer.raise_for_status()
        errors = re.findall(r'class="[^"]*errorlist[^"]*".*?</ul>', answer.text, re.S)
        assert not errors, [re.sub(r"<[^>]+>", " ", e) for e in errors]
        return answer.text

    def _submit(self, url: str, html: str, extra: dict[str, str]) -> None:
        data = fields(html) | extra
        self._web.post(url, data=data, headers={"Referer": url}, timeout=20).raise_for_status()

    def product_path(self, sku: str) -> str:
        """The change page of the product that has this SKU."""
        html = self.page(f"/staff/catalogue/product/?q={sku}")
        match = re.search(r'href="(/staff/catalogue/product/[^"/]+/change/)', html)
        assert match, f"{sku} is not in the list"
        return match[1]

    def set_price(self, sku: str, price: str) -> None:
        self.edit_variant(sku, price_minor=price)

    def edit_variant(self, sku: str, **new: str) -> None:
        path = self.product_path(sku)
        data = self.form(path)
        prefix = next(k for k, v in data.items() if k.endswith("-sku") and v == sku)[: -len("sku")]
        for name, value in new.items():
            key = prefix + name
            assert key in data, f"no field {key} among {sorted(data)}"
            data[key] = value
        self.submit(path, data)


def fields(html: str) -> dict[str, str]:
    """Names and values of a page's inputs, text areas and selects, as a browser would send them."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        kind = _attribute(tag, "type")
        if not name or kind in ("submit", "file", "button"):
            continue
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        found[name] = value or ("on" if kind == "checkbox" else "")
    for tag, text in re.findall(r"(<textarea\b[^>]*>)(.*?)</textarea>", html, re.S):
        found[_attribute(tag, "name")] = unescape(text).removeprefix("\n")
    for tag, body in re.findall(r"(<select\b[^>]*>)(.*?)</select>", html, re.S):
        chosen = re.search(r'<option\b[^>]*value="([^"]*)"[^>]*\bselected', body)
        if chosen or "multiple" not in tag:
            found[_attribute(tag, "name")] = unescape(chosen[1]) if chosen else ""
    return found


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(match[1]) if match else ""
