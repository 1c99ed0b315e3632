"""The phone draws the courier where the glass does: one recorded ride, both programs."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks.live.rides import KINDS, Recorded, quarter, record
from kiosk.backoffice.rerouting import another_way
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.routefilter import FixVerdict
from kiosk.window.visit.motion import CourierMotion, MarkerState

SCRIPT = Path(__file__).parents[3] / "kiosk/backoffice/buyer/static/buyer/motion.js"
FPS = 10
PLAY = """
const fs = require("fs");
require(process.argv[1]);
const { points, steps } = JSON.parse(fs.readFileSync(0, "utf8"));
const motion = new CourierMotion(points), out = [];
for (const { now, fixes, reroute } of steps) {
  const verdicts = fixes.map(([fix, madeAt]) => motion.fix(fix, madeAt));
  if (reroute) motion.reroute(reroute, now);
  out.push([verdicts, motion.state(now)]);
}
process.stdout.write(JSON.stringify(out));
"""


def on_the_glass(ride: Recorded) -> tuple[list[dict[str, Any]], list[tuple[Any, ...]]]:
    """What happens in each frame, and what the glass makes of it."""
    _, router = quarter()
    motion = CourierMotion(ride.route.points, ride.route.seconds)
    waiting = list(ride.heard())[::-1]
    steps: list[dict[str, Any]] = []
    drawn: list[tuple[Any, ...]] = []
    shown: MarkerState | None = None
    for frame in range(int(ride.duration_s * FPS)):
        now, fixes, verdicts, way = frame / FPS, [], [], None
        while waiting and waiting[-1][0] <= now:
            at, fix = waiting.pop()
            fixes.append([fix.model_dump(mode="json"), at - fix.age_s])
            verdicts.append(motion.fix(fix, at - fix.age_s))
            if verdicts[-1] is FixVerdict.OFF_ROUTE and shown:
                here = Point(fix.lat, fix.lon)
                way = another_way(router, shown.at, here, ride.route.points[-1])
        if way:
            motion.reroute(way.points, way.seconds, now)
        points = [[p.lat, p.lon] for p in way.points] if way else None
        steps.append({"now": now, "fixes": fixes, "reroute": points})
        shown = motion.state(now)
        drawn.append(([str(v) for v in verdicts], shown))
    return steps, drawn


@pytest.mark.skipif(not shutil.which("node"), reason="needs node to run the page's script")
@pytest.mark.parametrize("kind", KINDS)
def test_the_phone_draws_what_the_glass_draws(kind: str) -> None:
    ride = record(kind, 1)
    steps, drawn = on_the_glass(ride)
    given = json.dumps({"points": [[p.lat, p.lon] for p in ride.route.points], "steps": steps})
    ran = subprocess.run(
        ["node", "-e", PLAY, str(SCRIPT)], input=given, capture_output=True, text=True, check=True
    )
    phone = json.loads(ran.stdout)
    assert len(phone) == len(drawn) > 1_000
    for (verdicts, theirs), (told, ours) in zip(phone, drawn, strict=True):
        assert verdicts == told
        assert (theirs is None) == (ours is None)
        if ours is None:
            continue
        assert distance_m(Point(theirs["lat"], theirs["lon"]), ours.at) < 0.01
        assert theirs["quality"] == ours.quality and theirs["offRoute"] == ours.off_route
        assert theirs["age"] == pytest.approx(ours.age_s, abs=1e-6)
        assert theirs["accuracy"] == pytest.approx(ours.accuracy_m, abs=1e-6)
        assert (theirs["leaving"] is None) == (ours.leaving is None)
        if ours.leaving:
            assert theirs["leaving"]["share"] == pytest.approx(ours.leaving.share, abs=1e-6)
