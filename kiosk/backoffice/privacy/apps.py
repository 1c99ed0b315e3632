from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "kiosk.backoffice.privacy"
    label = "privacy"
