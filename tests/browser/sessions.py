import time
from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from django.test import Client

from accounts.models import User

A_DAY = 24 * 60 * 60


def session_of(user: User) -> str:
    """Somebody who has just given the password, also for the pages that ask again, however long the test takes.

    The sign-in pages have a journey of their own.
    """
    client = Client()
    client.force_login(user)
    session = client.session
    given = {"email": user.email, "reauthenticated": True, "at": time.time() + A_DAY}
    record_authentication(SimpleNamespace(session=session), user, "password", **given)
    session.save()
    return session.session_key
