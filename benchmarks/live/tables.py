"""The parts' figures in Markdown, each goal with whether it was met."""

from collections.abc import Mapping, Sequence
from typing import Any

DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
MOVES = ("marker", "pan", "zoom", "rotate")

# The camera's goals: milliseconds of delay and of its growth, seconds until it is said and back.
DELAY_MS, GROWTH_MS = 300.0, 50.0
SAID_S, BACK_S = (2.0, 2.5), 2.0
UI_MS = 1.0  # less is nothing: a thread that is not waited for takes its turn
# The back office's: the stream's median, and how the memory of an hour may grow.
FRESH_MS, FLAT_MIB = 100.0, 10.0
FRAME_MS = 20.0
FRAMED = "Porto"  # the city of that goal

_Row = Sequence[str]


def tables(report: Mapping[str, Any]) -> str:
    """All parts; those that are not known are said to be so."""
    told = []
    for name, (title, make) in _MAKERS.items():
        found = report.get(name)
        told += [f"### {title}", "Not run yet." if found is None else _taken(found["taken"])]
        if found is not None:
            told += make(found)
    return "\n\n".join(told)


def met(fine: bool) -> str:
    return "met" if fine else "**missed**"


def _taken(taken: Mapping[str, Any]) -> str:
    before, after = taken["load"]
    return (
        f"{taken['date']}; {taken['processor']}, {taken['cores']} cores, load {before} before and "
        f"{after} after; {taken['system']}, Python {taken['python']}."
    )


def _table(head: _Row, rows: Sequence[_Row], numbers: int) -> str:
    """The last `numbers` columns but words are set to the right."""
    lines = ["---"] * (len(head) - numbers) + ["---:"] * numbers
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, lines, *rows))


def _goals(rows: Sequence[tuple[str, str, str, bool]]) -> str:
    told = [(what, value, goal, met(fine)) for what, value, goal, fine in rows]
    return _table(("", "measured", "goal", ""), told, 0)


def _motion(found: Mapping[str, Any]) -> list[str]:
    ours, goals = found["ways"]["route filter"], found["goals"]
    named = ("RMS m", "p95 m", "off road p95 m", "largest step m", "steps back")
    keys = ("rms_m", "p95_m", "off_road_p95_m", "largest_step_m", "backward")
    rows = [(name, *(f"{row[key]:g}" for key in keys)) for name, row in found["ways"].items()]
    arrival = [
        (name, f"{row['changes']}", f"{row['to_later']}", f"{row['error_s']}")
        for name, row in found["arrival"].items()
    ]
    judged = [
        (named[keys.index(key)], f"{ours[key]:g}", f"at most {goal:g}", ours[key] <= goal)
        for key, goal in goals.items()
    ]
    return [
        f"{found['rides']} rides, {found['minutes']:g} minutes together, drawn "
        f"{found['frames_a_second']} times a second; the last row is the product's.",
        _table(("", *named), rows, 5),
        _goals(judged),
        _table(("the time of arrival", "changes", "to a later one", "error s"), arrival, 3),
    ]


def _camera(found: Mapping[str, Any]) -> list[str]:
    steady, killed = found["steady"], found["killed"]
    first, last, whole = steady["first"], steady["last"], steady["whole"]
    growth = last["median_ms"] - first["median_ms"]
    said, stop = found["stalled"]["said_after_s"], killed["stalled_after_s"]
    back, again = found["stalled"]["live_again_s"], killed["published_until_seen_s"]
    nobody = [row["waited_ms"] for row in found["nobody_answers"].values()]
    low, high = SAID_S
    spells = [
        (f"{title} of {found['minutes']:g} minutes", f"{row['pictures']:,}",
         *(f"{row[key]:g}" for key in ("median_ms", "p95_ms", "max_ms", "pictures_per_s",
                                       "longest_gap_s")))
        for title, row in (("the first 10 s", first), ("the last 10 s", last), ("all", whole))
    ]  # fmt: skip
    return [
        _goals(
            [
                ("delay, median of all, ms", f"{whole['median_ms']:g}", f"under {DELAY_MS:g}",
                 whole["median_ms"] < DELAY_MS),
                ("delay, p95 of all, ms", f"{whole['p95_ms']:g}", f"under {DELAY_MS:g}",
                 whole["p95_ms"] < DELAY_MS),
                ("its median from the first to the last 10 s, ms", f"{growth:+g}",
                 f"grows by at most {GROWTH_MS:g}", growth <= GROWTH_MS),
                ("the encoder stands still: *stalled* is said after, s", f"{said:g}",
                 f"{low:g} to {high:g}", low <= said <= high),
                ("the camera dies: *stalled* is said after, s", f"{stop:g}", f"{low:g} to {high:g}",
                 low <= stop <= high),
                ("the encoder goes on: seen again after, s", f"{back:g}", f"at most {BACK_S:g}",
                 back <= BACK_S),
                ("another camera is published: seen after, s", f"{again:g}", f"at most {BACK_S:g}",
                 again <= BACK_S),
                ("the UI thread waited where nobody answers, at most ms", f"{max(nobody):g}",
                 f"0, under {UI_MS:g}", max(nobody) < UI_MS),
            ]
        ),
        _table(
            ("delay", "pictures", "median ms", "p95 ms", "worst ms", "pictures/s", "longest gap s"),
            spells, 6,
        ),
        _camera_else(found),
    ]  # fmt: skip


