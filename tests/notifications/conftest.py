import socket

import pytest
from aiosmtpd.controller import Controller

from tests.patience import PATIENCE


class Sink:
    """Keeps what a mail server would have delivered."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 Kept"


class MailServer:
    """A real SMTP server, down until `start()`. Behaviour is changed by setting hooks of aiosmtpd on `handler`."""

    def __init__(self, port):
        self.port = port
        self.handler = Sink()
        self.controller = None

    @property
    def mails(self):
        return self.handler.mails

    def start(self):
        self.controller = Controller(self.handler, hostname="127.0.0.1", port=self.port, ready_timeout=PATIENCE)
        self.controller.start()

    def stop(self):
        if self.controller is not None:
            self.controller.stop()


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mail_server(settings, free_port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port, PATIENCE
    server = MailServer(free_port)
    yield server
    server.stop()
