"""Around a piece: what others say, what goes with it, stories, the quick three, the phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.contract.pages import pieces_url
from kiosk.shop import formats
from kiosk.shop.catalogue import Picture, Product
from kiosk.shop.lookbook import Lookbook
from kiosk.shop.promise import Fulfilment
from kiosk.shop.reviews import Review
from kiosk.shop.text import pick
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    code_to,
    foreign,
    in_one_line,
    moment_words,
    price_words,
)
from kiosk.window.visit.views.heroes import shelf_hero
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

BESIDE = 4  # pieces beside another one: what a hand's breadth shows


@dataclass(frozen=True, slots=True)
class PieceCard:
    """A piece in a row of others; a touch on it opens it. `spoken` is all of it in one line."""

    product_id: str
    title: str
    maker: str
    price: str
    picture: Picture | None
    sold_out: str
    spoken: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """`spoken_stars` is "4 of 5"; `by` is "Camille · 18 October 2026"."""

    stars: int
    spoken_stars: str
    text: str
    by: str
    bought: str


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """`share` of five stars is drawn; `summary` says it: "4.6 of 5, 12 reviews"."""

    title: str
    share: float
    summary: str
    lines: tuple[ReviewLine, ...]
    invented: str


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A code to take along. Where there is none, `why` says it in its place."""

    label: str
    title: str
    lead: str
    url: str
    host: str
    why: str


@dataclass(frozen=True, slots=True)
class QuickPiece:
    card: PieceCard
    when: str


@dataclass(frozen=True, slots=True)
class QuickView:
    """Three pieces and one code that takes them all along. `hero` is the picture of the hour."""

    chrome: Chrome
    title: str
    lead: str
    pieces: tuple[QuickPiece, ...]
    phone: PhoneView
    none: str
    hero: Picture | None = None


@dataclass(frozen=True, slots=True)
class LookbookChip:
    id: str
    title: str
    selected: bool


@dataclass(frozen=True, slots=True)
class LookbookView:
    chrome: Chrome
    loading: bool
    id: str
    title: str
    text: str
    text_language: str
    picture: Picture | None
    pieces: tuple[PieceCard, ...]
    others: tuple[LookbookChip, ...]


def quick_label(visit: Visit, world: World) -> str:
    """What the way to the quick three says; "" where there is none."""
    w = words(visit.language)
    return w("I have 20 seconds") if world.quick else ""


def stories_label(visit: Visit, world: World) -> str:
    """What the way to the lookbooks says; "" where there is none."""
    w = words(visit.language)
    return w("Stories") if world.ready and world.shop.lookbooks else ""


# ---- the quick three ---------------------------------------------------------------------------


def quick(visit: Visit, world: World) -> QuickView:
    w = words(visit.language)
    pieces = world.quick
    when = _when(world, visit.language)
    return QuickView(
        chrome=chrome(visit, world),
        title=w("I have 20 seconds"),
        lead=w("What people come here for."),
        pieces=tuple(QuickPiece(piece_card(p, world, visit.language), when) for p in pieces),
        phone=phone(
            visit,
            world,
            [piece.handle for piece in pieces],
            lead=w("One scan takes all of it to your phone."),
        ),
        none="" if pieces else w("Everything has gone for the moment."),
        hero=shelf_hero(None, world),
    )


def _when(world: World, language: str) -> str:
    """When a piece ordered now can be with its buyer, or ready; "" where nobody can say."""
    w, now = words(language), world.shop.hours.local(world.now)
    if not world.may_order():
        return ""
    for way in (Fulfilment.COURIER, Fulfilment.COLLECT):
        promised = world.promise(way) if world.offers(way) else None
        if promised:
            when = moment_words(promised.done_by, now, language)
            if way is Fulfilment.COURIER:
                return w("With you {when}", when=when)
            return w("Ready {when}", when=when)
    return ""


# ---- to the phone ------------------------------------------------------------------------------


