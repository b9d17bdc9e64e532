"""The journey of an organisation's people: register, write, send, invite, decide; and what is closed to all others."""

import pytest
from django.core import signing
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.state import AuthorState, Standing
from moderation import actions as moderation_actions
from moderation.models import Submission
from notifications.models import Mail
from organizations import actions
from organizations.models import Invitation, Organization, Role, Step
from taxonomy.vocabulary import vocabulary
from tests.experts.forms import form_data, open_and_send
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_member, make_organization, owner_of

pytestmark = pytest.mark.django_db
NEW = "/fr/organizations/new/"


def mine(organization, page: str = "", language: str = "fr") -> str:
    return f"/{language}/organizations/mine/{organization.public_id}/{page}"


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def organization():
    return make_organization(published=True, website="https://www.oliveraie.example/", acronym="COS")


@pytest.fixture
def owner(client, organization):
    """Logged in."""
    user = owner_of(organization)
    client.force_login(user)
    return user


# Registering


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_founder_writes_in_the_language_of_the_page_and_sends(client, language):
    user = make_user()
    client.force_login(user)
    client.post(f"/{language}/organizations/new/", {"name": "جمعية الماء", "website": ""})
    organization = Organization.objects.get()
    assert organization.source_language == language
    open_and_send(client, mine(organization, "edit/identity/", language), type="association")
    open_and_send(client, mine(organization, "edit/texts/", language), **{f"description_{language}": "ماء للجميع."})
    open_and_send(client, mine(organization, "edit/fields/", language), themes=["EAU"], goals=["6"])
    open_and_send(client, mine(organization, "edit/places/", language), country="MA", region="MA-03", territories=["MA", "EU"])
    open_and_send(client, mine(organization, "edit/contact/", language), website="https://maa.example")
    assert client.get(mine(organization, "", language)).context["state"].missing == []
    client.post(mine(organization, "submit/", language))
    assert Submission.objects.waiting().get().document["fields"]["name"] == {language: "جمعية الماء", "source": language}


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "COOPERATIVE  oliveraie du SAÏS".replace("  ", " "), "website": ""},
        {"name": "cos", "website": ""},
        {"name": "Tout autre nom", "website": "http://oliveraie.example/contact"},
    ],
)
def test_a_namesake_is_shown_with_the_way_to_join_it(client, organization, typed):
    client.force_login(make_user())
    response = client.post(NEW, typed)
    assert response.status_code == 200
    assert f"/fr/organizations/{organization.entry.slug}/join/" in response.content.decode()
    assert Organization.objects.count() == 1
    client.post(NEW, typed | {"confirmed": "on"})
    assert Organization.objects.count() == 2


def test_drafts_of_others_are_not_told_to_a_founder(client):
    make_organization(name="Secrète")
    client.force_login(make_user())
    assert client.post(NEW, {"name": "Secrète", "website": ""}).status_code == 302


def test_only_known_fields_are_taken_from_the_form(client):
    client.force_login(make_user())
    client.post(NEW, {"name": "Atlas", "website": "", "version": "9", "public_id": "hacked", "entry": "1"})
    organization = Organization.objects.get()
    assert (organization.version, organization.entry) == (1, None)
    assert organization.public_id != "hacked"


# Writing


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("step", Step.values)
def test_an_untouched_step_saves_and_changes_nothing(client, organization, owner, step, language):
    before = Organization.objects.get(pk=organization.pk).as_document()
    assert open_and_send(client, mine(organization, f"edit/{step}/", language)).status_code == 302
    assert Organization.objects.get(pk=organization.pk).as_document() == before


def test_readers_see_the_people_and_the_preview_and_write_nothing(organization):
    reader = logged_in(make_member(organization, Role.READER).user)
    for page in ("people/", "see-as/visitor/"):
        assert reader.get(mine(organization, page)).status_code == 200
    for page in ("", "edit/identity/"):
        assert reader.get(mine(organization, page)).status_code == 404
    for page in ("submit/", "withdraw/", "people/invite/"):
        assert reader.post(mine(organization, page)).status_code == 404
    assert "invite/" not in reader.get(mine(organization, "people/")).content.decode()


def test_to_others_the_pages_of_its_people_do_not_exist(organization):
    stranger, outsider = logged_in(make_user()), logged_in(owner_of(make_organization(name="Autre")))
    affiliation = organization.affiliations.get()
    gets = ["", "edit/identity/", "people/", "see-as/visitor/"]
    posts = ["submit/", "withdraw/", "people/invite/", f"people/{affiliation.pk}/role/", f"people/{affiliation.pk}/remove/"]
    for client in (stranger, outsider):
        assert {client.get(mine(organization, page)).status_code for page in gets} == {404}
        assert {client.post(mine(organization, page)).status_code for page in posts} == {404}
    assert {Client().get(mine(organization, page)).status_code for page in gets} == {302}


