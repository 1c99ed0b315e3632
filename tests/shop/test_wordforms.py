"""Words cut out of texts, and known again in the plural."""

import pytest

from kiosk.shop.text import fold
from kiosk.shop.wordforms import roots, words_asked, words_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Œuvre Łódź Ærø İzmir", "oeuvre lodz aero izmir"),
        ("STRAẞE", "strasse"),
        ("الْوِشَاح أُنْسِي إلى مَزْهَرِيَّة", "الوشاح انسي الي مزهريه"),
        ("ـعـطـر ٢٠٢٦", "عطر 2026"),
        ("ガラス ﾊﾟｲﾝ", "がらす ぱいん"),
    ],
)
def test_letters_that_people_type_for_one_another_meet(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("foulard", "foulards"),
        ("bijou", "bijoux"),
        ("journal", "journaux"),
        ("manteau", "manteaux"),
        ("bougie", "bougies"),
        ("bleu", "bleues"),
        ("scarf", "scarves"),
        ("knife", "knives"),
        ("candy", "candies"),
        ("glas", "glaser"),
        ("vase", "vasen"),
        ("tasche", "taschen"),
        ("kreis", "kreise"),
        ("jarron", "jarrones"),
        ("luz", "luces"),
        ("vaso", "vasi"),
        ("borsa", "borse"),
        ("vaas", "vazen"),
        ("tas", "tassen"),
        ("sjaal", "sjaals"),
        ("schaal", "schalen"),
        ("مزهريه", "مزهريات"),
    ],
)
def test_one_and_several_share_a_root(one, several):
    assert roots(one) & roots(several)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vase", "vaste"),
        ("lampe", "lampion"),
        ("carte", "carton"),
        ("soie", "soir"),
        ("rose", "rosso"),
    ],
)
def test_words_that_only_begin_alike_do_not(one, other):
    assert not roots(one) & roots(other)


def test_a_compound_is_found_by_its_parts_and_as_a_whole():
    assert [folded for folded, _ in words_of("Porte-clés d’été")] == [
        "porte",
        "cles",
        "portecles",
        "d",
        "ete",
    ]
    assert ("cles", "clés") in words_of("Porte-clés")


def test_japanese_is_found_by_characters_and_pairs_of_them():
    assert {folded for folded, _ in words_of("青磁の花瓶")} >= {"青", "花瓶", "青磁"}
    assert words_asked("花瓶") == ["花瓶"]
    assert words_asked("花") == ["花"]
    assert words_asked("青磁 vase") == ["青磁", "vase"]


def test_an_arabic_word_is_found_with_its_article_and_without():
    assert [folded for folded, _ in words_of("الوشاح")] == ["الوشاح", "وشاح"]
    assert words_asked("الوِشاح") == words_asked("وشاح")


def test_small_words_are_asked_for_only_when_there_are_no_others():
    assert words_asked("un vase en céladon, the Vase") == ["vase", "celadon"]
    assert words_asked("la") == ["la"]
    assert words_asked('" OR * --') == ["or"]
    assert words_asked("!?") == []
    assert len(words_asked("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10")) == 8
