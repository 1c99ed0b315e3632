from django.apps import AppConfig


class CourierConfig(AppConfig):
    name = "kiosk.backoffice.courier"
    label = "courier"

    def ready(self) -> None:
        from kiosk.backoffice.courier.errands import follow_delivery
        from kiosk.backoffice.courier.retention import forget_handovers
        from kiosk.backoffice.orders.deliveries import on_step
        from kiosk.backoffice.orders.retention import on_forgetting

        on_step(follow_delivery)
        on_forgetting(forget_handovers)
