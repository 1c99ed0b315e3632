"""Voicing marks and small signs of kana: "か" and "゛" are "が". Pure."""

import unicodedata

_COMBINING = {"voiced": "\u3099", "round": "\u309a"}
_LARGE = "あいうえおつやゆよわアイウエオツヤユヨワ"
_SMALL = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_TO_SMALL = dict(zip(_LARGE, _SMALL, strict=True))
_TO_LARGE = dict(zip(_SMALL, _LARGE, strict=True))


def marked(sign: str, mark: str) -> str:
    """`sign` with the mark ("voiced", "round" or "small"), without it where it has it already.

    A sign that the mark does not suit comes back as it was.
    """
    if mark == "small":
        return _TO_SMALL.get(sign) or _TO_LARGE.get(sign, sign)
    if not sign:
        return ""
    base = unicodedata.normalize("NFD", sign)[:1]
    wanted = unicodedata.normalize("NFC", base + _COMBINING[mark])
    if len(wanted) != 1:
        return sign
    return base if wanted == sign else wanted
