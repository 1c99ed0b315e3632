"""What is printed: labels, sleeves, prints, scarves, marbled paper. All drawn by program."""

from .picture import printed

__all__ = ["printed"]
