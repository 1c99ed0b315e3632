"""Signing in, often."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _passwords_are_checked_fast(request: pytest.FixtureRequest) -> Iterator[None]:
    """Argon2 is slow on purpose, and not what is tested here. A server of its own keeps it."""
    if "serve" in request.fixturenames:
        yield
        return
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
