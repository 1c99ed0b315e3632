"""Where every saved change finds its way to the windows."""


def connect() -> None:
    """Connect the receivers, once."""
