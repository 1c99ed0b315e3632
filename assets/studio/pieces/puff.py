"""How a stuffed face swells: a soap film over an outline."""

from collections.abc import Callable

import numpy as np
from scipy.interpolate import RegularGridInterpolator
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import spsolve


def puff_over(loop: np.ndarray, columns: int, rows: int) -> Callable[[np.ndarray], np.ndarray]:
    """A height 0..1 over a closed outline (n, 2): 0 on the edge, 1 at the fullest point.

    Poisson's equation with an even load, softened so that the swell starts at the seam.
    """
    low, high = loop.min(0) - 0.02, loop.max(0) + 0.04
    x = np.linspace(low[0], high[0], columns)
    y = np.linspace(low[1], high[1], rows)
    grid_x, grid_y = np.meshgrid(x, y)
    inside = _inside(loop, grid_x, grid_y)
    height = np.zeros(inside.shape)
    solution = _solve(inside, (x[1] - x[0]) ** 2, (y[1] - y[0]) ** 2)
    height[inside] = (solution / solution.max()) ** 0.62
    sample = RegularGridInterpolator((y, x), height, bounds_error=False, fill_value=0.0)
    return lambda points: sample(points[:, ::-1])


def _inside(loop, x, y) -> np.ndarray:
    """Even-odd rule, for every point of a mesh grid."""
    inside = np.zeros(x.shape, bool)
    for (x0, y0), (x1, y1) in zip(loop, np.roll(loop, -1, 0), strict=True):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        inside ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return inside


def _solve(inside: np.ndarray, step_x2: float, step_y2: float) -> np.ndarray:
    index = -np.ones(inside.shape, int)
    index[inside] = np.arange(inside.sum())
    count = int(inside.sum())
    here = index[inside]
    row, column = [here], [here]
    value = [np.full(count, 2 / step_x2 + 2 / step_y2)]
    for axis, shift, step in ((0, 1, step_y2), (0, -1, step_y2), (1, 1, step_x2), (1, -1, step_x2)):
        # The outline lies clear of the grid's border, so nothing wraps round.
        beside = np.roll(index, shift, axis)[inside]
        known = beside >= 0
        row.append(here[known])
        column.append(beside[known])
        value.append(np.full(int(known.sum()), -1 / step))
    matrix = csr_matrix(
        (np.concatenate(value), (np.concatenate(row), np.concatenate(column))), (count, count)
    )
    return spsolve(matrix, np.ones(count))
