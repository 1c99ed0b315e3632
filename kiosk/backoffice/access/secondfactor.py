"""The second factor: six digits from an app on the phone (TOTP, RFC 6238), or a recovery code."""

import base64
import hmac
import logging
import secrets
import time

import pyotp
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from kiosk.backoffice.access.models import Person, RecoveryCode
from kiosk.backoffice.access.team import role_of
from kiosk.backoffice.roles import SECOND_FACTOR_COMPULSORY

log = logging.getLogger("kiosk.access")

STEP_S = 30  # RFC 6238 4.1: the default, and the only one that all apps know
DRIFT = 1  # steps either way that a phone's clock may be wrong
RECOVERY_CODES = 10
# No letter or digit that is taken for another one; 23 of them, ten long: 45 bits.
_ALPHABET = "34679acdefghjkmnprtwxyz"
_CODE_LENGTH = 10


def person_of(user: User) -> Person:
    """The row of `user`, made on first use."""
    return Person.objects.get_or_create(user=user)[0]


def has_second_factor(user: User) -> bool:
    return Person.objects.filter(user=user).exclude(secret="").exists()


def needs_second_factor(user: User) -> bool:
    """Whether this person's role does not come in without one."""
    return role_of(user) in SECOND_FACTOR_COMPULSORY


def begin_set_up(user: User) -> str:
    """A fresh secret in base32, to be shown once; it counts once a code of it was entered."""
    secret = pyotp.random_base32()
    person_of(user)
    Person.objects.filter(user=user).update(new_secret=_seal(user, secret))
    return secret


def address(secret: str, user: User, shop: str) -> str:
    """What the QR code says to the phone's app: an otpauth:// address."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=shop)


def finish_set_up(user: User, code: str, now: float | None = None) -> list[str] | None:
    """Make the secret that is being set up the person's own; their recovery codes, shown once.

    None where `code` is none of it; nothing has changed then.
    """
    person = person_of(user)
    step = _step_of(_open(user, person.new_secret), code, now)
    if step is None:
        return None
    with transaction.atomic():
        taken = Person.objects.filter(user=user, new_secret=person.new_secret).update(
            secret=person.new_secret,
            new_secret="",
            second_factor_since=timezone.now(),
            last_step=step,
        )
        return new_recovery_codes(user) if taken else None


def new_recovery_codes(user: User) -> list[str]:
    """Ten fresh codes, each for one sign-in; the older ones end. They are kept hashed only."""
    codes = [
        "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, hashed=_hashed(user, code)) for code in codes
        )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user).count()


def accept_code(user: User, code: str, now: float | None = None) -> bool:
    """Whether `code` lets the person in. It is used up: a second time it does not.

    `now` is seconds since 1970. A code of the app is good for its own step and DRIFT steps either
    way, but never once a code of the same or a later step was used.
    """
    person = Person.objects.filter(user=user).exclude(secret="").first()
    if person is None:
        return False
    step = _step_of(_open(user, person.secret), code, now)
    if step is not None:
        # Of two that come with the same code at once, only the one that moves the step enters.
        unused = Person.objects.filter(user=user, secret=person.secret, last_step__lt=step)
        return unused.update(last_step=step) == 1
    found = RecoveryCode.objects.filter(user=user, hashed=_hashed(user, _plain(code)))
    return found.delete()[0] == 1


def remove_second_factor(user: User) -> None:
    """Forget the secret and the recovery codes."""
    with transaction.atomic():
        Person.objects.filter(user=user).update(
            secret="", new_secret="", second_factor_since=None, last_step=0
        )
        RecoveryCode.objects.filter(user=user).delete()


def _step_of(secret: str, code: str, now: float | None) -> int | None:
    """The step whose code this is, of those that the drift allows."""
    digits = code.replace(" ", "")
    if not secret or not (digits.isascii() and digits.isdigit()):
        return None
    here = int((time.time() if now is None else now) // STEP_S)
    made = pyotp.TOTP(secret)
    near = [
        step
        for step in range(here - DRIFT, here + DRIFT + 1)
        if hmac.compare_digest(made.generate_otp(step), digits)
    ]
    return near[-1] if near else None


def _box(user: User) -> SecretBox:
    # Another person's row, copied over this one, does not open.
    return SecretBox(salted_hmac("kiosk.second-factor", str(user.pk), algorithm="sha256").digest())


def _seal(user: User, secret: str) -> str:
    return base64.b64encode(_box(user).encrypt(secret.encode())).decode()


def _open(user: User, sealed: str) -> str:
    """The secret; "" without one, or with one that was sealed with another secret key."""
    if not sealed:
        return ""
    try:
        return _box(user).decrypt(base64.b64decode(sealed)).decode()
    except (CryptoError, ValueError):
        log.error(
            "a second factor was sealed with another secret-key: put that file back, or run "
            "kiosk backoffice owner reset-second-factor NAME"
        )
        return ""


def _plain(code: str) -> str:
    return "".join(c for c in code.lower() if c.isalnum())[:64]


def _hashed(user: User, code: str) -> str:
    salt = f"kiosk.recovery-code:{user.pk}"
    return salted_hmac(salt, code, algorithm="sha256").hexdigest()
