"""Silk: over a rail, laid flat, folded. Freely draped cloth reads as rubber, so there is none."""

import math

import bpy
import numpy as np

from art import printed
from geometry import box, circle, grid, smooth_subdivide, sweep, thicken
from materials import brass, plain, silk

RAIL_HEIGHT, RAIL_RADIUS = 6.1, 0.055


def hung_scarf(name: str, *, size: float = 9.0, width: float = 3.3, front: float = 0.60):
    """A large square gathered over a brass rail; `front`: the share that hangs on our side.

    The folds are drawn, then a cloth simulation lets them settle for 70 frames.
    """
    rail = sweep(
        "rail",
        np.array([(-9, 0, RAIL_HEIGHT), (9, 0, RAIL_HEIGHT)]),
        circle(RAIL_RADIUS, 32),
        material=brass(),
    )
    # Both halves hang against a board that the camera never sees.
    board = box("board", 12, 0.07, 5.9, bevel=0.03, steps=2, at=(0, 0, RAIL_HEIGHT - 5.95))
    for solid in (rail, board):
        solid.modifiers.new("collision", "COLLISION")
        solid.collision.thickness_outer, solid.collision.cloth_friction = 0.012, 20
    bpy.context.view_layer.update()
    across, depth = _pleats(size, width, 6, 150)
    points = np.stack([_over_rail(v, size * (1 - front), across, depth) for v in _rows(size)])
    scarf = grid("scarf", points, material=silk(printed(name)))
    _let_fall(scarf, frames=70)
    bpy.data.objects.remove(board)
    smooth_subdivide(thicken(scarf, 0.012))
    return [scarf]


def _rows(size: float) -> np.ndarray:
    return np.linspace(0, size, 190)


def _pleats(size: float, width: float, count: int, columns: int):
    """Across the rail: where each thread hangs (x) and how far out it stands.

    The folds are uneven, and as deep as it takes to gather `size` into `width`.
    """
    rng = np.random.default_rng(2)
    u = np.linspace(0, 1, 2400)
    steps = np.cumsum(np.r_[0, rng.uniform(0.7, 1.3, count)])
    phase = np.interp(u, np.linspace(0, 1, count + 1), steps)
    phase = phase / phase[-1] * count
    uneven = 1 + 0.35 * np.interp(u, np.linspace(0, 1, count), rng.normal(0, 1, count))
    x = width * (u - 0.5)
    low, high = 0.0, 2.0
    for _ in range(40):
        middle = (low + high) / 2
        out = middle * uneven * np.sin(2 * np.pi * phase)
        length = np.hypot(np.diff(x), np.diff(out)).sum()
        low, high = (middle, high) if length < size else (low, middle)
    travelled = np.r_[0, np.cumsum(np.hypot(np.diff(x), np.diff(out)))]
    at = np.linspace(0, travelled[-1], columns)
    out = np.interp(at, travelled, out)
    return np.interp(at, travelled, x), out - out.min()


def _over_rail(v: float, behind: float, across, depth) -> np.ndarray:
    """One row of the cloth: v = 0 is the hem behind; tight at the rail, opening below."""
    radius = RAIL_RADIUS + 0.03
    past, quarter = v - behind, math.pi * radius / 2
    if abs(past) < quarter:
        a = past / radius
        y, z = -radius * math.sin(a), RAIL_HEIGHT + radius * math.cos(a)
        out_y, out_z = -math.sin(a), math.cos(a)
    else:
        side = -1 if past > 0 else 1
        y, z = side * radius, RAIL_HEIGHT - (abs(past) - quarter)
        out_y, out_z = side, 0
    open_below = 0.12 + 0.50 * min(1, abs(past) / 3.5)
    spread = 1 + 0.10 * min(1, abs(past) / 4)
    return np.stack(
        [across * spread, y + out_y * depth * open_below, z + out_z * depth * open_below], -1
    )


