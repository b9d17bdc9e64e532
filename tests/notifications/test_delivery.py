import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from notifications.delivery import RECEIVED, send_next
from notifications.models import RETRY_AFTER, Mail
from tests.factories.notifications import make_mail
from tests.patience import PATIENCE
from tests.processes import environment

WORKER = [sys.executable, "-m", "django", "mail_worker"]


def run_worker():
    call_command("mail_worker", once=True)


@pytest.fixture(autouse=True)
def _signal_handlers():
    kept = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in kept.items():
        signal.signal(name, handler)


@pytest.mark.django_db
def test_a_mail_arrives_as_text_and_html(mail_server):
    mail = make_mail(language="ar", name="Amina")
    mail_server.start()
    run_worker()
    [envelope] = mail_server.mails
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["amina@example.org"]
    assert message["Subject"].strip() == mail.subject
    assert message["Content-Language"] == "ar"
    assert message.get_body(["plain"]).get_content().split() == mail.text.split()
    assert 'dir="rtl"' in message.get_body(["html"]).get_content()
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert mail.sent_at
    assert mail.text


@pytest.mark.django_db
def test_a_day_brings_one_person_so_many_mails_the_rest_waits_and_what_is_urgent_does_not(mail_server):
    """Whoever and whatever writes: what is counted is what one address received."""
    mail_server.start()
    for number in range(RECEIVED.amount + 2):
        make_mail(name=f"n{number}")
    make_mail(to="other@example.org")
    make_mail(kind="password_changed")
    run_worker()
    waiting = Mail.objects.queued()
    assert [envelope.rcpt_tos for envelope in mail_server.mails].count(["amina@example.org"]) == RECEIVED.amount + 1
    assert [(mail.address, mail.attempts, mail.kind) for mail in waiting] == [("amina@example.org", 0, "entry_restored")] * 2
    with time_machine.travel(max(mail.next_attempt_at for mail in waiting)):
        run_worker()
    assert not Mail.objects.queued().exists()


@pytest.mark.django_db
def test_what_waits_while_the_server_is_down_arrives_when_it_is_up(mail_server):
    mail = make_mail()
    run_worker()
    mail.refresh_from_db()
    assert mail.status == "queued"
    assert mail.attempts == 1
    assert "ConnectionRefused" in mail.last_error
    mail_server.start()
    run_worker()
    assert mail_server.mails == []
    Mail.objects.update(next_attempt_at=timezone.now())
    run_worker()
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert mail.last_error == ""
    assert len(mail_server.mails) == 1


@pytest.mark.django_db
def test_the_pauses_grow_and_end(mail_server):
    mail = make_mail()
    for pause in RETRY_AFTER:
        before = timezone.now()
        assert send_next()
        mail.refresh_from_db()
        assert before + pause <= mail.next_attempt_at <= timezone.now() + pause
        Mail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert send_next()
    mail.refresh_from_db()
    assert mail.status == "failed"
    assert mail.next_attempt_at is None
    assert not send_next()


@pytest.mark.django_db
def test_a_refused_address_is_given_up_at_once_and_does_not_hold_up_the_others(mail_server):
    refused, accepted = make_mail(to="gone@example.org"), make_mail()

    async def handle_rcpt(server, session, envelope, address, options):
        if address == "gone@example.org":
            return "550 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    mail_server.handler.handle_RCPT = handle_rcpt
    mail_server.start()
    run_worker()
    refused.refresh_from_db()
    accepted.refresh_from_db()
    assert (refused.status, accepted.status) == ("failed", "sent")


@pytest.mark.django_db
def test_a_confidential_mail_is_blank_once_sent(mail_server):
    mail = make_mail(confidential=True)
    mail_server.start()
    run_worker()
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert mail.text == mail.html == ""
    assert b"Content-Type: text/html" in mail_server.mails[0].content


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(mail_server):
    addresses = {make_mail(to=f"person{number}@example.org").address for number in range(30)}
    mail_server.start()

    def work():
        while send_next():
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    received = [envelope.rcpt_tos[0] for envelope in mail_server.mails]
    assert len(received) == 30
    assert set(received) == addresses


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_s_mail_is_sent_by_the_next(mail_server):
    make_mail()
    seen, go_on = threading.Event(), threading.Event()

    async def handle_mail(server, session, envelope, address, options):
        envelope.mail_from = address
        if not seen.is_set():
            seen.set()
            go_on.wait(PATIENCE)
        return "250 OK"

    mail_server.handler.handle_MAIL = handle_mail
    mail_server.start()
    worker = subprocess.Popen(WORKER, env=delivering_to(mail_server))
    assert seen.wait(PATIENCE)
    worker.kill()
    worker.wait()
    go_on.set()
    deadline = time.monotonic() + PATIENCE
    while Mail.objects.get().status != "sent" and time.monotonic() < deadline:
        run_worker()
    assert Mail.objects.get().status == "sent"
    assert len(mail_server.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_asked_to_stop_stops(mail_server):
    mail_server.start()
    make_mail()
    worker = subprocess.Popen([*WORKER, "--pause", "30"], env=delivering_to(mail_server))
    deadline = time.monotonic() + PATIENCE
    while Mail.objects.get().status != "sent" and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE) == 0


def test_the_demo_sends_nothing(settings):
    settings.DEMO, settings.EMAIL_HOST = True, ""
    with pytest.raises(CommandError, match="The demo sends no mail"):
        run_worker()


def delivering_to(mail_server) -> dict[str, str]:
    return environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(mail_server.port))
