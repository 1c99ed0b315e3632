"""The room a picture is taken in: lights, camera, renderer."""

from .product import Framing, Light, photograph
from .render import Quality, develop, start_scene
from .room import drum, floor_and_wall, lens, plinth, sun_through_lucarne

__all__ = [
    "Framing",
    "Light",
    "Quality",
    "develop",
    "drum",
    "floor_and_wall",
    "lens",
    "photograph",
    "plinth",
    "start_scene",
    "sun_through_lucarne",
]