def _camera_else(found: Mapping[str, Any]) -> str:
    steady, slowed, killed = found["steady"], found["slowed"], found["killed"]
    folded, gone = killed["folded_after_s"], found["delivered"]
    return (
        f"The window's process takes {steady['window_share']:.0%} of a core, a picture "
        f"{steady['ui_ms_median']:g} ms of its UI thread (p99 {steady['ui_ms_p99']:g}). The first "
        f"picture was there {found['published_until_seen_s']:g} s after the camera was known to "
        f"send. With half of its time for 6 s the encoder made the picture {slowed['worst_ms']:g} "
        f"ms late at worst; {slowed['on_time_again_s']:g} s later it was under {DELAY_MS:g} ms "
        f"again. A dead camera's panel tried anew from {killed['reconnecting_after_s']:g} s on and "
        f"folded after {folded:g} s. At the handing over the camera was cut off after "
        f"{gone['cut_after_s']:g} s; the last picture came after {gone['last_picture_s']:g} s."
    )


def _transport(found: Mapping[str, Any]) -> list[str]:
    rows, judged, hours = [], [], []
    for kind, its in found["databases"].items():
        name = DATABASES[kind]
        for row in its["rows"]:
            ms = row["ms"]
            rows.append(
                (name, row["how"], f"{row['fixes']:,}", f"{row['seen']:,} of {row['of']:,}",
                 *(f"{ms[key]:,.0f}" for key in ("p50", "p95", "p99")),
                 f"{row['post_ms']['p50']:,.0f}", f"{row['share_of_a_core']:.2f}",
                 f"{row['rss_mib']:.0f}")
            )  # fmt: skip
        fresh = its["rows"][0]["ms"]["p50"]
        judged.append((f"stream, median, ms, {name}", f"{fresh:.0f}", f"under {FRESH_MS:g}",
                       fresh < FRESH_MS))  # fmt: skip
        hour = its["hour"]
        grown = hour["rss_mib"]["at_the_end"] - hour["rss_mib"]["after_a_tenth"]
        judged.append((f"memory from a tenth of the hour to its end, MiB, {name}", f"{grown:+.1f}",
                       f"grows by at most {FLAT_MIB:g}", grown <= FLAT_MIB))  # fmt: skip
        hours.append(
            (name, f"{hour['fixes']:,}", f"{hour['posts']:,}", f"{hour['took_s']:,.0f}",
             f"{hour['ms']['p50']:,.0f}",
             *(f"{hour['rss_mib'][key]:.0f}" for key in ("after_a_tenth", "at_the_end", "most")))
        )  # fmt: skip
    first = next(iter(found["databases"].values()))["hour"]
    span = first["fixes"] / found["couriers"] * found["every_s"] / 60
    return [
        f"{found['couriers']} couriers with a fix every {found['every_s']:g} s, {found['viewers']} "
        f"viewers, {found['seconds']:g} s a row.",
        _goals(judged),
        _table(
            ("", "how", "fixes", "seen", "p50 ms", "p95 ms", "p99 ms", "a post, p50 ms", "cores",
             "MiB"), rows, 8,
        ),
        f"{span:.0f} minutes of fixes as fast as they are taken:",
        _table(
            ("", "fixes", "posts", "took s", "p50 ms", "MiB after a tenth", "at the end", "most"),
            hours, 7,
        ),
    ]  # fmt: skip


def _map(found: Mapping[str, Any]) -> list[str]:
    drawn, judged = [], []
    for city, its in found["maps"].items():
        for way, rows in its["frames"].items():
            drawn += [
                (city, way, move,
                 *(f"{rows[move][key]:g}" for key in ("median_ms", "p95_ms", "processor_ms")))
                for move in MOVES
            ]  # fmt: skip
    ours = found["maps"].get(FRAMED, {}).get("frames", {}).get("ours", {})
    for move, row in ours.items():
        for key, name in (("median_ms", "median"), ("p95_ms", "p95")):
            judged.append((f"{FRAMED}, {move}, {name} ms a frame", f"{row[key]:g}",
                           f"at most {FRAME_MS:g}", row[key] <= FRAME_MS))  # fmt: skip
    frames = ("", "", "", "median ms", "p95 ms", "processor ms")
    built = [
        (city, *(f"{its['build'][key]:g}" for key in ("extract_mb", "processor_s", "peak_mb",
                                                     "map_kb")))
        for city, its in found["maps"].items() if "build" in its
    ]  # fmt: skip
    ways = [
        (city, *(f"{its['ways'][key]:g}" for key in ("nodes", "way_median_ms", "way_p95_ms",
                                                    "prepared_ms")))
        for city, its in found["maps"].items()
    ]  # fmt: skip
    found_ways = ("a way between two nodes", "nodes", "median ms", "p95 ms", "map made ready ms")
    return [
        _goals(judged),
        _table(frames, drawn, 3),
        _table(("built", "extract MB", "processor s", "peak MB", "map kB"), built, 4),
        _table(found_ways, ways, 4),
    ]


_MAKERS = {
    "motion": ("The marker's motion", _motion),
    "camera": ("The courier's picture", _camera),
    "transport": ("From the courier's phone to the buyers'", _transport),
    "map": ("The map", _map),
}
