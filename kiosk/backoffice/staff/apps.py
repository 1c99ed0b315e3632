from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from kiosk.backoffice.staff.messages import compile_messages


class StaffConfig(AppConfig):
    name = "kiosk.backoffice.staff"
    label = "staff"

    def ready(self) -> None:
        # Before the first words are shown, and only then: a command that prints help waits for
        # nothing.
        compile_messages(Path(settings.LOCALE_PATHS[0]))
