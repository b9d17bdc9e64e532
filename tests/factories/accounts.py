import time
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User

PASSWORD = "sept-collines-et-une-mosaique"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NAMES = ("Alaoui", "Benali", "Chraibi", "Dahbi", "El Fassi", "Filali", "Guessous")
_numbers = count(1)


def make_user(*, password: str | None = None, verified: bool = True, **fields) -> User:
    """A person with a confirmed address; without `password`, one who can only be logged in by force_login (no slow hash)."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    fields.setdefault("name", f"Personne {NAMES[number % len(NAMES)]}")
    user = User.objects.create_user(password=password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def make_staff(**fields) -> User:
    """A member of the coordination team with a second factor."""
    user = make_user(is_staff=True, **fields)
    add_totp(user)
    return user


def make_admin(**fields) -> User:
    return make_staff(is_superuser=True, **fields)


def add_totp(user: User) -> Authenticator:
    return TOTP.activate(user, TOTP_SECRET).instance


def totp_code(secret: str = TOTP_SECRET) -> str:
    """What the telephone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_recovery_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()


def log_in(client: Client, user: User) -> None:
    """By password, as the person does it, and once more for the pages that ask again."""
    client.post("/fr/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/fr/accounts/reauthenticate/", {"password": PASSWORD})
