"""What frames every screen: the shop's name, its hours in words, languages, the basket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.shop import formats, posters
from kiosk.shop.links import host_of, scannable
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.posters import Palette
from kiosk.shop.promise import Fulfilment, Promise
from kiosk.shop.text import Texts, pick, picked
from kiosk.window.visit.comfort import Comfort
from kiosk.window.visit.languages import RIGHT_TO_LEFT, own_name, text_in
from kiosk.window.visit.state import Notice, Placed, Screen, Visit
from kiosk.window.visit.words import Words, words
from kiosk.window.visit.world import World

IDLE_SECONDS = 20  # WCAG 2.2.1: at least 20 s to extend by one simple action


@dataclass(frozen=True, slots=True)
class Chrome:
    """`basket` is "3 · 128 €" or "" when empty; `languages` are (code, own name) pairs.

    `default_language` is the shop's: its texts show in it where the visitor's is missing.
    `order` names the way to an order placed before, "" where there is none.
    `theme` is the theme of the brand that the plan puts on now, "" for its own colours.
    """

    shop: str
    palette: Palette
    theme: str
    status: str
    offline: str
    languages: tuple[tuple[str, str], ...]
    language: str
    default_language: str
    back: str
    start_again: str
    order: str
    basket: str
    basket_pieces: int
    demo: str
    can_go_back: bool
    can_start_again: bool
    comfort: Comfort
    rtl: bool
    reach: str
    ease: str
    plinth: str


@dataclass(frozen=True, slots=True)
class IdleView:
    title: str
    countdown: str
    seconds_left: int
    stay: str
    leave: str


def foreign(texts: Iterable[Texts], visit: Visit, world: World) -> str:
    """What to say beside texts of the shop that are not in the visitor's language, or "".

    A text that falls back must not look like a mistake: the glass says which language it is.
    """
    default = world.shop.default_language
    seen = (picked(text, visit.language, default) for text in texts)
    other = next((code for code in seen if code not in ("", visit.language)), "")
    return text_in(other, visit.language)


def in_one_line(facts: Iterable[str], language: str) -> str:
    """What there is of some facts in one line: "Lin · 128 €".

    The line begins where the language does, also with a French name: U+200F says so.
    """
    line = " · ".join(fact for fact in facts if fact)
    return f"\u200f{line}" if line and language in RIGHT_TO_LEFT else line


def palette(world: World) -> Palette:
    """As the plan says; else day while the shop is open or the sun is up, night otherwise."""
    if world.profile is None:
        return "night"
    return posters.palette(world.showing().theme, world.shop.hours, world.now)


def chrome(visit: Visit, world: World) -> Chrome:
    w = words(visit.language)
    shop = world.profile
    at_rest = visit.screen in (Screen.ATTRACT, Screen.DARK, Screen.PREPARING)
    return Chrome(
        shop=shop.name if shop else "",
        palette=palette(world),
        theme=world.showing().theme if shop else "",
        status=status(world, visit.language) if shop else "",
        offline="" if world.online else w("The shop is out of reach for a moment. Go on."),
        languages=tuple((code, own_name(code)) for code in world.languages),
        language=visit.language,
        default_language=shop.default_language if shop else visit.language,
        back=w("Back"),
        start_again=w("Start again"),
        order=w("My order") if visit.screen is Screen.BROWSE else "",
        basket=_basket(visit, world) if visit.basket else "",
        basket_pieces=visit.basket.pieces,
        demo=w("Demonstration") if shop and shop.demo else "",
        can_go_back=bool(visit.back) and not visit.busy,
        can_start_again=not at_rest,
        comfort=visit.comfort,
        rtl=visit.language in RIGHT_TO_LEFT,
        reach=w("Higher") if visit.comfort.low else w("Lower"),
        ease=w("Ease of use"),
        plinth=_plinth(world, w),
    )


def _basket(visit: Visit, world: World) -> str:
    total = visit.basket.subtotal(world.shop.currency)
    return f"{visit.basket.pieces} · {formats.money(total, visit.language)}"


def status(world: World, language: str) -> str:
    """ "Open until 19:30" or "Closed. Opens tomorrow at 10:00."."""
    w, shop = words(language), world.shop
    hours = shop.hours
    current = hours.current(world.now)
    if current:
        return w("Open until {time}", time=formats.clock(current.end, language))
    opens = hours.next_opening(world.now)
    special = hours.special_on(hours.local(world.now).date())
    reason = pick(special.reason, language, shop.default_language) if special else ""
    if opens is None:
        return w("Closed")
    when = moment_words(opens, hours.local(world.now), language)
    if reason and not special_is_open(world):
        return w("Closed ({reason}). Opens {when}.", reason=reason, when=when)
    return w("Closed. Opens {when}.", when=when)


def _plinth(world: World, w: Words) -> str:
    """Where the shop is, and what it promises about this window."""
    if world.profile is None:
        return ""
    return "\n".join(x for x in (shop_place(world), w("This window forgets you.")) if x)


def offer(world: World, language: str) -> str:
    """What is true now: when an order placed at this minute would be with its buyer."""
    w, shop = words(language), world.shop
    if not world.may_order():
        return ""
    now = shop.hours.local(world.now)
    if shop.courier.enabled and (p := world.promise(Fulfilment.COURIER)):
        return w("Order now, with you {when}.", when=deadline_words(p.done_by, now, language))
    if shop.collect.enabled and (p := world.promise(Fulfilment.COLLECT)):
        return w("Order now, ready {when}.", when=deadline_words(p.done_by, now, language))
    return ""


def no_orders(world: World, language: str) -> str:
    """Why no order can be begun now, or ""."""
    w = words(language)
    if not world.open_for_orders():
        return w("Orders are taken while the shop is open.")
    return "" if world.takes_orders else w("This window cannot take orders right now.")


def code_to(url: str, world: World) -> tuple[str, str]:
    """An address of the back office as a code, and the host printed beside it; ("", "") for any
    other.
    """
    shown = scannable(url, world.hosts)
    return shown, host_of(shown)


def price_words(price: Money, has_range: bool, language: str) -> str:
    w, text = words(language), formats.money(price, language)
    return w("from {price}", price=text) if has_range else text


def shop_place(world: World) -> str:
    """Street and town of the shop, as far as they are known, each said once."""
    address = world.shop.address
    return ", ".join(dict.fromkeys(part for part in (address.line1, address.city) if part))


def special_is_open(world: World) -> bool:
    today = world.shop.hours.local(world.now).date()
    return bool(world.shop.hours.intervals_on(today))


def moment_words(at: datetime, now: datetime, language: str) -> str:
    """ "at 18:40", "tomorrow at 10:00", "on Tuesday at 10:00", "on 24 November at 10:00"."""
    w = words(language)
    at = at.astimezone(now.tzinfo)
    time = formats.clock(at, language)
    days = (at.date() - now.date()).days
    if days == 0:
        return w("at {time}", time=time)
    if days == 1:
        return w("tomorrow at {time}", time=time)
    if days < 7:
        return w("on {weekday} at {time}", weekday=formats.weekday(at, language), time=time)
    return w("on {day} at {time}", day=formats.day(at, language), time=time)


def deadline_words(at: datetime, now: datetime, language: str) -> str:
    """ "by 18:40", "tomorrow by 10:55", "on Tuesday by 10:55", "on 24 November by 10:55"."""
    w = words(language)
    at = at.astimezone(now.tzinfo)
    time = formats.clock(at, language)
    days = (at.date() - now.date()).days
    if days == 0:
        return w("by {time}", time=time)
    if days == 1:
        return w("tomorrow by {time}", time=time)
    if days < 7:
        return w("on {weekday} by {time}", weekday=formats.weekday(at, language), time=time)
    return w("on {day} by {time}", day=formats.day(at, language), time=time)


def promise_words(promised: Promise | None, world: World, language: str) -> str:
    """The promise as one sentence in clock time."""
    w = words(language)
    if promised is None:
        return w("We cannot promise a time yet.")
    now = world.shop.hours.local(world.now)
    if promised.done_by < now:
        return w("It is taking longer than we promised.")
    start = moment_words(promised.prepared_from, now, language)
    done = moment_words(promised.done_by, now, language)
    courier = promised.fulfilment is Fulfilment.COURIER
    if (promised.prepared_from - now).total_seconds() < 120:
        if courier:
            return w("Prepared now, with you {when}.", when=done)
        return w("Prepared now, ready {when}.", when=done)
    time = formats.clock(promised.done_by.astimezone(now.tzinfo), language)
    if courier:
        return w("Prepared {start}, with you by {time}.", start=start, time=time)
    return w("Prepared {start}, ready at {time}.", start=start, time=time)


def notice(visit: Visit, world: World) -> str:
    """The notice as a sentence, or ""."""
    w = words(visit.language)
    match visit.notice:
        case None:
            return ""
        case Notice.ADDED:
            return w("In your basket.")
        case Notice.STOCK:
            return w("That was the last one we have.")
        case Notice.QUANTITY:
            return w("For more pieces, please ask the shop.")
        case Notice.LINES:
            return w("The basket is full. Order it, then start another.")
        case Notice.GONE:
            return w("This piece has just left the shop.")
        case Notice.CHANGED:
            return w("A price has changed. The new total is shown.")
        case Notice.CLOSED:
            return w("Orders are taken while the shop is open.")


def idle(visit: Visit, world: World) -> IdleView | None:
    if visit.warned_at is None:
        return None
    w = words(visit.language)
    passed = int((world.now - visit.warned_at).total_seconds())
    left = min(IDLE_SECONDS, max(0, IDLE_SECONDS - passed))
    if visit.screen in (Screen.THANKS, Screen.TRACKING) and not _lives(visit.placed):
        countdown = w.count(
            "This page closes in {n} second.", "This page closes in {n} seconds.", left
        )
    elif visit.screen in (Screen.THANKS, Screen.TRACKING):
        countdown = w.count(
            "This page closes in {n} second. Your order is safe.",
            "This page closes in {n} seconds. Your order is safe.",
            left,
        )
    else:
        countdown = w.count(
            "Everything you entered is erased in {n} second.",
            "Everything you entered is erased in {n} seconds.",
            left,
        )
    return IdleView(
        title=w("Are you still there?"),
        countdown=countdown,
        seconds_left=left,
        stay=w("I am still here"),
        leave=w("Start again"),
    )


def _lives(placed: Placed | None) -> bool:
    """Whether this is an order that was neither refused nor cancelled."""
    order = placed and (placed.order or placed.receipt)
    return not order or order.status not in (OrderStatus.REFUSED, OrderStatus.CANCELLED)
