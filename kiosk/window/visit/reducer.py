"""The visit's rules: one pure function from state and action to state and effects."""

from dataclasses import replace
from uuid import UUID

from kiosk.contract import OrderReceipt
from kiosk.shop.basket import BasketError, Line
from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.aloud import interrupted, read_aloud
from kiosk.window.visit.checkout import choosing, not_kept, placing
from kiosk.window.visit.completion import typed
from kiosk.window.visit.finding import Finding
from kiosk.window.visit.following import followed, moved
from kiosk.window.visit.lookaround import (
    OPEN_FROM,
    last_of_trail,
    looked,
    open_piece,
    step_back,
)
from kiosk.window.visit.lookingup import looked_up, lookup_typed, put_down
from kiosk.window.visit.lookup import LookUp, Lookup, LookupAnswered, OpenLookup, OrderGone
from kiosk.window.visit.plan import resting
from kiosk.window.visit.scan import CloseScan, CodeRead, OpenScan, Saw
from kiosk.window.visit.scanning import scanned, watched
from kiosk.window.visit.searching import put_away, searched, stepped_back
from kiosk.window.visit.state import Notice, Placed, Screen, Visit, new_visit
from kiosk.window.visit.world import World

Result = tuple[Visit, tuple[e.Effect, ...]]

# From here "back" leads nowhere: an order once placed cannot be un-placed.
_NO_WAY_BACK = frozenset({Screen.THANKS, Screen.PREPARING, Screen.ATTRACT, Screen.DARK})
_NOBODY = frozenset({Screen.PREPARING, Screen.ATTRACT, Screen.DARK})
_SHOPPING = frozenset({Screen.BROWSE, Screen.FIND, Screen.PRODUCT, Screen.BASKET})


def reduce(visit: Visit, action: a.Action, world: World) -> Result:
    """The next state, and what the world must do for it.

    An action that makes no sense where the visit stands (a late answer, a second tap on a
    button that has done its work) changes nothing.
    """
    after, wanted = watched(visit, *_step(visit, action, world))
    return interrupted(visit, resting(after, world), wanted)


def _step(visit: Visit, action: a.Action, world: World) -> Result:
    match action:
        case a.ShopReady() | a.Wake() | a.SetLanguage() | a.Back() | a.StartAgain():
            return _moving(visit, action, world)
        case a.SetComfort(name, value):
            return _comforted(visit, name, value, world), ()
        case a.StayHere() | a.IdleWarning() | a.IdleOver() | a.NoticeOver():
            return _waiting(visit, action, world)
        case a.PrepareProduct(product_id):
            return visit, (e.PrepareProduct(product_id),)
        case a.OpenCategory() | a.OpenProduct() | a.ChooseVariant() | a.ShowPicture():
            return _looking(visit, action, world)
        case a.OpenQuick() | a.OpenLookbook() | a.PiecesLoaded() | a.RelatedLoaded():
            return looked(visit, action, world)
        case a.ProductLoaded() | a.ProductGone():
            return _product_known(visit, action)
        case a.AddToBasket() | a.OpenBasket() | a.SetQuantity():
            return _filling(visit, action, world)
        case (
            a.Checkout()
            | a.ChooseFulfilment()
            | a.GoToDetails()
            | a.QuoteArrived()
            | a.TakesOrders()
        ):
            return choosing(visit, action, world)
        case OpenLookup() | LookUp() | LookupAnswered() | OrderGone():
            return looked_up(visit, action, world)
        case OpenScan() | CloseScan() | Saw() | CodeRead():
            return scanned(visit, action, world)
        case a.FocusField() | a.EditField() if visit.screen is Screen.LOOKUP:
            return lookup_typed(visit, action), ()
        case (
            a.FocusField()
            | a.EditField()
            | a.ChooseAddress()
            | a.ChooseNumber()
            | a.AddressesFound()
        ):
            return typed(visit, action, world)
        case (
            a.OpenSearch()
            | a.OpenFilters()
            | a.ShowFound()
            | a.SearchFor()
            | a.LookAhead()
            | a.ToggleFilter()
            | a.DropFilters()
            | a.SortBy()
            | a.Looked()
        ):
            return searched(visit, action)
        case a.PlaceOrder():
            return placing(visit, world)
        case a.ReadAloud() | a.SpeechOver():
            return read_aloud(visit, action, world)
        case _:
            return _answered(visit, action)


def _comforted(visit: Visit, name: str, value: bool | int, world: World) -> Visit:
    """A wish is a touch like any other: at the posters it also begins the visit."""
    if name == "spoken" and value and not world.speaks:
        return visit
    screen = Screen.BROWSE if visit.screen is Screen.ATTRACT else visit.screen
    return replace(visit, screen=screen, comfort=visit.comfort.having(name, value))


# ---- moving about ------------------------------------------------------------------------------


