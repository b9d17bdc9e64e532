"""Who sees what: every role, every state of an object, every address that takes one (threats T1, T2, T15 and T24).

Each object carries canaries: words that stand in one group of its fields only, so that finding one tells which group leaked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from authoring.pages import VISITORS
from core.languages import LANGUAGES
from experts.models import Experience, Link
from experts.models import Step as ExpertStep
from moderation import actions as moderation_actions
from moderation.models import Publishable, Submission
from needs.models import Step as NeedStep
from organizations import actions as organization_actions
from organizations.models import Step as OrganizationStep
from projects.models import Step as ProjectStep
from tests.committed import committed_data
from tests.experts.forms import open_and_send
from tests.factories.accounts import make_admin, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import change, make_moderator, publish
from tests.factories.needs import make_need
from tests.factories.organizations import make_member, make_organization, owner_of
from tests.factories.projects import make_project, name_somebody
from tests.test_access import SITE
from tests.test_templates import addresses

pytestmark = pytest.mark.django_db

STATES = ("draft", "waiting", "published", "changed", "hidden")
PUBLIC_STATES = {"published", "changed"}
MAKERS = {"expert": make_expert, "organization": make_organization, "project": make_project, "need": make_need}
ROOMS = {"expert": "experts", "organization": "organizations", "project": "projects", "need": "needs"}
STEPS = {"expert": ExpertStep, "organization": OrganizationStep, "project": ProjectStep, "need": NeedStep}
# The text that a visitor reads on the page of each kind, and the one that its author rewrites.
TEXTS = {"expert": "headline_fr", "organization": "description_fr", "project": "description_fr", "need": "text_fr"}
PICTURES = {"expert": "photo", "organization": "logo"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
_phones = count(1000)


@dataclass
class Case:
    """One object in one state, with its canaries: {word: audience}, "author" for what nobody else has been shown."""

    kind: str
    state: str
    draft: Publishable
    owner: User
    canaries: dict[str, str] = field(default_factory=dict)
    keys: dict[str, int | str] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def slug(self) -> str:
        return self.draft.entry.slug if self.draft.entry else self.draft.public_id


@dataclass
class Viewer:
    name: str
    user: User | None = None
    is_member: bool = False
    is_coordinator: bool = False

    @property
    def client(self) -> Client:
        client = Client()
        if self.user:
            client.force_login(self.user)
        return client

    def may_read(self, case: Case, audience: str) -> bool:
        if self.is_coordinator or (self.user and case.owner == self.user):
            return True
        return case.is_public and (audience == "public" or (audience == "members" and self.is_member))


# The world


def canary(case: Case, audience: str, group: str) -> str:
    word = f"kz{case.kind}{case.state}{group}zk"
    case.canaries[word] = audience
    return word


def plant(case: Case) -> None:
    """Narrow groups of every kind, each with its word."""
    draft = case.draft
    if case.kind == "expert":
        draft.city = canary(case, "members", "places")
        draft.contact_email = f"{canary(case, 'coordinators', 'email')}@example.org"
        draft.audiences = {"places": "members", "career": "contacts", "publications": "coordinators"}
        Experience.objects.create(expert=draft, title=canary(case, "contacts", "career"), start_year=2010)
        Link.objects.create(expert=draft, label=canary(case, "coordinators", "links"), url="https://example.org/")
    elif case.kind == "organization":
        draft.contact_email = f"{canary(case, 'members', 'email')}@example.org"
        draft.phone = f"+21260000{next(_phones)}"
        case.canaries[str(draft.phone)] = "contacts"
        draft.audiences = {"email": "members", "phone": "contacts"}
    elif case.kind == "project":
        draft.funders = canary(case, "members", "funding")
        draft.audiences = {"funding": "members"}
    setattr(draft, TEXTS[case.kind], canary(case, "public", "text"))
    if case.kind in PICTURES:
        name = default_storage.save(f"{PICTURES[case.kind]}s/{case.kind}-{case.state}.webp", ContentFile(b"webp"))
        setattr(draft, PICTURES[case.kind], name)
    draft.save()


def bring_to_its_state(case: Case, moderator: User) -> None:
    draft = case.draft
    if case.state == "waiting":
        moderation_actions.submit(draft, by=case.owner)
    if case.state in {"published", "changed", "hidden"}:
        publish(draft, by=moderator)
    if case.state == "changed":
        setattr(draft, TEXTS[case.kind], canary(case, "author", "newtext"))
        draft.save()
        moderation_actions.submit(draft, by=case.owner)
    if case.state == "hidden":
        moderation_actions.hide(draft.entry, by=moderator, reason="Signalement")
        draft.refresh_from_db()


def make_case(kind: str, state: str, owner: User, moderator: User) -> Case:
    case = Case(kind, state, MAKERS[kind](owner), owner)
    plant(case)
    bring_to_its_state(case, moderator)
    submission = Submission.objects.filter(public_id=case.draft.public_id).order_by("-pk").first()
    case.keys = {"submission": submission.pk if submission else 0, "entry": case.draft.entry_id or 0}
    if kind == "organization":
        case.keys |= {"affiliation": make_member(case.draft).pk}
        address = f"x{case.draft.pk}@example.org"
        case.keys |= {"invitation": organization_actions.invite(case.draft, email=address, role="editor", by=owner).pk}
    if kind == "project":
        case.keys |= {"participation": name_somebody(case.draft, expert=make_expert(published=True)).pk}
    return case


@dataclass
class World:
    cases: list[Case]
    viewers: dict[str, Viewer]

    def case(self, kind: str, state: str) -> Case:
        return next(case for case in self.cases if (case.kind, case.state) == (kind, state))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Made once. As in production: no mailbox for everybody, the second factor asked for."""
    production = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=False, STAFF_MFA_REQUIRED=True)
    with committed_data(django_db_blocker), production:
        yield make_world()


