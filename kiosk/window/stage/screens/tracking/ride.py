"""The ride on the map: loads the quarter, moves the courier, rests when nothing moves."""

import time

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.contract.mapfile import MapFile
from kiosk.shop.geo import Point, distance_m
from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.map.geometry import prepare
from kiosk.window.stage.map.style import map_style
from kiosk.window.stage.map.turning import TURN_S
from kiosk.window.stage.map.view import MapView
from kiosk.window.stage.reflection import Reflection
from kiosk.window.stage.upright import upright
from kiosk.window.visit.motion import CourierMotion, Quality
from kiosk.window.visit.views import ride_note

# A map that is not here yet is looked for again after so long.
RETRY_S = 5.0
# Frames while the courier moves, looks while nobody knows.
MOVING_S, WAITING_S = 1 / 30, 1.0
STILL_M = 0.15
# After a finger has moved the map, the courier is followed again once it rests.
FOLLOW_AGAIN_S = 20.0
# Share of the map that may stay free from above: the way must not become too small to see.
MOST_COVERED = 0.4
# And from below, where pins end in a tip and a low map has no room to give.
MOST_BELOW = 0.12


class RideMap(FloatLayout):
    """`show(view)` draws a TrackingView's places, `rest()` stops everything that moves.

    Until the quarter's map is on the box the frame shows the shop's mark on quiet paper.
    `exploring`: a finger has moved the map away from the courier. `covered` (pixels) is what lies
    over it from above, `covered_below` what stands in its lower corner, `covered_beside` what lies
    over it where lines begin. `note` is what there is to admit about the marker. `rides`: there is
    a courier to turn the map with, and `heading_up` whether it is.
    """

    exploring = BooleanProperty(False)
    rides = BooleanProperty(False)
    heading_up = BooleanProperty(False)
    note = StringProperty("")
    covered = NumericProperty(0)
    covered_below = NumericProperty(0)
    covered_beside = NumericProperty(0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self.services = None
        self._map = None
        self._sha256 = ""
        self._asked_at = -RETRY_S
        self._motion = None
        self._ride = None
        self._fit_to = None
        self._view = None
        self._ticking = self._last = None
        self._again = Clock.create_trigger(self.follow, FOLLOW_AGAIN_S)
        with self.canvas.before:
            self._paper_colour = Color()
            self._paper = Rectangle()
            self._mark_colour = Color()
            self._mark = Rectangle(size=(0, 0))
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self.fbind("covered", self._refit)
        self.fbind("covered_below", self._refit)
        self.fbind("covered_beside", self._refit)
        self._theme.watch(self._restyle)
        self._restyle()

    # ---- the quarter ---------------------------------------------------------------------------

    def _style(self):
        theme = self._theme
        return map_style(theme.brand.palette(night=theme.night), night=theme.night)

    def _restyle(self, *_):
        self._paper_colour.rgba = self._theme.colour("sheet")
        self._mark_colour.rgba = self._theme.colour("line")
        if self._map is not None:
            self._map.style = self._style()

    def _place(self, *_):
        self._paper.pos, self._paper.size = self.pos, self.size
        side = self._theme.mm(60)
        if self._map is None and self.height > side:
            self._mark.texture = upright(shapes.mark("monogram", side))
            self._mark.size = self._mark.texture.size
            width, height = self._mark.size
            self._mark.pos = (int(self.center_x - width / 2), int(self.center_y - height / 2))

    @property
    def loaded(self):
        """Whether the quarter can be seen."""
        return self._map is not None and not self._map.bare

    def look_for(self, sha256):
        """Load that map, on a worker, if it is on the box."""
        known = sha256 == self._sha256 and self._map is not None
        now = time.monotonic()
        if not sha256 or known or now - self._asked_at < RETRY_S:
            return
        self._asked_at = now
        files = self.services.files
        self.services.workers.submit(
            lambda: _prepared(files.map_path(sha256)),
            then=lambda prepared: self._loaded(sha256, prepared),
        )

    def arrived(self, sha256):
        """The file of that map is on the box now."""
        self._asked_at = -RETRY_S
        if self._view is not None and self._view.map_sha256 == sha256:
            self.look_for(sha256)

    def _loaded(self, sha256, prepared):
        if prepared is None:
            return
        self._sha256 = sha256
        if self._map is not None:
            self.remove_widget(self._map.parent)
        # A design pixel of the map is half a millimetre of the glass.
        self._map = MapView(prepared, self._style(), unit=self._theme.px_per_mm / 2)
        self._map.pos_hint = {"x": 0, "y": 0}
        self._map.bind(on_explore=self._explored)
        self._map.heading_up = self.heading_up
        self._mark.size = (0, 0)
        # East stays on the right hand, whichever way the scene is turned.
        turned = Reflection(pos_hint={"x": 0, "y": 0}, mirrored=self._theme.mirrored)
        turned.add_widget(self._map)
        self.add_widget(turned)
        self._fit_to = None
        if self._view is not None:
            self.show(self._view)

    # ---- the ride ------------------------------------------------------------------------------

    def show(self, view):
        self._view = view
        self.note = ride_note(view, self._last)
        self.look_for(view.map_sha256)
        self._take_ride(view)
        if view.fix is not None and self._motion is not None:
            self._motion.fix(view.fix, view.fix_at)
        self.rides = view.fix is not None and self._map is not None
        if self._map is None:
            return
        self._map.set_pin("shop", view.shop)
        self._map.set_pin("home", view.door)
        self._map.set_route(view.route)
        self._frame(view)
        if view.fix is None:
            self._stop_ticking()
            self._last = None
            self._map.set_courier(None)
            self.note = ride_note(view, None)
        else:
            self._tick()

    def _take_ride(self, view):
        ride = (view.number, view.route, view.route_s)
        if view.fix is None:
            self._motion = self._ride = None
        elif self._motion is None or self._ride is None or ride[0] != self._ride[0]:
            simulated = bool(view.simulated)
            self._motion = CourierMotion(view.route, view.route_s, simulated=simulated)
            self._ride = ride
        elif ride != self._ride:
            self._motion.reroute(view.route, view.route_s, time.monotonic())
            self._ride = ride

    def _frame(self, view):
        """Show the way from the shop to the door; only when one of them has changed."""
        places = [p for p in (view.shop, view.door) if p is not None]
        places += [Point(p.lat, p.lon) for p in view.route]
        covered = (self.covered, self.covered_below, self.covered_beside)
        wanted = (tuple(places), view.fix is not None, *covered)
        if wanted != self._fit_to:
            self._fit_to = wanted
            self._map.following = view.fix is not None
            edge, least = self._theme.mm(34), self._theme.mm(20)
            corner = self.covered_below + self._theme.mm(4)
            below = max(least, min(corner, self.height * MOST_BELOW))
            above = min(self.covered, self.height * MOST_COVERED) + self._theme.mm(10)
            beside = max(edge, self.covered_beside + self._theme.mm(14))
            left, right = (edge, beside) if self._theme.mirrored else (beside, edge)
            self._map.fit(places, (left, below, right, above))

    def _refit(self, *_):
        if self._view is not None and self._map is not None and not self.exploring:
            self._frame(self._view)

    def _tick_after(self, seconds):
        self._ticking = Clock.schedule_once(self._tick, seconds)

    def _tick(self, *_):
        """Move the marker; frame by frame only while it moves, then once a second."""
        self._stop_ticking()
        if self._motion is None or self._map is None:
            return
        before = self._last
        state = self._motion.state(time.monotonic())
        if state is None:
            return
        self._map.set_courier(state)
        self._last = state
        self.note = ride_note(self._view, state)
        if state.quality is Quality.HIDDEN:
            return
        moved = (
            before is None
            or state.leaving is not None
            or distance_m(before.at, state.at) > STILL_M * MOVING_S
        )
        self._tick_after(MOVING_S if moved else WAITING_S)

    def _explored(self, *_):
        self.exploring = True
        self._again()

    def follow(self, *_):
        """Back to the courier, or to the whole way."""
        self.exploring = False
        self._fit_to = None
        if self._view is not None and self._map is not None:
            self._frame(self._view)

    def turn(self):
        """The courier rides upwards, or north is up again."""
        self.heading_up = not self.heading_up
        if self._map is None:
            return
        self._map.turn_s = 0.0 if self._theme.comfort.still else TURN_S
        if self.exploring:
            self.follow()
        self._map.turn(heading_up=self.heading_up)

    def _stop_ticking(self):
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None

    def rest(self):
        self._stop_ticking()
        self._again.cancel()

    def forget(self):
        """Nothing of the ride stays: no door, no way, no courier."""
        self.rest()
        self._view = self._motion = self._ride = self._fit_to = self._last = None
        self.exploring, self.note = False, ""
        self.rides = self.heading_up = False
        if self._map is not None:
            self._map.heading_up = False
            self._map.set_pin("home", None)
            self._map.set_route(())
            self._map.set_courier(None)


def _prepared(path):
    return None if path is None else prepare(MapFile.load(path))