def _moving(
    visit: Visit,
    action: a.ShopReady | a.Wake | a.SetLanguage | a.Back | a.StartAgain,
    world: World,
) -> Result:
    match action:
        case a.ShopReady():
            ready = visit.screen is Screen.PREPARING and world.ready
            return (new_visit(_language(visit, world), ready=True) if ready else visit), ()
        case a.Wake(product_id) if visit.screen in (Screen.ATTRACT, Screen.DARK):
            woken = replace(visit, screen=Screen.BROWSE, category_id=None)
            if not product_id:
                return woken, ()
            return _looking(woken, a.OpenProduct(product_id), world)
        case a.SetLanguage(language) if language in world.languages:
            return replace(visit, language=language), ()
        case a.Back():
            return _back(visit, world)
        case a.StartAgain():
            return _leave(visit, world)
    return visit, ()


def _language(visit: Visit, world: World) -> str:
    if visit.language in world.languages:
        return visit.language
    return world.greeting


def _back(visit: Visit, world: World) -> Result:
    if visit.comfort.shown:
        return replace(visit, comfort=visit.comfort.having("shown", False)), ()
    if visit.busy:
        return visit, ()
    if visit.screen in (Screen.DETAILS, Screen.LOOKUP) and visit.focus:
        return replace(visit, focus=""), ()
    if visit.screen is Screen.TRACKING and visit.placed and visit.placed.ticket:
        return _stepped(put_down(visit)), (e.Unfollow(),)
    within = stepped_back(visit)
    if within is not None:
        return within, ()
    way = visit.back
    if visit.screen in _NO_WAY_BACK:
        return visit, ()
    before = last_of_trail(visit)
    if before:
        shorter = step_back(visit)
        again = replace(open_piece(shorter, before), looking=shorter.looking)
        return _opened(again, world)
    if not way:
        return _leave(visit, world) if visit.screen is Screen.BROWSE else (visit, ())
    finding = Finding() if visit.screen is Screen.FIND else visit.finding
    return replace(_stepped(visit), finding=finding), ()


def _stepped(visit: Visit) -> Visit:
    """One screen back."""
    way = visit.back
    back = replace(visit, screen=way[-1], back=way[:-1], notice=None, problems=(), refused=False)
    return replace(back, focus="", lookup=Lookup())


def _leave(visit: Visit, world: World) -> Result:
    """Back to the posters with nothing left of the visitor.

    While an order is being committed nothing is forgotten: the answer decides first.
    """
    if visit.busy or visit.screen is Screen.PREPARING:
        return visit, ()
    language = world.greeting if world.ready else visit.language
    return new_visit(language, ready=world.ready), (e.Unfollow(), e.Forget())


def _waiting(
    visit: Visit, action: a.StayHere | a.IdleWarning | a.IdleOver | a.NoticeOver, world: World
) -> Result:
    match action:
        case a.StayHere():
            return replace(visit, warned_at=None), ()
        case a.IdleWarning(at) if visit.warned_at is None:
            if visit.screen in _NOBODY:
                return visit, ()
            return replace(visit, warned_at=at), ()
        case a.IdleOver() if visit.warned_at is not None:
            return _leave(visit, world)
        case a.NoticeOver(count) if count == visit.notice_count:
            return replace(visit, notice=None), ()
    return visit, ()


# ---- looking -----------------------------------------------------------------------------------


def _looking(
    visit: Visit,
    action: a.OpenCategory | a.OpenProduct | a.ChooseVariant | a.ShowPicture,
    world: World,
) -> Result:
    product = world.products.get(visit.product_id or "")
    match action:
        case a.OpenCategory(category_id) if visit.screen in _SHOPPING:
            shelves = replace(visit.to(Screen.BROWSE), back=(), category_id=category_id)
            return replace(shelves, finding=Finding()), ()
        case a.OpenProduct(product_id) if visit.screen in OPEN_FROM:
            if visit.screen is Screen.PRODUCT and product_id == visit.product_id:
                return visit, ()
            return _opened(open_piece(put_away(visit), product_id), world)
        case a.ChooseVariant(variant_id):
            variant = product.variant(variant_id) if product else None
            if variant is None:
                return visit, ()
            picture = visit.picture if variant.picture is None else variant.picture
            return replace(visit, variant_id=variant_id, picture=picture), ()
        case a.ShowPicture(index) if product:
            last = max(0, len(product.pictures) - 1)
            return replace(visit, picture=min(max(index, 0), last)), ()
    return visit, ()


def _opened(visit: Visit, world: World) -> Result:
    """The piece that came on: shown at once where it is known, and read in any case."""
    product_id = visit.product_id or ""
    known = world.products.get(product_id)
    if known:
        visit = _product_known(visit, a.ProductLoaded(known))[0]
    return visit, (e.LoadProduct(product_id), e.LoadRelated(product_id))


