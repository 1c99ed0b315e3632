"""How silk lies: flat, folded over itself, gathered over a rail. Arrays of points in, points out.

A cloth is a grid (rows, columns, 3): u runs along the columns, v along the rows, one unit is
10 cm. Nothing here stretches the cloth by more than a hem's width.
"""

import math

import numpy as np

from geometry import circle, grid, sweep
from materials import silk

HEM = 0.019  # radius of a rolled hem


def laid(width: float, length: float, per_unit: float = 30) -> np.ndarray:
    """A cloth laid flat round the origin, at least 40 points each way."""
    columns, rows = (max(40, int(side * per_unit)) for side in (width, length))
    x, y = np.meshgrid(
        np.linspace(-width / 2, width / 2, columns), np.linspace(-length / 2, length / 2, rows)
    )
    return np.stack([x, y, np.zeros_like(x)], -1)


def fold(points: np.ndarray, towards: float, at: float, gap: float, *, sink=0.0, part=None):
    """Fold what lies beyond a line back over the top.

    The line is `at` units from the origin, square to the direction `towards` (degrees). `gap` is
    the room between the layers; `sink` the distance from the fold over which it closes by half
    (0: not at all). `part`, a mask, is the stretch of cloth that may move.
    """
    a = math.radians(towards)
    along, aside = np.array([math.cos(a), math.sin(a)]), np.array([-math.sin(a), math.cos(a)])
    c, s, z = points[..., :2] @ along, points[..., :2] @ aside, points[..., 2]
    beyond = c > at if part is None else (c > at) & part
    under = ~beyond if part is None else ~beyond & part & (c > at - 1)
    height = float(z[under].max())
    middle = height + gap / 2
    neutral = max(middle - height / 2, gap / 2)
    angle = np.clip((c - at) / neutral, 0, math.pi)
    past = np.maximum(c - at - math.pi * neutral, 0)
    out = middle - z
    folded = np.where(beyond, at + out * np.sin(angle) - past, c)
    raised = np.where(beyond, middle - out * np.cos(angle), z)
    if sink:
        closed = np.clip((at - folded) / sink, 0, 1)
        closed = closed * closed * (3 - 2 * closed)
        raised = raised - np.where(beyond & (past > 0), 0.5 * gap * closed, 0)
    flat = folded[..., None] * along + s[..., None] * aside
    return np.concatenate([flat, raised[..., None]], -1)


def press(points: np.ndarray, left: float, reach: float, *ways: float) -> np.ndarray:
    """Press a folded pile flat: `left` is the share of its height that stays.

    The folds themselves keep theirs, over `reach`; `ways` are the directions (degrees) in which
    the folds lie.
    """
    near = np.full(points.shape[:2], 1e9)
    for way in np.radians(ways):
        c = points[..., 0] * np.cos(way) + points[..., 1] * np.sin(way)
        near = np.minimum(near, c.max() - c)
    closed = np.clip(near / reach, 0, 1)
    closed = closed * closed * (3 - 2 * closed)
    out = points.copy()
    out[..., 2] *= 1 - (1 - left) * closed
    return out


def wander(points: np.ndarray, amount: float, seed: int = 0) -> np.ndarray:
    """Edges that are never quite straight: the cloth shifts in its plane by up to `amount`."""
    rng = np.random.default_rng(seed)
    out = points.copy()
    reach = max(np.ptp(points[..., 0]), np.ptp(points[..., 1]))
    for axis in (0, 1):
        for _ in range(4):
            a, k = rng.uniform(0, 2 * math.pi), rng.uniform(9, 26) / reach
            way = points[..., 0] * math.cos(a) + points[..., 1] * math.sin(a)
            out[..., axis] += amount / 2 * np.sin(k * way + rng.uniform(0, 6.3))
    return out


def swell(points: np.ndarray, amount: float, seed: int = 0, waves: int = 7) -> np.ndarray:
    """Let a pile of layers breathe: the height grows or shrinks by up to `amount` (a share).

    The uppermost layers also keep a few low ridges.
    """
    rng = np.random.default_rng(seed)
    x, y = points[..., 0], points[..., 1]
    x, y = x - (x.min() + x.max()) / 2, y - (y.min() + y.max()) / 2
    reach = max(np.ptp(x), np.ptp(y))
    field = np.zeros_like(x)
    for _ in range(waves):
        a, k = rng.uniform(0, 2 * math.pi), rng.uniform(3, 14) / reach
        field += np.sin(k * (x * math.cos(a) + y * math.sin(a)) + rng.uniform(0, 6.3))
    ridged = ripples(np.stack([x, y, np.zeros_like(x)], -1), 0.006 * reach, 5, seed + 1)[..., 2]
    out = points.copy()
    height = points[..., 2]
    out[..., 2] = height * (1 + amount * field / math.sqrt(waves))
    out[..., 2] += ridged * height / height.max()
    return out


