from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate

from kiosk.backoffice.staff.messages import compile_messages
from kiosk.backoffice.staff.names import name_everything


class StaffConfig(AppConfig):
    name = "kiosk.backoffice.staff"
    label = "staff"

    def ready(self) -> None:
        # Before the first words are shown, and only then: a command that prints help waits for
        # nothing.
        compile_messages(Path(settings.LOCALE_PATHS[0]))
        name_everything()
        post_migrate.connect(_make_team, dispatch_uid="staff-team")


def _make_team(**kwargs: Any) -> None:
    # Imported late: every start is ready sooner without it.
    from kiosk.backoffice.staff.team import make_team

    make_team()
