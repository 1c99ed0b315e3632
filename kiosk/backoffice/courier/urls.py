"""Doors of the courier's page."""

from django.urls import path, re_path

from kiosk.backoffice.courier import views

app_name = "courier"
urlpatterns = [
    path("", views.page, name="page"),
    path("enter/<str:token>", views.enter, name="come_in"),
    path("home", views.home, name="home"),
    path("leave", views.leave, name="leave"),
    path("portrait", views.portrait, name="portrait"),
    path("<int:errand_id>/code", views.code, name="code"),
    path("<int:errand_id>/fail", views.fail, name="fail"),
    path("<int:errand_id>/camera", views.camera, name="camera_deed"),
    path("<int:errand_id>/photo", views.photo, name="photo"),
    re_path(
        r"^(?P<errand_id>\d{1,18})/(?P<name>start|start-without|pause|resume|arrive|back|"
        r"passing-yes|passing-no)$",
        views.deed,
        name="deed",
    ),
]
