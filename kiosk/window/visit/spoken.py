"""What the spoken mode says: names of parts, keys and icons, states, and what a screen is about.

Nothing that a visitor has typed is in here: a field is said to be filled, never with what.
"""

from collections.abc import Iterable
from typing import Any

from kiosk.window.visit import views
from kiosk.window.visit.comfort import VOLUMES
from kiosk.window.visit.views import IdleView
from kiosk.window.visit.words import N_, words

PARTS = {
    "button": N_("button"),
    "choice": N_("choice"),
    "code": N_("QR code"),
    "field": N_("text field"),
    "key": "",  # a key is its sign, quickly
    "map": N_("map"),
    "photographs": N_("photographs"),
    "piece": N_("piece"),
    "switch": N_("switch"),
}
STATES = {
    "busy": N_("one moment"),
    "empty": N_("empty"),
    "filled": N_("filled in"),
    "off": N_("off"),
    "on": N_("on"),
    "selected": N_("selected"),
    "unavailable": N_("not available"),
}
ICONS = {
    "accessibility": N_("Ease of use"),
    "back": N_("Back"),
    "basket": N_("Basket"),
    "bell": N_("Ring"),
    "camera": N_("Camera"),
    "check": N_("Done"),
    "chevron-down": N_("Close"),
    "chevron-left": N_("Previous"),
    "chevron-right": N_("Next"),
    "close": N_("Close"),
    "down": N_("Down"),
    "eye": N_("Show what I type"),
    "eye-off": N_("Hide what I type"),
    "filter": N_("Filter"),
    "grid": N_("Shelves"),
    "home": N_("Home"),
    "info": N_("More about it"),
    "language": N_("Language"),
    "minus": N_("One less"),
    "mobile": N_("Take it to my phone"),
    "pause": N_("Pause"),
    "phone": N_("Phone"),
    "pin": N_("Back to the courier"),
    "play": N_("Play"),
    "plus": N_("One more"),
    "qr": N_("QR code"),
    "restart": N_("Start again"),
    "return": N_("Back"),
    "search": N_("Search"),
    "speaker": N_("Read aloud"),
    "touch": N_("Touch the window"),
    "trash": N_("Remove"),
    "up": N_("Up"),
}
# Signs that a voice passes over or that have no name of their own.
KEYS = {
    "'": N_("apostrophe"),
    "’": N_("apostrophe"),
    "+": N_("plus sign"),
    ",": N_("comma"),
    "-": N_("hyphen"),
    ".": N_("full stop"),
    "/": N_("slash"),
    ":": N_("colon"),
    ";": N_("semicolon"),
    "@": N_("at sign"),
    "_": N_("underscore"),
    "backspace": N_("delete"),
    "mark:round": N_("semi-voiced mark"),
    "mark:small": N_("small sign"),
    "mark:voiced": N_("voiced mark"),
    "page:katakana": N_("Katakana"),
    "page:latin": N_("Latin letters"),
    "page:own": N_("letters of this language"),
    "done": N_("close the keyboard"),
    "next": N_("next field"),
    "shift": N_("capitals"),
    "space": N_("space"),
}
PAD = {
    "previous": N_("Previous"),
    "next": N_("Next"),
    "choose": N_("Choose: tap twice"),
    "again": N_("Say it again"),
    "softer": N_("Softer"),
    "louder": N_("Louder"),
}
_TELLS = (views.ThanksView, views.TrackingView, views.DetailsView, views.LookupView)
_COMMA = {"ar": "، ", "ja": "、"}
_STOP = {"ja": "。"}


def icon_words(icon: str, language: str) -> str:
    """What an icon that stands alone is called; "" for one that has no name here."""
    return words(language)(ICONS[icon]) if icon in ICONS else ""


def pad_words(key: str, language: str) -> str:
    """What a key of the keypad on the glass does."""
    return words(language)(PAD[key])


def picture_words(subject: str, index: int, count: int, language: str) -> str:
    """Which photograph of how many shows; "" for none."""
    w = words(language)
    if not count:
        return ""
    return w("{subject}: photograph {n} of {count}", subject=subject, n=index + 1, count=count)


