"""A kind that only the tests know is a full member of the portal: its own module, settings and addresses are all it takes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from directory.models import Entry
from moderation import actions as moderation_actions
from moderation.models import Submission
from tests.experts.forms import open_and_send
from tests.factories.accounts import make_user
from tests.factories.moderation import make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(toy):
    return make_user()


@pytest.fixture
def author(host) -> Client:
    client = Client()
    client.force_login(host)
    return client


@pytest.fixture
def moderator(toy) -> Client:
    client = Client()
    client.force_login(make_moderator())
    return client


def poster() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(content, "JPEG")
    return SimpleUploadedFile("poster.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def draft(toy, host, author, settings, tmp_path):
    """Written through the editor and sent for review."""
    settings.MEDIA_ROOT = tmp_path
    edit = author.post("/fr/workshops/new/").url
    answer = open_and_send(
        author, edit, name_fr="Atelier des semences", themes=["EAU-01"], country="MA", is_full="on", poster=poster()
    )
    assert answer.status_code == 302
    written = toy.objects.get(host=host)
    author.post(written.author_url("submit"))
    return written


@pytest.fixture
def entry(draft) -> Entry:
    return moderation_actions.approve(Submission.objects.get(public_id=draft.public_id), by=make_moderator())


def content(response) -> str:
    return response.content.decode()


def test_it_declares_itself_well(toy):
    call_command("check", fail_level="WARNING")


def test_the_author_sees_it_in_my_space_with_the_next_thing_to_do(toy, author, draft):
    page = content(author.get("/fr/me/"))
    assert "My workshops" in page
    assert "Announce a workshop" in page
    assert draft.author_url("overview") in page
    assert "Atelier des semences" in content(author.get(draft.author_url("preview", visitor="visitor")))


def test_the_desk_lists_compares_and_publishes_it(draft, moderator, author):
    assert "Workshops waiting for review" in content(moderator.get("/fr/admin/"))
    submission = Submission.objects.get(public_id=draft.public_id)
    assert "Workshop" in content(moderator.get("/fr/admin/moderation/submission/"))
    page = content(moderator.get(submission.get_absolute_url()))
    assert "Fully booked" in page
    assert "Atelier des semences" in content(moderator.get(f"/fr/admin/moderation/submission/{submission.pk}/preview/"))
    sent = {"decision": "publish", "accept-name": "on", "accept-themes": "on", "accept-country": "on"}
    assert moderator.post(submission.get_absolute_url(), sent).status_code == 302
    assert Entry.objects.get(public_id=draft.public_id).is_published


def test_it_has_a_list_with_facets_of_its_own(entry):
    response = Client().get("/fr/workshops/")
    assert [row.name.text for row in response.context["listing"].entries] == ["Atelier des semences"]
    facets = {facet.name: facet for facet in response.context["listing"].facets}
    assert list(facets) == ["theme", "country", "opening"]
    assert {option.value: option.count for option in facets["opening"].options} == {"open": 0, "full": 1}
    assert "Fully booked" in content(response)
    assert Client().get("/fr/workshops/?opening=full").context["listing"].count == 1
    assert Client().get("/fr/workshops/?opening=open").context["listing"].count == 0


def test_it_has_a_page_with_its_picture(entry, settings):
    page = Client().get(entry.get_absolute_url())
    assert "Fully booked" in content(page)
    assert page.context["entry"].image_url in content(page)
    picture = Client().get(page.context["entry"].image_url)
    assert picture.status_code == 200
    picture.getvalue()


def test_a_free_fact_is_public_at_once_and_stands_in_the_history(entry, author, draft, moderator):
    edit = draft.edit_url()
    open_and_send(author, edit, is_full=[])
    assert "Places left" in content(Client().get(entry.get_absolute_url()))
    history = content(moderator.get(f"/fr/admin/directory/entry/{entry.pk}/change/"))
    assert "Fully booked" in history
    assert "Places left" in history


def test_search_and_suggestions_find_it(entry):
    assert Client().get("/fr/workshops/?q=semences").context["listing"].count == 1
    groups = Client().get("/fr/suggest/?q=semences").json()["groups"]
    assert (groups[0]["label"], groups[0]["items"][0]["text"]) == ("Workshops", "Atelier des semences")


def test_the_navigation_the_first_page_and_the_vocabulary_lead_to_it(entry):
    home = content(Client().get("/fr/"))
    assert '<li><a href="/fr/workshops/">Workshops</a></li>' in home
    assert '<dt><a href="/fr/workshops/">Workshops</a></dt><dd>1</dd>' in home
    assert "/fr/workshops/?theme=EAU-01" in content(Client().get("/fr/themes/EAU-01/"))
    assert 'aria-current="true">Workshops' in content(Client().get("/fr/workshops/"))


def test_territories_count_it(entry):
    page = content(Client().get("/fr/territories/?kind=workshop"))
    assert "/fr/territories/MA/" in page


def test_the_sitemap_names_its_list_and_its_pages(entry):
    assert "sitemap-workshops.xml" in content(Client().get("/sitemap.xml"))
    assert f"{entry.get_absolute_url()}</loc>" in content(Client().get("/sitemap-workshops.xml"))
    assert "/fr/workshops/</loc>" in content(Client().get("/sitemap-pages.xml"))


def test_the_api_answers_and_describes_it(entry):
    found = Client().get("/api/v1/search", {"kind": "workshop", "opening": "full"}).json()
    assert [result["id"] for result in found["results"]] == [entry.public_id]
    assert found["facets"]["opening"] == {"full": 1}
    one = Client().get(f"/api/v1/entries/workshop/{entry.slug}").json()
    assert one["fields"]["opening"] == {"state": "full"}
    assert one["image"]
    assert "poster" not in one["fields"]
    assert "workshop" in content(Client().get("/api/v1/openapi.json"))


def test_without_its_app_nothing_of_it_is_left():
    assert "workshops" not in content(Client().get("/fr/"))
