"""Before something goes to review its author reads the whole of it, and afterwards holds a number."""

import pytest
from django.test import Client

from moderation import actions as moderation
from moderation.models import Submission
from notifications.models import Mail
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator, make_submission

pytestmark = pytest.mark.django_db
CHECK = "/en/experts/mine/submit/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_field_is_shown_with_its_value_and_the_way_to_change_it():
    draft = make_expert(headline="Hydrologue en oasis", biography="Vingt ans dans le Tafilalet.")
    page = signed_in(draft.user).get(CHECK).text
    for said in ("Hydrologue en oasis", "Vingt ans dans le Tafilalet.", "/en/experts/edit/identity/", "three working days"):
        assert said in page
    assert not Submission.objects.exists()


def test_of_a_public_page_only_what_differs_is_shown_beside_what_is_public():
    draft = make_expert(published=True, headline="Hydrologue", biography="Vingt ans dans le Tafilalet.")
    draft.headline_fr = "Hydrologue en oasis"
    draft.save()
    steps = signed_in(draft.user).get(CHECK).context["steps"]
    assert [[field.change.name for field in step.fields] for step in steps] == [["headline"]]


def test_where_nothing_is_to_be_sent_the_way_leads_back():
    draft = make_expert(published=True)
    assert signed_in(draft.user).get(CHECK).url == "/en/experts/mine/"


def test_who_has_sent_receives_the_number_by_page_and_by_mail():
    draft = make_expert()
    client = signed_in(draft.user)
    page = client.post(CHECK, follow=True).text
    number = str(Submission.objects.get().pk)
    mail = Mail.objects.get(kind="submission_received")
    assert number in page
    assert number in mail.subject
    assert mail.recipient == draft.user


def test_the_mail_of_a_request_names_the_points_first_and_leads_to_all_of_them():
    submission = make_submission()
    moderation.request_changes(submission, by=make_moderator(), comments={"headline": "Plus précis."}, message="Merci !")
    text = Mail.objects.get(kind="changes_requested").text
    assert text.index("Plus précis.") < text.index("Merci !")
    assert "/experts/mine/" in text


def test_the_points_come_before_the_message_on_the_page():
    submission = make_submission()
    moderation.request_changes(submission, by=make_moderator(), comments={"headline": "Plus précis."}, message="Merci !")
    page = signed_in(submission.submitted_by).get("/en/experts/mine/").text
    assert page.index("Plus précis.") < page.index("Merci !")
