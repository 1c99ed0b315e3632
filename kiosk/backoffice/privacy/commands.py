"""`kiosk backoffice purge`."""

import argparse
import sys

DONE, FAILED = 0, 1


def purge(arguments: argparse.Namespace) -> int:
    """Run the whole policy now; says what went."""
    from datetime import timedelta

    from django.utils import timezone

    from kiosk.backoffice.privacy.purge import purge_now

    before = timezone.now() - timedelta(days=arguments.days) if arguments.days else None
    run = purge_now(before)
    print(f"the buyers of {run.removed.get('buyers', 0)} orders are forgotten")
    rest = [f"{key} {count}" for key, count in run.removed.items() if key != "buyers" and count]
    if rest:
        print(f"also removed: {', '.join(rest)}")
    if run.problem:
        print(f"kiosk: not all of it: {run.problem}; the log says more", file=sys.stderr)
        return FAILED
    return DONE