def _let_fall(ob, frames: int) -> None:
    """Simulate thin silk and keep the last frame as the object's mesh."""
    cloth = ob.modifiers.new("cloth", "CLOTH")
    settings = cloth.settings
    settings.quality, settings.mass, settings.air_damping = 6, 0.10, 4.0
    settings.tension_stiffness = settings.compression_stiffness = 8
    settings.shear_stiffness, settings.bending_stiffness = 4, 0.03
    settings.tension_damping = settings.compression_damping = 5
    cloth.collision_settings.distance_min = 0.012
    cloth.collision_settings.collision_quality = 3
    cloth.collision_settings.use_self_collision = False
    scene = bpy.context.scene
    scene.frame_start = cloth.point_cache.frame_start = 1
    scene.frame_end = cloth.point_cache.frame_end = frames
    for frame in range(1, frames + 1):
        scene.frame_set(frame)
    graph = bpy.context.evaluated_depsgraph_get()
    settled = bpy.data.meshes.new_from_object(ob.evaluated_get(graph))
    ob.modifiers.clear()
    ob.data = settled


def flat_scarf(name: str, hem: str = "#c65a3a", size: float = 3.0):
    """A square laid flat with a few soft ripples and a rolled hem; for a camera above."""
    g = np.linspace(-0.5, 0.5, 260)
    x, y = np.meshgrid(g, g)
    points = np.stack(
        [
            x * size * (1 + 0.004 * np.sin(9 * x + 2)) + 0.010 * np.sin(21 * y),
            y * size + 0.012 * np.sin(18 * x + 1),
            _ripples(x, y) * size + 0.012,
        ],
        -1,
    )
    sheet = thicken(grid("scarf", points, material=silk(printed(name), 0.38)), 0.010, offset=1)
    border = np.concatenate([points[0], points[1:, -1], points[-1, -2::-1], points[-2:0:-1, 0]])
    edge = sweep(
        "hem",
        border + np.array([0, 0, 0.004]),
        circle(0.014, 10),
        material=plain(hem, 0.5, sheen=0.4),
        closed=True,
    )
    return [sheet, edge]


def _ripples(x, y) -> np.ndarray:
    rng = np.random.default_rng(4)
    height = np.zeros_like(x)
    for _ in range(7):
        a = rng.uniform(0, math.pi)
        c, s = math.cos(a), math.sin(a)
        across = x * c + y * s - rng.uniform(-0.45, 0.45)
        along = -x * s + y * c - rng.uniform(-0.3, 0.3)
        width = rng.uniform(0.02, 0.05)
        crest = rng.uniform(0.006, 0.016) * np.exp(-((across / width) ** 2))
        height += crest * np.exp(-((along / rng.uniform(0.18, 0.4)) ** 2))
    return height


def folded_scarf(name: str, *, side: float = 2.3, layers: int = 4, lift: float = 0.045):
    """A square folded in four; the uppermost layer shows a quarter of the design."""
    path = _accordion(side, layers, lift)
    rows = [
        np.stack(
            [
                path[:, 0] + 0.01 * np.sin(2.5 * y + 9 * path[:, 1]),
                np.full(len(path), y),
                path[:, 1],
            ],
            -1,
        )
        for y in np.linspace(-side / 2, side / 2, 60)
    ]
    ob = grid("folded", np.stack(rows, 1), material=silk(printed(name), 0.36))
    _quarter_uv(ob, path, layers)
    return [thicken(ob, 0.014)]


def _accordion(side: float, layers: int, lift: float) -> np.ndarray:
    """The folded strip seen from its edge, as (x, z)."""
    half, path = lift / 2, []
    for k in range(layers):
        forth = 1 if k % 2 == 0 else -1
        z, end = half + k * lift, side / 2 - 0.015 * k
        path += [
            (x, z + 0.010 * math.sin(3.1 * x + k))
            for x in np.linspace(-forth * end, forth * end, 40)
        ]
        if k < layers - 1:
            path += [
                (forth * (end + half * 1.5 * math.cos(a)), z + half + half * math.sin(a))
                for a in np.linspace(-math.pi / 2, math.pi / 2, 12)[1:-1]
            ]
    return np.array(path)


def _quarter_uv(ob, path: np.ndarray, layers: int) -> None:
    """Follow the cloth's length, so that the print runs on through the folds."""
    travelled = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    layer = ob.data.uv_layers[0].data
    flat = np.zeros(len(layer) * 2, np.float32)
    layer.foreach_get("uv", flat)
    uv = flat.reshape(-1, 2)
    along = np.interp(uv[:, 1] * (len(path) - 1), np.arange(len(path)), travelled)
    # To and fro, never a jump: a face across a jump would show the whole print, squeezed.
    there = (along / travelled[-1] * layers * 0.5) % 2.0
    turned = np.c_[1 - np.abs(1 - there), uv[:, 0] * 0.5]
    layer.foreach_set("uv", turned.astype(np.float32).ravel())
