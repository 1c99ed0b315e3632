"""A made-up visitor's details, and the search for every trace that they could leave.

The details are kept as numbers and become text only while they are typed or looked for, so that
the search does not find itself.
"""

import gc
import json
import random
import re
import string
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

# A visitor's letters come one a key: what leaks may be a piece of a word only. Six letters by
# chance are one in 3e8; digits stand everywhere, so that more of them must agree.
LETTERS_AT_LEAST, DIGITS_AT_LEAST = 6, 9
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_SHAPES = {
    "name": "aaaaaaaa",
    "phone": "06dddddddd",
    "email": "aaaaaa@aaaaaa.fr",
    "line1": "aaaaaaaa",
    "line2": "aaaaaaaa",
    "postcode": "dddddddddd",
    "city": "aaaaaaaa",
    "note": "aaaéaaaa",
    "search": "aaaaaaaa",
}


class Canary:
    """Another one each time. `typed(field)` is what goes into a field."""

    def __init__(self) -> None:
        self._codes = {field: _made_up(shape) for field, shape in _SHAPES.items()}

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._codes)

    def typed(self, field: str) -> str:
        return "".join(chr(code - 1) for code in self._codes[field])

    def pieces(self) -> list[str]:
        """Every piece of what was typed that is long enough to be no accident, in lower case."""
        found = []
        for field in self._codes:
            for word in re.split("[@.]", self.typed(field)):
                size = DIGITS_AT_LEAST if word.isdigit() else LETTERS_AT_LEAST
                found += [word[i : i + size] for i in range(len(word) - size + 1)]
        return sorted(set(found))


def _made_up(shape: str) -> tuple[int, ...]:
    chance = random.SystemRandom()
    sets = {"a": _CONSONANTS, "d": string.digits}
    return tuple(ord(chance.choice(sets.get(sign, sign))) + 1 for sign in shape)


# ---- on the disk -------------------------------------------------------------------------------


def in_files(canaries: Iterable[Canary], folder: Path, but: Iterable[str] = ()) -> list[str]:
    """Which files below the folder hold a piece of a canary, in their names or in them.

    `but` names files that are not read. Wide characters (UTF-16, UTF-32) of Latin letters are
    those letters between zeros, which are passed over.
    """
    pieces = {piece for canary in canaries for piece in canary.pieces()}
    spellings = {spelt for piece in pieces for spelt in _spellings(piece)}
    passed = frozenset(but)
    found = []
    for path in (p for p in folder.rglob("*") if p.is_file()):
        content = b"" if path.name in passed else path.read_bytes()
        told = (bytes(path) + b"\n" + content).replace(b"\0", b"").lower()
        if any(spelt in told for spelt in spellings):
            found.append(str(path.relative_to(folder)))
    return found


def _spellings(piece: str) -> Iterator[bytes]:
    yield from (piece.encode("utf-8"), piece.encode("latin-1"))
    for text in (quote(piece), json.dumps(piece)[1:-1], _html(piece)):
        yield text.lower().encode()


def _html(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()


# ---- in the process ----------------------------------------------------------------------------


def in_memory(*canaries: Canary) -> list[set[str]]:
    """What in this process still refers to a piece of each canary.

    Sees all that Python can reach: objects of the collector and what hangs on them, properties
    of widgets on and off the tree, the local variables of every thread.
    """
    gc.collect()
    pieces = [canary.pieces() for canary in canaries]
    ours = {id(piece) for known in pieces for piece in known}
    held: dict[int, tuple[str, str]] = {}
    for where, text in _texts():
        if id(text) not in ours and id(text) not in held:
            held[id(text)] = (where, (text if isinstance(text, str) else _read(text)).lower())
    # One search in one long text first: half a million short ones take minutes.
    everything = "\0".join(text for _, text in held.values())
    return [
        {where for where, text in held.values() if any(piece in text for piece in known)}
        if any(piece in everything for piece in known)
        else set()
        for known in pieces
    ]


def _read(raw: bytes | bytearray) -> str:
    wide = "\0" in str(raw[1:8:2], "latin-1")
    return str(raw, "utf-16-le" if wide else "utf-8", "ignore")


def _texts() -> Iterator[tuple[str, Any]]:
    seen: set[int] = set()
    for thing in gc.get_objects():
        if type(thing) is FrameType and thing.f_code.co_filename == __file__:
            continue
        yield from _held_by(thing, _name(thing), seen)
        yield from _properties(thing)
    for thread, top in sys._current_frames().items():
        frame: FrameType | None = top
        while frame is not None:
            if frame.f_code.co_filename != __file__:
                where = f"{frame.f_code.co_qualname} in thread {thread}"
                # Not f_locals: that is a copy, which stays and keeps alive what it shows.
                yield from _held_by(frame, where, seen)
            frame = frame.f_back


def _held_by(thing: Any, where: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    for part in gc.get_referents(thing):
        yield from _one(part, where, seen)
    if type(thing) in (list, tuple, deque) and 6 <= len(thing) < 5000:
        signs = [x for x in thing if type(x) is str and len(x) <= 2]
        if len(signs) >= 6:
            yield f"{where} of keys", "".join(signs)


def _one(part: Any, where: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    kind = type(part)  # isinstance asks a weak proxy, which may be of something gone
    if issubclass(kind, str | bytes | bytearray):
        yield where, part
    elif not gc.is_tracked(part) and issubclass(kind, dict | tuple) and id(part) not in seen:
        # The collector lets go of containers that hold nothing but texts and numbers.
        seen.add(id(part))
        yield from _held_by(part, where, seen)


def _properties(thing: Any) -> Iterator[tuple[str, Any]]:
    from kivy.event import EventDispatcher

    if not issubclass(type(thing), EventDispatcher):
        return
    for name in thing.properties():
        value = getattr(thing, name, None)
        if isinstance(value, str | bytes):
            yield f"{_name(thing)}.{name}", value


def _name(thing: Any) -> str:
    kind = type(thing)
    return f"{kind.__module__}.{kind.__qualname__}"


def on_the_clipboard(canary: Canary) -> bool:
    """Whether SDL's clipboard, the only one that the window could reach, holds a piece."""
    text = str(clipboard()._get_text()).lower()
    return any(piece in text for piece in canary.pieces())


def clipboard() -> Any:
    """Kivy's door to SDL's clipboard, without the package around it, which starts programs."""
    core = find_spec("kivy.core")
    assert core is not None
    (folder,) = core.submodule_search_locations or [""]
    (file,) = Path(folder, "clipboard").glob("_clipboard_sdl2.*.so")
    spec = spec_from_file_location("kivy.core.clipboard._clipboard_sdl2", file)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