def make_world() -> World:
    moderator, owner = make_moderator(), make_user()
    cases = []
    for state in STATES:
        author = owner if state == "published" else make_user()
        cases.append(make_case("expert", state, author, moderator))
        cases += [make_case(kind, state, owner, moderator) for kind in ("organization", "project", "need")]
    elsewhere = make_organization(name="Ailleurs", published=True)
    authors = [case for case in cases if case.owner != owner]
    viewers = [
        Viewer("anonymous"),
        Viewer("account", make_user()),
        Viewer("member", make_expert(published=True).user, is_member=True),
        Viewer("colleague", owner_of(elsewhere), is_member=True),
        Viewer("owner", owner, is_member=True),
        *(Viewer(f"author-{case.state}", case.owner, is_member=case.is_public) for case in authors),
        Viewer("moderator", moderator, is_coordinator=True),
        Viewer("superuser", make_admin(), is_coordinator=True),
    ]
    return World(cases, {viewer.name: viewer for viewer in viewers})


ROLES = ["anonymous", "account", "member", "colleague", "owner", "moderator", "superuser"]
AUTHORS = ["author-draft", "author-waiting", "author-changed", "author-hidden"]
each_role = pytest.mark.parametrize("role", [*ROLES, *AUTHORS])


# The addresses

ABSENT = {
    "slug": "absent-zzzz",
    "key": "absent-zzzz",
    "public_id": "zzzzzzzzzz",
    "pk": 999999,
    "object_id": 999999,
    "name": "absent.webp",
}
# Who may open an address: everybody once it is public, the people of the object, coordinators, both, nobody by GET.
PUBLIC, OWN, NAMED, DESK, TEAM = "public", "own", "named", "desk", "own or desk"


