"""The one place from which every saved change of the shop's profile finds its way to windows."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from kiosk.backoffice.platform.models import Hero, Shop
from kiosk.backoffice.platform.shop import bump_profile


def connect() -> None:
    """Connect the receivers, once."""
    post_save.connect(_changed, Shop, dispatch_uid="profile-shop")
    for signal in (post_save, post_delete):
        signal.connect(_changed, Hero, dispatch_uid="profile-hero")


def _changed(**_: Any) -> None:
    bump_profile()
