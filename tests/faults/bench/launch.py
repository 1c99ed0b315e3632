"""Runs `kiosk …` with failpoints set from outside: the program itself knows of none."""

import os
import sys

from tests.faults.bench.failpoints import install

if __name__ == "__main__":
    install(os.environ.get("FAULT_MARKS", ""))
    from kiosk.cli import main

    sys.exit(main())
