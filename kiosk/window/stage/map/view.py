"""The map as a widget: looks at one quarter, follows one courier, redraws when something moves."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from kivy.animation import AnimationTransition
from kivy.clock import Clock
from kivy.graphics import (
    Callback,
    Color,
    Rectangle,
    ScissorPop,
    ScissorPush,
)
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.shop.geo import Point
from kiosk.window.stage.map.base import BasePicture
from kiosk.window.stage.map.camera import Camera, Limits, fitting
from kiosk.window.stage.map.geometry import Prepared
from kiosk.window.stage.map.gestures import Gestures
from kiosk.window.stage.map.markers import PIN_HEIGHT_PX, PIN_PX, PinMarker
from kiosk.window.stage.map.ridden import RideLayer
from kiosk.window.stage.map.style import MapStyle
from kiosk.window.stage.map.words import MapWords
from kiosk.window.visit.motion import MarkerState

_MARGIN = 0.14  # of the view, drawn beyond each edge so that small shifts cost nothing
_STRETCH = 1.45  # a picture is shown enlarged or reduced by this much at most
_SETTLE_S = 0.14  # stillness after which the picture is drawn afresh at its own scale
_CLOSEST = 5.0  # pixels a metre, design pixels
_BEYOND_M = 120.0  # so far past the map's border one may look
_EDGE_PX = 110.0  # a courier that is followed stays so far from the view's edges
_FOLLOW = 0.8  # of a fit's padding that a followed courier keeps
_FIT_PPM = 2.4  # of a fit to several places at most
_SINGLE_PPM = 1.5  # of a fit to one place

Padding = tuple[float, float, float, float]


class MapView(Widget):
    """`prepared` comes from geometry.prepare (a worker may do it); `unit` is pixels of a design
    pixel: theme.px_per_mm / 2 on the reference glass.

    `interactive`: fingers pan and zoom; `on_explore` is fired when they begin to.
    `following`: the courier is kept in view until a finger moves the map.
    """

    interactive = BooleanProperty(True)
    following = BooleanProperty(False)
    style = ObjectProperty()
    __events__ = ("on_explore",)

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float = 1.0, **kwargs) -> None:
        self.map_file = prepared.map_file
        self._unit = unit
        self._projection = self.map_file.projection
        west, south, east, north = self.map_file.meta.bounds
        around = (west - _BEYOND_M, south - _BEYOND_M, east + _BEYOND_M, north + _BEYOND_M)
        self._limits = Limits(around, _CLOSEST * unit)
        self.camera = Camera(ppm=unit)
        self._base = BasePicture(prepared, style, unit)
        self._words = MapWords(self.map_file, style, unit)
        self._ride = RideLayer(style, unit)
        self._pins = {sort: PinMarker(sort, style, unit) for sort in ("home", "shop")}
        self._pin_at: dict[str, tuple[float, float]] = {}
        self._flight: _Flight | None = None
        self._room: Padding = (_EDGE_PX * unit,) * 4
        self._wish: Callable[[], Camera] | None = None
        self._draw_soon = Clock.create_trigger(self._draw, -1)
        self._draw_next = Clock.create_trigger(self._draw, 0)
        self._settle_soon = Clock.create_trigger(self._settle, _SETTLE_S)
        super().__init__(style=style, **kwargs)
        self._gestures = Gestures(self)
        self._compose()
        self.bind(pos=self._moved, size=self._resized, style=self._restyled)

    # -- what a screen says ---------------------------------------------------------------------

    def set_pin(self, sort: str, at: Point | None) -> None:
        """Stand the "shop" or the "home" pin at a place, or take it away."""
        xy = None if at is None else self._projection.to_xy(at)
        if xy == self._pin_at.get(sort):
            return
        if xy is None:
            del self._pin_at[sort]
        else:
            self._pin_at[sort] = xy
        self._stale_words()

    def set_route(self, points: Sequence[Point]) -> None:
        """Draw the way, one fading into another; fewer than two points take it away."""
        way = [self._projection.to_xy(p) for p in points]
        if way != self._ride.way:
            self._ride.set_way(way)
            self._stale_words()

    def set_courier(self, state: MarkerState | None) -> None:
        """Draw the courier's marker as of now; also fades the way behind it."""
        at = None if state is None else self._projection.to_xy(state.at)
        leaving = state.leaving if state else None
        left = self._projection.to_xy(leaving.at) if leaving else (0.0, 0.0)
        self._ride.set_courier(at, state, left)
        if self.following:
            self._keep_in_view()
        self._draw_soon()

    def fit(
        self, points: Sequence[Point], padding: float | Padding = 80.0, seconds: float = 0.6
    ) -> None:
        """Show all `points` and their pins within `padding` (left, bottom, right, top; pixels)."""
        if not points:
            return
        self._room = padding if isinstance(padding, tuple) else (padding,) * 4
        left, bottom, right, top = self._room
        room = (left, bottom, right, top + (PIN_HEIGHT_PX * self._unit if self._pin_at else 0.0))
        places = [self._projection.to_xy(p) for p in points]
        most = (_FIT_PPM if len(places) > 1 else _SINGLE_PPM) * self._unit

        def goal() -> Camera:
            size = self.width, self.height
            return fitting(places, *size, room, most, self._limits.least(*size))

        self._go(goal, seconds)

    def centre_on(self, at: Point, ppm: float | None = None, seconds: float = 0.6) -> None:
        """Bring a place to the middle; `ppm` in pixels a metre, unchanged by default."""
        x, y = self._projection.to_xy(at)
        self._room = (_EDGE_PX * self._unit,) * 4
        self._go(lambda: replace(self.camera, x=x, y=y, ppm=ppm or self.camera.ppm), seconds)

    def zoom(self, factor: float, seconds: float = 0.25) -> None:
        """Closer (above 1) or further (below 1) about the middle: for buttons."""
        goal = self._flight.goal if self._flight else self.camera
        self._go(lambda: replace(goal, ppm=goal.ppm * factor), seconds)

    def to_window_px(self, at: Point) -> tuple[float, float]:
        """Where a place lies now, in the widget's own coordinates."""
        x, y = self.camera.to_screen(*self._projection.to_xy(at))
        return self.center_x + x, self.center_y + y

    @property
    def names(self) -> list[str]:
        """The names that are laid out now, the most important first."""
        return [placed.text for placed in self._words.shown]

    @property
    def still(self) -> bool:
        """Whether the picture is final: nothing flies, nothing waits to be drawn afresh."""
        return (
            self._flight is None
            and not self._words.busy
            and not self._gestures.busy
            and not self._draw_soon.is_triggered
            and not self._settle_soon.is_triggered
        )

    def on_explore(self) -> None:
        """A finger began to move the map."""

    # -- what fingers say -----------------------------------------------------------------------

    def look(self, camera: Camera) -> None:
        """Show `camera`, within the map's limits, at once."""
        self._wish = None
        self.camera = self._limits.clamp(camera, self.width, self.height)
        self._draw_soon()

    def explore(self) -> None:
        self._flight = None
        self.following = False
        self.dispatch("on_explore")

    def on_touch_down(self, touch) -> bool:
        if not (self.interactive and self.collide_point(*touch.pos)):
            return bool(super().on_touch_down(touch))
        return self._gestures.down(touch)

    def on_touch_move(self, touch) -> bool:
        return self._gestures.move(touch) or bool(super().on_touch_move(touch))

    def on_touch_up(self, touch) -> bool:
        return self._gestures.up(touch) or bool(super().on_touch_up(touch))

    # -- drawing --------------------------------------------------------------------------------

    def _compose(self) -> None:
        # The picture is opaque: blending it would cost a read of every pixel for nothing.
        self._picture = Rectangle()
        self._scissor = ScissorPush(x=0, y=0, width=1, height=1)
        canvas = self.canvas
        canvas.add(self._base.fbo)
        for part in (
            self._scissor,
            Color(1, 1, 1, 1),
            Callback(lambda _: glDisable(GL_BLEND)),
            self._picture,
            Callback(lambda _: glEnable(GL_BLEND)),
            self._ride.way_group,
            self._words.group,
            self._pins["home"].group,
            self._pins["shop"].group,
            self._ride.courier_group,
            ScissorPop(),
        ):
            canvas.add(part)

    def _go(self, goal: Callable[[], Camera], seconds: float) -> None:
        if self.width < 2 or self.height < 2 or not self.parent:
            self._wish = goal  # there is no size to fit into yet
            return
        target = self._limits.clamp(goal(), self.width, self.height)
        self._wish = goal
        if seconds <= 0 or self._base.camera is None:
            self._flight = None
            self.camera = target
        else:
            self._flight = _Flight(self.camera, target, Clock.get_time(), seconds)
        self._draw_soon()

    def _keep_in_view(self) -> None:
        """Follow the courier, moving the map no more than needed."""
        if self._flight or self._ride.courier_at is None:
            return
        x, y = self.camera.to_screen(*self._ride.courier_at)
        left, bottom, right, top = (min(edge * _FOLLOW, self.width * 0.3) for edge in self._room)
        half_w, half_h = self.width / 2, self.height / 2
        over_x = x - min(max(x, left - half_w), half_w - right)
        over_y = y - min(max(y, bottom - half_h), half_h - top)
        if over_x or over_y:
            cx, cy = self.camera.to_map(over_x, over_y)
            self.look(replace(self.camera, x=cx, y=cy))

    def _draw(self, _dt: float = 0) -> None:
        if self.width < 2 or self.height < 2:
            return
        if self._flight is not None:
            self.camera = self._flight.at(Clock.get_time())
            if self._flight.over:
                self._flight = None
            else:
                self._draw_next()
        camera = self._aligned(self.camera)
        if not self._serves(camera):
            self._render(camera)
        self._aim(camera)

    def _aligned(self, camera: Camera) -> Camera:
        """Shifted by less than a pixel, so that the picture moves by whole ones and stays sharp."""
        base = self._base.camera
        if base is None or base.ppm != camera.ppm or base.bearing != camera.bearing:
            return camera
        dx, dy = base.to_screen(camera.x, camera.y)
        x, y = base.to_map(round(dx), round(dy))
        return replace(camera, x=x, y=y)

    def _serves(self, camera: Camera) -> bool:
        base = self._base.camera
        if base is None or base.bearing != camera.bearing:
            return False
        ratio = camera.ppm / base.ppm
        if not 1 / _STRETCH < ratio < _STRETCH:
            return False
        left, bottom, right, top = self._window(camera, ratio)
        width, height = self._base.size
        return left >= 0 and bottom >= 0 and right <= width and top <= height

    def _window(self, camera: Camera, ratio: float) -> Padding:
        """The part of the picture in view: left, bottom, right, top in its pixels."""
        assert self._base.camera is not None  # noqa: S101
        dx, dy = self._base.camera.to_screen(camera.x, camera.y)
        width, height = self._base.size
        half_w, half_h = self.width / ratio / 2, self.height / ratio / 2
        x, y = width / 2 + dx, height / 2 + dy
        return x - half_w, y - half_h, x + half_w, y + half_h

    def _render(self, camera: Camera) -> None:
        width = 2 * round(self.width * (0.5 + _MARGIN)) + int(self.width) % 2
        height = 2 * round(self.height * (0.5 + _MARGIN)) + int(self.height) % 2
        self._base.render(camera, width, height)
        self._picture.texture = self._base.fbo.texture
        # While the map is being zoomed the names wait: they would be read by nobody.
        if self._moving and not self._words.fits(camera):
            self._settle_soon()
        else:
            self._lay_words(camera, width, height)

    def _lay_words(self, camera: Camera, width: float, height: float) -> None:
        clear = []
        for x, y in self._pin_at.values():
            px, py = camera.to_screen(x, y)
            head = PIN_PX * self._unit
            clear.append((px, py + head * 0.75, head * 0.8))
        way = [camera.to_screen(x, y) for x, y in self._ride.way]
        self._words.lay_out(camera, width, height, clear, way)

    def _aim(self, camera: Camera) -> None:
        base = self._base.camera
        assert base is not None  # noqa: S101
        ratio = camera.ppm / base.ppm
        left, bottom, right, top = self._window(camera, ratio)
        width, height = self._base.size
        u0, v0, u1, v1 = left / width, bottom / height, right / width, top / height
        self._picture.tex_coords = (u0, v0, u1, v0, u1, v1, u0, v1)
        exact = ratio == 1
        self._picture.texture.mag_filter = "nearest" if exact else "linear"
        self._picture.texture.min_filter = "nearest" if exact else "linear"
        self._picture.pos, self._picture.size = self.pos, self.size
        x, y = self.to_window(*self.pos)
        self._scissor.x, self._scissor.y = int(x), int(y)
        self._scissor.width, self._scissor.height = int(self.width), int(self.height)
        centre = (self.center_x, self.center_y)
        if self._ride.follow(camera, centre):
            self._draw_next()
        self._words.follow(camera, centre)
        self._aim_markers(camera)
        if not exact:
            self._settle_soon()

    def _aim_markers(self, camera: Camera) -> None:
        for sort, marker in self._pins.items():
            if sort in self._pin_at:
                x, y = camera.to_screen(*self._pin_at[sort])
                marker.show(self.center_x + x, self.center_y + y)
            else:
                marker.hide()
        self._ride.aim_courier(camera, (self.center_x, self.center_y))

    @property
    def _moving(self) -> bool:
        return self._flight is not None or self._gestures.busy

    def _settle(self, _dt: float) -> None:
        if self._moving:
            self._settle_soon()
            return
        self._render(self.camera)
        self._aim(self.camera)

    def _stale_words(self) -> None:
        if self._base.camera is not None:
            self._lay_words(self._base.camera, *self._base.size)
        self._draw_soon()

    def _moved(self, *_args: object) -> None:
        self._draw_soon()

    def _resized(self, *_args: object) -> None:
        self._base.camera = None
        if self._wish is not None:
            self._go(self._wish, 0)
        else:
            self.look(self.camera)

    def _restyled(self, *_args: object) -> None:
        parts: tuple[Any, ...] = (self._base, self._words, self._ride)
        for part in (*parts, *self._pins.values()):
            part.restyle(self.style)
        self._draw_soon()


class _Flight:
    """The camera on its way from one view to another."""

    def __init__(self, start: Camera, goal: Camera, began: float, seconds: float) -> None:
        self._start, self.goal = start, goal
        self._began, self._seconds = began, seconds
        self.over = False

    def at(self, now: float) -> Camera:
        share = (now - self._began) / self._seconds
        if share >= 1:
            self.over = True
            return self.goal
        return self._start.between(self.goal, AnimationTransition.in_out_cubic(max(share, 0.0)))
