"""The one place from which every saved change of the shop's profile finds its way to windows."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from kiosk.backoffice.platform.models import Hero, PlannedWindow, Shop
from kiosk.backoffice.platform.shop import bump_profile


def connect() -> None:
    """Connect the receivers, once."""
    post_save.connect(_changed, Shop, dispatch_uid="profile-shop")
    for signal in (post_save, post_delete):
        signal.connect(_changed, Hero, dispatch_uid="profile-hero")
        signal.connect(_changed, PlannedWindow, dispatch_uid="profile-window")
    for part in (PlannedWindow.heroes.through, PlannedWindow.products.through):
        m2m_changed.connect(_shows_other, part, dispatch_uid=f"profile-{part.__name__}")


def _changed(**_: Any) -> None:
    bump_profile()


def _shows_other(action: str, **_: Any) -> None:
    if action.startswith("post_"):
        bump_profile()