def test_an_owner_of_one_organisation_decides_nothing_in_another(client, organization, owner):
    other = make_organization(name="Autre")
    affiliation = other.affiliations.get()
    invitation = actions.invite(other, email="a@example.org", role=Role.EDITOR, by=owner_of(other))
    join_request = actions.ask_to_join(other, message="", by=make_user())
    assert client.post(mine(organization, f"people/{affiliation.pk}/role/"), {"role": "reader"}).status_code == 404
    assert client.post(mine(organization, f"people/{affiliation.pk}/remove/")).status_code == 404
    assert client.post(mine(organization, f"invitations/{invitation.pk}/revoke/")).status_code == 404
    answer = {"answer": "accept", "role": "owner"}
    assert client.post(mine(organization, f"requests/{join_request.pk}/"), answer).status_code == 404
    assert other.affiliations.count() == 1


def test_an_editor_may_edit_and_send_and_loses_it_with_the_role(organization):
    affiliation = make_member(organization, Role.EDITOR)
    editor = logged_in(affiliation.user)
    open_and_send(editor, mine(organization, "edit/texts/"), description_fr="Nouveau texte.")
    editor.post(mine(organization, "submit/"))
    assert Submission.objects.waiting().get().submitted_by == affiliation.user
    actions.change_role(affiliation, Role.READER, by=owner_of(organization))
    assert editor.get(mine(organization, "edit/texts/")).status_code == 404


def test_a_stale_form_answers_409_with_both_texts(client, organization, owner):
    url = mine(organization, "edit/texts/")
    data = form_data(client.get(url)) | {"description_fr": "Ce que j’écris.", "then": "stay"}
    open_and_send(client, url, description_fr="Ce qui est arrivé avant.")
    response = client.post(url, data)
    assert response.status_code == 409
    assert "Ce que j’écris." in response.content.decode()
    assert "Ce qui est arrivé avant." in response.content.decode()
    assert client.post(url, form_data(response) | {"then": "stay"}).status_code == 302


def test_more_than_twelve_themes_and_a_region_elsewhere_are_refused(client, organization, owner):
    thirteen = list(vocabulary().themes)[:13]
    response = open_and_send(client, mine(organization, "edit/fields/"), themes=thirteen)
    assert "themes" in response.context["form"].errors
    response = open_and_send(client, mine(organization, "edit/places/"), country="FR", region="MA-03")
    assert "region" in response.context["form"].errors


def test_the_contact_address_follows_its_audience_at_once(client, organization, owner):
    open_and_send(client, mine(organization, "edit/contact/"), contact_email="bonjour@olive.example", audience_email="public")
    assert "bonjour@olive.example" in Client().get(organization.entry.get_absolute_url()).content.decode()
    open_and_send(client, mine(organization, "edit/contact/"), audience_email="coordinators")
    assert "bonjour@olive.example" not in Client().get(organization.entry.get_absolute_url()).content.decode()


def test_comments_of_the_moderator_stand_beside_their_fields(client, organization, owner):
    open_and_send(client, mine(organization, "edit/texts/"), description_fr="Trop long.")
    client.post(mine(organization, "submit/"))
    moderation_actions.request_changes(
        Submission.objects.waiting().get(), by=make_moderator(), comments={"description": "Raccourcissez."}
    )
    assert "Raccourcissez." in client.get(mine(organization, "edit/texts/")).content.decode()
    assert AuthorState(Organization.objects.get(pk=organization.pk)).standing is Standing.CHANGES_REQUESTED


def test_the_preview_of_a_visitor_is_the_public_page(client, organization, owner):
    def main_part(html: str) -> str:
        return html[html.index('<div class="header-band">') : html.index("</main>")].strip()

    public = Client().get(organization.entry.get_absolute_url()).content.decode()
    assert main_part(client.get(mine(organization, "see-as/visitor/")).content.decode()) == main_part(public)


@settings(max_examples=25)
@given(
    step=st.sampled_from(Step.values),
    values=st.dictionaries(
        st.sampled_from(
            ["name_fr", "acronym", "founded", "themes", "goals", "country", "website", "phone", "version", "audience_email"]
        ),
        st.text(max_size=40) | st.integers().map(str),
    ),
)
def test_whatever_is_typed_gets_an_answer(client, organization, owner, step, values):
    url = mine(organization, f"edit/{step}/")
    response = client.post(url, form_data(client.get(url)) | values)
    assert response.status_code in {200, 302, 400, 409}


# People


def test_an_owner_invites_sends_again_and_revokes(client, organization, owner):
    client.post(mine(organization, "people/invite/"), {"email": "amal@example.org", "role": "editor"})
    invitation = Invitation.objects.get()
    assert "amal@example.org" in client.get(mine(organization, "people/")).content.decode()
    client.post(mine(organization, f"invitations/{invitation.pk}/revoke/"))
    assert "amal@example.org" not in client.get(mine(organization, "people/")).content.decode()