def ripples(points: np.ndarray, height: float, count: int, seed: int) -> np.ndarray:
    """Low soft ridges that a cloth keeps when it is laid down, and a hem that puckers a little."""
    rng = np.random.default_rng(seed)
    x, y = points[..., 0], points[..., 1]
    reach = max(np.ptp(x), np.ptp(y))
    lift = np.zeros_like(x)
    for _ in range(count):
        a = rng.uniform(0, math.pi)
        c, s = math.cos(a), math.sin(a)
        across = (x * c + y * s) / reach - rng.uniform(-0.45, 0.45)
        along = (-x * s + y * c) / reach - rng.uniform(-0.35, 0.35)
        bend = 0.03 * np.sin(along * 7 + rng.uniform(0, 6))
        crest = rng.uniform(0.4, 1.0) * np.exp(-(((across + bend) / rng.uniform(0.03, 0.07)) ** 2))
        lift += crest * np.exp(-((along / rng.uniform(0.18, 0.45)) ** 2))
    inside = np.minimum(np.ptp(x) / 2 - abs(x), np.ptp(y) / 2 - abs(y))
    edge = np.exp(-np.maximum(inside, 0) / (0.022 * reach))
    way = np.where(abs(x) > abs(y), y, x) * 60 / reach
    pucker = 0.5 + 0.5 * np.sin(way + 1.7 * np.sin(way * 0.37) + np.sin(way * 0.11 + 2))
    out = points.copy()
    out[..., 2] += height * (lift + 0.55 * edge * pucker)
    return out


def creases(points: np.ndarray, height: float, at=(-0.25, 0.0, 0.25)) -> np.ndarray:
    """The fold lines of a square that comes out of its box, as shares of its sides."""
    out = points.copy()
    for axis in (0, 1):
        side = np.ptp(points[..., axis])
        for k, share in enumerate(at):
            off = abs(points[..., axis] - share * side) / side
            way = 1 if (k + axis) % 2 else -0.6
            out[..., 2] += way * height * np.exp(-off / 0.012)
    return out


def hung(width, length, front, gathered, *, folds=9, seed=2, rail=(6, 0.06), lean=0.0, rise=0.42):
    """A cloth gathered over a rail of (height, radius): row 0 is the hem on our side.

    `front` is the length that hangs on our side, `gathered` the width it hangs in, `lean` how far
    apart the two ends swing, the front one to the right, `rise` how much the outer folds draw up
    their hems (a share of how far they stand out).
    """
    height, radius = rail
    rows, columns = int(length * 14), max(60, int(width * 60))
    v = np.linspace(0, length, rows)
    past = front - v
    across, out = _gather(abs(past), width, gathered, columns, folds, seed)
    rho = radius + 0.012 + out
    # The outer folds take a little more cloth over the rail, so that their hems hang higher.
    quarter = math.pi * (radius + 0.012 + rise * out) / 2
    angle = np.clip(past[:, None] / quarter, -1, 1) * math.pi / 2
    drop = np.maximum(abs(past[:, None]) - quarter, 0)
    y = -rho * np.sin(angle)
    z = height + rho * np.cos(angle) - drop
    across = across + lean / 2 * (np.tanh(past / (0.25 * length)))[:, None]
    return np.stack([across, y, z], -1)


