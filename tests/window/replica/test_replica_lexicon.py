"""What somebody means who types a word: beginnings, plurals, typing errors."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.window.replica.lexicon import Lexicon

LATIN = (
    "foulard foulards vase vases celadon carre bougie bougies lampe lampes lampion portefeuille "
    "porcelaine ceinture cabas etole photophore terrazzo agenda"
)
WORDS = [*LATIN.split(), "وشاح", "مزهريه", "がらす"]


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon({word: word for word in WORDS} | {"celadon": "céladon"})


def test_words_are_known_by_their_beginnings(lexicon):
    assert lexicon.beginning("lamp", 9) == ["lampe", "lampes", "lampion"]
    assert lexicon.beginning("lamp", 2) == ["lampe", "lampes"]
    assert lexicon.beginning("x", 9) == []


def test_words_are_known_in_singular_and_plural(lexicon):
    assert lexicon.kin("foulards") == ["foulard", "foulards"]
    assert lexicon.kin("foulard") == ["foulard", "foulards"]
    assert lexicon.kin("lampe") == ["lampe", "lampes"]
    assert lexicon.kin("celadons") == ["celadon"]
    assert lexicon.shown("celadon") == "céladon"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("foulrad", "foulard"),  # swapped
        ("foulad", "foulard"),  # missing
        ("fouulard", "foulard"),  # doubled
        ("fiulard", "foulard"),  # wrong
        ("oulard", "foulard"),  # the first letter missing
        ("vsae", "vase"),
        ("celdaon", "celadon"),
        ("prtefeuile", "portefeuille"),  # two errors in a long word
        ("porcelanie", "porcelaine"),
        ("photofore", "photophore"),
        ("مزهرهي", "مزهريه"),
    ],
)
def test_a_typing_error_is_forgiven(lexicon, typed, meant):
    assert lexicon.near(typed)[0] == meant


def test_an_error_while_still_typing_is_forgiven(lexicon):
    assert lexicon.near("foukar")[:2] == ["foulard", "foulards"]
    assert lexicon.near("portefeiu") == ["portefeuille"]


def test_what_is_far_from_every_word_is_near_to_none(lexicon):
    assert lexicon.near("zzzzzz") == []
    assert lexicon.near("vaz") == []  # too short to guess
    assert lexicon.near("lampadaire") == []
    assert lexicon.near("sku12") == []
    assert lexicon.near("vqqe", errors=2)[0] == "vase"


def test_an_empty_catalogue_has_no_words():
    empty = Lexicon({})
    assert (len(empty), empty.near("vase"), empty.kin("vase")) == (0, [], [])


@given(st.sampled_from([w for w in WORDS if len(w) > 8]), st.integers(0, 2**32))
def test_any_two_errors_in_a_long_word_are_forgiven(word, seed):
    lexicon, rng = Lexicon({word: word, "autrechose": ""}), random.Random(seed)
    first = rng.randrange(len(word) - 4)
    second = rng.randrange(first + 3, len(word) - 1)
    typed = _mistake(_mistake(word, second, rng), first, rng)
    if len(typed) >= 8:
        assert lexicon.near(typed) == [word]


def _mistake(word, at, rng):
    """A missing, a doubled, a wrong letter, or two swapped."""
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + "q" + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
