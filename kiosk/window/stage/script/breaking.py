"""Where a line may end: at spaces, and in Japanese between any two signs that may be parted."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate

# What must not begin a line (JIS X 4051: closing marks, stops, small kana, long vowels) and what
# must not end one.
NO_BEGIN = (
    "、。，．・：；？！ー〜～々ゝゞヽヾ）］｝〕〉》」』】’”…‥％"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NO_END = "（［｛〔〈《「『【‘“￥＄"
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
# Parts the phrases of a Japanese text that may be broken nowhere else; never drawn.
PHRASE = "\u200b"
# A last line of so few signs stands alone. A phrase begins after a stop, else where kana ends
# before a kanji, katakana, a figure or a letter, or before the お or ご of politeness.
FEW = 3
# Between two kanji one kana that is no particle holds a verb together (読み取る, お持ち帰り).
_STOP, _SENTENCE = re.compile("、"), re.compile("[、。！？]")
_PHRASE_BEGINS = re.compile(
    "[\u3041-\u309f](?<![おご])(?<![\u3400-\u9fff][^のをにがはともへでやか](?=[\u3400-\u9fff]))"
    "(?=[\u30a1-\u30fa\u3400-\u9fffおご0-9A-Za-z])"
)
# Rather than within a phrase a line ends before it, where it stays at least so full.
FULL = 0.5
SLACK = 24  # pixels that the roundings of one line may add up to
# One wide sign with all that clings to it, or a run of others up to the next space or wide sign.
_PIECE = re.compile(
    f"[{NO_END}]*(?:[{_WIDE}]|[^\\s{_WIDE}\u00a0\u202f]+(?:[\u00a0\u202f]+[^\\s{_WIDE}]*)*)"
    f"[{NO_BEGIN}]*|[{NO_BEGIN}]+"
)


def pieces(text: str) -> list[tuple[str, str]]:
    """What may not be parted, each with the space before it ("" in Japanese)."""
    if PHRASE in text:
        return [("", phrase) for phrase in text.split(PHRASE) if phrase]
    found = []
    end = 0
    for match in _PIECE.finditer(text):
        parted = text[end : match.start()].strip("\u3000")
        # A Japanese stop carries its own space.
        gap = " " if parted and text[max(0, end - 1)] not in "。！？、" else ""
        found.append((gap, match[0]))
        end = match.end()
    return found


def broken(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`text` in lines that are at most `width` wide, in reading order; its own breaks are kept.

    A piece that is wider than a line is broken wherever it must.
    """
    lines: list[str] = []
    space = measure(" ")
    for paragraph in text.split("\n"):
        line, used, first = "", 0.0, len(lines)
        for gap, piece in _parts(paragraph, width, measure):
            wide = measure(piece)
            needed = used + (space if gap else 0) + wide
            if line and abs(needed - width) < SLACK:
                # Pieces are measured in whole pixels each: together they may need less, or more.
                needed = measure(line + gap + piece)
            if line and needed > width:
                above, line = _before_phrase(line, gap, piece, width, measure)
                lines.append(above)
                used, gap = (measure(line) if line else 0.0), ""
            while not line and wide > width and len(piece) > 1:
                head = _head(piece, width, measure)
                lines.append(head)
                piece = piece[len(head) :]
                wide = measure(piece)
            line += (gap if line else "") + piece
            used += (space if gap and used else 0) + wide
        before = lines.pop() if line and len(lines) > first else ""
        lines += _together(before, line, width, measure) if before else [line]
    return lines


def _begins(text: str) -> list[int]:
    """Where in a Japanese text phrases begin, as far as its signs tell."""
    found = {m.end() for sort in (_PHRASE_BEGINS, _SENTENCE) for m in sort.finditer(text)}
    return sorted(at for at in found if text[at : at + 1] not in NO_BEGIN)


def _before_phrase(
    line: str, gap: str, piece: str, width: float, measure: Callable[[str], float]
) -> tuple[str, str]:
    """A line that is full and what goes on with `piece`: the phrase that it would part, or ""."""
    begins = [] if gap else _begins(line + piece)
    if not begins or len(line) in begins:
        return line, ""
    at = max((at for at in begins if at < len(line)), default=0)
    fits = measure(line[at:] + piece) <= width and measure(line[:at]) >= width * FULL
    return (line[:at], line[at:]) if fits else (line, "")


def _together(
    before: str, last: str, width: float, measure: Callable[[str], float]
) -> tuple[str, str]:
    """The last two lines of a paragraph; a last one of a few kana takes their phrase along."""
    if len(last) <= FEW and last[0] >= "\u3040":
        ends = [[m.end() for m in sort.finditer(before)] for sort in (_PHRASE_BEGINS, _STOP)]
        for at in reversed([*ends[0], *ends[1]]):
            if measure(before[at:] + last) <= width:
                return before[:at], before[at:] + last
    return before, last


def _parts(text: str, width: float, measure: Callable[[str], float]) -> Iterator[tuple[str, str]]:
    """The pieces of a text; a phrase that no line can hold in pieces of its own."""
    for gap, piece in pieces(text):
        if PHRASE in text and measure(piece) > width:
            yield from pieces(piece)
        else:
            yield gap, piece


def _head(piece: str, width: float, measure: Callable[[str], float]) -> str:
    low, high = 1, len(piece) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measure(piece[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return piece[:low]


def evened(
    parts: list[tuple[str, str]], lines: int, width: float, measure: Callable[[str], float]
) -> list[str]:
    """`parts` (as `pieces` gives them) on so many lines that are about equally long.

    What a line leaves empty counts squared, so that no word stands alone; a phrase that is parted
    counts as much as a third of a line. Empty where a part is wider than `width`, or where so many
    lines do not hold them.
    """
    parted = _parted(parts, width * width / 9)
    # By how many parts are placed: the least emptiness, and the lines that give it.
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for _ in range(lines):
        longer: dict[int, tuple[float, list[str]]] = {}
        for begin, (cost, above) in best.items():
            line = ""
            for end in range(begin, len(parts)):
                gap, part = parts[end]
                line += (gap if line else "") + part
                empty = width - measure(line)
                if empty < 0:
                    break
                total = cost + empty * empty + parted[end]
                if end + 1 not in longer or total < longer[end + 1][0]:
                    longer[end + 1] = (total, [*above, line])
        best = longer
    return best.get(len(parts), (0.0, []))[1]


def _parted(parts: list[tuple[str, str]], cost: float) -> list[float]:
    """What it costs to end a line after each part: `cost` within a Japanese phrase."""
    begins = set(_begins("".join(part for _, part in parts)))
    ends = accumulate(len(part) for _, part in parts)
    spaced = [bool(gap) for gap, _ in parts[1:]] + [True]
    free = [apart or end in begins for apart, end in zip(spaced, ends, strict=True)]
    return [0.0 if is_free else cost for is_free in free]
