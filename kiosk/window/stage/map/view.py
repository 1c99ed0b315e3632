"""The map as a widget: looks at one quarter, follows one courier, redraws when something moves."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from kivy.clock import Clock
from kivy.graphics import ScissorPop
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.shop.geo import Point
from kiosk.window.stage.map.camera import Camera, Limits, fitting
from kiosk.window.stage.map.flight import Flight
from kiosk.window.stage.map.geometry import Prepared
from kiosk.window.stage.map.gestures import Gestures
from kiosk.window.stage.map.going import SETTLE_S, Going
from kiosk.window.stage.map.markers import PIN_HEIGHT_PX, PIN_PX, PinMarker
from kiosk.window.stage.map.picture import MapPicture
from kiosk.window.stage.map.ridden import RideLayer
from kiosk.window.stage.map.sheet import Sheet
from kiosk.window.stage.map.style import MapStyle
from kiosk.window.stage.map.turning import Turning
from kiosk.window.stage.map.words import MapWords
from kiosk.window.stage.patch import meeting, patches
from kiosk.window.stage.upright import Box, outline
from kiosk.window.visit.motion import MarkerState

_MARGIN = 0.2  # of the narrower side, drawn beyond each edge so that small shifts cost nothing
_AHEAD = 0.8  # of the margin that the picture of a map that is dragged on lies ahead
_CLOSEST = 5.0  # pixels a metre, design pixels
_BEYOND_M = 120.0  # so far past the map's border one may look
_EDGE_PX = 110.0  # a courier that is followed stays so far from the view's edges
_FOLLOW = 0.8  # of a fit's padding that a followed courier keeps
_FIT_PPM = 2.4  # of a fit to several places at most
_SINGLE_PPM = 1.5  # of a fit to one place

Padding = tuple[float, float, float, float]


class MapView(Turning, Widget):
    """`prepared` comes from geometry.prepare (a worker may do it); `unit` is pixels of a design
    pixel: theme.px_per_mm / 2 on the reference glass.

    `interactive`: fingers pan and zoom; `on_explore` is fired when they begin to.
    `following`: the courier is kept in view until a finger moves the map; `heading_up`: and rides
    upwards.
    """

    interactive = BooleanProperty(True)
    following = BooleanProperty(False)
    heading_up = BooleanProperty(False)
    style = ObjectProperty()
    __events__ = ("on_explore",)

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float = 1.0, **kwargs) -> None:
        self.map_file = prepared.map_file
        self._unit = unit
        self._projection = self.map_file.projection
        west, south, east, north = self.map_file.meta.bounds
        around = (west - _BEYOND_M, south - _BEYOND_M, east + _BEYOND_M, north + _BEYOND_M)
        self._limits = Limits(around, _CLOSEST * unit)
        self.camera = self._shown = Camera(ppm=unit)
        self._picture = MapPicture(prepared, style, unit, self._lay_words)
        self._sheet = Sheet(self._picture)
        self._ride = RideLayer(style, unit)
        self._pins = {sort: PinMarker(sort, style, unit) for sort in ("home", "shop")}
        self._pin_at: dict[str, tuple[float, float]] = {}
        self._flight: Flight | None = None
        self._going = Going()
        self._room: Padding = (_EDGE_PX * unit,) * 4
        self._wish: Callable[[], Camera] | None = None
        self._draw_soon = Clock.create_trigger(self._draw, -1)
        # By way of the other: a frame in which a finger moves the map, too, draws once.
        self._draw_next = Clock.create_trigger(lambda _: self._draw_soon(), 0)
        self._settle_soon = Clock.create_trigger(self._settle, SETTLE_S)
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
        ride, camera = self._ride, self.camera
        before, like = self._courier_box(), (ride.plain, ride.on_way)
        at = None if state is None else self._projection.to_xy(state.at)
        leaving = state.leaving if state else None
        left = self._projection.to_xy(leaving.at) if leaving else (0.0, 0.0)
        ride.set_courier(at, state, left)
        if self.following:
            self._keep_in_view()
        after = self._courier_box()
        same = ride.plain and like == (ride.plain, ride.on_way)
        still = same and camera is self.camera and self._at_rest
        if still and before is not None and after is not None and _touch(before, after):
            boxes = before, after
            patches.paint(lambda: self._move_courier(boxes))
        else:
            self._draw_soon()

    def _move_courier(self, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        """Draw the marker where it is; `boxes` of the window hold all that changes by it."""
        self._ride.aim_courier(self._shown, (self.center_x, self.center_y))
        return boxes

    def _courier_box(self) -> Box | None:
        """The window's pixels that the marker is drawn in."""
        if self._ride.courier_at is None:
            return None
        x, y = self._shown.to_screen(*self._ride.courier_at)
        reach = self._ride.reach(self._shown.ppm)
        left, bottom = self.to_window(self.center_x + x - reach, self.center_y + y - reach)
        right, top = self.to_window(self.center_x + x + reach, self.center_y + y + reach)
        low_x, high_x = sorted((left, right))
        box = (int(low_x) - 1, int(bottom) - 1, int(high_x - low_x) + 3, int(top - bottom) + 3)
        return meeting(box, outline(self))

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
            least = self._limits.least(*size)
            return fitting(places, *size, room, most, least, self.wished_bearing)

        self._fit = goal
        self._go(goal, seconds)

    def centre_on(self, at: Point, ppm: float | None = None, seconds: float = 0.6) -> None:
        """Bring a place to the middle; `ppm` in pixels a metre, unchanged by default."""
        x, y = self._projection.to_xy(at)
        self._fit = None
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
        return [placed.text for placed in self._picture.words.shown]

    @property
    def still(self) -> bool:
        """Whether the picture is final: nothing flies, nothing of it waits to be drawn afresh."""
        drawn = self._picture.final(self.camera) and not self._picture.engaged
        busy = self._gestures.busy or self._draw_soon.is_triggered
        return drawn and not busy and self._flight is None

    @property
    def bare(self) -> bool:
        """Whether there is nothing to show yet, not even coarse, for some of the view."""
        return self._picture.camera is None or self._sheet.bare

    @property
    def _at_rest(self) -> bool:
        """Whether the next frame would draw the map as it is."""
        return (
            self._flight is None
            and not self._picture.busy
            and not self._draw_soon.is_triggered
            and not self._draw_next.is_triggered
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
        self._flight = self._fit = None
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
        for part in (
            *self._sheet.parts,
            self._ride.way_group,
            self._pins["home"].group,
            self._pins["shop"].group,
            self._ride.courier_group,
            ScissorPop(),
        ):
            self.canvas.add(part)

    def _go(self, goal: Callable[[], Camera], seconds: float) -> None:
        if self.width < 2 or self.height < 2 or not self.parent:
            self._wish = goal  # there is no size to fit into yet
            return
        target = self._limits.clamp(goal(), self.width, self.height)
        self._wish = goal
        if seconds <= 0 or self._picture.camera is None:
            self._flight = None
            self.camera = target
        else:
            self._flight = Flight(self.camera, target, Clock.get_time(), seconds)
        self._draw_soon()

    def _keep_in_view(self) -> None:
        """Follow the courier, moving the map no more than needed."""
        if self._flight or self._ride.courier_at is None:
            return
        if self.heading_up and self._turn_ahead():
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
        picture, camera = self._picture, self.camera
        self._going.note(self._shown, camera, Clock.get_time())
        changed = picture.camera is None
        if not picture.engaged and not self._serves(camera):
            self._begin(camera)  # which has its price: what comes next is the next frame's
            self._draw_next()
        elif picture.busy:
            moving = self._moving or self._going.drags
            changed = picture.step(moving=moving and not self.bare) or changed
            self._draw_next()
        if changed:
            self.canvas.ask_update()  # it cannot know that the texture has other pixels
        self._aim(self._sheet.aligned(camera))

    def _serves(self, camera: Camera) -> bool:
        """Whether the picture will do, also for what comes next if the map is dragged on."""
        known = self._picture.camera
        if known is None or not self._picture.serves(camera, self.width, self.height):
            return False
        if (known.ppm, known.bearing) != (camera.ppm, camera.bearing):
            return True
        reach = _MARGIN / 2 * min(self.width, self.height)
        return self._picture.covers(self._going.ahead(camera, reach), self.width, self.height)

    def _begin(self, camera: Camera) -> None:
        margin = round(_MARGIN * min(self.width, self.height))
        width, height = int(self.width) + 2 * margin, int(self.height) + 2 * margin
        known = self._picture.camera
        # While the map is zoomed or turned the names wait: they would be read by nobody.
        same = known is None or (known.ppm, known.bearing) == (camera.ppm, camera.bearing)
        goal = self._going.ahead(camera, _AHEAD * margin) if same else camera
        self._picture.begin(goal, width, height, named=same or not self._moving)

    def _lay_words(self, words: MapWords, camera: Camera, width: float, height: float) -> None:
        clear = []
        for x, y in self._pin_at.values():
            px, py = camera.to_screen(x, y)
            head = PIN_PX * self._unit
            clear.append((px, py + head * 0.75, head * 0.8))
        way = [camera.to_screen(x, y) for x, y in self._ride.way]
        words.lay_out(camera, width, height, clear, way)

    def _aim(self, camera: Camera) -> None:
        self._shown = camera
        self._sheet.aim(camera, self, self.style.ground)
        if self._ride.follow(camera, (self.center_x, self.center_y)):
            self._draw_next()
        self._aim_markers(camera)
        if not (self._picture.final(camera) and self._picture.tidied):
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
        swings = self._going.swings(Clock.get_time())
        return self._flight is not None or self._gestures.busy or swings

    def _settle(self, _dt: float) -> None:
        picture = self._picture
        if self._moving or picture.busy:
            self._settle_soon()
        elif not picture.final(self.camera):
            self._begin(self.camera)
            self._draw_soon()
        elif picture.whole is None:
            picture.begin_whole()
            self._draw_soon()
        elif self._going.drags:
            self._settle_soon()
        else:
            picture.tidy()

    def _stale_words(self) -> None:
        self._picture.stale()
        self._draw_soon()

    def _moved(self, *_args: object) -> None:
        self._draw_soon()

    def _resized(self, *_args: object) -> None:
        self._picture.forget()
        if self._wish is not None:
            self._go(self._wish, 0)
        else:
            self.look(self.camera)

    def _restyled(self, *_args: object) -> None:
        parts: tuple[Any, ...] = (self._picture, self._ride)
        for part in (*parts, *self._pins.values()):
            part.restyle(self.style)
        self._draw_soon()


def _touch(one: Box, two: Box) -> bool:
    """Whether the marker moved by less than itself: what it leaves behind is drawn with it."""
    return min(meeting(one, two)[2:]) > 0
