"""The author's journey: start, eight steps, send, read the answer, change, take back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from authoring.state import AuthorState, Standing, completeness
from directory.models import EntryVersion
from experts.models import Expert, Step
from moderation import actions as moderation_actions
from moderation.models import Submission
from moderation.publishing import publish_free_changes
from tests.experts.forms import form_data, open_and_send
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator, publish

pytestmark = pytest.mark.django_db
EDIT = "/fr/experts/edit/"
MINE = "/fr/experts/mine/"


@pytest.fixture
def author(client):
    """A published expert, logged in."""
    expert = make_expert(published=True)
    client.force_login(expert.user)
    return expert


def public_page(expert) -> bytes:
    return Client().get(f"/fr/experts/{expert.entry.slug}/").content


def status_of(client, url) -> int:
    response = client.get(url)
    response.getvalue()  # reads a streamed file to its end, which closes it
    return response.status_code


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(content, "JPEG")
    return SimpleUploadedFile("me.jpg", content.getvalue(), "image/jpeg")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_new_author_writes_in_the_language_of_the_page_and_sends(client, language):
    user = make_user()
    client.force_login(user)
    client.post(f"/{language}/experts/start/")
    edit = f"/{language}/experts/edit/"
    open_and_send(
        client,
        f"{edit}identity/",
        given_name="Amina",
        family_name="Idrissi",
        milieu="academic",
        **{f"headline_{language}": "ماء"},
    )
    open_and_send(client, f"{edit}texts/", **{f"biography_{language}": "Je conseille."})
    open_and_send(client, f"{edit}expertise/", themes__0__theme="ESS-01", themes__0__level="expert")
    open_and_send(client, f"{edit}places/", country="MA")
    open_and_send(client, f"{edit}availability/", languages__0__code="fr", languages__0__level="C2")
    assert client.get(f"/{language}/experts/mine/").context["state"].missing == []
    client.post(f"/{language}/experts/mine/submit/")
    submission = Submission.objects.waiting().get()
    assert submission.submitted_by == user
    assert submission.document["fields"]["headline"] == {language: "ماء", "source": language}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("step", Step.values)
def test_an_untouched_step_saves_and_changes_nothing(client, author, step, language):
    author.experiences.create(title="Étude", start_year=2020, language="fr")
    before = Expert.objects.get(pk=author.pk).as_document()
    response = open_and_send(client, f"/{language}/experts/edit/{step}/")
    assert response.status_code == 302
    assert Expert.objects.get(pk=author.pk).as_document() == before


def test_every_page_of_an_author_is_absent_for_others(client, author):
    stranger = Client()
    stranger.force_login(make_user())
    for url in [f"{EDIT}identity/", f"{MINE}see-as/visitor/", f"{MINE}cv/"]:
        assert stranger.get(url).status_code == 404
    for url in [f"{MINE}submit/", f"{MINE}withdraw/"]:
        assert stranger.post(url).status_code == 404
    assert Client().get(f"{EDIT}identity/").status_code == 302  # to the login


def test_an_unknown_step_and_an_unknown_visitor_are_absent(client, author):
    assert client.get(f"{EDIT}nonsense/").status_code == 404
    assert client.get(f"{MINE}see-as/everybody/").status_code == 404


def test_a_reviewed_change_leaves_the_public_page_byte_identical(client, author):
    before = public_page(author)
    open_and_send(client, f"{EDIT}texts/", biography_fr="Une autre vie.")
    assert public_page(author) == before
    assert [item.name for item in AuthorState(Expert.objects.get(pk=author.pk)).unsent] == ["biography"]


def test_a_free_change_is_public_at_once(client, author):
    open_and_send(client, f"{EDIT}availability/", availability="closed")
    assert "Indisponible" in public_page(author).decode()
    assert EntryVersion.objects.filter(entry=author.entry, action=EntryVersion.Action.FREE_CHANGE).count() == 1


def test_a_removal_is_public_at_once(client, author):
    row = author.expertises.create(theme="ESS-02")
    publish(author)
    assert b"ESS-02" in public_page(author)
    index = list(author.expertises.order_by("pk")).index(row)
    open_and_send(client, f"{EDIT}expertise/", **{f"themes__{index}__DELETE": "on"})
    assert b"ESS-02" not in public_page(author)


def test_a_change_of_audience_is_public_at_once(client, author):
    assert "Meknès" in public_page(author).decode()
    open_and_send(client, f"{EDIT}privacy/", audience_places="members")
    assert "Meknès" not in public_page(author).decode()


def test_two_rows_exchange_their_themes_in_one_save(client, author):
    author.expertises.create(theme="ESS-02")
    first, second = author.expertises.order_by("pk")
    response = open_and_send(client, f"{EDIT}expertise/", themes__0__theme=second.theme, themes__1__theme=first.theme)
    assert response.status_code == 302
    assert [row.theme for row in author.expertises.order_by("pk")] == ["ESS-02", "ESS-01"]


def test_the_same_theme_twice_is_refused(client, author):
    response = open_and_send(client, f"{EDIT}expertise/", themes__1__theme="ESS-01")
    assert response.status_code == 200
    assert author.expertises.count() == 1
    assert "Thème" in response.context["form"].rows["themes"].non_form_errors()[0], "the label, not the name of the column"


def test_further_rows_keep_what_was_typed(client, author):
    data = {"then": "add:experiences", "experiences__0__title": "Étude sans année"}
    response = open_and_send(client, f"{EDIT}career/", **data)
    assert response.status_code == 200
    assert form_data(response)["experiences-0-title"] == ["Étude sans année"]
    assert form_data(response)["experiences-TOTAL_FORMS"] == ["4"]
    response = open_and_send(client, f"{EDIT}career/", **data, experiences__0__start_year="2020")
    assert response.url.endswith("career/#rows-experiences")
    assert author.experiences.get().title == "Étude sans année"


def test_a_stale_form_shows_both_texts_and_saves_over_them_when_sent_again(client, author):
    data = form_data(client.get(f"{EDIT}texts/")) | {"biography_fr": "Ce que j’écris.", "then": "stay"}
    open_and_send(client, f"{EDIT}texts/", biography_fr="Ce qui est arrivé avant.")
    response = client.post(f"{EDIT}texts/", data)
    assert response.status_code == 409
    assert "Ce que j’écris." in response.content.decode()
    assert "Ce qui est arrivé avant." in response.content.decode()
    assert Expert.objects.get(pk=author.pk).biography_fr == "Ce qui est arrivé avant."
    again = client.post(f"{EDIT}texts/", form_data(response) | {"then": "stay"})
    assert again.status_code == 302
    assert Expert.objects.get(pk=author.pk).biography_fr == "Ce que j’écris."


def test_a_stale_form_with_a_row_that_is_gone_keeps_the_typed_row(client, author):
    author.experiences.create(title="Première", start_year=2020, language="fr")
    data = form_data(client.get(f"{EDIT}career/")) | {"experiences-0-title": "Corrigée", "experiences-1-title": "Nouvelle"}
    data |= {"experiences-1-start_year": "2021", "then": "stay"}
    open_and_send(client, f"{EDIT}career/", experiences__0__DELETE="on")
    response = client.post(f"{EDIT}career/", data)
    assert response.status_code == 409
    assert client.post(f"{EDIT}career/", form_data(response) | {"then": "stay"}).status_code == 302
    assert {row.title for row in author.experiences.all()} == {"Corrigée", "Nouvelle"}


def test_the_same_form_sent_twice_saves_once_and_reports_nothing(client, author):
    data = form_data(client.get(f"{EDIT}texts/")) | {"biography_fr": "Une fois.", "then": "stay"}
    assert client.post(f"{EDIT}texts/", data).status_code == 302
    assert client.post(f"{EDIT}texts/", data).status_code == 302
    assert Expert.objects.get(pk=author.pk).version == 2


def test_an_approval_while_the_author_edits_is_not_undone_by_the_save(client):
    expert = make_expert()
    client.force_login(expert.user)
    submission = moderation_actions.submit(expert, by=expert.user)
    data = form_data(client.get(f"{EDIT}texts/")) | {"biography_fr": "Entre-temps.", "then": "stay"}
    entry = moderation_actions.approve(submission, by=make_moderator())
    assert client.post(f"{EDIT}texts/", data).status_code == 302
    expert.refresh_from_db()
    assert expert.entry == entry


def test_the_checklist_names_what_is_missing_and_nothing_is_sent(client):
    expert = make_expert(biography="", milieu="")
    client.force_login(expert.user)
    response = client.post(f"{MINE}submit/", follow=True)
    assert [item.step for item in response.context["state"].missing] == [Step.IDENTITY, Step.TEXTS]
    assert not Submission.objects.exists()


def test_sending_what_is_public_already_gets_a_kind_answer(client, author):
    response = client.post(f"{MINE}submit/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["info"]
    assert not Submission.objects.waiting().exists()


def test_the_standing_follows_the_draft(client, author):
    def standing():
        return client.get(MINE).context["state"].standing

    assert standing() is Standing.PUBLISHED
    open_and_send(client, f"{EDIT}texts/", biography_fr="Plus long.")
    client.post(f"{MINE}submit/")
    assert standing() is Standing.WAITING
    client.post(f"{MINE}withdraw/")
    assert standing() is Standing.DIFFERS
    client.post(f"{MINE}submit/")
    moderation_actions.request_changes(
        Submission.objects.waiting().get(), by=make_moderator(), comments={"biography": "Trop long."}
    )
    assert standing() is Standing.CHANGES_REQUESTED
    moderation_actions.hide(author.entry, by=make_moderator(), reason="Vérification")
    assert standing() is Standing.HIDDEN


def test_a_comment_stays_beside_its_field_until_the_changed_field_is_sent(client, author):
    open_and_send(client, f"{EDIT}texts/", biography_fr="Trop longue vie.")
    client.post(f"{MINE}submit/")
    moderation_actions.request_changes(
        Submission.objects.waiting().get(), by=make_moderator(), comments={"biography": "Raccourcissez."}
    )
    assert "Raccourcissez." in client.get(f"{EDIT}texts/").content.decode()
    open_and_send(client, f"{EDIT}texts/", biography_fr="Courte vie.")
    assert "Raccourcissez." in client.get(f"{EDIT}texts/").content.decode()
    client.post(f"{MINE}submit/")
    assert "Raccourcissez." not in client.get(f"{EDIT}texts/").content.decode()
    assert AuthorState(Expert.objects.get(pk=author.pk)).comments == {}


def test_what_a_moderator_wrote_in_another_language_reads_in_its_own_direction(client, author):
    open_and_send(client, f"{EDIT}texts/", biography_fr="Trop longue vie.")
    client.post(f"{MINE}submit/")
    moderation_actions.request_changes(
        Submission.objects.waiting().get(), by=make_moderator(), comments={}, message="Merci, il manque peu."
    )
    assert '<p dir="auto">Merci, il manque peu.</p>' in client.get(MINE.replace("/fr/", "/ar/")).content.decode()


def test_a_telephone_for_the_team_alone_is_not_called_public(client, author):
    public = "Qui le voit\u00a0: Tout le monde."
    before = client.get(f"{EDIT}privacy/").content.decode()
    open_and_send(client, f"{EDIT}privacy/", audience_phone="public")
    after = client.get(f"{EDIT}privacy/").content.decode()
    assert public not in before
    assert "Moi et l’équipe de coordination seulement." in before
    assert after.count(public) == 1


def test_the_author_is_named_in_the_script_of_the_page_and_everybody_else_in_one(client, author):
    Expert.objects.filter(pk=author.pk).update(given_name_ar="سلمى", family_name_ar="بنجلون")
    assert "سلمى بنجلون" in client.get("/ar/experts/mine/").content.decode()
    open_and_send(client, "/ar/experts/edit/identity/", headline_fr="Urbaniste")
    client.post("/ar/experts/mine/submit/")
    assert Submission.objects.waiting().get().title == "Salma Benjelloun"


def test_a_profile_is_complete_without_photograph_and_telephone():
    expert = make_expert(services_fr="Études", goals=[8], modes=["training"], territories=["MA"])
    assert completeness(expert).step == Step.CAREER
    expert.experiences.create(title="Étude", start_year=2020, language="fr")
    assert completeness(expert).percent == 100
    assert not expert.photo
    assert not expert.phone


def test_what_review_needs_comes_before_what_is_only_useful():
    assert completeness(make_expert(languages={})).step == Step.AVAILABILITY


def test_a_date_before_which_one_is_busy_is_needed_with_that_state(client, author):
    response = open_and_send(client, f"{EDIT}availability/", availability="not_before", available_on="")
    assert "available_on" in response.context["form"].errors
    assert open_and_send(client, f"{EDIT}availability/", availability="not_before", available_on="2027-05-01").status_code == 302


def test_a_region_of_another_country_is_refused(client, author):
    response = open_and_send(client, f"{EDIT}places/", country="FR", region="MA-03")
    assert "region" in response.context["form"].errors


def test_a_wrong_orcid_is_refused_and_an_address_of_one_is_shortened(client, author):
    assert "orcid" in open_and_send(client, f"{EDIT}publications/", orcid="0000-0002-1825-0098").context["form"].errors
    open_and_send(client, f"{EDIT}publications/", orcid="https://orcid.org/0000-0002-1825-0097")
    assert Expert.objects.get(pk=author.pk).orcid == "0000-0002-1825-0097"


def test_an_experience_cannot_end_before_it_starts(client, author):
    response = open_and_send(
        client,
        f"{EDIT}career/",
        experiences__0__title="Étude",
        experiences__0__start_year="2020",
        experiences__0__end_year="2019",
    )
    message = "La dernière année précède la première."
    assert response.status_code == 200
    assert not author.experiences.exists()
    assert message in str(response.context["form"].all_errors())
    assert response.content.decode().count(message) == 2, "in the summary and beside the row"


def test_a_list_that_is_too_long_is_refused_in_plain_words(client, author):
    rows = {
        f"links-{number}-{name}": value
        for number in range(11)
        for name, value in {"label": f"Page {number}", "url": f"https://example.org/{number}"}.items()
    }
    url = f"{EDIT}publications/"
    response = client.post(url, form_data(client.get(url)) | rows | {"links-TOTAL_FORMS": "11", "then": "stay"})
    assert "10" in response.context["form"].rows["links"].non_form_errors()[0]
    assert not author.links.exists()


def test_a_row_of_somebody_else_cannot_be_taken_over(client, author):
    other = make_expert(given_name="Autre").experiences.create(title="À moi", start_year=2020, language="fr")
    data = form_data(client.get(f"{EDIT}career/")) | {
        "experiences-INITIAL_FORMS": "1",
        "experiences-0-id": str(other.pk),
        "experiences-0-title": "Volée",
        "experiences-0-start_year": "2020",
    }
    client.post(f"{EDIT}career/", data)
    other.refresh_from_db()
    assert other.title == "À moi"
    assert other.expert != author


def test_a_photograph_is_public_only_while_a_published_page_shows_it(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    expert = make_expert()
    client.force_login(expert.user)
    assert open_and_send(client, f"{EDIT}identity/", photo=picture()).status_code == 302
    expert.refresh_from_db()
    small = expert.photo.url.replace(".webp", "-small.webp")
    for url in (expert.photo.url, small):
        assert status_of(client, url) == 200
        assert status_of(Client(), url) == 404
    publish(expert)
    for url in (expert.photo.url, small):
        assert status_of(Client(), url) == 200
    moderation_actions.hide(expert.entry, by=make_moderator(), reason="Vérification")
    assert Client().get(expert.photo.url).status_code == 404


def test_the_cv_is_for_its_owner_alone(client, author, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pdf = SimpleUploadedFile("cv.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n", "application/pdf")
    open_and_send(client, f"{EDIT}career/", cv=pdf)
    assert status_of(client, f"{MINE}cv/") == 200
    name = Expert.objects.get(pk=author.pk).cv.name
    assert Client().get(f"/media/{name}").status_code == 404
    assert client.get(f"/media/{name}").status_code == 404
    assert name not in public_page(author).decode()


def test_the_preview_is_the_page_that_others_see(client, author):
    author.phone = "+212612345678"
    author.audiences = {"phone": "members"}
    author.save()
    publish_free_changes(author, by=author.user)

    def main_part(html: str) -> str:
        return html[html.index('<div class="header-band">') : html.index("</main>")]

    visitor = client.get(f"{MINE}see-as/visitor/").content.decode()
    assert main_part(visitor).strip() == main_part(public_page(author).decode()).strip()
    assert "+212612345678" not in visitor
    assert "+212612345678" in client.get(f"{MINE}see-as/member/").content.decode()


def test_the_preview_shows_the_draft_on_request(client, author):
    open_and_send(client, f"{EDIT}texts/", biography_fr="Pas encore lue.")
    assert "Pas encore lue." not in client.get(f"{MINE}see-as/visitor/").content.decode()
    assert "Pas encore lue." in client.get(f"{MINE}see-as/visitor/?text=draft").content.decode()


def test_a_profile_that_was_never_sent_has_a_preview(client):
    expert = make_expert()
    client.force_login(expert.user)
    for visitor in ("visitor", "member"):
        assert "Benjelloun" in client.get(f"{MINE}see-as/{visitor}/").content.decode()


def test_starting_twice_leads_to_the_one_profile(client, author):
    assert client.post("/fr/experts/start/").url == MINE
    assert Expert.objects.filter(user=author.user).count() == 1


def test_a_day_that_has_passed_is_no_day_to_be_available_from(client, author):
    answer = open_and_send(client, f"{EDIT}availability/", availability="from", available_on="2020-01-01")
    assert "Ce jour est passé" in answer.content.decode()
    author.refresh_from_db()
    assert author.available_on is None
