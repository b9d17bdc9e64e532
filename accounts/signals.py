"""What people do with their accounts, written into the journal: django-allauth and Django tell of it by signals."""

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver

from journal.actions import record
from journal.verbs import Verb

FACTOR_VERBS = {
    factor_signals.authenticator_added: Verb.FACTOR_ADDED,
    factor_signals.authenticator_removed: Verb.FACTOR_REMOVED,
    factor_signals.authenticator_reset: Verb.FACTOR_RESET,
}


@receiver(account_signals.user_signed_up)
def signed_up(user, **kwargs) -> None:
    record(Verb.SIGNED_UP, user, by=user)


@receiver(auth_signals.user_logged_in)
def logged_in(user, **kwargs) -> None:
    record(Verb.LOGGED_IN, user, by=user)


@receiver(auth_signals.user_logged_out)
def logged_out(user, **kwargs) -> None:
    if user is not None:  # nobody was logged in
        record(Verb.LOGGED_OUT, user, by=user)


@receiver([account_signals.password_set, account_signals.password_changed, account_signals.password_reset])
def password_changed(user, **kwargs) -> None:
    record(Verb.PASSWORD_CHANGED, user, by=user)


@receiver(account_signals.email_confirmed)
def address_confirmed(email_address, **kwargs) -> None:
    record(Verb.ADDRESS_CONFIRMED, email_address.user, by=email_address.user)


@receiver(account_signals.email_added)
def address_added(user, **kwargs) -> None:
    record(Verb.ADDRESS_ADDED, user, by=user)


@receiver(account_signals.email_changed)
def address_changed(user, from_email_address, to_email_address, **kwargs) -> None:
    if from_email_address and from_email_address != to_email_address:  # at sign-up the first one becomes the address
        record(Verb.ADDRESS_CHANGED, user, by=user)


@receiver(account_signals.email_removed)
def address_removed(user, **kwargs) -> None:
    record(Verb.ADDRESS_REMOVED, user, by=user)


@receiver(list(FACTOR_VERBS))
def factor_changed(user, authenticator, signal, **kwargs) -> None:
    record(FACTOR_VERBS[signal], user, by=user, factor=authenticator.type)
