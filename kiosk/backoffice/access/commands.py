"""`kiosk backoffice owner reset-second-factor`. What it needs is imported when it runs."""

import argparse
from collections.abc import Callable
from typing import Any


def add_access_parsers(deeds: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add what `owner` can do about signing in, in the manner of `add`."""
    words = "For who lost the phone and the recovery codes, or tries in vain after a wrong guess."
    example = "kiosk backoffice owner reset-second-factor ines"
    parser = add(deeds, "reset-second-factor", words, example, _reset)
    parser.add_argument("name", help="what they sign in with; anybody's name, not only an owner's")


def _reset(arguments: argparse.Namespace) -> int:
    from kiosk.backoffice.setup import BackOfficeError, prepare_existing

    prepare_existing(arguments.data)
    from django.contrib.auth.models import User

    from kiosk.backoffice.access.secondfactor import needs_second_factor, remove_second_factor
    from kiosk.backoffice.access.sessions import sign_out_everywhere
    from kiosk.backoffice.access.throttle import let_in_again

    user = User.objects.filter(username=arguments.name).first()
    if user is None:
        raise BackOfficeError(f"nobody is called {arguments.name}: see Team on the staff's pages")
    remove_second_factor(user)
    sign_out_everywhere(user)
    let_in_again(user.get_username())
    then = (
        "sets up a new second factor" if needs_second_factor(user) else "needs the password alone"
    )
    print(f"{user.get_username()} is signed out everywhere; the next sign-in {then}")
    return 0
