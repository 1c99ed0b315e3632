"""Which addresses may be shown as a code, and what is printed beside them."""

import pytest

from kiosk.shop.links import MAX_LINK, checked_website, host_of, scannable

PAGE = "https://buy.shop.example/o/Zk2vQ8r1T6yXb0nWcE5uHg"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (PAGE, "buy.shop.example"),
        ("https://Shop.Example:8443/p/fr?p=vase&p=lamp", "shop.example:8443"),
        ("http://127.0.0.1:8000/o/abc", "127.0.0.1:8000"),
        ("http://localhost/o/abc", "localhost"),
        ("http://[::1]:8000/o/abc", "[::1]:8000"),
        ("https://xn--caf-dma.example/", "xn--caf-dma.example"),
    ],
)
def test_the_host_is_printed_as_a_browser_would_open_it(url: str, host: str) -> None:
    assert host_of(url) == host
    assert scannable(url, {"elsewhere.example", host}) == url
    assert scannable(url, {"elsewhere.example"}) == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https://?q",
        "http://buy.shop.example/o/abc",  # readable by everybody on the way
        "http://192.168.1.5/o/abc",
        "HTTPS://buy.shop.example/",
        "ftp://buy.shop.example/",
        "javascript:alert(1)",
        "https://buy.shop.example@evil.example/",
        "https://buy.shop.example\\@evil.example/",
        "https://buy.shop.example%2f@evil.example/",
        "https://caf\u00e9.example/",
        "https://sh\u043ep.example/",  # a Cyrillic o
        "https://shop\u3002example/",
        "https://shop.example/\u202egnp.exe",
        "https://shop.example/a b",
        "https://shop.example/\n",
        "https://-shop.example/",
        "https://shop..example/",
        "https://shop.example:99999/",
        "https://[::1/",
        f"https://shop.example/{'a' * MAX_LINK}",
    ],
)
def test_what_could_lead_elsewhere_is_no_code(url: str) -> None:
    assert host_of(url) == ""
    assert scannable(url, {"", "buy.shop.example", "evil.example", "shop.example"}) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("shop.example", "https://shop.example"),
        ("https://Shop.Example/Paris", "https://shop.example/Paris"),
        ("https://caf\u00e9.example", "https://xn--caf-dma.example"),
        ("https://sh\u043ep.example", "https://xn--shp-ted.example"),
    ],
)
def test_a_website_is_kept_with_an_ascii_host(text: str, kept: str) -> None:
    assert checked_website(text) == kept
    assert checked_website(checked_website(text)) == checked_website(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://shop.example",
        "shop",
        "javascript:alert(1)",
        "https://user:secret@shop.example",
        "https://shop.example/caf\u00e9",
        f"https://shop.example/{'a' * 200}",
    ],
)
def test_what_is_no_website_is_told_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="write the address of a website"):
        checked_website(text)
