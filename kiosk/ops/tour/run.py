"""Sets the tour's stage: a fresh shop in a temporary folder, the window offscreen, the pilot."""

import logging
import os
import shutil
import sys
import tempfile
import time
from dataclasses import astuple, replace
from pathlib import Path

from kiosk import __version__
from kiosk.ops.embedded import EmbeddedBackOffice
from kiosk.ops.errors import FAILED, CommandError
from kiosk.ops.tour.journal import Journal
from kiosk.window.settings import WindowSettings

# Short, so that the tour sees the warning without standing about for a minute.
IDLE_S = 25.0


def run_tour(
    *,
    out: Path,
    catalogue: Path,
    size: tuple[int, int],
    screen_mm: tuple[int, int] | None,
    lower_edge_mm: int | None,
    mode: str | None,
    language: str | None,
    pace: float,
    brand: Path,
    hour: int | None,
) -> int:
    """Play the journey; 0 only if every step was seen on the screen. Raises CommandError."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    _make_room(out)
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as folder:
        data = Path(folder)
        with EmbeddedBackOffice(
            data / "backoffice", catalogue, pace=pace, hour=hour, brand=brand
        ) as office:
            settings = WindowSettings(
                base_url="",
                data=data / "window",
                brand=brand,
                width=size[0],
                height=size[1],
                screen_mm=screen_mm,
                lower_edge_mm=lower_edge_mm,
                language=language or "",
                idle_s=IDLE_S,
                demo=True,
            )
            return _play(settings, office, out, catalogue.name, mode or "")


def _make_room(out: Path) -> None:
    """Empty the folder of an earlier tour, and of nothing else. Raises CommandError."""
    if out.exists() and not out.is_dir():
        raise CommandError(f"{out} is a file: give a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / "journey.json").exists():
        raise CommandError(f"{out} holds other things than a tour: give an empty folder")
    if out.is_dir():
        shutil.rmtree(out)
    out.mkdir(parents=True)


def _play(
    settings: WindowSettings, office: EmbeddedBackOffice, out: Path, shop: str, mode: str
) -> int:
    from kiosk.window.stage import environment

    environment.prepare(settings)
    address = office.wait()
    settings = replace(settings, base_url=address.url, token=address.device_token)
    # Only now: Kivy reads its configuration at its first import.
    from kiosk.ops.tour.journey import Journey
    from kiosk.ops.tour.listener import ListeningPilot
    from kiosk.ops.tour.visitor import Visitor
    from kiosk.window.stage.framelog.meter import Meter
    from kiosk.window.stage.pilot import Pilot, open_window
    from kiosk.window.stage.pilot_errors import NotThere

    pilots = ListeningPilot if mode == "spoken" else Pilot
    with open_window(settings, pilots) as (app, pilot):
        meter = Meter(app.uploader)
        about = _about(settings, shop, mode)
        journal = Journal(out, pilot, meter, lambda: app.store.visit.screen.value, about)
        meter.start()
        logging.getLogger().addHandler(journal)
        pilot.window.bind(on_flip=journal.flipped)
        began = time.monotonic()
        try:
            Journey(Visitor(app, pilot, mode), journal).play()
        except NotThere as error:
            print(f"kiosk: {error}", file=sys.stderr)
        finally:
            meter.stop()
            logging.getLogger().removeHandler(journal)
            pilot.window.unbind(on_flip=journal.flipped)
    return _verdict(journal, out, time.monotonic() - began)


def _about(settings: WindowSettings, shop: str, mode: str) -> dict[str, str]:
    return {
        "kiosk": __version__,
        "catalogue": shop,
        "size": f"{settings.width}x{settings.height}",
        "glass_mm": "{}x{}+{}".format(*(round(x) for x in astuple(settings.glass))),
        "language": settings.language,
        "mode": mode,
    }


def _verdict(journal: Journal, out: Path, seconds: float) -> int:
    for step in journal.steps:
        mark = "FAILED" if step.errors else "seen"
        print(f"{step.picture:<34} {mark:<6} {step.seconds:6.2f} s  {step.frames:4d} frames")
        for error in step.errors:
            print(f"    {error}", file=sys.stderr)
    if journal.failed:
        print(f"kiosk: the tour failed: see {out}/journey.json", file=sys.stderr)
        return FAILED
    print(f"{len(journal.steps)} steps seen in {seconds:.1f} s: {out}")
    return 0
