"""A page with an error says so first: in its title, and in a summary that has the focus and names the row."""

import re

import pytest

from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db
SUMMARY = re.compile(r'<div class="notice notice-error error-summary"[^>]*autofocus.*?</div>', re.DOTALL)


def title(page: str) -> str:
    return re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)


@pytest.mark.parametrize(("language", "word"), [("en", "Error:"), ("fr", "Erreur\u00a0:"), ("ar", "خطأ:")])
@pytest.mark.parametrize("address", ["accounts/signup/", "accounts/login/", "needs/new/", "accounts/password/reset/"])
def test_what_is_sent_empty_is_told_in_the_title_and_in_a_summary(client, language, word, address):
    page = f"/{language}/{address}"
    assert not title(client.get(page).text).startswith(word)
    answer = client.post(page, {}).text
    assert title(answer).startswith(word)
    assert SUMMARY.search(answer)


def test_the_summary_of_a_step_names_the_row(client):
    client.force_login(make_expert().user)
    rows = {"experiences-TOTAL_FORMS": "2", "experiences-INITIAL_FORMS": "0", "experiences-1-organization": "ONEE"}
    page = "/en/experts/edit/career/"
    form = client.get(page).context["form"]
    sent = {field.html_name: field.value() or "" for field in form} | {
        name: value for formset in form.rows.values() for name, value in _management(formset).items()
    }
    answer = client.post(page, sent | rows).text
    assert title(answer).startswith("Error:")
    assert re.search(r"row 2, .*?</a>", SUMMARY.search(answer).group(0))


def _management(formset) -> dict[str, int]:
    return {field.html_name: field.value() for field in formset.management_form}