def volume_words(volume: int, language: str) -> str:
    w = words(language)
    return w("Volume {n} of {most}", n=volume, most=VOLUMES[-1])


def key_words(code: str, sign: str, language: str) -> str:
    """What a key is called: its sign, where a voice can say it."""
    name = KEYS.get(code) or KEYS.get(sign)
    return words(language)(name) if name else sign


def described(
    name: str, part: str, states: Iterable[str], language: str, more: Iterable[str] = ()
) -> str:
    """ "Add to basket, button, not available. …": a name, a key of PARTS, keys of STATES.

    `more` are whole sentences. "" where there is no name: a part without a name says nothing.
    """
    if not name:
        return ""
    w = words(language)
    told = [name.rstrip(" .,;:"), *(w(STATES[state]) for state in states)]
    if PARTS[part]:
        told.insert(1, w(PARTS[part]))
    return sentences([_COMMA.get(language, ", ").join(told), *more], language)


def sentences(texts: Iterable[str], language: str) -> str:
    """Texts one after the other, each with an end that a voice can hear."""
    stop = _STOP.get(language, ".")
    whole = (text.strip() for text in texts)
    return " ".join(text if text[-1] in ".!?…。！？؟" else text + stop for text in whole if text)


def screen_words(view: Any, language: str) -> str:
    """A screen's title and the first thing to know about it."""
    match view:
        case views.AttractView():
            line = view.heroes[0].line if view.heroes else view.chrome.shop
            told = [view.chrome.shop, line, view.offer or view.status]
        case views.ProductView():
            told = [view.title, view.price, view.stock_text, view.pitch]
        case views.BasketView():
            told = [view.title, view.empty, view.why_not]
            told += [f"{line.quantity} × {line.title}, {line.total}" for line in view.lines]
            told += [f"{t.label} {t.amount}" for t in view.totals if t.strong]
        case views.ThanksView():
            number = f"{view.number_label} {view.number}" if view.number else ""
            phone = f"{view.phone_label} {view.phone}" if view.phone else ""
            told = [view.title, view.state, view.message, number, view.number_hint, phone]
            told.append(f"{view.code_label} {' '.join(view.code)}" if view.code else "")
        case views.ElsewhereView():
            told = [view.title, view.lead, f"{view.phone_label} {view.phone}" if view.phone else ""]
        case views.TrackingView():
            told = [view.title, view.message, f"{view.eta_label} {view.eta}", view.simulated]
        case views.DetailsView():
            told = problems(view) or [view.title, view.promise]
        case views.LookupView():
            told = _of_lookup(view)
        case _:
            more = (getattr(view, name, "") for name in ("detail", "warning", "empty", "status"))
            told = [getattr(view, "title", ""), next(filter(None, more), "")]
    return sentences(told, language)


def problems(view: Any) -> list[str]:
    """What is wrong with a form, each with the name of its field."""
    groups = getattr(view, "groups", None) or (getattr(view, "fields", ()),)
    fields = [field for group in groups for field in group]
    return [f"{field.label}: {field.problem}" for field in fields if field.problem]


def _of_lookup(view: views.LookupView) -> list[str]:
    """What is wrong, else how the camera stands, else what the page is about."""
    scan = view.scan
    if view.problem or problems(view):
        return [view.problem, *problems(view)]
    if scan and (scan.on or scan.hint):
        return [scan.hint, scan.sign] if scan.hint else [scan.sign, scan.title, scan.promise]
    return [view.title, view.lead, *([scan.title, scan.lead] if scan else [])]


def idle_words(view: IdleView, language: str) -> str:
    return sentences([view.title, view.countdown], language)


def tells(view: Any) -> bool:
    """Whether a screen is worth saying again when it says something new: it answers the visitor,
    or something has happened to an order.
    """
    return isinstance(view, _TELLS)


def welcome(language: str) -> str:
    """What is said when the spoken mode begins."""
    w = words(language)
    told = [
        w("The window speaks to you now"),
        w("Slide a finger over the glass to hear what is there"),
        w("Tap twice, anywhere, to choose what you heard last"),
        w("An arrow keypad does the same"),
    ]
    return sentences(told, language)
