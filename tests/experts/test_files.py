"""The files of a profile: replaced, removed, kept while something shows them."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.files import discard
from directory.pictures import thumbnail_name
from experts.models import Expert
from tests.experts.forms import open_and_send
from tests.factories.experts import make_expert
from tests.factories.moderation import entry_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def profile(client):
    expert = make_expert(published=True)
    client.force_login(expert.user)
    return expert


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("cv.pdf", PDF, "application/pdf")


def picture() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(written, "PNG")
    return SimpleUploadedFile("me.png", written.getvalue(), "image/png")


def send(client, callbacks, step: str, **changes) -> Expert:
    with callbacks(execute=True):
        sent = open_and_send(client, f"/fr/experts/edit/{step}/", **changes)
    assert sent.status_code == 302, sent.text
    return Expert.objects.select_related("entry").get()


def test_the_saved_picture_is_shown_and_its_file_name_is_not(client, profile, django_capture_on_commit_callbacks):
    name = send(client, django_capture_on_commit_callbacks, "identity", photo=picture()).photo.name
    page = client.get("/fr/experts/edit/identity/").text
    assert f'src="{default_storage.url(name)}"' in page
    assert f">{name}<" not in page


def test_its_owner_removes_the_cv(client, profile, django_capture_on_commit_callbacks):
    name = send(client, django_capture_on_commit_callbacks, "career", cv=pdf()).cv.name
    page = client.get("/fr/experts/edit/career/").text
    assert 'href="/fr/experts/mine/cv/"' in page
    assert name not in page

    expert = send(client, django_capture_on_commit_callbacks, "career", **{"cv-clear": "on"})

    assert not expert.cv
    assert not default_storage.exists(name)
    assert client.get("/fr/experts/mine/cv/").status_code == 404


def test_a_cv_that_is_replaced_goes(client, profile, django_capture_on_commit_callbacks):
    first = send(client, django_capture_on_commit_callbacks, "career", cv=pdf()).cv.name
    second = send(client, django_capture_on_commit_callbacks, "career", cv=pdf()).cv.name
    assert not default_storage.exists(first)
    assert default_storage.exists(second)


def test_saving_without_a_new_file_keeps_it(client, profile, django_capture_on_commit_callbacks):
    first = send(client, django_capture_on_commit_callbacks, "career", cv=pdf()).cv.name
    assert send(client, django_capture_on_commit_callbacks, "career").cv.name == first
    assert default_storage.exists(first)


def test_a_picture_goes_in_both_sizes(client, profile, django_capture_on_commit_callbacks):
    name = send(client, django_capture_on_commit_callbacks, "identity", photo=picture()).photo.name
    assert default_storage.exists(thumbnail_name(name))
    assert entry_of(profile).image == name

    send(client, django_capture_on_commit_callbacks, "identity", **{"photo-clear": "on"})

    assert not default_storage.exists(name)
    assert not default_storage.exists(thumbnail_name(name))
    assert entry_of(profile).image == ""


def test_a_file_that_some_row_names_stays(profile, django_capture_on_commit_callbacks):
    profile.cv.save("x.pdf", ContentFile(PDF))
    with django_capture_on_commit_callbacks(execute=True):
        discard(profile.cv.name)
    assert default_storage.exists(profile.cv.name)
