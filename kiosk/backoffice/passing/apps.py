from django.apps import AppConfig


class PassingConfig(AppConfig):
    name = "kiosk.backoffice.passing"
    label = "passing"

    def ready(self) -> None:
        from kiosk.backoffice.orders.deliveries import on_change
        from kiosk.backoffice.passing.services import follow_delivery

        on_change(follow_delivery)
