"""Orders handed over to a delivery service.

The shapes of Uber Direct and Stuart are written down from their public documentation and from
public clients. Nothing here was ever tried against the real services.
"""
