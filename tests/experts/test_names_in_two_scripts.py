"""A name in Arabic alone is read by everybody: boxes in the order of the page, a proposed spelling, a readable address."""

import pytest

from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db
STEP = "/ar/experts/edit/identity/"


@pytest.fixture
def expert():
    return make_expert(given_name="", family_name="", given_name_ar="محمد", family_name_ar="الفاسي")


def sent(client, **typed) -> None:
    form = client.get(STEP).context["form"]
    values = {field.html_name: field.value() or "" for field in form if field.name not in ("photo", "spelled")}
    assert client.post(STEP, values | typed).status_code == 302


def test_the_pair_in_the_script_of_the_page_comes_first(client, expert):
    client.force_login(expert.user)
    arabic = client.get(STEP).text
    assert arabic.index("id_given_name_ar") < arabic.index('id="id_given_name"')
    french = client.get(STEP.replace("/ar/", "/fr/")).text
    assert french.index('id="id_given_name"') < french.index("id_given_name_ar")


def test_arabic_letters_in_the_latin_boxes_go_where_they_belong(client):
    expert = make_expert(given_name_ar="", family_name_ar="")
    client.force_login(expert.user)
    sent(client, given_name="محمد", family_name="الفاسي")
    expert.refresh_from_db()
    assert (expert.given_name, expert.given_name_ar, expert.arabic_name) == ("", "محمد", "محمد الفاسي")


def test_a_latin_spelling_is_proposed_and_written_only_when_asked_for(client, expert):
    client.force_login(expert.user)
    assert "Mohamed El Fassi" in client.get(STEP).text
    sent(client)
    expert.refresh_from_db()
    assert expert.latin_name == ""
    sent(client, spelled="on")
    expert.refresh_from_db()
    assert expert.latin_name == "Mohamed El Fassi"
    assert 'name="spelled"' not in client.get(STEP).text


def test_the_address_of_an_arabic_name_reads_well():
    expert = make_expert(published=True, given_name="", family_name="", given_name_ar="محمد", family_name_ar="الفاسي")
    assert expert.entry.slug == "mohamed-el-fassi"
