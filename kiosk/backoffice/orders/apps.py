from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "kiosk.backoffice.orders"
    label = "orders"
    verbose_name = "Orders"
