"""The mails of getting in touch as they arrive: through a real server, strictly parsed."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.management import call_command

from core.languages import LANGUAGES, text_direction
from messaging import actions
from notifications.models import Mail
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import make_request

pytestmark = pytest.mark.django_db
HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Content-Language",
    "Auto-Submitted",
    "X-Peer",
    "X-MailFrom",
    "X-RcptTo",
}


def received(mail_server) -> list[EmailMessage]:
    """Everything of this conversation, each parsed so that any fault of form is an error."""
    Mail.objects.exclude(kind__startswith="contact_").delete()
    mail_server.start()
    call_command("mail_worker", once=True)
    return [message_from_bytes(envelope.content, policy=policy.strict) for envelope in mail_server.mails]


def whole_conversation(language: str):
    """A question, an answer, a yes: written in one language by both."""
    expert = make_expert(make_user(email="amina@example.org", language=language), published=True)
    asked = make_request(expert, by=None, language=language, message="Bonjour.\nتحية طيبة.")
    actions.reply(asked, "متى ؟ When?", by=expert.user, is_of_sender=False)
    actions.reply(asked, "En mai.", by=None, is_of_sender=True)
    actions.accept(asked, by=expert.user, address="cabinet@example.org")
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mail_is_well_formed_in_the_language_of_its_reader(mail_server, language):
    whole_conversation(language)
    mails = received(mail_server)

    assert len(mails) == 6
    for mail in mails:
        assert mail["Content-Language"] == language
        assert set(mail.keys()) <= HEADERS
        html = mail.get_body(["html"]).get_content()
        assert f'<html lang="{language}" dir="{text_direction(language)}">' in html
        assert mail.get_body(["plain"]).get_content().strip()


def test_the_mails_of_one_side_lie_together_and_the_two_sides_have_nothing_in_common(mail_server):
    whole_conversation("fr")
    threads: dict[str, set[str]] = {}
    for mail in received(mail_server):
        assert mail["References"] == mail["In-Reply-To"]
        threads.setdefault(mail["To"], set()).add(mail["References"])

    assert {address: len(found) for address, found in threads.items()} == {"malika@example.org": 1, "amina@example.org": 1}
    assert not threads["malika@example.org"] & threads["amina@example.org"]


def test_no_header_names_the_other_side_or_what_was_written(mail_server):
    whole_conversation("fr")
    for mail in received(mail_server):
        headers = " ".join(f"{name}: {value}" for name, value in mail.items() if name not in {"To", "X-RcptTo"})
        assert not re.search(r"malika|amina|cabinet|bonjour|salma", headers, re.IGNORECASE)


def test_no_mail_of_the_conversation_keeps_its_text_once_it_is_sent(mail_server):
    whole_conversation("fr")
    received(mail_server)
    assert set(Mail.objects.values_list("text", "html", "status")) == {("", "", "sent")}
