"""Names the machine that figures were taken on, and what ran on it."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path


def limit_cores(wanted: int) -> int:
    """Keep this process and all it starts on so many cores; how many that are."""
    cores = sorted(os.sched_getaffinity(0))[:wanted]
    os.sched_setaffinity(0, cores)
    return len(cores)


def describe(cores: int) -> dict[str, str]:
    """Processor, system and versions, in words."""
    return {
        "processor": _processor(),
        "cores": str(cores),
        "system": f"{_os_name()}, Linux {platform.release()}",
        "python": platform.python_version(),
        "kivy": version("kivy"),
        "chromium": _package("chromium"),
        "mesa": _package("libgl1-mesa-dri"),
        "xvfb": _package("xvfb"),
    }


def load() -> float:
    """The mean number of processes that wanted to run in the last minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _os_name() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _package(name: str) -> str:
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "not a package here"
