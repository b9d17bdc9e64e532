"""What is written is erased after a year, everywhere; what is counted stays."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.schedule import jobs
from messaging import actions
from messaging.models import ContactRequest, Reply, Report
from notifications.delivery import send_next
from notifications.models import Mail
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import letter_to, make_request
from tests.factories.moderation import make_moderator
from tests.privacy.canaries import dump

pytestmark = pytest.mark.django_db
WORD = "kanarienvogel"


def after(days: float):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def run(name: str) -> dict[str, int]:
    return jobs()[f"messaging.{name}"].work()


def written() -> ContactRequest:
    """A request with its word in everything that either side has written."""
    expert = make_expert(make_user(email=f"{WORD}@expert.example"), published=True)
    asked = make_request(
        expert, by=None, sender_name=WORD.title(), sender_address=f"{WORD}@example.org", message=WORD, sender_organization=WORD
    )
    actions.reply(asked, f"{WORD} ?", by=expert.user, is_of_sender=False)
    actions.reply(asked, f"{WORD} !", by=None, is_of_sender=True)
    actions.accept(asked, by=expert.user, address=f"shown-{WORD}@example.org")
    report = actions.report(
        Report(request=make_request(expert, by=None, message=WORD), reason="other", text=WORD), by=expert.user
    )
    actions.settle_report(report, acted=True, note=WORD, by=make_moderator())
    return asked


def stands(*, but: str = "@expert.example") -> list[str]:
    """The tables in which the word still stands, the account of the expert apart."""
    found, table = [], ""
    for line in dump().decode("utf-8", "replace").splitlines():
        if line.startswith("-- "):
            table = line[3:]
        elif WORD in line.lower().replace(f"{WORD}{but}", ""):
            found.append(table)
    return found


def test_after_a_year_what_was_written_is_in_no_table_and_the_counts_are():
    asked = written()
    while send_next():
        pass
    assert {"messaging_contactrequest", "messaging_reply", "messaging_report"} <= set(stands())
    with after(days=366):
        first, second = run("erase_texts"), run("erase_texts")

    assert first == {"requests": 2, "replies": 2, "reports": 1}
    assert second == {"requests": 0, "replies": 0, "reports": 0}
    # To whom a mail went stays as long as the account, or the log of mails, does.
    assert set(stands()) <= {"notifications_mail"}
    assert not Mail.objects.filter(kind__startswith="contact_").exclude(text="").exists()
    asked.refresh_from_db()
    assert (asked.status, asked.purpose, Reply.objects.count()) == ("accepted", "twinning", 2)


def test_before_a_year_nothing_is_erased():
    written()
    with after(days=364):
        assert run("erase_texts") == {"requests": 0, "replies": 0, "reports": 0}


def test_the_pages_of_an_erased_request_still_open(client):
    asked = written()
    with after(days=366):
        run("erase_texts")
        client.force_login(asked.draft.user)
        answer = client.get(f"/fr/contact/received/{asked.pk}/")
    assert answer.status_code == 200


def test_a_request_never_confirmed_is_forgotten_after_three_days():
    actions.ask(letter_to(make_expert(published=True)), by=None)
    with after(days=2.9):
        assert run("forget_unconfirmed") == {"requests": 0}
    with after(days=3.1):
        assert run("forget_unconfirmed") == {"requests": 1}


def test_whoever_heard_nothing_is_told_once_when_the_time_is_over():
    expert = make_expert(published=True)
    silent, told, unanswered = (make_request(expert) for _number in range(3))
    actions.decline(silent, by=expert.user)
    actions.decline(told, by=expert.user, line="Non.")
    with after(days=14.1):
        assert run("tell_expired") == {"senders": 2}
        assert run("tell_expired") == {"senders": 0}
    expired = set(Mail.objects.filter(kind="contact_expired").values_list("recipient", flat=True))
    assert expired == {silent.asked_by_id, unanswered.asked_by_id}
