"""Vitrine: a shop window that sells at night."""

__version__ = "0.1.0"
