"""Holds the visit: takes actions, runs their effects off the UI thread, shows the view.

The reducer and the views are pure and quick, so they run where the touch happened; everything
that reads a disk or asks a network runs on workers and comes back as an action.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kiosk.contract import OrderRequest, Passing, QuoteRequest, ShopProfile
from kiosk.shop.catalogue import Product
from kiosk.window.link import (
    CatalogueChanged,
    LinkEvent,
    Offline,
    Online,
    OrderAnswered,
    OrderChanged,
    OrderGone,
    OrderParked,
    PassingChanged,
    PositionChanged,
    ProfileChanged,
    SyncProgress,
    TakesOrders,
)
from kiosk.window.replica import (
    CatalogueReplica,
    CategoryShelf,
    IntentTaken,
    NoKey,
    RefusedDisk,
)
from kiosk.window.replica.addresses import AddressIndex
from kiosk.window.speech import LOUDEST, Voice
from kiosk.window.stage.around import beside
from kiosk.window.stage.finder import Finder
from kiosk.window.stage.handover import Workers
from kiosk.window.stage.lookups import look_up
from kiosk.window.stage.parts import BackOffice, Camera, Stage
from kiosk.window.stage.prepared import Prepared
from kiosk.window.stage.snapshot import Snapshot, snapshot
from kiosk.window.stage.speaker import Speaker
from kiosk.window.stage.summary import summary_of
from kiosk.window.visit import Action, Effect, Screen, Visit, World, actions, effects, lookup, views
from kiosk.window.visit import reduce as reduce_visit
from kiosk.window.visit.plan import poster_pieces
from kiosk.window.visit.state import new_visit

log = logging.getLogger(__name__)


_NOTICE_ICONS = {"added": "check", "gone": "info"}


class Store:
    """The one place where the visit changes. Lives on the UI thread."""

    def __init__(
        self,
        *,
        catalogue: CatalogueReplica,
        office: BackOffice,
        workers: Workers,
        addresses: AddressIndex | None = None,
        language: str = "",
        address: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        voice: Voice | None = None,
        volume: int = LOUDEST // 2,
        camera: Camera | None = None,
        hurry: Callable[[], None] = lambda: None,
    ) -> None:
        """`address` is where the back office is. `hurry` is called when what shows begins to change
        every second. `camera` is the window's own.
        """
        self.visit: Visit = new_visit(language or "en", ready=False)
        self.progress = (0, 0)
        self.by_seconds = False  # whether what shows changes every second
        self.curtained = False  # something better hangs there than that the shop is prepared
        self._hurry = hurry
        self._catalogue, self._office, self._workers = catalogue, office, workers
        self._addresses, self._camera = addresses, camera
        self._now = now
        self._language, self._address = language, address
        self._speaker = Speaker(voice, volume)
        self._read_once = False
        self._stage: Stage | None = None
        self._profile: ShopProfile | None = None
        self._shelves: tuple[CategoryShelf, ...] = ()
        self._pieces: dict[str, Product] = {}
        self._posters: tuple[str, ...] = ()
        self._online = False
        self._takes_orders = True
        self._passing: tuple[Passing, ...] = ()
        self._intent = uuid.uuid4()
        self._listeners: list[Callable[[Visit, Visit], None]] = []
        self._finder = Finder(
            catalogue,
            workers,
            answered=lambda answer: self.dispatch(actions.Looked(answer)),
            foreseen=lambda asked: self._stage.foresee(asked) if self._stage else None,
        )
        self._prepared = Prepared(catalogue, workers, self._rehearse)

    # ---- being wired ---------------------------------------------------------------------------

    def attach(self, stage: Stage) -> None:
        """Show on `stage` from now on, as soon as the replica has been read."""
        self._stage = stage
        self.reload()

    def on_change(self, listener: Callable[[Visit, Visit], None]) -> None:
        """Call `listener(before, after)` whenever the visit has changed."""
        self._listeners.append(listener)

    @property
    def now(self) -> datetime:
        return self._now()

    @property
    def world(self) -> World:
        return World(
            now=self._now(),
            profile=self._profile,
            online=self._online,
            products=self._pieces,
            posters=self._posters,
            intent_id=self._intent,
            takes_orders=self._takes_orders,
            office=self._address,
            language=self._language,
            speaks=self._speaks,
            passing=self._passing,
            camera=self._camera is not None,
        )

    def darkness(self) -> Callable[[datetime], bool]:
        """Whether the glass is dark at a time while nobody stands there, as planned now."""
        shop = self._profile
        return lambda at: shop is not None and shop.dark_hours.is_dark(at, shop.hours)

    @property
    def _speaks(self) -> frozenset[str]:
        return self._speaker.languages(self._profile.languages if self._profile else ())

    # ---- what happens --------------------------------------------------------------------------

    def dispatch(self, action: Action) -> None:
        """Take an action: the next state, its effects, its view."""
        before = self.visit
        match action:
            case actions.ProductLoaded(product):
                self._pieces[product.id] = product
            case actions.PiecesLoaded(products) | actions.RelatedLoaded(products=products):
                self._pieces |= {product.id: product for product in products}
        self.visit, wanted = reduce_visit(before, action, self.world)
        for effect in wanted:
            self._run(effect)
        if self.visit is not before:
            for listener in self._listeners:
                listener(before, self.visit)
        if not isinstance(action, actions.LookAhead | actions.PrepareProduct):
            self.refresh()

    def set_online(self, online: bool) -> None:
        if online is not self._online:
            self._online = online
            self.refresh()

    def set_progress(self, done: int, total: int) -> None:
        """How far the first sync is (pictures or products), for the empty window."""
        self.progress = (done, total)
        if self.visit.screen is Screen.PREPARING:
            self.refresh()

    def reload(self) -> None:
        """The replica has changed: read again what the visit touches."""
        touched = self._touched()
        self._workers.submit(
            lambda: snapshot(self._catalogue, touched), then=lambda read: self._take(read, touched)
        )

    def refresh(self) -> None:
        """Show what is true now; nothing before the replica has been read once."""
        if self._stage is None or not self._read_once:
            return
        visit, world = self.visit, self.world
        if self.curtained and visit.screen is Screen.PREPARING:
            return
        view = self._view(visit, world)
        before, self.by_seconds = self.by_seconds, getattr(view, "by_seconds", False)
        self._stage.show(visit.screen, view)
        if self.by_seconds and not before:
            self._hurry()
        if visit.notice is not None:
            icon = _NOTICE_ICONS.get(visit.notice.value, "info")
            self._stage.say(views.notice(visit, world), icon, visit.notice_count)
        self._stage.comfort(views.comfort(visit, world))
        self._stage.idle(views.idle(visit, world))

    def hear(self, event: LinkEvent) -> None:
        """What the link tells, on the UI thread."""
        match event:
            case Online():
                self.set_online(True)
            case Offline():
                self.set_online(False)
            case CatalogueChanged() | ProfileChanged():
                self.reload()
            case SyncProgress(done, total):
                self.set_progress(done, total)
            case TakesOrders(able):
                self._takes_orders = able
                self.dispatch(actions.TakesOrders(able))
            case OrderAnswered(_, receipt):
                self.dispatch(actions.OrderAnswered(receipt))
            case OrderParked(intent_id, _):
                self.dispatch(actions.OrderParked(intent_id))
            case OrderChanged(token, view, heard_at):
                self.dispatch(actions.OrderChanged(token, view, heard_at))
            case PassingChanged(rides):
                self._passing = rides
                self.refresh()
            case OrderGone(ticket):
                self.dispatch(lookup.OrderGone(ticket))
            case PositionChanged(token, fix, made_at):
                self.dispatch(actions.PositionChanged(token, fix, made_at))

    def _rehearse(self, piece: Product, around: tuple[Product, ...]) -> None:
        self._pieces |= {product.id: product for product in (piece, *around)}
        visit, world = self.visit, self.world
        for step in (actions.OpenProduct(piece.id), actions.RelatedLoaded(piece.id, around)):
            visit, _ = reduce_visit(visit, step, world)
        if self._stage is not None and visit.screen is not self.visit.screen:
            self._stage.rehearse(visit.screen, self._view(visit, world))

    # ---- the view ------------------------------------------------------------------------------

    def _view(self, visit: Visit, world: World) -> Any:
        match visit.screen:
            case Screen.PREPARING:
                return views.preparing(visit, world, *self.progress)
            case Screen.ATTRACT:
                return views.attract(visit, world)
            case Screen.BROWSE:
                shelves = ((s.id, s.title, s.count) for s in self._shelves)
                return views.browse(visit, world, shelves)
            case _:
                return getattr(views, visit.screen.value)(visit, world)

    def _touched(self) -> set[str]:
        """The pieces that the visit holds: in the basket, on the screen, beside it."""
        visit = self.visit
        held = {*(line.product_id for line in visit.basket.lines), *visit.looking.related}
        books = self._profile.lookbooks if self._profile else []
        held.update(*(b.product_ids for b in books if b.id == visit.looking.lookbook_id))
        return held | ({visit.product_id} if visit.product_id else set())

    # ---- the replica ---------------------------------------------------------------------------

    def _take(self, read: Snapshot, touched: set[str]) -> None:
        """`touched` is what was asked for: what was opened since is nobody's loss."""
        gone = self.visit.product_id if self.visit.product_id in touched else None
        self._read_once = True
        self._profile, self._shelves, self._posters = read.profile, read.shelves, read.posters
        if self.visit.screen is Screen.FIND:
            self._finder.look(self.visit.finding.selection)
        keep = self._touched() - touched
        self._pieces = {k: v for k, v in self._pieces.items() if k in keep} | read.pieces
        if self._profile is not None and self._shelves and self.visit.screen is Screen.PREPARING:
            self.visit = replace(self.visit, language=self.world.greeting)
            self.dispatch(actions.ShopReady())
        elif gone and gone not in read.pieces and self.visit.screen is Screen.PRODUCT:
            self.dispatch(actions.ProductGone(gone))
        else:
            self.refresh()

    # ---- effects -------------------------------------------------------------------------------

    def _run(self, effect: Effect) -> None:
        match effect:
            case effects.PrepareProduct(product_id):
                self._prepared.prepare(product_id)
            case effects.LoadProduct(product_id) if self._prepared.around(product_id) is not None:
                pass  # it is among the pieces
            case effects.LoadProduct(product_id):
                self._workers.submit(
                    lambda: self._catalogue.product(product_id),
                    then=lambda product: self._loaded(product_id, product),
                )
            case effects.LoadPieces(product_ids):
                self._workers.submit(
                    lambda: self._catalogue.products(product_ids),
                    then=lambda found: self.dispatch(actions.PiecesLoaded(tuple(found.values()))),
                )
            case effects.LoadRelated(product_id) if (
                around := self._prepared.around(product_id)
            ) is not None:
                self.dispatch(actions.RelatedLoaded(product_id, around))
            case effects.LoadRelated(product_id):
                self._workers.submit(
                    lambda: beside(self._catalogue, product_id),
                    then=lambda found: self.dispatch(actions.RelatedLoaded(product_id, found)),
                )
            case effects.CompleteAddress():
                self._complete(effect)
            case effects.LookFor(selection):
                self._finder.look(selection)
            case effects.LookAhead(selection):
                self._finder.ahead(selection)
            case effects.AskQuote(request):
                self._ask(request)
            case effects.LookForRoom():
                self._workers.submit(self._office.ready_for_orders)
            case effects.KeepOrder(request):
                self._keep(request)
            case effects.Follow(token):
                self._office.follow(token)
            case effects.LookUpOrder(asked):
                look_up(asked, self._office, self._workers, self.dispatch)
            case effects.OpenCamera() if self._camera is not None:
                self._camera.open()
            case effects.CloseCamera() if self._camera is not None:
                self._camera.close()
            case effects.FollowTicket(ticket):
                self._office.follow_ticket(ticket)
            case effects.Unfollow():
                self._office.unfollow()
            case effects.Say():
                self._say(effect)
            case effects.Hush():
                self._speaker.hush()
            case effects.Forget():
                self._forget()

    def speak(self, text: str) -> None:
        """Say a text of the glass in the visitor's language, "" to be quiet."""
        self._speaker.speak(text, self.visit)

    def _say(self, effect: effects.Say) -> None:
        over = actions.SpeechOver(effect.count)
        post = self._workers.post
        if not self._speaker.say(effect, self.visit, lambda: post(lambda: self.dispatch(over))):
            self.dispatch(over)

    def _loaded(self, product_id: str, product: Product | None) -> None:
        known = actions.ProductLoaded(product) if product else actions.ProductGone(product_id)
        self.dispatch(known)

    def _complete(self, wanted: effects.CompleteAddress) -> None:
        index = self._addresses
        if index is not None:
            self._workers.submit(
                lambda: index.find(wanted.text, wanted.postcodes),
                then=lambda found: self.dispatch(actions.AddressesFound(wanted.text, found)),
            )

    def _ask(self, request: QuoteRequest) -> None:
        self._workers.submit(
            lambda: self._office.quote(request),
            then=lambda quote: self.dispatch(actions.QuoteArrived(quote)),
            failed=lambda error: log.info("no quote: %s", error),
        )

    def _keep(self, request: OrderRequest) -> None:
        summary = summary_of(request, self.visit, self.world)
        self._workers.submit(
            lambda: self._office.place(request, summary),
            then=lambda _kept: self._kept(request),
            failed=lambda error: self._not_kept(request, error),
        )

    def _kept(self, request: OrderRequest) -> None:
        self._intent = uuid.uuid4()
        self.dispatch(actions.OrderKept(request.intent_id))

    def _not_kept(self, request: OrderRequest, error: Exception) -> None:
        if not isinstance(error, RefusedDisk | NoKey):
            self._intent = uuid.uuid4()
        if not isinstance(error, RefusedDisk | NoKey | IntentTaken):
            log.error("the order could not be kept", exc_info=error)
        self.dispatch(actions.OrderNotKept(request.intent_id))

    def _forget(self) -> None:
        self._finder.forget()
        self._prepared.forget()
        kept = poster_pieces(self._profile) | set(self._posters)
        self._pieces = {k: v for k, v in self._pieces.items() if k in kept}
        self._intent = uuid.uuid4()
        if self._stage is not None:
            self._stage.forget()
