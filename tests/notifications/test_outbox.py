import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from notifications import actions
from notifications.models import Mail
from notifications.outbox import queue
from tests.factories.accounts import make_staff, make_user
from tests.factories.notifications import make_mail

pytestmark = pytest.mark.django_db
CONTEXT = {"name": "Amina", "page_url": "/fr/"}


def test_a_mail_is_in_the_language_of_its_reader_whatever_the_page():
    with override("en"):
        mail = queue("entry_restored", to=make_user(language="ar"), context=CONTEXT)
    assert mail.language == "ar"
    assert "http://127.0.0.1:8000/ar/" in mail.text


def test_an_address_with_an_account_gets_its_language_and_one_without_gets_the_page_s():
    user = make_user(language="ar")
    with override("en"):
        assert queue("entry_restored", to=user.email.upper(), context=CONTEXT).recipient == user
        assert queue("entry_restored", to=user.email, context=CONTEXT).language == "ar"
        assert queue("entry_restored", to="nobody@example.org", context=CONTEXT).language == "en"


def test_the_mail_goes_with_the_transaction():
    with transaction.atomic():
        queue("entry_restored", to="a@example.org", context=CONTEXT, language="fr")
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_the_same_key_is_mailed_once():
    assert queue("entry_restored", to="a@example.org", context=CONTEXT, language="fr", dedupe_key="restored:1")
    assert queue("entry_restored", to="a@example.org", context=CONTEXT, language="fr", dedupe_key="restored:1") is None
    assert Mail.objects.count() == 1


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="not a valid MailKind"):
        queue("greetings", to="a@example.org", context={})


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", ""])
def test_an_address_cannot_write_a_header(address):
    with pytest.raises(ValidationError):
        queue("entry_restored", to=address, context=CONTEXT, language="fr")


def test_mails_with_codes_and_personal_links_are_confidential():
    assert queue("login_code", to="a@example.org", context={"code": "ABCD-EFGH"}, language="fr").confidential
    assert not queue("entry_restored", to="a@example.org", context=CONTEXT, language="fr").confidential


def test_editing_keeps_the_html_in_step():
    mail = make_mail()
    assert actions.edit(mail, subject="Bonjour", text="Un autre texte", by=make_staff())
    mail.refresh_from_db()
    assert "Un autre texte" in mail.html
    assert mail.subject == "Bonjour"


@pytest.mark.parametrize("fields", [{"status": "cancelled", "next_attempt_at": None}, {"confidential": True}])
def test_only_waiting_mails_that_may_be_read_are_edited(fields):
    mail = make_mail(**fields)
    assert not actions.edit(mail, subject="Bonjour", text="Un autre texte", by=make_staff())
    mail.refresh_from_db()
    assert mail.subject != "Bonjour"


def test_a_cancelled_mail_can_be_queued_again():
    mail = make_mail()
    assert actions.cancel(Mail.objects.all(), by=make_staff()) == 1
    assert actions.retry(Mail.objects.all(), by=make_staff()) == 1
    mail.refresh_from_db()
    assert mail.status == "queued"


@pytest.mark.parametrize(
    "fields",
    [{"status": "sent"}, {"next_attempt_at": None}, {"subject": "a\nb"}, {"text": ""}, {"language": "de"}, {"status": "lost"}],
)
def test_the_database_refuses_impossible_mails(fields):
    make_mail()
    with pytest.raises(IntegrityError):
        Mail.objects.update(**fields)