def _gather(distance, width, gathered, columns, folds, seed):
    """For each row, (x, how far it stands out): folds that bend like a strip pushed together.

    Near the rail they are fine; below, neighbours merge into fewer and deeper ones.
    """
    rng = np.random.default_rng(seed)
    s = np.linspace(0, 1, columns)
    v = distance[:, None]
    below = 1 - np.exp(-v / (0.22 * distance.max()))
    fine, coarse = (_uneven(rng, s, count) for count in (folds * 2 + 3, folds))
    wander = 0.35 * np.sin(5 * s[None] + v * 0.5 + rng.uniform(0, 6))
    strength = 0.66 + 0.34 * np.sin(11.3 * s + rng.uniform(0, 6)) * np.sin(5.1 * s + 1)
    deep = below * strength * np.sin(coarse + wander)
    bend = (1 - 0.85 * below) * np.sin(fine + 0.5 * wander) + deep
    # The selvedges hang free: the last fold opens.
    bend = bend * np.clip(np.minimum(s, 1 - s) / 0.02, 0.35, 1)
    wanted = gathered * (1 + 0.05 * below[:, 0])
    low, high = np.zeros(len(distance)), np.full(len(distance), 2.2)
    step = width / (columns - 1)
    for _ in range(26):
        middle = (low + high) / 2
        wide = np.cos(middle[:, None] * bend).sum(1) * step > wanted
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    theta = low[:, None] * bend
    x = np.cumsum(np.cos(theta), 1) * step
    y = np.cumsum(np.sin(theta), 1) * step
    y = y - (y[:, :1] + (y[:, -1:] - y[:, :1]) * s)
    x = x - (x[:, :1] + x[:, -1:]) / 2
    return x, y - y.min(1, keepdims=True)


def _uneven(rng, s, count):
    """The phase of `count` waves of uneven length along s."""
    steps = np.cumsum(np.r_[0, rng.uniform(0.65, 1.35, count)])
    knots = np.linspace(0, 1, count + 1)
    smooth = np.interp(s, knots, steps / steps[-1])
    kernel = np.hanning(max(3, len(s) // (count * 2) | 1))
    padded = np.pad(smooth, len(kernel) // 2, mode="reflect", reflect_type="odd")
    return 2 * math.pi * count * np.convolve(padded, kernel / kernel.sum(), "valid")


def hemmed(name, points, picture, *, thread=0.0, hem=HEM, seed=0, size=None, rough=0.40):
    """The cloth and its rolled hem, printed; both take their colours from the same picture."""
    width, length = size or (
        np.linalg.norm(np.diff(points, axis=axis), axis=-1).sum(axis).mean() for axis in (1, 0)
    )
    material = silk(picture, (width, length), thread=thread, rough=rough)
    sheet = grid(name, points, material=material)
    return [sheet, rolled_hem(points, material, hem, seed)]


def rolled_hem(points: np.ndarray, material, radius: float, seed: int = 0):
    """The edge rolled and sewn by hand: a soft cord, drawn in a little at every stitch."""
    rows, columns = points.shape[:2]
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    path = _round_the_edge(points)
    at = np.r_[0, np.cumsum(np.linalg.norm(np.diff(np.r_[path, path[:1]], axis=0), axis=1))]
    count = int(at[-1] / min(0.02, radius * 1.2))
    where = np.linspace(0, at[-1], count, endpoint=False)
    closed = np.c_[path, _round_the_edge(np.stack([u, v], -1))]
    closed = np.r_[closed, closed[:1]]
    fine = np.stack([np.interp(where, at, closed[:, k]) for k in range(5)], -1)
    rng = np.random.default_rng(seed)
    knots = np.linspace(0, at[-1], int(at[-1] * 8) + 2)
    thick = 1 + 0.10 * np.interp(where, knots, rng.normal(0, 1, len(knots))).clip(-1.5, 1.5)
    thick *= 1 - 0.16 * np.exp(-(((where / 0.065) % 1 - 0.5) ** 2) / 0.02)
    ob = sweep("hem", fine[:, :3], circle(radius, 10), material=material, closed=True, taper=thick)
    _take_edge_colour(ob, fine[:, 3:])
    return ob


def _round_the_edge(field: np.ndarray) -> np.ndarray:
    return np.concatenate([field[0], field[1:, -1], field[-1, -2::-1], field[-2:0:-1, 0]])


def _take_edge_colour(ob, uv: np.ndarray) -> None:
    """Along the path, the picture's own edge (a hair inside, where the print is whole)."""
    layer = ob.data.uv_layers[0].data
    flat = np.zeros(len(layer) * 2, np.float32)
    layer.foreach_get("uv", flat)
    index = np.rint(flat.reshape(-1, 2)[:, 1] * len(uv)).astype(int) % len(uv)
    layer.foreach_set("uv", (0.004 + 0.992 * uv[index]).astype(np.float32).ravel())
