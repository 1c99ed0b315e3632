from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "kiosk.backoffice.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        from kiosk.backoffice.catalogue import signals

        signals.connect()
