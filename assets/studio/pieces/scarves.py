"""Silk: over a rail, laid flat, folded. Nothing is draped freely, for that reads as rubber."""

import numpy as np

from art import printed
from geometry import circle, sweep
from materials import brass

from .silk_cloth import creases, fold, hemmed, hung, laid, press, ripples, swell, wander


def rail(height: float, radius: float):
    """The brass rail, wider than any frame."""
    path = np.array([(-60, 0, height), (60, 0, height)])
    return sweep("rail", path, circle(radius, 32), material=brass())


def stole(
    name: str, *, width=6.5, length=20.0, front=11.4, gathered=4.9, folds=8, rise=0.42, **cloth
):
    """A stole over the rail, in narrow folds; only the cloth is framed."""
    at = (front + 1.2, 0.09)
    rail(*at)
    points = hung(width, length, front, gathered, folds=folds, rail=at, rise=rise)
    return hemmed("stole", points, printed(name), size=(width, length), **cloth)


def flat_square(name: str, side: float, *, corner: float = 0.0, seed: int = 4, **cloth):
    """A square laid flat; `corner` is how far its upper right corner is turned over."""
    points = creases(
        ripples(wander(laid(side, side, 32), 0.0018 * side, seed), 0.012 * side, 6, seed),
        0.0035 * side,
    )
    points[..., 2] -= points[..., 2].min() - 0.02
    if corner:
        points = fold(points, 45, side * 0.7071 - corner, 0.14, sink=corner)
    return hemmed("square", points, printed(name), size=(side, side), **cloth)


def folded_square(
    name: str, side: float, *, gap: float = 0.034, hem: float = 0.014, seed: int = 0, **cloth
):
    """A square folded in four, its hems a little out of line; a quarter of the design shows."""
    points = wander(laid(side, side, max(36, 120 / side)), 0.007 * side, seed)[:, ::-1]
    points = fold(points, 0.5, 0.010 * side, gap)
    points = fold(points, 90.4, 0.007 * side, gap)
    # Pressed no flatter than its hems, or they would come up through the layer above.
    points = swell(press(points, 1.3 * hem / gap, side * 0.09, 0, 90), 0.22, seed)
    points[..., 2] += 0.02
    return hemmed("folded", points, printed(name), size=(side, side), hem=hem, **cloth)


def bandeau(name: str, *, width: float = 0.8, length: float = 12.0, run: float = 3.4, **cloth):
    """A narrow scarf laid in three runs, turned at each end by two folds on the bias."""
    points = wander(laid(width, length, 48), 0.07, 6)
    x, y = points[..., 0], points[..., 1]
    points[..., 2] = 0.010 + 0.010 * np.sin(2.3 * y + 1.4 * x + 1.5 * np.sin(0.9 * y))
    points[..., 2] += 0.012 * abs(2 * x / width) ** 3 * (1 + np.sin(5.1 * y + 2 * np.sin(1.7 * y)))
    points[..., 1] += length / 2 - run / 2 - 0.2
    travelled = np.repeat(np.linspace(0, length, len(points))[:, None], points.shape[1], 1)
    pitch, half = 1.18, run / 2
    turns = (
        (135.6, (0, half), run + 0.2),
        (44.7, (pitch, half), run + 0.2 + pitch),
        (224.5, (pitch, -half), 2 * run + 0.2 + pitch),
        (315.8, (2 * pitch, -half), 2 * run + 0.2 + 2 * pitch),
    )
    for towards, centre, reached in turns:
        a = np.radians(towards)
        at = centre[0] * np.cos(a) + centre[1] * np.sin(a)
        before = points[..., 2].copy()
        points = fold(points, towards, at, 0.05, part=travelled > reached - width * 0.75)
        down = np.clip((travelled - reached - width * 0.6) / width, 0, 1)
        lifted = points[..., 2] - before
        points[..., 2] -= np.where(lifted > 0, lifted * down * down * (3 - 2 * down), 0)
    points = ripples(points, 0.035, 9, 3)
    points[..., 2] += 0.012
    return hemmed("bandeau", points, printed(name), size=(width, length), hem=0.011, **cloth)


def hung_bandeau(name: str, *, width=0.8, length=12.0, front=5.0, **cloth):
    """A narrow scarf over the rail, both its ends in sight."""
    at = (length - front + 0.8, 0.055)
    rail(*at)
    points = hung(width, length, front, 0.66, folds=2, seed=5, rail=at, lean=0.85)
    return hemmed("bandeau", points, printed(name), size=(width, length), hem=0.011, **cloth)
