import socket

import pytest
from aiosmtpd.controller import Controller


class Sink:
    """Keeps what a mail server would have delivered."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the name is aiosmtpd's
        self.mails.append(envelope)
        return "250 Kept"


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mail_server(settings, free_port):
    """A real SMTP server, stopped at first: `.start()` and `.stop()` it; `.handler.mails` is what has arrived."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port, 5
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port)
    yield controller
    if controller.server is not None:
        controller.stop(no_assert=True)
