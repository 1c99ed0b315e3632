"""Staff at work: a browser session on the back office's own pages."""

import re
from html.parser import HTMLParser

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


class _Form(HTMLParser):
    """Names and values of a page's controls, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._area = self._select = ""
        self._multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        if tag == "input" and name:
            self._input(given.get("type") or "text", name, value, "checked" in given)
        elif tag == "textarea":
            self._area = name
            self.found[name] = ""
        elif tag == "select":
            self._select, self._multiple = name, "multiple" in given
        elif tag == "option" and self._select and not self._multiple:
            self._option(value or "", "selected" in given)

    def _option(self, value: str, selected: bool) -> None:
        if selected or self._select not in self.found:
            self.found[self._select] = value

    def _input(self, kind: str, name: str, value: str | None, checked: bool) -> None:
        if kind in ("submit", "file", "button"):
            return
        if kind in ("checkbox", "radio"):
            if checked:
                self.found[name] = value or "on"
            return
        self.found[name] = value or ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self._area] = self.found[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""


def fields(html: str) -> dict[str, str]:
    """The fields of every form on the page; names do not repeat on the pages used here."""
    form = _Form()
    form.feed(html)
    return form.found
