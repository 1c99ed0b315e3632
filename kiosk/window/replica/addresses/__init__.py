"""Streets, towns and numbers of the places that a shop delivers to, for completion."""

from kiosk.window.replica.addresses.index import AddressIndex
from kiosk.window.replica.addresses.sources import AddressFileError, check_address_file

__all__ = ["AddressFileError", "AddressIndex", "check_address_file"]
