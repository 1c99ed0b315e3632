"""What the store is given: the link behind it and the stage before it."""

from typing import Any, Protocol

from kiosk.contract import OrderRequest, Quote, QuoteRequest
from kiosk.shop.selection import Selection
from kiosk.window.replica import Kept, OrderSummary
from kiosk.window.visit import Screen
from kiosk.window.visit.views import ComfortView, IdleView


class BackOffice(Protocol):
    """What the visit needs of the link. All but `follow` and `unfollow` wait: on workers."""

    def quote(self, asked: QuoteRequest) -> Quote: ...

    def place(self, order: OrderRequest, summary: OrderSummary) -> Kept: ...

    def ready_for_orders(self) -> bool: ...

    def follow(self, token: str) -> None: ...

    def unfollow(self) -> None: ...


class Stage(Protocol):
    """What shows: the director."""

    def show(self, name: Screen, view: Any) -> None: ...

    def say(self, text: str, icon: str, count: int) -> None: ...

    def comfort(self, view: ComfortView | None) -> None: ...

    def idle(self, view: IdleView | None) -> None: ...

    def foresee(self, selection: Selection) -> None: ...

    def rehearse(self, name: Screen, view: Any) -> None: ...

    def forget(self) -> None: ...
