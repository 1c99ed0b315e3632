"""Joining, reordering and breaking, against what a typesetter would set."""

import pytest

from kiosk.window.stage.script import (
    broken,
    evened,
    joined,
    pieces,
    right_to_left,
    script_of,
    shown,
)
from kiosk.window.stage.script.breaking import NO_BEGIN, NO_END


def by_length(text: str) -> float:
    return len(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Vase céladon — 128 €", "latin"),
        ("Přízemí", "latin"),
        ("سلة", "arabic"),
        ("سلة Lucarne", "arabic"),
        ("かごを見る", "japanese"),
        ("11月24日 10:00", "japanese"),
        ("\u200f128 €", "latin"),
        ("", "latin"),
    ],
)
def test_the_face_is_that_of_the_texts_own_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("letters", "forms"),
    [
        ("سلة", "\ufeb3\ufee0\ufe94"),  # initial, medial, final
        ("دار", "\ufea9\ufe8d\ufead"),  # letters that reach out to nobody
        ("لا", "\ufefb"),  # lam and alef are one sign
        ("سلام", "\ufeb3\ufefc\ufee1"),  # and end a run
        ("غدًا", "\ufecf\ufeaa\ufe8d"),  # without the vowel sign
        ("بـ", "\ufe91\u0640"),  # the stroke that only joins
        ("ب\u200cب", "\ufe8f\ufe8f"),
        ("abc", "abc"),
    ],
)
def test_letters_join_as_they_are_written(letters: str, forms: str) -> None:
    assert joined(letters) == forms


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("سلة", True),
        ("128 سلة", True),
        ("Lucarne سلة", False),
        ("\u200fLucarne سلة", True),
        ("\u200f128 €", True),
        ("128 €", False),
    ],
)
def test_the_first_letter_gives_the_direction(text: str, rtl: bool) -> None:
    assert right_to_left(text) is rtl


@pytest.mark.parametrize(
    ("line", "glyphs"),
    [
        ("\u200f128 €", "€ 128"),
        ("3 · \u200f128 €", "€ 128 · 3"),
        ("دار 10:00", "10:00 \ufead\ufe8d\ufea9"),
        ("دار (دار)", "(\ufead\ufe8d\ufea9) \ufead\ufe8d\ufea9"),
        ("دار Maison Lucarne.", ".Maison Lucarne \ufead\ufe8d\ufea9"),
        ("\u200fInès D.\u200e دار", "\ufead\ufe8d\ufea9 Inès D."),
        ("دار \u200e06 12 34", "06 12 34 \ufead\ufe8d\ufea9"),
        ("11:30.", ".11:30"),
        ("Maison Lucarne.", ".Maison Lucarne"),
    ],
)
def test_a_line_stands_as_it_is_read_from_the_right(line: str, glyphs: str) -> None:
    assert shown(line, rtl=True) == glyphs


def test_latin_is_left_alone() -> None:
    line = "Où est-il ? — « Là », 128 €"
    assert shown(line, rtl=False) is line
    assert not right_to_left(line)


def test_lines_break_at_spaces_and_hard_spaces_hold() -> None:
    assert broken("aa bb cc", 5, by_length) == ["aa bb", "cc"]
    assert broken("aa 128\u00a0€ c", 8, by_length) == ["aa 128\u00a0€", "c"]
    assert broken("aa 128\u00a0€ c", 6, by_length) == ["aa", "128\u00a0€", "c"]
    assert broken("abcdefg", 3, by_length) == ["abc", "def", "g"]
    assert broken("aa\nbb", 9, by_length) == ["aa", "bb"]
    assert broken("", 9, by_length) == [""]


def test_no_space_follows_a_japanese_stop() -> None:
    assert broken("閉店中。 明日開店します。", 99, by_length) == ["閉店中。明日開店します。"]


