"""Leather bags: the half-moon and the tote."""

import math

import numpy as np

from geometry import (
    box,
    circle,
    disc_profile,
    fillet,
    grid,
    lathe,
    place,
    resample_loop,
    rounded_rectangle,
    stitches,
    sweep,
    thicken,
)
from materials import brass, leather, plain

from .hide import groove, inward, slab
from .puff import puff_over
from .zipper import lying_pull, slider, teeth

HALF_WIDTH, BELLY, DEPTH = 1.55, 1.55, 0.62
CENTRE = np.array([0, BELLY * 0.62])
BULGE = 0.30  # how far the faces swell beyond the seams
SEAM = "#e2cfae"
ROLL = 0.062  # radius of the tote's handles, rolled round a cord


def half_moon_bag(colour: str, seam: str = SEAM):
    """Two swelling faces, a gusset, a zip along the flat top, an arched handle."""
    hide = leather(colour, scale=1.9, grain=0.22)
    edge = leather(colour, scale=1.9, smooth=True, grain=0.2)
    metal = brass("#c8a263", 0.2)
    loop = _outline()
    height = puff_over(loop, 240, 132)

    def depth(points):
        return DEPTH / 2 + BULGE * height(points)

    made = [_face(loop, depth, side, hide) for side in (1, -1)]
    made.append(_gusset(loop, edge))
    for side in (1, -1):
        made.append(_piping(loop, side, edge))
    p = CENTRE + (loop - CENTRE) * 0.955
    seam_path = np.stack([p[:, 0], -depth(p) - 0.003, p[:, 1]], -1)
    made.append(stitches(np.r_[seam_path, seam_path[:1]], 120, 0.062, 0.0105, seam))
    return made + _zip(metal) + _handle(edge, metal)


def _outline() -> np.ndarray:
    """Half a disc with soft upper corners, as a closed loop (x, z) of 260 points."""
    a = math.pi + np.linspace(0, 1, 160) * math.pi
    belly = np.c_[HALF_WIDTH * np.cos(a), BELLY * np.sin(a)]
    top = fillet(
        [tuple(belly[-1]), (HALF_WIDTH, 0.16, 0.16), (-HALF_WIDTH, 0.16, 0.16), tuple(belly[0])],
        12,
    )
    loop = resample_loop(np.concatenate([belly, top[1:-1]]), 260)
    loop[:, 1] += BELLY
    return loop


def _face(loop, depth, side: int, material):
    rows = []
    for k in np.linspace(1, 0, 40):
        p = CENTRE + (loop - CENTRE) * max(k, 1e-3)
        # The swell starts at the piping and is whole within a few millimetres.
        y = -(DEPTH / 2 + (depth(p) - DEPTH / 2) * min(1, (1 - k) * 14))
        rows.append(np.stack([p[:, 0], y * side, p[:, 1]], -1))
    return grid("face", np.stack(rows), closed=True, material=material, flip=side > 0)


def _gusset(loop, material):
    rows = []
    for y in np.linspace(-1, 1, 15):
        p = CENTRE + (loop - CENTRE) * (1 - 0.030 * (1 - y * y))
        rows.append(np.stack([p[:, 0], np.full(len(p), y * DEPTH / 2), p[:, 1]], -1))
    return grid("gusset", np.stack(rows), closed=True, material=material, flip=True)


def _piping(loop, side: int, material):
    p = CENTRE + (loop - CENTRE) * 1.006
    path = np.stack([p[:, 0], np.full(len(p), -side * DEPTH / 2), p[:, 1]], -1)
    return sweep("piping", path, circle(0.030, 14), material=material, up=(0, 1, 0), closed=True)


def _zip(metal):
    z, half = BELLY + 0.155, HALF_WIDTH * 0.86
    path = np.c_[np.linspace(-half, half, 40), np.zeros(40), np.full(40, z)]
    tape = sweep("zip", path, rounded_rectangle(0.16, 0.03, 0.012), material=plain("#2a1d15", 0.8))
    end = HALF_WIDTH * 0.84
    line = np.c_[np.linspace(-end, end, 60), np.zeros(60), np.full(60, z + 0.018)]
    up = np.tile([0.0, 0.0, 1.0], (60, 1))
    top, at = z + 0.028, HALF_WIDTH * 0.62
    row = teeth(line, up, metal, width=0.05)
    return [tape, row, *slider(at, top, metal), *lying_pull(at, top, metal)]


def _handle(edge, metal):
    made, reach = [], HALF_WIDTH * 0.80
    turn = np.linspace(0, 2 * math.pi, 16)
    tab = [(-0.05, 0.10), (-0.05, 0.20), (-0.035, 0.235), (0, 0.25)]
    tab += [(-y, z) for y, z in tab[-2::-1]]
    for side in (-1, 1):
        torus = np.c_[0.115 + 0.022 * np.cos(turn), 0.022 * np.sin(turn)]
        ring = lathe("ring", torus, sides=48, material=metal)
        made.append(place(ring, (side * reach, 0, BELLY + 0.30), (90, 0, 0)))
        path = np.array([(side * reach, y, BELLY + z) for y, z in tab])
        strip = rounded_rectangle(0.15, 0.03, 0.01)
        made.append(sweep("tab", path, strip, material=edge, up=(0, -1, 0)))
        made += _handle_end(side * reach, edge, metal)
    a = np.linspace(0, math.pi, 90)
    arch = np.c_[-reach * np.cos(a), 0 * a, BELLY + 0.42 + 1.28 * np.sin(a) ** 0.85]
    strap = rounded_rectangle(0.17, 0.055, 0.025)
    made.append(sweep("handle", arch, strap, material=edge, up=(0, 1, 0)))
    return made