def phone(
    visit: Visit, world: World, handles: list[str], variant_id: str = "", lead: str = ""
) -> PhoneView:
    """The code of a public page of pieces; a reason where the page cannot be reached now."""
    w, base = words(visit.language), world.shop.public_url
    why = ""
    if not base:
        why = w("This shop has no pages for phones yet.")
    elif not world.online:
        why = w("The shop is out of reach for a moment. The code comes back with it.")
    page = "" if why or not handles else pieces_url(base, visit.language, handles, variant_id)
    url, host = code_to(page, world)
    if page and not url:
        why = w("This shop has no pages for phones yet.")
    return PhoneView(
        label=w("Take to my phone"),
        title=w("Take it to your phone"),
        lead=lead or w("Scan with your phone: the piece, its price and where the shop is."),
        url=url,
        host=host,
        why=why,
    )


# ---- pieces in a row ---------------------------------------------------------------------------


def piece_card(piece: Product, world: World, language: str) -> PieceCard:
    w, default = words(language), world.shop.default_language
    title = piece.named(language, default)
    price = price_words(piece.price_from, piece.has_price_range, language)
    sold_out = "" if piece.available else w("Sold out")
    return PieceCard(
        product_id=piece.id,
        title=title,
        maker=piece.maker,
        price=price,
        picture=piece.pictures[0] if piece.pictures else None,
        sold_out=sold_out,
        spoken=", ".join(part for part in (title, piece.maker, price, sold_out) if part),
    )


def beside(visit: Visit, world: World) -> tuple[PieceCard, ...]:
    """What goes with the piece on the screen: never what is in the basket, gone pieces last."""
    held = {line.product_id for line in visit.basket.lines} | {visit.product_id}
    wanted = (i for i in visit.looking.related if i not in held)
    known = [world.products[i] for i in wanted if i in world.products]
    known.sort(key=lambda piece: not piece.available)
    return tuple(piece_card(piece, world, visit.language) for piece in known[:BESIDE])


# ---- reviews -----------------------------------------------------------------------------------


def reviews(piece: Product, world: World, language: str) -> ReviewsView | None:
    """What buyers say, those in the visitor's language first; None where nobody has."""
    rating = piece.rating
    if rating is None:
        return None
    w = words(language)
    own = sorted(piece.reviews, key=lambda review: not review.text.get(language))
    return ReviewsView(
        title=w("Reviews"),
        share=float(rating.average) / 5,
        summary=w.count(
            "{stars} of 5, {n} review",
            "{stars} of 5, {n} reviews",
            rating.count,
            stars=formats.number(float(rating.average), language),
        ),
        lines=tuple(_review(review, world, language) for review in own),
        invented=w("Demonstration: these reviews are invented.") if world.shop.demo else "",
    )


def _review(review: Review, world: World, language: str) -> ReviewLine:
    w = words(language)
    return ReviewLine(
        stars=review.stars,
        spoken_stars=w("{stars} of 5", stars=review.stars),
        text=pick(review.text, language, world.shop.default_language),
        by=in_one_line((review.author, formats.date_of(review.on, language)), language),
        bought=w("Bought here") if review.bought_here else "",
    )


# ---- lookbooks ---------------------------------------------------------------------------------


def lookbook(visit: Visit, world: World) -> LookbookView:
    shop, language = world.shop, visit.language
    books = shop.lookbooks
    book = next((b for b in books if b.id == visit.looking.lookbook_id), None)
    known = _pieces(book, world) if book else []
    default = shop.default_language
    return LookbookView(
        chrome=chrome(visit, world),
        loading=bool(book and book.product_ids and not known),
        id=book.id if book else "",
        title=pick(book.title, language, default) if book else "",
        text=pick(book.text, language, default) if book else "",
        text_language=foreign((book.title, book.text), visit, world) if book else "",
        picture=book.picture if book else None,
        pieces=tuple(piece_card(piece, world, language) for piece in known),
        others=tuple(_chips(books, visit.looking.lookbook_id, language, default)),
    )


def _pieces(book: Lookbook, world: World) -> list[Product]:
    return [world.products[i] for i in book.product_ids if i in world.products]


def _chips(
    books: Iterable[Lookbook], open_id: str, language: str, default: str
) -> Iterable[LookbookChip]:
    for book in books:
        yield LookbookChip(book.id, pick(book.title, language, default), book.id == open_id)
