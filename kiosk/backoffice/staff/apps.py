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

    def __init__(self, app_name: str, app_module: Any) -> None:
        super().__init__(app_name, app_module)
        # Importing the tables already translates something, and what was not compiled by then
        # stays untranslated: so it is done here, and not when everything is ready.
        compile_messages(Path(settings.LOCALE_PATHS[0]))

    def ready(self) -> None:
        name_everything()
        post_migrate.connect(_make_team, dispatch_uid="staff-team")


def _make_team(**_: Any) -> None:
    # Imported late: every start is ready sooner without it.
    from kiosk.backoffice.staff.team import make_team

    make_team()
