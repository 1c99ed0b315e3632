"""What is for sale: categories, products, variants and their pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.shop.money import Money
from kiosk.shop.reviews import Rating, Review
from kiosk.shop.text import Texts, pick

MAX_TITLE = 200
MAX_PITCH = 280
MAX_STORY = 4000


@dataclass(frozen=True, slots=True)
class Rendition:
    """One encoded size of a picture, addressed by the SHA-256 of its bytes (hex)."""

    sha256: str
    width: int
    height: int
    bytes: int = 0

    def __post_init__(self) -> None:
        if len(self.sha256) != 64 or not set(self.sha256) <= set("0123456789abcdef"):
            raise ValueError("a rendition is addressed by 64 hexadecimal digits")
        if not (0 < self.width <= 8192 and 0 < self.height <= 8192):
            raise ValueError(f"a picture of {self.width}x{self.height} px is out of bounds")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph in one or more sizes, smallest first."""

    renditions: tuple[Rendition, ...]
    alt: Texts = field(default_factory=dict)

    def at_least(self, width: int, height: int = 0) -> Rendition | None:
        """The smallest rendition that covers width x height px, else the largest there is."""
        for rendition in self.renditions:
            if rendition.width >= width and rendition.height >= height:
                return rendition
        return self.renditions[-1] if self.renditions else None


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf. `position` orders shelves; ids are stable."""

    id: str
    title: Texts
    position: int = 0


@dataclass(frozen=True, slots=True)
class Variant:
    """What is actually bought: one SKU with its price and stock.

    `options` maps option id → value id (see Product.options). `stock` is pieces at hand,
    None where stock is not counted. `picture` indexes Product.pictures.
    """

    id: str
    sku: str
    price: Money
    options: Mapping[str, str] = field(default_factory=dict)
    gtin: str = ""
    compare_at: Money | None = None
    stock: int | None = None
    picture: int | None = None

    @property
    def available(self) -> bool:
        return self.stock is None or self.stock > 0


@dataclass(frozen=True, slots=True)
class OptionValue:
    id: str
    title: Texts
    swatch: str = ""  # "#rrggbb" for a colour, else ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice such as colour or size, with its values in display order."""

    id: str
    title: Texts
    values: tuple[OptionValue, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """A product as a passer-by sees it. `version` rises with every change.

    `reviews` are the newest that the shop lets stand, `rating` counts all of those.
    `related` are the ids of pieces that the shop itself puts beside it.
    """

    id: str
    handle: str
    version: int
    category_id: str
    title: Texts
    variants: tuple[Variant, ...]
    position: int = 0
    pitch: Texts = field(default_factory=dict)
    story: Texts = field(default_factory=dict)
    maker: str = ""
    maker_town: str = ""
    maker_km: int | None = None
    material: Texts = field(default_factory=dict)
    care: Texts = field(default_factory=dict)
    meaning: Texts = field(default_factory=dict)
    meaning_proof: Texts = field(default_factory=dict)
    weight_g: int | None = None
    options: tuple[Option, ...] = ()
    pictures: tuple[Picture, ...] = ()
    reviews: tuple[Review, ...] = ()
    rating: Rating | None = None
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.variants:
            raise ValueError(f"product {self.handle!r} has no variant")

    @property
    def available(self) -> bool:
        return any(v.available for v in self.variants)

    @property
    def price_from(self) -> Money:
        """The lowest price among the variants that can be bought, else among all."""
        buyable = [v for v in self.variants if v.available] or list(self.variants)
        return min((v.price for v in buyable), key=lambda m: m.minor)

    @property
    def has_price_range(self) -> bool:
        return len({v.price.minor for v in self.variants}) > 1

    def variant(self, variant_id: str) -> Variant | None:
        return next((v for v in self.variants if v.id == variant_id), None)

    def named(self, language: str, default: str) -> str:
        return pick(self.title, language, default)

    def variant_label(self, variant: Variant, language: str, default: str) -> str:
        """ "Céladon · 38", or "" for a product without options."""
        words = []
        for option in self.options:
            value_id = variant.options.get(option.id)
            value = next((v for v in option.values if v.id == value_id), None)
            if value:
                words.append(pick(value.title, language, default))
        return " · ".join(words)
