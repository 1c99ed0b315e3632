from django.apps import AppConfig

from kiosk.backoffice.staff.names import name_everything


class StaffConfig(AppConfig):
    name = "kiosk.backoffice.staff"
    label = "staff"

    def ready(self) -> None:
        name_everything()
