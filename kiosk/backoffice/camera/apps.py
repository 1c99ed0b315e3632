from django.apps import AppConfig


class CameraConfig(AppConfig):
    name = "kiosk.backoffice.camera"
    label = "camera"
