"""The lists of the desk find names as the public search does."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from desk.names import named
from experts.models import Expert
from tests.factories.accounts import make_admin, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_submission
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_admin(name="Équipe"))
    return client


def found(desk: Client, name: str, typed: str) -> list[int]:
    return [row.pk for row in desk.get(reverse(f"admin:{name}_changelist"), {"q": typed}).context["cl"].result_list]


@pytest.mark.parametrize("typed", ["بنيس", "مهدي", "Bennis", "bénnis", "Mehdi Bennis", "MAHDI", "مهدى"])
def test_people_are_found_in_either_script_however_they_are_spelt(desk, typed):
    names = {"given_name": "Mahdi", "family_name": "Bennis", "given_name_ar": "مهدي", "family_name_ar": "بنيس"}
    submission = make_submission(**names)
    make_submission(given_name="Youssef", family_name="Tazi", given_name_ar="يوسف", family_name_ar="التازي")
    expert = submission.draft()
    assert found(desk, "moderation_submission", typed) == [submission.pk]
    assert found(desk, "experts_expert", typed) == [expert.pk]


@pytest.mark.parametrize(
    ("stored", "typed"), [("Leïla Chraïbi", "Leila"), ("Leila Chraibi", "Chraïbi"), ("أمينة الفاسي", "امينة"), ("Amina", "أمينة")]
)
def test_accents_hamzas_and_scripts_make_no_difference(desk, stored, typed):
    person = make_user(name=stored)
    make_user(name="Karim Idrissi")
    assert found(desk, "accounts_user", typed) == [person.pk]


@pytest.mark.parametrize("typed", ["الجمعية", "جمعية", "واحات"])
def test_the_arabic_article_makes_no_difference(desk, typed):
    organization = make_organization(published=True, name_ar="جمعية الواحات")
    project = make_project(name_ar="جمعية الواحات")
    make_organization(name_ar="تعاونية النسيج")
    assert found(desk, "organizations_organization", typed) == [organization.pk]
    assert found(desk, "projects_project", typed) == [project.pk]
    assert found(desk, "directory_entry", typed) == [organization.entry_id]


def test_a_mail_address_and_an_identifier_find_as_before(desk):
    expert = make_expert()
    make_expert()
    assert found(desk, "experts_expert", expert.user.email) == [expert.pk]
    assert found(desk, "experts_expert", expert.public_id) == [expert.pk]


@pytest.mark.parametrize("typed", ["ـ", "'", "%", "  ", "\u200f", "a" * 200, "؟"])
def test_whatever_is_typed_every_list_answers(desk, typed):
    for model, registered in admin.site._registry.items():
        if registered.search_fields or registered.named_by:
            label = model._meta.label_lower.replace(".", "_")
            assert desk.get(reverse(f"admin:{label}_changelist"), {"q": typed}).status_code == 200, label


def test_names_are_read_in_one_query(django_assert_num_queries):
    for _ in range(5):
        make_expert()
    with django_assert_num_queries(1):
        named(Expert.objects.all(), ["given_name", "family_name"], "Benali")