@pytest.mark.parametrize("typed", [{"email": "no address", "role": "editor"}, {"email": "a@example.org", "role": "king"}, {}])
def test_a_broken_invitation_says_what_is_wrong_and_keeps_what_was_typed(client, organization, owner, typed):
    response = client.post(mine(organization, "people/invite/"), typed)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Invitation.objects.exists()


def test_the_last_owner_is_told_how_to_leave(client, organization, owner):
    own = organization.affiliations.get()
    response = client.post(mine(organization, f"people/{own.pk}/remove/"), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert organization.affiliations.count() == 1


def test_a_request_to_join_is_decided_on_the_page_of_people(client, organization, owner):
    person = make_user()
    logged_in(person).post(f"{organization.entry.get_absolute_url()}join/", {"message": "J’y travaille."})
    join_request = organization.join_requests.get()
    assert "J’y travaille." in client.get(mine(organization, "people/")).content.decode()
    assert str(organization) in client.get("/fr/me/").content.decode()
    answer = {"answer": "accept", "role": "editor"}
    client.post(mine(organization, f"requests/{join_request.pk}/"), answer)
    assert organization.affiliations.get(user=person).role == Role.EDITOR
    again = client.post(mine(organization, f"requests/{join_request.pk}/"), answer, follow=True)
    assert [message.level_tag for message in again.context["messages"]][-1] == "info"


# The invited person


@pytest.fixture
def invitation(organization):
    return actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner_of(organization))


def token_of(invitation) -> str:
    return invitation.answer_url.rstrip("/").rpartition("/")[2]


def address_of(invitation) -> str:
    return invitation.answer_url


def test_opening_the_link_uses_nothing(invitation):
    for client in (Client(), logged_in(make_user(email="amal@example.org"))):
        assert client.get(address_of(invitation)).status_code == 200
        assert client.head(address_of(invitation)).status_code == 200
    assert Invitation.objects.open().get() == invitation


def test_the_invited_person_accepts(organization, invitation):
    amal = make_user(email="Amal@example.org")
    client = logged_in(amal)
    assert address_of(invitation) in client.get("/fr/me/").content.decode()
    assert client.post(address_of(invitation), {"answer": "accept"}).url == mine(organization)
    assert organization.affiliations.get(user=amal).role == Role.EDITOR
    assert client.get(address_of(invitation)).status_code == 404


def test_another_address_has_to_confirm_that_it_is_the_same_person(organization, invitation):
    other = make_user()
    client = logged_in(other)
    response = client.post(address_of(invitation), {"answer": "accept"})
    assert response.status_code == 200
    assert "amal@example.org" in response.content.decode()
    assert not organization.affiliations.filter(user=other).exists()
    client.post(address_of(invitation), {"answer": "accept", "other_address": "yes"})
    assert organization.affiliations.filter(user=other).exists()


def test_expired_revoked_used_and_unknown_links_answer_alike(organization, invitation):
    revoked = actions.invite(organization, email="b@example.org", role=Role.READER, by=owner_of(organization))
    actions.revoke(revoked, by=owner_of(organization))
    used = actions.invite(organization, email="c@example.org", role=Role.READER, by=owner_of(organization))
    actions.accept(used, by=make_user())
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=invitation.asked_at)
    client = Client()
    tokens = [*map(token_of, (invitation, revoked, used)), "unknown", signing.dumps("x")]
    answers = [client.get(f"/fr/organizations/invitation/{token}/") for token in tokens]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {answer.content.decode().replace(token, "") for answer, token in zip(answers, tokens, strict=True)}
    assert len(bodies) == 1
    assert 'href="/fr/me/"' in bodies.pop().split("<main")[1], "whoever opens the mail again is shown the way"


def test_a_declined_invitation_is_over(invitation):
    assert Client().post(address_of(invitation), {"answer": "decline"}).status_code == 302
    assert not Invitation.objects.open().exists()


def test_logging_in_leads_back_to_the_invitation(invitation):
    make_user(email="amal@example.org", password=PASSWORD)
    client = Client()
    login = client.post(address_of(invitation), {"answer": "accept"}).url
    assert client.post(login, {"login": "amal@example.org", "password": PASSWORD}).url == address_of(invitation)


def test_signing_up_and_confirming_the_address_leads_back_to_the_invitation(invitation):
    client = Client()
    data = {"email": "amal@example.org", "password1": PASSWORD, "privacy": "on", "purpose": "organization"}
    response = client.post(f"/fr/accounts/signup/?next={address_of(invitation)}", data)
    assert response.status_code == 302, response.context["form"].errors
    mail = Mail.objects.get(kind="email_confirmation_signup")
    link = next(line for line in mail.text.splitlines() if "/confirm-email/" in line).strip()
    response = client.post(link.removeprefix("http://127.0.0.1:8000"))
    assert response.url == address_of(invitation)
