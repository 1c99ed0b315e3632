"""What crosses the wire between a window and its back office: one definition for both sides.

The ground floor's dataclasses travel as they are; pydantic validates them at both ends.
"""

from kiosk.contract.catalogue import CatalogueChanges, HeroCard
from kiosk.contract.delivery import (
    CameraUrl,
    CameraView,
    CourierCard,
    DeliveryStep,
    DeliveryView,
    Passing,
    PassingNow,
    PositionFix,
    ProofView,
)
from kiosk.contract.errors import ErrorCode, Problem
from kiosk.contract.events import Event, EventBatch, EventKind
from kiosk.contract.messages import (
    CONTRACT,
    CONTRACT_HEADER,
    IDEMPOTENCY_HEADER,
    SIGNATURE_HEADER,
    Answer,
    ContractError,
    Hello,
    Request,
    check_contract,
)
from kiosk.contract.orders import (
    AddressGiven,
    ContactGiven,
    FollowedOrder,
    LookupAsked,
    LookupFound,
    MoneyClaim,
    OrderLine,
    OrderReceipt,
    OrderRequest,
    OrderView,
    OrderViewLine,
    Personal,
    Quote,
    QuoteLine,
    QuoteRequest,
    Sealed,
)
from kiosk.contract.profile import SealingKey, ShopAddress, ShopProfile
from kiosk.contract.showing import CodeShown
from kiosk.contract.windows import ParkedOrder, WindowHere, WindowKnown

__all__ = [
    "CONTRACT",
    "CONTRACT_HEADER",
    "IDEMPOTENCY_HEADER",
    "SIGNATURE_HEADER",
    "AddressGiven",
    "Answer",
    "CameraUrl",
    "CameraView",
    "CatalogueChanges",
    "CodeShown",
    "ContactGiven",
    "ContractError",
    "CourierCard",
    "DeliveryStep",
    "DeliveryView",
    "ErrorCode",
    "Event",
    "EventBatch",
    "EventKind",
    "FollowedOrder",
    "Hello",
    "HeroCard",
    "LookupAsked",
    "LookupFound",
    "MoneyClaim",
    "OrderLine",
    "OrderReceipt",
    "OrderRequest",
    "OrderView",
    "OrderViewLine",
    "ParkedOrder",
    "Passing",
    "PassingNow",
    "Personal",
    "PositionFix",
    "Problem",
    "ProofView",
    "Quote",
    "QuoteLine",
    "QuoteRequest",
    "Request",
    "Sealed",
    "SealingKey",
    "ShopAddress",
    "ShopProfile",
    "WindowHere",
    "WindowKnown",
    "check_contract",
]
