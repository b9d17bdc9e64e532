import pytest
from django.urls import reverse

from notifications.models import Mail
from notifications.outbox import queue
from tests.factories.accounts import make_admin, make_staff
from tests.factories.notifications import make_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_page(client):
    client.force_login(make_admin())
    return client


def change_url(mail):
    return reverse("admin:notifications_mail_change", args=[mail.pk])


def test_a_waiting_mail_is_edited_and_previewed(admin_page):
    mail = make_mail()
    page = admin_page.get(change_url(mail)).content.decode()
    preview = reverse("admin:notifications_mail_html", args=[mail.pk])
    assert f'<iframe src="{preview}" class="mail-preview" sandbox' in page
    assert "sandbox" in admin_page.get(preview)["Content-Security-Policy"]
    admin_page.post(change_url(mail), {"subject": "Bonjour", "text": "Un autre texte"})
    mail.refresh_from_db()
    assert mail.subject == "Bonjour"
    assert "Un autre texte" in mail.html


def test_a_subject_of_two_lines_is_refused(admin_page):
    mail = make_mail()
    response = admin_page.post(change_url(mail), {"subject": "a\u2028Bcc: x@example.org", "text": "Un texte"})
    assert response.status_code == 200
    mail.refresh_from_db()
    assert "Bcc" not in mail.subject


def test_nobody_reads_or_rewrites_a_confidential_mail(admin_page):
    mail = queue("login_code", to="a@example.org", context={"code": "ABCD-EFGH"}, language="fr")
    assert "ABCD-EFGH" not in admin_page.get(change_url(mail)).content.decode()
    assert admin_page.get(reverse("admin:notifications_mail_html", args=[mail.pk])).status_code == 404
    admin_page.post(change_url(mail), {"subject": "Bonjour", "text": "Un autre texte"})
    mail.refresh_from_db()
    assert "ABCD-EFGH" in mail.text


def test_mails_are_cancelled_and_sent_again_from_the_list(admin_page):
    mail = make_mail()
    for action, status in [("cancel_mails", "cancelled"), ("retry_mails", "queued")]:
        admin_page.post(reverse("admin:notifications_mail_changelist"), {"action": action, "_selected_action": [mail.pk]})
        assert Mail.objects.get().status == status


def test_a_sent_mail_stays_as_it_was(admin_page):
    mail = make_mail(status="sent", sent_at="2026-11-23T10:00Z", next_attempt_at=None)
    admin_page.post(change_url(mail), {"subject": "Bonjour", "text": "Un autre texte"})
    mail.refresh_from_db()
    assert mail.subject != "Bonjour"


def test_staff_without_the_right_reads_no_mail(client):
    client.force_login(make_staff())
    mail = make_mail()
    assert client.get(reverse("admin:notifications_mail_html", args=[mail.pk])).status_code == 403
    assert client.get(reverse("admin:notifications_mail_changelist")).status_code == 403
