"""What the window's benchmark makes of what it saw."""

import math

import numpy as np
import pytest

from benchmarks.window import figures
from benchmarks.window.figures import Grid
from benchmarks.window.photographs import photograph

BLANK, PAPER = (216, 230, 237), (230, 240, 246)  # blue, green, red


def strip(*parts: tuple[int, object]) -> np.ndarray:
    """An upright strip from (height, colour or photograph's pixels) downwards."""
    rows = []
    for height, what in parts:
        band = np.zeros((height, 4, 4), np.uint8)
        band[..., :3] = what[:height] if isinstance(what, np.ndarray) else what
        rows.append(band)
    return np.concatenate(rows)


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """Four columns of a photograph as a card shows it, 588 pixels high."""
    card = np.asarray(photograph(3).resize((471, 588)))
    return card[:, 230:234, ::-1]


def test_pieces_of_one_frame_are_one_frame() -> None:
    assert figures.frames([0.0, 0.001, 0.016, 0.033, 0.0345]) == [0.001, 0.016, 0.0345]


def test_rests_part_the_bursts_and_short_ones_are_no_motion() -> None:
    fade = [i / 60 for i in range(30)]
    later = [2 + i / 60 for i in range(30)]
    assert figures.bursts([*fade, 1.0, *later]) == [fade, later]


def test_rate_and_percentile_of_a_motion_with_one_late_frame() -> None:
    moments = [*(i / 50 for i in range(20)), 19 / 50 + 0.1]
    spans = figures.intervals(moments)
    assert figures.rate(spans) == pytest.approx(20 / 0.48)
    assert figures.percentile(spans, 0.95) == pytest.approx(0.02)
    assert figures.percentile(spans, 1.0) == pytest.approx(0.1)


def test_nothing_measured_is_not_a_number_and_no_zero() -> None:
    assert math.isnan(figures.percentile([], 0.95))
    assert math.isnan(figures.median([math.nan]))
    assert figures.median([math.nan, 3.0, 5.0]) == 4.0


def test_a_photograph_is_one_and_a_flat_stand_in_of_its_colour_is_not(photo: np.ndarray) -> None:
    colour = photo.reshape(-1, 3).mean(axis=0).astype(np.uint8)
    assert figures.photographed(strip((588, photo))).mean() > 0.95
    assert figures.photographed(strip((588, colour))).sum() == 0
    assert figures.photographed(strip((588, PAPER))).sum() == 0


def test_the_grid_and_what_of_it_is_blank(photo: np.ndarray) -> None:
    resting = strip((200, photo), (156, PAPER), (588, photo), (156, PAPER), (100, photo))
    grid = figures.grid([figures.photographed(resting)])
    assert grid is not None
    assert (grid.photo, grid.gap) == (pytest.approx(588, abs=2), pytest.approx(156, abs=2))

    def share(*parts: tuple[int, object]) -> float:
        return figures.blank_share(figures.photographed(strip(*parts)), Grid(588, 156))

    assert share((200, photo), (156, PAPER), (588, photo), (156, PAPER)) == 0
    missing = share((588, photo), (156, PAPER), (588, BLANK), (156, PAPER), (588, photo))
    assert missing == pytest.approx(1 / 3, abs=0.01)
    assert share((1200, BLANK)) == 1.0


def test_no_grid_without_two_photographs() -> None:
    assert figures.grid([figures.photographed(strip((900, PAPER)))]) is None


def test_an_answer_is_what_comes_to_stand_and_no_flash() -> None:
    def picture(value: int, rows: int) -> np.ndarray:
        made = np.zeros((10, 10, 4), np.uint8)
        made[:rows] = value
        return made

    before = picture(0, 0)
    flash, part, whole = picture(90, 10), picture(200, 3), picture(200, 10)
    film = [(1.0, flash), (2.0, part), (3.0, whole), (4.0, whole)]
    assert figures.answered(before, film, 0.25) == 2.0
    assert figures.answered(before, film, 0.5) == 3.0
    assert math.isnan(figures.answered(before, [(1.0, flash), (2.0, before)], 0.25))
    assert math.isnan(figures.answered(before, [], 0.25))
