from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kiosk.backoffice.staff.names import name_everything


class StaffConfig(AppConfig):
    name = "kiosk.backoffice.staff"
    label = "staff"

    def ready(self) -> None:
        name_everything()
        post_migrate.connect(_make_team, dispatch_uid="staff-team")


def _make_team(**_: Any) -> None:
    # Imported late: every start is ready sooner without it.
    from kiosk.backoffice.staff.team import make_team

    make_team()
