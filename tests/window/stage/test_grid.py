"""Where the cards of a wall lie."""

import pytest

from kiosk.window.stage.widgets.wall.grid import Grid

# Rows of 100 begin at 40, 160, 280 and 400; the last one has one card.
GRID = Grid(columns=2, width=90, height=100, gap=20, head=40, count=7)


def test_it_is_as_long_as_its_rows():
    assert GRID.pitch == 120
    assert GRID.length == 500
    assert [GRID.row_top(index) for index in (0, 1, 2, 6)] == [0, 0, 120, 360]


def test_a_card_is_where_it_is_drawn():
    for index in range(7):
        x, y = GRID.place(index)
        assert GRID.at(x + 1, -y - 1) == index == GRID.at(x + 89, -y - 99)


@pytest.mark.parametrize(
    "point", [(95, 60), (20, 150), (20, 30), (120, 420), (215, 60)],
    ids=["between columns", "between rows", "in the head", "after the last", "beside"],
)  # fmt: skip
def test_there_is_no_card(point):
    assert GRID.at(*point) is None


def test_what_is_seen_has_one_row_more_on_each_side():
    assert GRID.visible(0, 150) == range(4)
    assert GRID.visible(300, 110) == range(2, 7)
    assert GRID.at_first(150) == 2
    assert GRID.at_first(20) == 0
