"""A basket: lines of variants and quantities. Immutable; every change gives a new one."""

from dataclasses import dataclass, replace

from kiosk.shop.money import Money

MAX_LINES = 30
MAX_QUANTITY = 20


class BasketError(ValueError):
    """The change is not possible; `code` is for the view, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Line:
    """`unit_price` is what the visitor saw when the line was added."""

    variant_id: str
    product_id: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Basket:
    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    def quantity_of(self, variant_id: str) -> int:
        return next((x.quantity for x in self.lines if x.variant_id == variant_id), 0)

    def subtotal(self, currency: str) -> Money:
        total = Money.zero(currency)
        for line in self.lines:
            total += line.total
        return total

    def add(self, line: Line, stock: int | None = None) -> "Basket":
        """Add `line.quantity` pieces; `stock` is what the shop has of this variant.

        Raises BasketError("stock"), ("quantity") or ("lines").
        """
        wanted = self.quantity_of(line.variant_id) + line.quantity
        if stock is not None and wanted > stock:
            raise BasketError("stock", f"only {stock} left of {line.variant_id}")
        if wanted > MAX_QUANTITY:
            raise BasketError("quantity", f"at most {MAX_QUANTITY} of one piece")
        if self.quantity_of(line.variant_id):
            return self.set_quantity(line.variant_id, wanted)
        if len(self.lines) >= MAX_LINES:
            raise BasketError("lines", f"at most {MAX_LINES} different pieces")
        return Basket((*self.lines, line))

    def set_quantity(self, variant_id: str, quantity: int) -> "Basket":
        """Set a line's quantity; 0 removes it."""
        if quantity <= 0:
            return self.remove(variant_id)
        if quantity > MAX_QUANTITY:
            raise BasketError("quantity", f"at most {MAX_QUANTITY} of one piece")
        return Basket(
            tuple(
                replace(x, quantity=quantity) if x.variant_id == variant_id else x
                for x in self.lines
            )
        )

    def remove(self, variant_id: str) -> "Basket":
        return Basket(tuple(x for x in self.lines if x.variant_id != variant_id))
