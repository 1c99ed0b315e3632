"""The services that the shop has an account with."""

from functools import cache

from django.conf import settings

from kiosk.backoffice.dispatch.accounts import Account
from kiosk.backoffice.dispatch.service import DeliveryService
from kiosk.backoffice.dispatch.stuart import Stuart
from kiosk.backoffice.dispatch.uber import UberDirect

_KINDS: dict[str, type[UberDirect] | type[Stuart]] = {
    kind.name: kind for kind in (UberDirect, Stuart)
}
TITLES = {name: kind.title for name, kind in _KINDS.items()}


def services() -> dict[str, DeliveryService]:
    """Those that can be asked, by name."""
    accounts: dict[str, Account] = settings.DELIVERY_ACCOUNTS
    return {name: _service(name, account) for name, account in accounts.items()}


@cache
def _service(name: str, account: Account) -> DeliveryService:
    """One for each account: it keeps its token."""
    return _KINDS[name](account)
