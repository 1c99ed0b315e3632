"""What a picture says: a code, one that cannot be read, or nothing at all. On its thread only."""

from typing import Any

import zxingcpp

from kiosk.contract.showing import secret_of

# One of ours has 34 signs and an address of a page some hundred; a code can hold 7,089.
MAX_CODE = 512
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
MOST_CODES = 4
# Of 255: a lens that is covered, or that looks at one colour.
DARK, FLAT = 56, 3.0


def read(picture: Any) -> tuple[str | None, bool, bool]:
    """The text of a code in grey rows, None without one; whether there is one that cannot be read;
    whether there is nothing to be seen.

    Of several codes ours wins. "" is a code that cannot be ours, whatever it holds.
    """
    found = zxingcpp.read_barcodes(picture, formats=_QR, return_errors=True)
    texts = [_text(code.bytes) for code in found[:MOST_CODES] if code.valid]
    if texts:
        return next((text for text in texts if secret_of(text)), texts[0]), False, False
    few = picture[::8, ::8]
    return None, bool(found), bool(few.max() < DARK or few.std() < FLAT)


def _text(payload: bytes) -> str:
    if len(payload) > MAX_CODE or not payload.isascii():
        return ""
    return payload.decode()
