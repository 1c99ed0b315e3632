"""Silk squares and stoles: over a rail, laid flat, folded. Nothing is draped freely."""

import numpy as np

from art import printed
from geometry import circle, sweep
from materials import brass

from .silk_cloth import creases, fold, hemmed, hung, laid, ripples, swell

RAIL = (6.1, 0.055)  # height and radius


def rail(height: float = RAIL[0], radius: float = RAIL[1]):
    """The brass rail, wider than any frame."""
    path = np.array([(-60, 0, height), (60, 0, height)])
    return sweep("rail", path, circle(radius, 32), material=brass())


def stole(name: str, *, width=6.5, length=20.0, front=11.4, gathered=4.4, folds=7, **cloth):
    """A stole over the rail, in narrow folds; only the cloth is framed."""
    height = front + 1.2
    rail(height, 0.09)
    rail_at = (height, 0.09)
    points = hung(width, length, front, gathered, folds=folds, rail=rail_at)
    return hemmed("stole", points, printed(name), size=(width, length), **cloth)


def flat_square(name: str, side: float, *, corner: float = 0.0, seed: int = 4, **cloth):
    """A square laid flat; `corner` is how far its lower right corner is turned over."""
    points = creases(ripples(laid(side, side, 32), 0.012 * side, 6, seed), 0.0035 * side)
    points[..., 2] -= points[..., 2].min() - 0.02
    if corner:
        points = fold(points, -45, side * 0.7071 - corner, 0.16, sink=corner)
    return hemmed("square", points, printed(name), size=(side, side), **cloth)


def folded_square(name: str, side: float, *, gap: float = 0.045, seed: int = 0, **cloth):
    """A square folded in four, its hems a little out of line; a quarter of the design shows."""
    points = laid(side, side, 36)[:, ::-1] * np.array([1, 1, 1])
    points = fold(points, 0.5, 0.012 * side, gap, sink=side * 0.12)
    points = fold(points, 90.4, 0.010 * side, gap, sink=side * 0.12)
    points = swell(points, 0.10, seed)
    points[..., 2] += 0.02
    return hemmed("folded", points, printed(name), size=(side, side), **cloth)