def _handle_end(x: float, edge, metal):
    """The strap that holds the handle to its ring, riveted through."""
    fold = [(-0.045, 0.56), (-0.045, 0.445), (-0.035, 0.405), (0, 0.386)]
    fold += [(-y, z) for y, z in fold[-2::-1]]
    path = np.array([(x, y, BELLY + z) for y, z in fold])
    strip = rounded_rectangle(0.155, 0.026, 0.011)
    rivet = lathe("rivet", disc_profile(0.030, 0.018, bottom=0.003, top=0.015), material=metal)
    return [
        sweep("end", path, strip, material=edge, up=(0, -1, 0)),
        place(rivet, (x, -0.056, BELLY + 0.505), (90, 0, 0)),
    ]


def tote_bag(colour: str, seam: str = "#d9c39a"):
    """A shopper with soft corners, open at the top, two handles."""
    width, height, depth = 2.5, 2.3, 0.95
    hide = leather(colour, scale=2.6, grain=0.22)
    edge = leather(colour, scale=3.2, grain=0.12, smooth=True)
    lining = plain("#b79f7c", 0.85, grain=0.1)
    rows = _tote_walls(width, height, depth)
    body = thicken(grid("tote", rows, closed=True, material=[hide, lining]), 0.035, offset=-1)
    body.modifiers["solid"].material_offset = 1
    bottom = box(
        "bottom",
        width - 0.22,
        depth - 0.16,
        0.03,
        bevel=0.012,
        steps=2,
        material=hide,
        at=(0, 0, 0.002),
    )
    hem = rows[-5][rows[-5][:, 1] < 0]
    hem = hem[np.argsort(hem[:, 0])]
    hem = hem[np.abs(hem[:, 0]) < width / 2 * 0.97] - np.array([0, 0.006, 0])
    made = [body, bottom, stitches(hem, 46, 0.036, 0.0085, seam)]
    for side in (-1, 1):
        wall = rows[-6][:, 1]
        out = side * (np.abs(wall[wall * side > 0]).max() + 0.018)
        made += _tote_handle(side, out, height, edge, seam)
    return made


def _tote_walls(width: float, height: float, depth: float) -> np.ndarray:
    """Rows of the wall from the bottom up: it swells, leans in and sags a little."""
    loop = resample_loop(rounded_rectangle(width, depth, 0.24, 14), 240)
    across, along = loop[:, 0] / (width / 2), loop[:, 1] / (depth / 2)
    facing = np.sign(loop[:, 1])
    flat = 1 - np.abs(across) ** 4
    rows = []
    for z in np.linspace(0, 1, 70):
        swell = 0.10 * math.sin(math.pi * min(1, z * 1.02))
        swell = swell - 0.10 * z**3 * (1 - 0.5 * across**2)
        sag = 0.022 * np.sin(2.3 * loop[:, 0] + 4 * z + 1) + 0.012 * np.sin(
            4.1 * loop[:, 0] - 6 * z
        )
        y = loop[:, 1] * (1 - 0.10 * z) + facing * flat * (swell + sag)
        pinch = np.sign(loop[:, 0]) * np.abs(across) ** 8 * 0.10 * z**1.5 * (1 - along**2)
        x = loop[:, 0] * (1 + 0.06 * z) - pinch
        rows.append(np.stack([x, y, z * height - 0.03 * (1 - across**2) * z**4], -1))
    return np.stack(rows)


def _tote_handle(side: int, out: float, height: float, edge, seam: str):
    made, reach = [], 0.55
    for x in (-reach, reach):
        made += _tote_tab(side, x, out, height, edge, seam)
    a = np.linspace(0, math.pi, 120)
    arch = np.c_[
        -reach * np.cos(a),
        out + 0.096 * side * np.sin(a),
        height + 0.04 + 1.12 * np.sin(a) ** 0.8,
    ]
    path = np.r_[[[-reach, out, height - 0.26]], arch, [[reach, out, height - 0.26]]]
    made.append(sweep("handle", path, circle(ROLL, 28), material=edge, up=(0, 1, 0)))
    return made


def _tote_tab(side: int, x: float, out: float, height: float, edge, seam: str):
    """A tab moulded over the end of the rolled handle, stitched and riveted."""
    loop = resample_loop(rounded_rectangle(0.27, 0.60, 0.075, 12), 320)

    def rise(points, distance):
        across = np.clip(np.abs(points[:, 0]) / (ROLL + 0.02), 0, 1)
        over = np.clip((points[:, 1] - 0.02) / 0.12, 0, 1)
        roll = (ROLL - 0.002) * np.sqrt(1 - across**2) * over**2 * (3 - 2 * over)
        return roll + groove(distance, 0.034)

    points = slab(loop, 0.032, rise=rise, reach=0.05)
    middle = height - 0.255
    upright = np.stack(
        [points[..., 0] + x, out + side * (points[..., 2] - 0.018), points[..., 1] + middle], -1
    )
    made = [grid("tab", upright, closed=True, material=edge, flip=side > 0)]
    line = inward(loop, 0.034)
    line = line[(line[:, 1] < 0.22)]
    line = line[np.argsort(np.arctan2(line[:, 0], -line[:, 1]))]
    y = out + side * 0.0155
    path = np.c_[line[:, 0] + x, np.full(len(line), y), line[:, 1] + middle]
    made.append(stitches(path, 27, 0.038, 0.0080, seam, up=(0, side, 0)))
    metal = brass("#c8a263", 0.2)
    rivet = lathe("rivet", disc_profile(0.040, 0.022, bottom=0.004, top=0.019), material=metal)
    made.append(place(rivet, (x, out + side * 0.012, middle - 0.16), (-90 * side, 0, 0)))
    return made
