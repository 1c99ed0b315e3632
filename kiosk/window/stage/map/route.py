"""The courier's way on the map: a line whose travelled part fades behind the marker."""

from collections.abc import Sequence

import numpy as np
from kivy.graphics import (
    Color,
    InstructionGroup,
    Mesh,
    PopMatrix,
    PushMatrix,
    RenderContext,
    Rotate,
    Scale,
    Translate,
)

from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.geometry import MAX_VERTICES, ribbons
from kiosk.window.stage.map.shaders import ROUTE_FORMAT, route_context
from kiosk.window.stage.map.style import MapStyle

_LINE_PX = 9.0  # width, design pixels
_CASING_PX = 2.6
_BEND_M = 6.0  # from which a corner is rounded
_BEND_STEPS = 6
_MOST_POINTS = MAX_VERTICES // 6 // _BEND_STEPS - 2


class RouteLayer:
    """Drawn in one mesh, twice; how far the courier is, is one number for the graphics card."""

    def __init__(self, style: MapStyle, unit: float) -> None:
        self._unit = unit
        self.group = InstructionGroup()
        self._centre, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._scale, self._origin = Scale(1, 1, 1), Translate()
        self._casing, self._line = route_context(), route_context()
        self._casing_tint, self._line_tint = Color(), Color()
        self._empty, self._share = True, 1.0
        self._style = style
        self.restyle(style)

    def restyle(self, style: MapStyle) -> None:
        self._style = style
        share = float(self._share)
        self._casing_tint.rgba = (*style.route_casing, share)
        self._line_tint.rgba = (*style.route, share)
        self._casing["done"] = (*style.route_casing, share)
        self._line["done"] = (*style.route_done, share)

    def fade(self, share: float) -> None:
        """Draw so much of it, from 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.restyle(self._style)

    def set(self, points: Sequence[tuple[float, float]]) -> None:
        """The way in metres; fewer than two points clear it."""
        self.group.clear()
        for context in (self._casing, self._line):
            context.clear()
        rounded = _rounded(points[:_MOST_POINTS])
        self._empty = len(rounded) < 2
        if self._empty:
            return
        vertices, indices = _ribbon(rounded)
        for context, tint in (
            (self._casing, self._casing_tint),
            (self._line, self._line_tint),
        ):
            context.add(tint)
            context.add(Mesh(vertices=vertices, indices=indices, fmt=ROUTE_FORMAT,
                             mode="triangles"))  # fmt: skip
        for part in (PushMatrix(), self._centre, self._turn, self._scale, self._origin,
                     self._casing, self._line, PopMatrix()):  # fmt: skip
            self.group.add(part)

    def travelled(self, metres: float) -> None:
        """How much of the way lies behind; below 0 none of it."""
        for context in (self._casing, self._line):
            context["travelled"] = float(metres)

    def follow(self, camera: Camera, centre: tuple[float, float]) -> None:
        if self._empty:
            return
        self._centre.xy = centre
        self._turn.angle = camera.bearing
        self._scale.xyz = (camera.ppm, camera.ppm, 1)
        self._origin.xy = (-camera.x, -camera.y)
        half = _LINE_PX / 2 * self._unit
        _set(self._line, camera.ppm, half)
        _set(self._casing, camera.ppm, half + _CASING_PX * self._unit)


def _rounded(points: Sequence[tuple[float, float]]) -> np.ndarray:
    """Rows x, y, metres along the way as it is ridden; corners drawn as small bends."""
    xy = np.asarray(points, np.float64).reshape(-1, 2)
    if len(xy) < 2:
        return np.zeros((0, 3))
    step = np.hypot(*np.diff(xy, axis=0).T)
    # A marker's distance counts the whole way, so the tiny steps stay in the sum.
    along = np.concatenate([[0.0], np.cumsum(step)])
    keep = np.concatenate([[True], step > 0.05])
    xy, along = xy[keep], along[keep]
    rows = [(*xy[0], along[0])]
    for k in range(1, len(xy) - 1):
        back, ahead = xy[k - 1] - xy[k], xy[k + 1] - xy[k]
        cut_b = min(_BEND_M, 0.45 * float(np.hypot(*back)))
        cut_a = min(_BEND_M, 0.45 * float(np.hypot(*ahead)))
        start = xy[k] + back / np.hypot(*back) * cut_b
        end = xy[k] + ahead / np.hypot(*ahead) * cut_a
        for u in np.linspace(0, 1, _BEND_STEPS):
            x, y = (1 - u) ** 2 * start + 2 * u * (1 - u) * xy[k] + u**2 * end
            rows.append((x, y, along[k] - cut_b + (cut_b + cut_a) * u))
    rows.append((*xy[-1], along[-1]))
    return np.array(rows)


def _ribbon(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    flat, triangles = ribbons(rows[:, :2], np.array([len(rows)]), np.zeros(1), closed=False)
    along = rows[:, 2]
    s = np.concatenate([np.repeat(along, 2), [along[0]] * 2, [along[-1]] * 2])
    out = np.concatenate([flat, s[:, None]], axis=1)
    return out.astype(np.float32).ravel(), triangles.astype(np.uint16).ravel()


def _set(context: RenderContext, ppm: float, half: float) -> None:
    context["ppm"] = float(ppm)
    context["half_px"] = float(half)
