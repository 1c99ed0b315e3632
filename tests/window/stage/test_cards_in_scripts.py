"""The wall's cards, composed with Pillow, in every script and from either side."""

from dataclasses import replace

import numpy as np
import pytest

from kiosk.window.stage import theme as themes
from kiosk.window.stage.widgets.wall.card import CardStyle, compose
from kiosk.window.visit.views import CardText

WIDTH = 240
TEXT = CardText(title="Vase", maker="Atelier", price="128 €", before="", badge="", sold_out=False)


@pytest.fixture
def style(app, stage):
    return CardStyle.of(themes.current(), WIDTH)


def ink(style, text):
    """Where the words below the photograph are: columns, from the left."""
    card = np.asarray(compose(style, text, None).convert("L"), dtype=int)[style.photo + 2 :]
    return np.flatnonzero((np.abs(card - card[-1, -1]) > 40).any(axis=0))


def test_words_begin_on_the_side_where_reading_begins(style):
    assert ink(style, TEXT)[0] < 6
    turned = replace(style, rtl=True)
    assert ink(turned, TEXT)[-1] > WIDTH - 6 and ink(turned, TEXT)[0] > 20


@pytest.mark.parametrize("title", ["مزهرية سيلادون", "青磁の花瓶"])
def test_a_title_is_drawn_in_the_face_of_its_script(style, title):
    seen = compose(style, replace(TEXT, title=title), None)
    boxes = compose(style, replace(TEXT, title="\U0010fffd" * len(title)), None)
    assert seen.size == (WIDTH, style.height)
    assert seen.tobytes() != boxes.tobytes()
    assert ink(style, replace(TEXT, title=title, price="", maker=""))[-1] <= WIDTH


def test_arabic_letters_are_joined_on_a_card(style):
    """Drawn joined, a word has fewer gaps between its letters than its letters apart."""

    def gaps(title):
        columns = ink(style, replace(TEXT, title=title, price="", maker=""))
        return int((np.diff(columns) > 1).sum())

    assert gaps("سيلسبيل") < gaps("س\u200cي\u200cل\u200cس\u200cب\u200cي\u200cل")


@pytest.mark.parametrize("title", ["مزهرية " * 12, "青磁の花瓶" * 12])
def test_a_long_title_is_cut_to_the_cards_width(style, title):
    columns = ink(style, replace(TEXT, title=title.strip(), price="", maker=""))
    assert columns[-1] < WIDTH and columns[0] >= 0


def test_an_arabic_badge_hangs_on_the_right(style):
    turned = replace(style, rtl=True)
    with_badge = compose(turned, replace(TEXT, badge="نفد"), None)
    without = compose(turned, TEXT, None)
    changed = (np.asarray(with_badge) != np.asarray(without)).any(axis=(0, 2))
    assert np.flatnonzero(changed)[0] > WIDTH / 2