def _product_known(visit: Visit, action: a.ProductLoaded | a.ProductGone) -> Result:
    """A product arrived or changed while somebody looks at it."""
    match action:
        case a.ProductLoaded(product) if product.id == visit.product_id:
            if visit.variant_id and product.variant(visit.variant_id):
                return visit, ()
            first = next((v for v in product.variants if v.available), product.variants[0])
            picture = visit.picture if first.picture is None else first.picture
            return replace(visit, variant_id=first.id, picture=picture), ()
        case a.ProductGone(product_id) if product_id == visit.product_id:
            way = tuple(s for s in visit.back if s is not Screen.PRODUCT)
            looking = replace(visit.looking, related=(), trail=())
            gone = replace(visit, back=way, product_id=None, variant_id=None, looking=looking)
            if visit.screen is not Screen.PRODUCT:
                return gone, ()
            way = way or (Screen.BROWSE,)
            return replace(gone, screen=way[-1], back=way[:-1]).said(Notice.GONE), ()
    return visit, ()


# ---- the basket --------------------------------------------------------------------------------


def _filling(
    visit: Visit, action: a.AddToBasket | a.OpenBasket | a.SetQuantity, world: World
) -> Result:
    match action:
        case a.AddToBasket() if visit.screen is Screen.PRODUCT:
            return _add(visit, world), ()
        case a.OpenBasket() if visit.screen in OPEN_FROM:
            return put_away(visit).to(Screen.BASKET), ()
        case a.SetQuantity(variant_id, quantity) if visit.screen is Screen.BASKET:
            return _set_quantity(visit, variant_id, quantity, world), ()
    return visit, ()


def _add(visit: Visit, world: World) -> Visit:
    product = world.products.get(visit.product_id or "")
    variant = product.variant(visit.variant_id or "") if product else None
    if product is None or variant is None or world.sold_from(product.id):
        return visit
    line = Line(variant.id, product.id, 1, variant.price)
    try:
        basket = visit.basket.add(line, variant.stock)
    except BasketError as error:
        return visit.said(Notice(error.code))
    return replace(visit, basket=basket).said(Notice.ADDED)


def _set_quantity(visit: Visit, variant_id: str, quantity: int, world: World) -> Visit:
    """Never above the stock; one step down from above it lands on what there is."""
    stock = _stock(world, variant_id)
    if stock is not None and quantity > stock:
        if quantity >= visit.basket.quantity_of(variant_id):
            return visit.said(Notice.STOCK)
        quantity = stock
    try:
        return replace(visit, basket=visit.basket.set_quantity(variant_id, quantity))
    except BasketError as error:
        return visit.said(Notice(error.code))


def _stock(world: World, variant_id: str) -> int | None:
    for product in world.products.values():
        variant = product.variant(variant_id)
        if variant:
            return variant.stock
    return None


# ---- the order ---------------------------------------------------------------------------------


def _answered(visit: Visit, action: a.Action) -> Result:
    match action:
        case a.OrderKept(intent_id) if _placing(visit, intent_id):
            # A new Visit: the basket and all that was typed are gone from here on.
            comfort = visit.comfort
            return Visit(Screen.THANKS, visit.language, placed=visit.placed, comfort=comfort), ()
        case a.OrderNotKept(intent_id) if _placing(visit, intent_id):
            return not_kept(visit), ()
        case a.OrderAnswered(receipt) if _ours(visit, receipt):
            placed = replace(_placed(visit), receipt=receipt)
            return replace(visit, placed=placed), (e.Follow(receipt.token),)
        case a.OrderParked(intent_id) if visit.placed and visit.placed.intent_id == intent_id:
            return replace(visit, placed=replace(visit.placed, parked=True)), ()
        case a.FollowOrder() if visit.screen is Screen.THANKS and _placed(visit).receipt:
            return visit.to(Screen.TRACKING), ()
        case a.OrderChanged(token, order, heard_at) if _follows(visit, token):
            placed = _placed(visit)
            if placed.order is not None and order.version < placed.order.version:
                return visit, ()
            ended = order.status.final
            visit = replace(visit, placed=replace(placed, order=order))
            return followed(visit, order, heard_at), (e.Unfollow(),) if ended else ()
        case a.PositionChanged(token, fix, made_at) if _follows(visit, token):
            return moved(visit, fix, made_at), ()
    return visit, ()


def _placed(visit: Visit) -> Placed:
    if visit.placed is None:
        raise RuntimeError("this visit has placed no order")
    return visit.placed


def _placing(visit: Visit, intent_id: UUID) -> bool:
    return visit.busy == "placing" and _placed(visit).intent_id == intent_id


def _ours(visit: Visit, receipt: OrderReceipt) -> bool:
    """An answer to this visit's order, and the first one: a repeated answer changes nothing."""
    placed = visit.placed
    return bool(placed and placed.intent_id == receipt.intent_id and placed.receipt is None)


def _follows(visit: Visit, token: str) -> bool:
    return bool(token and visit.placed and visit.placed.token == token)