def rows(case: Case) -> list[tuple[str, dict, str]]:
    """(name, arguments, who) of every address of one object."""
    room, mine = ROOMS[case.kind], {"public_id": case.draft.public_id}
    found = [(f"{room}:detail", {"slug": case.slug}, PUBLIC)]
    found += [("api:entry", {"kind": case.kind, "key": key}, PUBLIC) for key in (case.slug, case.draft.public_id)]
    found += [(f"messaging:{page}", mine, PUBLIC) for page in ("write", "report", "qr")]
    found += [("messaging:card", mine, PUBLIC)] if case.kind in {"expert", "organization"} else []
    found += [("messaging:reach", mine, OWN), ("messaging:unblock", mine | {"pk": 0}, OWN)]
    if case.kind != "expert":  # an expert's own pages take no object: they are part of the tour
        found += [(f"{room}:{page}", mine, OWN) for page in ("overview", "submit", "withdraw", "take_down", "bring_back")]
        found += [(f"{room}:preview", mine | {"visitor": visitor}, OWN) for visitor in VISITORS]
        found += [(f"{room}:edit", mine | {"step": step.value}, OWN) for step in STEPS[case.kind]]
    if case.kind == "organization":
        found += [(f"{room}:join", {"slug": case.slug}, PUBLIC)]
        found += [(f"{room}:{page}", mine, OWN) for page in ("people", "invite")]
        member, invitation = {"pk": case.keys["affiliation"]}, {"pk": case.keys["invitation"]}
        found += [(f"{room}:{page}", mine | member, OWN) for page in ("change_role", "remove", "decide_request")]
        found += [(f"{room}:revoke", mine | invitation, OWN), ("privacy:close_organization", mine, OWN)]
        found += [
            (f"admin:organizations_organization_{verb}", {"pk": case.draft.pk}, DESK) for verb in ("verify", "end_verification")
        ]
    if case.kind == "project":
        found += [(f"{room}:{page}", mine, OWN) for page in ("lead", "name")]
        found += [(f"{room}:remove", mine | {"pk": case.keys["participation"]}, OWN)]
        found += [(f"{room}:participation", {"pk": case.keys["participation"]}, NAMED)]
    if case.kind == "need":
        found += [(f"{room}:{page}", mine, OWN) for page in ("close", "propose", "exclude")]
        found.append((f"{room}:people", mine, TEAM))
    if case.kind in PICTURES:
        folder, _, name = str(getattr(case.draft, PICTURES[case.kind])).partition("/")
        found.append(("picture", {"folder": folder, "name": name}, PUBLIC))
    return found + desk_rows(case)


def desk_rows(case: Case) -> list[tuple[str, dict, str]]:
    model = case.draft._meta.label_lower.replace(".", "_")
    found = [(f"admin:{model}_{view}", {"object_id": case.draft.pk}, DESK) for view in ("change", "history", "delete")]
    submission, entry = {"pk": case.keys["submission"]}, {"pk": case.keys["entry"]}
    found += [(f"admin:moderation_submission_{view}", submission, DESK) for view in ("review", "preview", "change", "history")]
    found += [(f"admin:directory_entry_{view}", entry, DESK) for view in ("change", "history", "hide", "restore")]
    return [*found, ("admin:directory_entry_roll_back", entry | {"number": 1}, DESK)]


