from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "kiosk.backoffice.platform"
    label = "platform"
    verbose_name = "Shop"

    def ready(self) -> None:
        from kiosk.backoffice.platform import signals

        signals.connect()
