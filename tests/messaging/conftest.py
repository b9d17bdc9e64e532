"""Borrows the mail server of the tests of notifications."""

from tests.notifications.conftest import free_port, mail_server

__all__ = ["free_port", "mail_server"]