# Addresses with arguments that are no object of the directory.
NO_OBJECT = {
    "sitemap": "part of the tour",
    "experts:edit": "one's own: part of the tour",
    "experts:preview": "one's own: part of the tour",
    **dict.fromkeys(
        ("organizations:invitation", "projects:participation_by_mail", "team:invitation"), "whoever holds the token is meant"
    ),
    **dict.fromkeys(
        (f"messaging:{page}" for page in ("confirm", "answer_by_mail", "sent_by_mail")), "whoever holds the token is meant"
    ),
    **dict.fromkeys((f"messaging:{page}" for page in ("answer", "sent")), "between two: tests/messaging crawls them"),
    **dict.fromkeys(
        (f"admin:messaging_{verb}" for verb in ("contactrequest_release", "contactrequest_stop", "report_settle")), "by right"
    ),
    "admin:experts_expert_import_template": "the same for everybody who may import",
    **dict.fromkeys((f"admin:experts_import_{page}" for page in ("undo", "start", "left_out", "line")), "an import, by right"),
    **dict.fromkeys(("needs:answer", "needs:outcome"), "whoever holds the token is meant"),
    **dict.fromkeys(("taxonomy:goal", "taxonomy:theme", "directory:territory"), "vocabulary"),
    **dict.fromkeys(("notifications:demo_mail", "notifications:demo_mail_html"), "in the demo only"),
    **dict.fromkeys(("mfa_remove_webauthn", "mfa_edit_webauthn"), "one's own keys"),
    **dict.fromkeys(("account_confirm_email", "account_reset_password_from_key"), "whoever holds the token is meant"),
    **dict.fromkeys(("admin:view_on_site", "admin:app_list", "admin:auth_user_password_change"), "stock admin"),
}
OTHER_MODELS = re.compile(
    r"admin:(auth|accounts|team|notifications|taxonomy|account|mfa|usersessions)_\w+|admin:\w+_(delete|history|change)"
)


def plain_address(name: str) -> str:
    """The address of a page that takes no argument; "" for others."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def test_every_address_that_takes_an_object_has_a_row(world):
    in_rows = {name for case in world.cases for name, _arguments, _who in rows(case)}
    with_arguments = {name for name, pattern in SITE if pattern.name and not plain_address(name)}
    without_row = with_arguments - in_rows - set(NO_OBJECT)

    assert {name for name in without_row if not OTHER_MODELS.fullmatch(name)} == set()
    assert in_rows <= {name for name, _pattern in SITE}


def tour(world: World) -> list[str]:
    """The addresses that take no object: all pages, one's own pages, lists asked for every canary, sitemaps."""
    found = addresses("fr")
    found += [reverse("experts:edit", args=[step.value]) for step in ExpertStep]
    found += [reverse("experts:preview", args=[visitor]) for visitor in VISITORS]
    found += [f"/sitemap-{section}.xml" for section in (*ROOMS.values(), "pages")]
    for case in world.cases:
        lists = reverse(f"{ROOMS[case.kind]}:list")
        found += [f"{lists}?sort={order}" for order in ("name", "newest", "confirmed")]
        found += [f"/api/v1/search?kind={case.kind}&limit=100", *(f"/api/v1/search?q={word}" for word in case.canaries)]
        found += [f"/fr/suggest/?q={word}" for word in case.canaries]
    return list(dict.fromkeys(found))


def body_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


def leaks(viewer: Viewer, world: World, body: str) -> list[str]:
    body = body.lower()
    return [
        word
        for case in world.cases
        for word, audience in case.canaries.items()
        if word in body and not viewer.may_read(case, audience)
    ]


def checksums() -> dict[str, str]:
    """Of every table, less what a visit may write: sessions and their activity, the cache."""
    written = {"django_session", "usersessions_usersession", "shared_cache", "quotas_deedcount"}
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in written:
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {quoted} t")  # noqa: S608
                found[table] = str(cursor.fetchone())
    return found


@each_role
def test_nobody_reads_more_than_their_role_and_reading_changes_nothing(world, role):
    viewer = world.viewers[role]
    client = viewer.client
    before = checksums()
    cases = [
        case for case in world.cases if role not in AUTHORS or case.owner == viewer.user
    ]  # strangers to the rest: as a member
    asked = tour(world) + [reverse(name, kwargs=arguments) for case in cases for name, arguments, _who in rows(case)]
    leaking, broken = [], []
    for address in asked:
        response = client.get(address)
        if response.status_code >= 500:
            broken.append(address)
        leaking += [f"{address}: {word}" for word in leaks(viewer, world, body_of(response))]

    assert not leaking, "\n".join(leaking)
    assert not broken
    assert checksums() == before


