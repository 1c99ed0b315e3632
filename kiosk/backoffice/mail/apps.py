from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "kiosk.backoffice.mail"
    label = "mail"
