import logging
import signal
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from notifications.delivery import send_next

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends the queued mails. Several workers may run side by side."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due, then stop")
        parser.add_argument("--pause", type=float, default=2, help="seconds between two looks at an empty queue (default: 2)")

    def handle(self, *, once, pause, **options):
        if settings.DEMO and not settings.EMAIL_HOST:
            raise CommandError("The demo sends no mail: read the mails at /dev/mail/. Set EMAIL_HOST to send them all the same.")
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            # The mail in hand is finished first.
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            if self.send_next_or_wait_for_the_database():
                continue
            if once:
                break
            stop.wait(pause)

    def send_next_or_wait_for_the_database(self) -> bool:
        try:
            return send_next()
        except (OperationalError, InterfaceError):
            logger.exception("The database does not answer")
            connection.close()
            return False