@each_role
def test_everybody_reads_what_their_role_allows(world, role):
    """Or the canaries would prove nothing."""
    viewer = world.viewers[role]
    client = viewer.client
    unseen = []
    for case in world.cases:
        if not case.is_public:
            continue
        body = client.get(reverse(f"{ROOMS[case.kind]}:detail", args=[case.slug])).content.decode().lower()
        readable = {word for word, audience in case.canaries.items() if audience != "author" and viewer.may_read(case, audience)}
        unseen += [f"{case.slug}: {word}" for word in readable if word not in body]

    assert not unseen, "\n".join(unseen)


def answer(client: Client, name: str, arguments: dict) -> tuple:
    """Status, address of a redirect and body, less what repeats the question or is new each time."""
    address = reverse(name, kwargs=arguments)
    response = client.get(address)
    body = TOKEN.sub("", body_of(response))
    tail = address.removeprefix("/fr")
    return response.status_code, *(
        text.replace(tail, "").replace(quote(tail), "") for text in (response.get("Location", ""), body)
    )


def may_open(viewer: Viewer, case: Case, name: str, who: str) -> bool:
    if who == PUBLIC:
        shown_before = name == "picture" and (viewer.is_coordinator or case.owner == viewer.user)
        return case.is_public or shown_before
    if who in {OWN, TEAM} and case.owner == viewer.user:
        return True
    return who in {DESK, TEAM} and viewer.is_coordinator


@pytest.mark.parametrize("role", ["owner", "moderator", "anonymous"])
def test_a_picture_is_kept_by_others_only_while_its_page_is_public(world, role):
    viewer = world.viewers[role]
    kept = {True: set(), False: set()}
    for case in world.cases:
        for name, arguments, _who in rows(case):
            if name != "picture":
                continue
            response = viewer.client.get(reverse(name, kwargs=arguments))
            if body_of(response) and response.status_code == 200:
                kept[case.is_public].add(response.headers["Cache-Control"])
    assert kept[True]
    assert all("public" in control for control in kept[True])
    assert kept[False] == (set() if role == "anonymous" else {"private, no-store"})


@pytest.mark.parametrize("role", ROLES)
def test_hidden_and_absent_are_the_same_answer(world, role):
    viewer = world.viewers[role]
    client = viewer.client
    absent: dict[tuple, tuple] = {}
    different = []
    for case in world.cases:
        for name, arguments, who in rows(case):
            if may_open(viewer, case, name, who):
                continue
            nobody = {key: ABSENT.get(key, value) for key, value in arguments.items()}
            question = (name, *nobody.values())
            absent[question] = absent.get(question) or answer(client, name, nobody)
            if answer(client, name, arguments) != absent[question]:
                different.append(f"{name} {arguments}")
            if absent[question][0] not in {302, 403, 404, 405}:
                different.append(f"{name} {nobody} answers {absent[question][0]}")

    assert not different, "\n".join(different)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_page_answers_like_an_absent_one_in_every_language(world, language):
    hidden = world.case("expert", "hidden")
    client = Client()
    pages = [client.get(f"/{language}/experts/{slug}/") for slug in (hidden.slug, "nobody-of-this-name")]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content.decode().replace(hidden.slug, "") == pages[1].content.decode().replace("nobody-of-this-name", "")


# Inference (T2)


def lists_of(client: Client) -> dict[str, str]:
    """Every order and some questions of the experts' list, as somebody sees it."""
    questions = [
        "",
        "sort=name",
        "sort=newest",
        "sort=confirmed",
        "q=Salma",
        "q=Tombouctou",
        "country=ML",
        "country=MA",
        "region=MA-05",
    ]
    return {question: TOKEN.sub("", client.get(f"/fr/experts/?{question}").content.decode()) for question in questions}


