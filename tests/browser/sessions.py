import time

from django.test import Client

from accounts.models import User


def session_of(user: User) -> str:
    """Somebody who has just signed in, without the slow hash of a password: the sign-in pages have a journey of their own."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": user.email}]
    session.save()
    return session.session_key