def test_what_together_needs_less_than_its_parts_stays_on_one_line() -> None:
    def rounded_up(text: str) -> float:
        return -(-len(text) * 9 // 8)

    text = "aaa bbb ccc ddd"
    assert broken(text, rounded_up(text), rounded_up) == [text]


def test_what_together_needs_more_than_its_parts_is_broken() -> None:
    def rounded_down(text: str) -> float:
        return len(text) * 9 // 8

    text = "aaa bbb ccc ddd"
    parts = sum(rounded_down(part) for part in ("aaa", " ", "bbb", " ", "ccc", " ", "ddd"))
    assert parts < rounded_down(text)
    assert broken(text, rounded_down(text) - 1, rounded_down) == ["aaa bbb ccc", "ddd"]


def test_marked_phrases_are_kept_whole_while_a_line_can_hold_them() -> None:
    text = "ありがとう\u200bございます。"
    assert broken(text, 12, by_length) == ["ありがとうございます。"]
    assert broken(text, 9, by_length) == ["ありがとう", "ございます。"]
    assert broken(text, 4, by_length) == ["ありがと", "うござい", "ます。"]
    assert shown(text, rtl=False) == "ありがとうございます。"


def test_no_few_signs_stand_alone_on_the_last_line() -> None:
    assert broken("11:55までにお届けします。", 13, by_length) == ["11:55までに", "お届けします。"]
    assert broken("読み取って、お持ち帰りください。", 14, by_length) == [
        "読み取って、",
        "お持ち帰りください。",
    ]
    assert broken("あいうえかきくけこさ", 8, by_length) == ["あいうえかきくけ", "こさ"]


def test_a_line_ends_before_a_phrase_rather_than_within_it() -> None:
    text = "注文番号とコードは、お手元のスマートフォンの注文ページにあります。"
    assert broken(text, 18, by_length) == [
        "注文番号とコードは、お手元の",
        "スマートフォンの",
        "注文ページにあります。",
    ]
    assert evened(pieces(text), 3, 14, by_length) == [
        "注文番号とコードは、",
        "お手元のスマートフォンの",
        "注文ページにあります。",
    ]
    text = "この番号とコードに合うご注文がありません。両方をご確認ください。"
    assert broken(text, 12, by_length) == [
        "この番号とコードに合う",
        "ご注文がありません。",
        "両方をご確認ください。",
    ]
    # A verb is no two phrases; where no phrase ends near, the line is filled.
    assert broken("スマートフォンで読み取って、お持ち帰りください。", 18, by_length) == [
        "スマートフォンで読み取って、",
        "お持ち帰りください。",
    ]
    assert broken("今は本当にありがとうございますね", 10, by_length)[0] == "今は本当にありがとう"


def test_japanese_breaks_between_signs_but_keeps_figures_whole() -> None:
    assert broken("明日10:00に届きます", 6, by_length) == ["明日", "10:00に", "届きます"]
    text = "今ご注文いただくと、明日10:00に届きます。"
    for width in range(6, len(text)):
        lines = broken(text, width, by_length)
        assert "".join(lines) == text
        assert any("10:00" in line for line in lines)
        assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("width", range(4, 16))
def test_no_line_begins_with_a_stop_or_ends_with_an_opening_mark(width: int) -> None:
    text = "「ちょっと」。お店、（まだ）開いていますか？ はい、ラッピーッ！"
    for line in broken(text, width, by_length):
        assert line[0] not in NO_BEGIN and line[-1] not in NO_END, line


def test_no_word_stands_alone_where_lines_can_be_even():
    words = [(" ", word) for word in ["Two", "hundred,", "and", "not", "one", "more."]]
    assert evened(words, 3, 18, len) == ["Two hundred,", "and not", "one more."]
    assert evened(words, 2, 18, len) == ["Two hundred, and", "not one more."]
    assert evened(words, 1, 18, len) == [], "one line does not hold them"
    assert evened(words, 3, 7, len) == [], "a word is wider than the line"