@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_a_field_for_members_moves_nothing_in_the_lists(role):
    with time_machine.travel("2026-11-23 10:00", tick=False):
        moderator = make_moderator()
        viewer = Viewer(role, make_expert(family_name="Idrissi", published=True).user if role == "member" else None)
        for name in ("Alami", "Ziani"):
            make_expert(family_name=name, published=True)
        discreet = make_expert(family_name="Mernissi", audiences={"places": "members"}, published=True)
        before = lists_of(viewer.client)
        assert discreet.entry.document["fields"]["country"] == "MA"

        change(discreet, city="Tombouctou", country="ML", region="")
        moderation_actions.approve(moderation_actions.submit(discreet, by=discreet.user), by=moderator)

        discreet.refresh_from_db()
        assert discreet.entry.document["fields"]["country"] == "ML"
        assert lists_of(viewer.client) == before


def test_no_list_finds_a_word_that_is_not_public(world):
    found = []
    for case in world.cases:
        for word, audience in case.canaries.items():
            for viewer in (world.viewers["anonymous"], world.viewers["member"], world.viewers["moderator"]):
                page = viewer.client.get(reverse(f"{ROOMS[case.kind]}:list"), {"q": word}).content.decode()
                shown = f'/{ROOMS[case.kind]}/{case.slug}/"' in page
                if shown != (case.is_public and audience == "public"):
                    found.append(f"{viewer.name}: {word}")

    assert not found, "\n".join(found)


# Writing (T15, T24)

# Forms that anybody may send.
FOR_VISITORS = re.compile(r"account_\w+|mfa_\w+|admin:login|organizations:invitation|messaging:(write|report)")


def every_address(world: World) -> dict[str, str]:
    """{address: name} of everything that could be posted to; to log out would end the tour."""
    found = {reverse(name, kwargs=arguments): name for case in world.cases for name, arguments, _who in rows(case)}
    for name, pattern in SITE:
        if pattern.name and "logout" not in name and (address := plain_address(name)):
            found.setdefault(address, name)
    return found


def access_policy(name: str) -> str:
    return next(getattr(pattern.callback, "access_policy", "") for known, pattern in SITE if known == name)


def test_posts_without_login_change_nothing(world):
    before, client = checksums(), Client()
    for address, name in every_address(world).items():
        response = client.post(address, {"decision": "publish", "answer": "confirm"})
        if not FOR_VISITORS.fullmatch(name):
            assert response.status_code in {302, 403, 404, 405} or access_policy(name) == "public", (
                f"{name}: {response.status_code}"
            )

    assert checksums() == before


@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_posts_without_the_token_of_the_form_change_nothing(world, role):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.viewers[role].user)
    before = checksums()
    refusals = {403, 404, 405}
    accepted = [name for address, name in every_address(world).items() if client.post(address).status_code not in refusals]

    assert accepted == []
    assert checksums() == before


def test_fields_that_no_form_shows_are_ignored(client):
    draft, thief = make_expert(published=True), make_user()
    client.force_login(draft.user)
    extra = {
        "user": thief.pk,
        "owner": thief.pk,
        "status": "hidden",
        "entry": "",
        "public_id": "aaaaaaaaaa",
        "is_staff": "on",
        "is_superuser": "on",
        "slug": "taken",
        "external_id": "X",
    }
    entry = draft.entry

    response = open_and_send(client, "/fr/experts/edit/identity/", headline_fr="Autre titre", **extra)

    assert response.status_code == 302
    owner = draft.user
    draft.refresh_from_db()
    owner.refresh_from_db()
    assert draft.headline_fr == "Autre titre"
    assert (draft.user, draft.entry, draft.public_id, draft.external_id) == (owner, entry, entry.public_id, None)
    assert (draft.entry.status, draft.entry.slug) == ("published", entry.slug)
    assert not owner.is_staff
    assert not owner.is_superuser
    client.post("/fr/accounts/settings/", {"language": "en", **extra})
    owner.refresh_from_db()
    assert (owner.language, owner.is_staff, owner.is_superuser) == ("en", False, False)
