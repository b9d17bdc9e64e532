"""A record that refers to another page is shown with its name: nobody can judge a number."""

import pytest
from django.test import Client
from django.urls import reverse

from moderation import actions
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project, name_somebody

pytestmark = pytest.mark.django_db
NAMES = {"fr": "Zineb El Jaouhari", "ar": "زينب الجوهري"}


@pytest.fixture
def project():
    project = make_project(published=True)
    expert = make_expert(
        published=True, given_name="Zineb", family_name="El Jaouhari", given_name_ar="زينب", family_name_ar="الجوهري"
    )
    name_somebody(project, expert=expert, confirmed_by=expert.user)
    organization = make_organization(published=True, name_fr="Coopérative des oasis")
    name_somebody(project, organization=organization, confirmed_by=organization.people().first())
    project.summary_fr = "Un autre résumé."
    project.save()
    return project


def page(address: str, *args) -> str:
    client = Client()
    client.force_login(make_moderator())
    return client.get(address).content.decode()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_review_and_the_history_of_a_project_name_its_people(project, language):
    submission = actions.submit(project, by=project.created_by)
    for name, pk in (("admin:moderation_submission_review", submission.pk), ("admin:directory_entry_change", project.entry_id)):
        text = page(reverse(name, args=[pk]).replace("/fr/", f"/{language}/"))
        assert NAMES[language] in text
        assert "Coopérative des oasis" in text


def test_a_page_that_is_gone_is_said_to_be_gone(project):
    expert = project.participations.exclude(expert=None).get().expert
    public_id = expert.public_id
    version = project.entry.versions.first()
    assert public_id in str(version.document)
    expert.entry.delete()
    expert.delete()
    assert public_id not in page(reverse("admin:directory_entry_change", args=[project.entry_id]))
