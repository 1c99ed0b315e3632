"""One visitor's visit: a pure state machine and the view models that the stage draws."""

from kiosk.window.visit import actions, effects, views
from kiosk.window.visit.actions import Action
from kiosk.window.visit.comfort import Comfort
from kiosk.window.visit.effects import Effect
from kiosk.window.visit.reducer import reduce
from kiosk.window.visit.state import Draft, Notice, Placed, Screen, Visit, new_visit
from kiosk.window.visit.world import World

__all__ = [
    "Action",
    "Comfort",
    "Draft",
    "Effect",
    "Notice",
    "Placed",
    "Screen",
    "Visit",
    "World",
    "actions",
    "effects",
    "new_visit",
    "reduce",
    "views",
]
