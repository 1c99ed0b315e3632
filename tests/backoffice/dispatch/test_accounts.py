"""Accounts come from the environment, their secrets from files; half of one is said at once."""

from pathlib import Path

import pytest

from kiosk.backoffice.dispatch.accounts import AccountError, accounts_from


def environment(tmp_path: Path, **changes: str) -> dict[str, str]:
    (tmp_path / "secret").write_text("a-client-secret\n")
    (tmp_path / "key").write_text("a-signing-key-of-length\n")
    usual = {
        "KIOSK_UBER_CUSTOMER_ID": "customer",
        "KIOSK_UBER_CLIENT_ID": "client",
        "KIOSK_UBER_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        "KIOSK_UBER_SIGNING_KEY_FILE": str(tmp_path / "key"),
    }
    return {name: value for name, value in (usual | changes).items() if value}


def test_an_account_without_its_secrets_in_sight(tmp_path: Path) -> None:
    assert accounts_from({}) == {}
    account = accounts_from(environment(tmp_path))["uber_direct"]
    assert (account.url, account.login_url) == ("https://api.uber.com", "https://auth.uber.com")
    assert account.client_secret == "a-client-secret"
    assert "secret" not in repr(account) and "signing" not in repr(account)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KIOSK_UBER_CLIENT_ID", "", "KIOSK_UBER_CLIENT_ID is missing"),
        ("KIOSK_UBER_CLIENT_SECRET_FILE", "/nowhere", "cannot read /nowhere"),
        ("KIOSK_UBER_URL", "http://uber.example", "must be an https:// address"),
    ],
)
def test_half_an_account_says_what_is_missing(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    with pytest.raises(AccountError, match=said):
        accounts_from(environment(tmp_path, **{name: value}))


def test_a_short_key_is_none(tmp_path: Path) -> None:
    given = environment(tmp_path)
    (tmp_path / "key").write_text("short")
    with pytest.raises(AccountError, match="16 characters"):
        accounts_from(given)
