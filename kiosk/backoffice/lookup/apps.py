from django.apps import AppConfig


class LookupConfig(AppConfig):
    name = "kiosk.backoffice.lookup"
    label = "lookup"
