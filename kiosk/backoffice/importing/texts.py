"""Text as files really hold it: mixed encodings, mojibake, HTML."""

import codecs
import html
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO

from kiosk.backoffice.importing.model import CatalogueError

MAX_LINE = 1 << 20  # bytes

_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 tr table section article header footer hr dt dd".split()  # noqa: SIM905
)
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template", "iframe"))
_TAG = re.compile(r"<[A-Za-z!/][^>]*>")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def _from_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "ignore"), error.end


codecs.register_error("kiosk-cp1252", _from_cp1252)

# UTF-8 that was once read as Windows-1252, where it can be nothing else: capital Â and Ã do not
# stand before such signs in any language, while É before a quotation mark does.
_TAIL = "".join(
    {chr(b) for b in range(0x80, 0xC0)}
    | {bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0)}
)
_MOJIBAKE = re.compile(f"[\u00c2\u00c3][{re.escape(_TAIL)}]|\u00e2\u20ac[{re.escape(_TAIL)}]")


class Lines:
    """The lines of a text file, decoded as UTF-8 with single Windows-1252 bytes let through.

    A line of more than 1 MiB raises CatalogueError, so that a file of any size is read in
    little memory. `legacy`, `nuls` and `mended` count the lines that had to be mended.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.legacy = 0
        self.nuls = 0
        self.mended = 0

    def __iter__(self) -> Iterator[str]:
        start = self._stream.read(4)
        self._stream.seek(0)
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            yield from self._utf16()
            return
        number = 0
        while raw := self._stream.readline(MAX_LINE):
            number += 1
            if len(raw) == MAX_LINE:
                raise CatalogueError(
                    f"line {number} is longer than 1 MiB: this is no table, or a quote is missing"
                )
            yield self._decode(raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw)

    def _utf16(self) -> Iterator[str]:
        reader = io.TextIOWrapper(self._stream, "utf-16", errors="replace", newline="")
        while line := reader.readline(MAX_LINE):
            yield line.replace("\0", "")
        reader.detach()

    def _decode(self, raw: bytes) -> str:
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            self.legacy += 1
            line = raw.decode("utf-8", "kiosk-cp1252")
        if "\0" in line:
            self.nuls += 1
            line = line.replace("\0", "")
        mended = unmix(line)
        self.mended += mended != line
        return mended


def unmix(text: str) -> str:
    """Mend mojibake: "cafÃ©" → "café". Anything that is not certainly mojibake stays."""
    return _MOJIBAKE.sub(_unmixed, text)


def _unmixed(match: re.Match[str]) -> str:
    raw = bytearray()
    for letter in match.group():
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return match.group()
            raw.append(ord(letter))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag != "li" else "\n– ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS and tag not in ("li", "br"):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"[ \t\r\n\f\v]+", " ", data))  # no-break spaces are words


def paragraphs(text: str) -> str:
    """Plain paragraphs from a text that may be HTML."""
    if not _TAG.search(text):
        return html.unescape(text) if _ENTITY.search(text) else text
    parser = _Paragraphs()
    parser.feed(text)
    parser.close()
    joined = "\n".join(line.strip() for line in "".join(parser.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def first_sentences(text: str, limit: int) -> str:
    """The first sentence or two of a story, where they fit into `limit` characters."""
    opening = text.strip().split("\n", 1)[0].strip()
    ends = [m.end() for m in re.finditer(r"[.!?…](?=\s|$)", opening)][:2]
    for end in reversed(ends):
        if end <= limit:
            return opening[:end]
    return opening if len(opening) <= limit and not opening.startswith("–") else ""
