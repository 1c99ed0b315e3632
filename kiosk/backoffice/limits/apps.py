from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "kiosk.backoffice.limits"
    label = "limits"
