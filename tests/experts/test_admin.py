import pytest
from django.urls import reverse

from tests.factories.accounts import make_admin
from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db


def test_staff_find_a_draft_by_its_name_in_either_script_and_change_nothing(client):
    expert = make_expert(published=True, given_name_ar="سلمى")
    make_expert(given_name="Youssef")
    client.force_login(make_admin())
    found = client.get(reverse("admin:experts_expert_changelist"), {"q": "سلمى"})
    assert [row.pk for row in found.context["cl"].result_list] == [expert.pk]
    page = client.get(reverse("admin:experts_expert_change", args=[expert.pk]))
    assert page.status_code == 200
    assert expert.entry.get_absolute_url() in page.content.decode()
    assert client.post(reverse("admin:experts_expert_change", args=[expert.pk]), {"given_name": "X"}).status_code == 403


@pytest.mark.parametrize("page", ["published", "hidden", "none"])
def test_the_filter_by_public_page_answers(client, page):
    make_expert(published=True)
    make_expert()
    client.force_login(make_admin())
    found = client.get(reverse("admin:experts_expert_changelist"), {"page": page})
    assert len(found.context["cl"].result_list) == {"published": 1, "hidden": 0, "none": 1}[page]


def test_the_link_to_submissions_shows_what_was_decided_too(client):
    expert = make_expert(published=True)
    client.force_login(make_admin())
    found = client.get(reverse("admin:moderation_submission_changelist"), {"public_id": expert.public_id, "status": "all"})
    assert len(found.context["cl"].result_list) == 1


def test_the_list_speaks_the_language_of_the_page_and_names_no_codes(client):
    make_expert(milieu="civil_society", country="MA")
    client.force_login(make_admin())
    page = client.get("/fr/admin/experts/expert/").content.decode()
    for text in ("Société civile", "Maroc", "<h1>Expertes et experts</h1>"):
        assert text in page
    assert "civil_society</td>" not in page
