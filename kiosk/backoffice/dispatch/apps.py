"""The app's name in Django."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "kiosk.backoffice.dispatch"

    def ready(self) -> None:
        from kiosk.backoffice.dispatch.retention import forget_ways_to
        from kiosk.backoffice.orders.retention import on_forgetting

        on_forgetting(forget_ways_to)
