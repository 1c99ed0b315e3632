"""Starts `kiosk window` in a process of its own, up to its first frame."""

import json
import os
import subprocess
import sys
from pathlib import Path

START = """
import json, sys
from kiosk import cli
from kiosk.window import stage
from kiosk.window.stage.firstframe import scout

def begun(settings, curtain):
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
    seen = [list(glReadPixels(270, y, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE)) for y in (500, 20)]
    print(json.dumps({"hung": curtain is not None, "seen": seen, "modules": sorted(sys.modules)}))
    return 0

stage._run = begun  # what comes after the first frame
scout.WAIT_S *= 10  # a busy machine takes longer than a box
sys.exit(cli.main(sys.argv[1:]))
"""


def start(folder: Path, url: str) -> dict:
    """What a window on `folder` had done when its first frame was over: whether something `hung`,
    two pixels `seen` (in the middle, and at the foot), and the `modules` that were loaded.
    """
    told = {"--url": url, "--data": str(folder), "--size": "540x960"}
    words = [word for option in told.items() for word in option]
    run = subprocess.run(
        [sys.executable, "-c", START, "window", *words],
        env={**os.environ, "SDL_VIDEODRIVER": "offscreen", "KIOSK_TOKEN": "none"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
