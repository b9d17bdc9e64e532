import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse

from taxonomy.loading import EDITORS_GROUP, load_vocabulary
from taxonomy.models import Country, Goal, Theme
from taxonomy.vocabulary import vocabulary
from tests.factories.accounts import make_staff
from tests.factories.taxonomy import names

pytestmark = pytest.mark.django_db
MODELS = ("goal", "theme", "countrygroup", "country", "subdivision", "city", "language", "term")


@pytest.fixture
def editor(client):
    user = make_staff()
    user.groups.add(Group.objects.get(name=EDITORS_GROUP))
    client.force_login(user)
    return user


def theme_form(theme: Theme | None = None, **overrides) -> dict:
    data = {
        "arabic_verified": "no",
        "parent": "",
        **names("Theme"),
        "synonyms_ar": "",
        "synonyms_fr": "",
        "synonyms_en": "",
        "eurovoc": "",
    }
    if theme:
        data |= {name: getattr(theme, name) for name in ("name_ar", "name_fr", "name_en", "arabic_verified")}
        data |= {f"synonyms_{code}": "\n".join(getattr(theme, f"synonyms_{code}")) for code in ("ar", "fr", "en")}
        data |= {"eurovoc": "\n".join(theme.eurovoc), "parent": theme.parent_id}
        data |= {
            "goals": list(theme.goals.values_list("pk", flat=True)),
            "related": list(theme.related.values_list("pk", flat=True)),
        }
    return data | overrides


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("query", ["", "?q=eau", "?retired=True", "?q=ماء"])
def test_every_list_opens_and_can_be_searched(editor, client, model, query):
    assert client.get(reverse(f"admin:taxonomy_{model}_changelist") + query).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_every_row_can_be_opened_and_none_deleted(editor, client, model):
    row = apps.get_model("taxonomy", model).objects.first()
    assert client.get(reverse(f"admin:taxonomy_{model}_change", args=[row.pk])).status_code == 200
    assert client.get(reverse(f"admin:taxonomy_{model}_add")).status_code == 200
    assert client.get(reverse(f"admin:taxonomy_{model}_delete", args=[row.pk])).status_code == 403


def test_staff_outside_the_group_may_not_look(client):
    client.force_login(make_staff())
    assert client.get(reverse("admin:taxonomy_theme_changelist")).status_code == 403


def test_theme_is_found_by_a_synonym(editor, client):
    text = client.get(reverse("admin:taxonomy_theme_changelist"), {"q": "تعاونية"}).content.decode()
    assert "ESS-01" in text


def test_saved_change_shows_at_once_and_survives_the_next_load(editor, client, django_capture_on_commit_callbacks):
    theme = Theme.objects.get(code="ESS-01")
    vocabulary()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("admin:taxonomy_theme_change", args=["ESS-01"]),
            theme_form(theme, name_fr="Coopératives et unions", synonyms_fr="coop\r\n\r\n  union  \r\n"),
        )
    assert response.status_code == 302
    assert vocabulary().label("theme", "ESS-01", "fr") == "Coopératives et unions"
    assert vocabulary().themes["ESS-01"].synonyms["fr"] == ("coop", "union")
    load_vocabulary()
    assert Theme.objects.get(code="ESS-01").name_fr == "Coopératives et unions"


def test_saving_without_a_change_leaves_the_row_to_the_files(editor, client):
    theme = Theme.objects.get(code="ESS-01")
    response = client.post(reverse("admin:taxonomy_theme_change", args=["ESS-01"]), theme_form(theme))
    assert response.status_code == 302
    assert not Theme.objects.get(code="ESS-01").edited


def test_row_written_in_the_admin_is_kept_by_the_next_load(editor, client):
    assert client.post(reverse("admin:taxonomy_theme_add"), theme_form(code="TST", goals=[4])).status_code == 302
    load_vocabulary()
    theme = Theme.objects.get(code="TST")
    assert not theme.retired
    assert list(theme.goals.all()) == [Goal.objects.get(number=4)]


def test_name_missing_in_one_language_is_refused(editor, client):
    response = client.post(reverse("admin:taxonomy_theme_add"), theme_form(code="TST", name_ar=""))
    assert response.status_code == 200
    assert not Theme.objects.filter(code="TST").exists()


def test_theme_cannot_become_narrower_than_its_own_narrower_theme(editor, client):
    domain = Theme.objects.get(code="ESS")
    response = client.post(reverse("admin:taxonomy_theme_change", args=["ESS"]), theme_form(domain, parent="ESS-01"))
    assert "parent" in response.context["adminform"].form.errors


def test_code_of_an_existing_row_cannot_be_changed(editor, client):
    theme = Theme.objects.get(code="ESS-01")
    client.post(reverse("admin:taxonomy_theme_change", args=["ESS-01"]), theme_form(theme, code="TST"))
    assert not Theme.objects.filter(code="TST").exists()


def test_retiring_offering_and_giving_back(editor, client):
    address = reverse("admin:taxonomy_country_changelist")

    def act(action: str) -> Country:
        client.post(address, {"action": action, "_selected_action": ["AQ"]})
        return Country.objects.get(code="AQ")

    retired = act("retire")
    assert retired.retired
    assert retired.edited
    load_vocabulary()
    assert Country.objects.get(code="AQ").retired
    assert not act("offer_again").retired
    assert not act("follow_files").edited
