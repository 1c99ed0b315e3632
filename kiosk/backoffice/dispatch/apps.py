"""The app's name in Django."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "kiosk.backoffice.dispatch"
