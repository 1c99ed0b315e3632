"""The panel where a visitor suits the glass to themselves."""

from dataclasses import dataclass

from kiosk.window.visit.comfort import TEXT_STEPS, VOLUMES
from kiosk.window.visit.state import Visit
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World


@dataclass(frozen=True, slots=True)
class Switch:
    """One wish that is on or off; `name` is a field of Comfort, `state` says which in words."""

    name: str
    icon: str
    label: str
    state: str
    on: bool


@dataclass(frozen=True, slots=True)
class TextSize:
    percent: int
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class ComfortView:
    """`volume_label` is "" where the window has no voice in the visitor's language."""

    title: str
    switches: tuple[Switch, ...]
    sizes_label: str
    sizes: tuple[TextSize, ...]
    volume_label: str
    volume: int
    loudest: int
    note: str


def comfort(visit: Visit, world: World) -> ComfortView | None:
    """None while the panel is away."""
    if not visit.comfort.shown:
        return None
    w, wishes = words(visit.language), visit.comfort
    speaks = visit.language in world.speaks

    def switch(name: str, icon: str, label: str) -> Switch:
        on = bool(getattr(wishes, name))
        return Switch(name, icon, label, w("on") if on else w("off"), on)

    switches = [
        switch("low", "down", w("Bring it down")),
        switch("contrast", "contrast", w("High contrast")),
        switch("still", "still", w("Less movement")),
        switch("left", "left-hand", w("Left-handed")),
        switch("masked", "eye-off", w("Hide what I type")),
        switch("patient", "clock", w("Patient keyboard")),
    ]
    if speaks:
        switches.insert(1, switch("spoken", "speaker", w("Spoken")))
    return ComfortView(
        title=w("Ease of use"),
        switches=tuple(switches),
        sizes_label=w("Text size"),
        sizes=tuple(TextSize(p, f"{p}\u00a0%", p == wishes.text) for p in TEXT_STEPS),
        volume_label=w("Volume") if speaks else "",
        volume=wishes.volume,
        loudest=VOLUMES[-1],
        note=w("All of this is forgotten after your visit."),
    )
