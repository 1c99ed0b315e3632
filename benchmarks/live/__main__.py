"""How a delivery is followed live: the marker, the courier's picture, the way of news, the map.

    python -m benchmarks.live [motion] [camera] [transport] [map]

Runs the parts named, each in a process of its own (default: all, about 20 minutes), and writes
benchmarks/live/report.json and the tables of benchmarks/live/README.md, where it is said how each
is measured. `python -m benchmarks.live.PART --help` tells a part's own options.
"""

import argparse
import os
import subprocess
import sys

from benchmarks.live.report import PARTS


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.live",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--dry", action="store_true", help="print the figures, write no report")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}: {', '.join(PARTS)}")
    failed = []
    for part in PARTS:
        if part not in (given.parts or PARTS):
            continue
        print(f"· {part}", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", f"benchmarks.live.{part}"]
        done = subprocess.run(
            command + ["--dry"] * given.dry, env={"SDL_VIDEODRIVER": "offscreen"} | os.environ
        )
        if done.returncode:
            failed.append(part)
    if failed:
        print(f"benchmark: {', '.join(failed)} did not end, and keeps what it had", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
