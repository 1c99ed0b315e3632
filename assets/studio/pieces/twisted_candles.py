"""Dinner candles with a twist, four in a paper band or lying side by side."""

import numpy as np

from art import printed
from geometry import grid, group, resample_loop, rounded_rectangle, settle, thicken
from materials import paper, wax

from .flame import wick

RADIUS, LOBE, LOBES, LENGTH = 0.113, 0.034, 4, 2.5
PITCH = 0.95  # height in which a ridge goes once round
APART = 2 * RADIUS - 0.004


def _taper(z):
    """Radius of the candle, as a share: a plain foot, a slow taper, a rounded tip."""
    slim = 1 - 0.10 * z / LENGTH
    tip = np.clip((z - (LENGTH - 0.20)) / 0.20, 0, 1)
    return slim * np.sqrt(np.clip(1 - tip**2.4 * 0.97, 0, 1))


def candle(colour: str, phase: float = 0.0):
    """One candle that stands on its foot, with its wick; [wax, wick]."""
    z = np.r_[np.linspace(0.012, LENGTH - 0.2, 320), np.linspace(LENGTH - 0.2, LENGTH, 50)[1:]]
    sides = 120
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    twist = 2 * np.pi * z / PITCH + phase + 0.12 * np.sin(1.7 * z + phase)
    wave = np.abs(np.cos(LOBES / 2 * (turn[None] - twist[:, None]))) ** 0.8
    ridged = np.clip((z - 0.10) / 0.12, 0, 1)[:, None]
    radius = (RADIUS - LOBE * (1 - wave) * ridged) * _taper(z)[:, None]
    body = np.stack(
        [radius * np.cos(turn), radius * np.sin(turn), np.repeat(z[:, None], sides, 1)], -1
    )
    foot = [body[0] * (k, k, 0) for k in (0.01, 0.6, 0.88)]
    bent = 0.006 * np.sin(1.3 * z + phase)
    body[..., 0] += bent[:, None]
    rows = np.concatenate([np.stack(foot), body, body[-1:] * (0.01, 0.01, 1)])
    made = grid("taper", rows, closed=True, material=wax(colour, 0.40, depth=0.15))
    return [made, wick((bent[-1], 0, LENGTH - 0.01), 0.13, bend=0.03)]


def bundle(colour: str, band: str):
    """Four candles that stand in a band of paper; `band` names its print."""
    made, half = [], APART / 2
    for k, (x, y) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
        parts = candle(colour, phase=0.9 * k)
        group(parts, (x * half, y * half, 0), (0, 0, 90 * k))
        made += parts
    made.append(_band(band))
    settle()
    return made


def _band(name: str):
    """Paper round the four; each side carries the whole print."""
    side = APART + 2 * RADIUS + 0.008
    loop = resample_loop(rounded_rectangle(side, side, RADIUS * 0.8, 12), 400)
    corner = np.argmin(np.hypot(loop[:, 0] + side, loop[:, 1] + side))
    loop = np.roll(loop, -corner, 0)
    loop = np.r_[loop, loop[:1]]
    tall = side * 1300 / 900
    rows = [np.c_[loop, np.full(len(loop), z)] for z in (0.62, 0.62 + tall)]
    sheet = grid("band", np.stack(rows), material=paper(printed(name), grain=0.2))
    for corner_uv in sheet.data.uv_layers["UV"].data:
        corner_uv.uv[0] *= 4
    return thicken(sheet, 0.005, offset=-1)


def lying(colour: str):
    """Four candles side by side on the paper, heads and feet by turns."""
    made = []
    for k in range(4):
        parts = candle(colour, phase=1.7 * k)
        head = 0 if k % 2 == 0 else 180
        start = -LENGTH / 2 + 0.05 * (-1) ** k
        spun = group(parts, (0, 0, 0), (90, 0, 0))
        group(
            [spun],
            ((k - 1.5) * (2 * RADIUS + 0.05), start * (1 if head else -1), RADIUS),
            (0, 0, head),
        )
        made += parts
    settle()
    return made
