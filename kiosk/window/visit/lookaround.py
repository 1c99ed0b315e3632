"""The two speeds: three pieces in one scan, or stories and what goes with a piece."""

from dataclasses import replace

from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.looking import MAX_TRAIL, Looking
from kiosk.window.visit.state import Screen, Visit
from kiosk.window.visit.world import World

Result = tuple[Visit, tuple[e.Effect, ...]]

# From here a piece, a story or the quick three can be opened.
OPEN_FROM = frozenset(
    {Screen.BROWSE, Screen.FIND, Screen.BASKET, Screen.PRODUCT, Screen.LOOKBOOK, Screen.QUICK}
)


def looked(
    visit: Visit,
    action: a.OpenQuick | a.OpenLookbook | a.PiecesLoaded | a.RelatedLoaded,
    world: World,
) -> Result:
    """What a step aside leads to."""
    match action:
        case a.OpenQuick() if world.quick and may_open(visit):
            return awake(visit).to(Screen.QUICK), ()
        case a.OpenLookbook(lookbook_id) if world.ready and may_open(visit):
            books = world.shop.lookbooks
            book = next((b for b in books if lookbook_id in ("", b.id)), None)
            if book is None:
                return visit, ()
            looking = replace(visit.looking, lookbook_id=book.id)
            opened = replace(awake(visit).to(Screen.LOOKBOOK), looking=looking)
            return opened, (e.LoadPieces(book.product_ids),)
        case a.RelatedLoaded(product_id, products) if product_id == visit.product_id:
            related = tuple(piece.id for piece in products)
            return replace(visit, looking=replace(visit.looking, related=related)), ()
    return visit, ()


def open_piece(visit: Visit, product_id: str) -> Visit:
    """A piece comes on; one that was on the screen before it stays on the way back."""
    trail: tuple[str, ...] = ()
    if visit.screen is Screen.PRODUCT and visit.product_id:
        before = (p for p in visit.looking.trail if p != product_id)
        trail = (*before, visit.product_id)[-MAX_TRAIL:]
    looking = replace(visit.looking, related=(), trail=trail)
    return replace(
        visit.to(Screen.PRODUCT),
        product_id=product_id,
        variant_id=None,
        picture=0,
        looking=looking,
        notice=None,
    )


def last_of_trail(visit: Visit) -> str:
    """The piece to which "back" leads from this one; "" where it leaves the piece."""
    trail = visit.looking.trail
    return trail[-1] if visit.screen is Screen.PRODUCT and trail else ""


def step_back(visit: Visit) -> Visit:
    """Back on the trail, before that piece is opened again."""
    looking = Looking((), visit.looking.trail[:-1], visit.looking.lookbook_id)
    return replace(visit, looking=looking)


def may_open(visit: Visit) -> bool:
    """Whether a step aside leads anywhere from here."""
    return visit.screen is Screen.ATTRACT or visit.screen in OPEN_FROM


def awake(visit: Visit) -> Visit:
    """From the posters the way back leads to the shelves."""
    return replace(visit, screen=Screen.BROWSE) if visit.screen is Screen.ATTRACT else visit
