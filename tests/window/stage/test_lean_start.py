"""What the posters do not need is not imported before they hang."""

import json
import subprocess
import sys

LATER = (
    "av",
    "numpy",
    "phonenumbers",
    "zxingcpp",
    "kiosk.window.stage.scanner.frames",
    "kiosk.window.stage.map.geometry",
    "kiosk.window.stage.pilot",
)

START = """
import json, sys
from pathlib import Path
from kiosk.window.settings import WindowSettings
from kiosk.window.stage.environment import prepare

folder = Path(sys.argv[1])
prepare(WindowSettings(base_url="", data=folder, brand=folder))
import kiosk.window.stage.app
import kiosk.window.stage.screens.attract
import kiosk.window.stage.screens.browse
print(json.dumps(sorted(sys.modules)))
"""


def test_the_posters_wait_for_nothing_that_only_a_visit_needs(tmp_path, monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "offscreen")
    run = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    loaded = json.loads(run.stdout)
    assert "kiosk.window.stage.app" in loaded
    assert [name for name in LATER if name in loaded] == []
