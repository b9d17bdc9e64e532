from functools import partial

import pytest
from django import forms
from django.db import connection, models, transaction

from core.versioning import LARGEST_VERSION, StaleVersion, VersionedFormMixin, claim_version, readable_value
from tests.at_once import rounds_at_once

PAIRS = 50


class Page(models.Model):
    """A row that two people edit. Its table exists during these tests only."""

    text = models.TextField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "tests"

    def __str__(self):
        return self.text


class PageForm(VersionedFormMixin, forms.ModelForm):
    class Meta:
        model = Page
        fields = ("text",)


@pytest.fixture
def page_table(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Page)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Page)


@pytest.fixture
def page(page_table):
    return Page.objects.create(text="first")


def save(pk, version, text):
    with transaction.atomic():
        page = Page.objects.get(pk=pk)
        claim_version(page, version)
        page.text = text
        page.save()


def test_the_first_to_save_wins_and_the_second_is_told(page):
    save(page.pk, 0, "second")
    with pytest.raises(StaleVersion):
        save(page.pk, 0, "third")
    page.refresh_from_db()
    assert (page.text, page.version) == ("second", 1)


def test_the_claimed_version_is_on_the_instance(page):
    with transaction.atomic():
        claim_version(page, 0)
    assert page.version == 1


def test_a_row_that_is_gone_is_stale(page):
    Page.objects.all().delete()
    with pytest.raises(StaleVersion), transaction.atomic():
        claim_version(page, 0)


def test_a_claim_without_a_transaction_is_a_mistake(page):
    with pytest.raises(transaction.TransactionManagementError):
        claim_version(page, 0)


def test_of_fifty_pairs_of_simultaneous_edits_none_is_lost(page_table):
    pages = Page.objects.bulk_create(Page(text="first") for _ in range(PAIRS))
    authors = ("Amina", "Yanis")
    sides = [[partial(save, page.pk, 0, author) for page in pages] for author in authors]

    for page, *answers in zip(pages, *rounds_at_once(*sides, told=(StaleVersion,)), strict=True):
        page.refresh_from_db()
        assert page.version == 1
        assert [page.text == author for author in authors] == [answer is None for answer in answers]


def test_the_form_carries_the_version_it_was_opened_with():
    assert 'type="hidden" name="version" value="7"' in PageForm(instance=Page(text="x", version=7)).as_p()


@pytest.mark.parametrize("version", ["", "-1", "x", str(LARGEST_VERSION + 1), "9" * 5000, "1\u06600"])
def test_a_forged_version_is_an_error_of_the_form_or_a_plain_number(version):
    form = PageForm({"text": "x", "version": version}, instance=Page())
    assert form.errors or form.cleaned_data["version"] <= LARGEST_VERSION


def test_posting_a_version_does_not_set_it():
    form = PageForm({"text": "x", "version": "9"}, instance=Page(version=3))
    assert form.is_valid()
    assert form.instance.version == 3


class ChoicesForm(forms.Form):
    text = forms.CharField()
    one = forms.ChoiceField(choices=[("Maghreb", [("MA", "Morocco"), ("TN", "Tunisia")]), ("FR", "France")])
    some = forms.MultipleChoiceField(choices=[("ar", "Arabic"), ("fr", "French"), ("en", "English")])


def test_what_differs_is_shown_in_words():
    form = ChoicesForm({"text": " two\r\nlines ", "one": "TN", "some": ["fr", "en"]})
    assert [readable_value(field) for field in form] == ["two\nlines", "Tunisia", "French, English"]


def test_what_is_empty_reads_empty():
    assert [readable_value(field) for field in ChoicesForm()] == ["", "", ""]
