from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "kiosk.backoffice.access"
    label = "access"

    def ready(self) -> None:
        from kiosk.backoffice.access import sessions, throttle

        sessions.connect()
        throttle.connect()
        post_migrate.connect(_keep_groups, dispatch_uid="access-groups")


def _keep_groups(**_: Any) -> None:
    # Imported late: every start is ready sooner without it.
    from kiosk.backoffice.access.team import keep_groups

    keep_groups()
