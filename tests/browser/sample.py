"""A small directory in which every page has something to show: long texts, foreign texts, remarks, requests, faults."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import User
from experts.importing.actions import carry_on, send, start
from experts.importing.files import read_rows
from experts.models import Experience, Expert, Import, Link, Publication, Qualification
from messaging import actions as contact_actions
from moderation import actions as moderation_actions
from needs import actions as need_actions
from needs.models import Proposal
from notifications.models import Mail
from organizations import actions as organization_actions
from team import actions as team_actions
from tests.browser.sessions import session_of
from tests.experts.test_importing import csv_file, person
from tests.factories.accounts import PASSWORD, add_recovery_codes, add_totp, make_admin, make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import accepted, letter_to, make_report, make_request
from tests.factories.moderation import change, make_moderator, publish
from tests.factories.needs import make_need
from tests.factories.organizations import make_member, make_organization
from tests.factories.projects import make_project, name_somebody

ARABIC_ONLY = {
    "given_name": "",
    "family_name": "",
    "given_name_ar": "نجاة",
    "family_name_ar": "الوزاني",
    "headline": "",
    "headline_ar": "باحثة في اقتصاد الواحات",
    "biography": "",
    "biography_ar": "تشتغل على اقتصاد الواحات وعلى حقوق الماء منذ خمس عشرة سنة.",
}
LIST_PAGE = 20


@dataclass
class Sample:
    """`people` and their sessions by the part they play, `known` by the words that stand for them in pages.py."""

    people: dict[str, User]
    sessions: dict[str, str]
    known: dict[str, str | int]


def make() -> Sample:
    people = make_people()
    known = make_experts(people) | make_organizations(people)
    known |= make_projects(people) | make_keys(people)
    known |= make_submissions(people)
    known |= make_needs(people)
    known |= make_contacts(people)
    invited = team_actions.invite("invited@example.org", ["moderation", "vocabulary"], by=people["admin"])
    known |= {"moderator": make_moderator().pk, "team_invitation": invited.answer_url.rstrip("/").rpartition("/")[2]}
    known["mail"] = Mail.objects.latest("pk").pk
    return Sample(people, {who: session_of(user) for who, user in people.items()}, known)


def make_people() -> dict[str, User]:
    admin = make_admin(email="administration@example.org")
    add_recovery_codes(admin)
    secured = make_user(email="prudent@example.org")
    add_totp(secured)
    add_recovery_codes(secured)
    return {
        "admin": admin,
        "secured": secured,
        "newcomer": make_user(email="newcomer@example.org", password=PASSWORD),
        "expert": make_user(email="salma@example.org"),
        "owner": make_user(email="owner@example.org"),
        "guest": make_user(email="guest@example.org"),
    }


def make_experts(people: dict[str, User]) -> dict[str, str | int]:
    moderator = make_moderator()
    full = make_expert(
        user=people["expert"],
        given_name_ar="سلمى",
        family_name_ar="بنجلون",
        headline_ar="مهندسة في الاقتصاد الدائري",
        services_fr="Ateliers et diagnostics.",
        years_experience=12,
        goals=[8, 12, 13],
        region="MA-05",
        territories=["MA", "FR"],
        modes=["training", "mentoring"],
        terms=["pro_bono"],
        reach=["remote", "travel"],
        orcid="0000-0002-1825-0097",
        contact_email="salma@example.org",
        phone="+212600000001",
        audiences={"email": "public", "phone": "public"},
    )
    add_rows(full)
    publish(full, by=moderator)
    change(full, headline_fr="Ingénieure, économie circulaire et tri", biography_fr="Elle accompagne douze coopératives.")
    sent = moderation_actions.submit(full, by=full.user)
    moderation_actions.approve(
        sent, by=moderator, fields={"headline"}, comments={"biography": "Lesquelles\u00a0?\nNommez-les."}, message="Merci."
    )
    arabic = make_expert(**ARABIC_ONLY)
    publish(arabic, by=moderator)
    for number in range(LIST_PAGE):
        publish(make_expert(family_name="Tazi", given_name=f"Nadia-{chr(65 + number)}", goals=[number % 17 + 1]), by=moderator)
    return {"expert": full.entry.slug, "arabic_expert": arabic.entry.slug, "expert_entry": full.entry_id, "decided": sent.pk}


def add_rows(expert: Expert) -> None:
    Experience.objects.create(expert=expert, title="Cheffe de projet", organization="ANAPEC", start_year=2015, language="fr")
    Experience.objects.create(expert=expert, title="مستشارة", start_year=2010, end_year=2014, language="ar")
    Qualification.objects.create(expert=expert, title="Doctorat", institution="Université de Fès", year=2009, language="fr")
    Publication.objects.create(expert=expert, title="Territoires", year=2020, url="https://example.org/a", language="fr")
    Link.objects.create(expert=expert, label="Blog", url="https://example.org/blog")


def make_organizations(people: dict[str, User]) -> dict[str, str | int]:
    organization = make_organization(
        owner=people["owner"],
        published=True,
        name_ar="تعاونية زيتون سايس",
        founded=1998,
        website="https://example.org/",
        contact_email="contact@example.org",
        audiences={"email": "public"},
    )
    organization_actions.verify(organization, method="document", by=people["admin"], note="Statuts lus.")
    make_member(organization)
    make_member(organization, role="reader", user=people["guest"])
    organization_actions.ask_to_join(organization, message="Je travaille au moulin.", by=people["newcomer"])
    invitation = organization_actions.invite(organization, email=people["expert"].email, role="editor", by=people["owner"])
    return {
        "cooperative": organization.entry.slug,
        "organization_id": organization.public_id,
        "organization_pk": organization.pk,
        "person": people["guest"].pk,
        "invitation": invitation.answer_url.rstrip("/").rpartition("/")[2],
    }


def make_projects(people: dict[str, User]) -> dict[str, str | int]:
    project = make_project(
        author=people["owner"], published=True, description="Trois ans de travaux.", results_fr="Un tiers d’eau en moins."
    )
    partner = make_organization(published=True, name="Université des oasis")
    name_somebody(project, organization=partner, confirmed_by=partner.people().first())
    asked = name_somebody(project, expert=people["expert"].expert)
    return {"project": project.entry.slug, "project_id": project.public_id, "participation": asked.pk}


def make_needs(people: dict[str, User]) -> dict[str, str | int]:
    need = make_need(
        author=people["owner"],
        published=True,
        name="Une filière d’économie circulaire",
        text="Il nous faut quelqu’un pour monter une filière d’économie circulaire avec trois coopératives.",
        languages={"ar": "C1"},
        country="MA",
        musts=["country"],
        mode="onsite",
    )
    (proposal,) = need_actions.propose(need, [(people["expert"].expert, 70, "")], by=people["owner"])
    Proposal.objects.filter(pk=proposal.pk).update(mailed_at=timezone.now())
    token = proposal.mail_url().rstrip("/").rpartition("/")[2]
    need_actions.ask_outcome(proposal)
    outcome = proposal.outcomes.first().mail_url().rstrip("/").rpartition("/")[2]
    return {"outcome": outcome, "need_slug": need.entry.slug, "need_id": need.public_id, "need_pk": need.pk, "proposal": token}


def make_submissions(people: dict[str, User]) -> dict[str, str | int]:
    new = make_expert(family_name="Nouvelle", headline_ar="مختصة")
    edited = make_expert(family_name="Changée", published=True)
    change(edited, headline_fr="Ingénieure en recyclage", years_experience=4)
    make_expert(user=make_user(email="draft@example.org"), family_name="Brouillon")
    return {"new": moderation_actions.submit(new, by=new.user).pk, "edited": moderation_actions.submit(edited, by=edited.user).pk}


def make_imports(people: dict[str, User]) -> dict[str, int]:
    """A list before anything is written, with a new, a changed, a double and a wrong line; one that is done; one on its way."""

    def sent(*rows: dict[str, str]) -> Import:
        return send(read_rows(csv_file(*rows), "liste.csv"), by=people["admin"], source="liste.csv")

    done = sent(person(1), person(2, country="ZZ"))
    carry_on(done)
    start(done, by=people["admin"], publish=True)
    carry_on(done)
    checked = sent(person(1, headline_fr="Hydrologue"), person(3), person(4), person(5, country="ZZ", city="IngÃ©nieurs"))
    carry_on(checked)
    return {"import": checked.pk, "import_done": done.pk, "import_running": sent(person(6)).pk}


def make_contacts(people: dict[str, User]) -> dict[str, str | int]:
    """A visitor's request in each place where it can be read, a member's that was accepted, one that is held, a report."""
    expert, organization = people["expert"].expert, people["owner"].organizations.get()
    waiting = contact_actions.ask(letter_to(expert), by=None)
    open_one = make_request(expert, by=None, language="ar", message="نبحث عن شريك.\nهل يمكن أن نلتقي؟")
    agreed = accepted(expert, by=people["owner"], organization=organization, address="salma@example.org")
    contact_actions.reply(agreed, "Quand venez-vous à Meknès\u00a0?", by=people["expert"], is_of_sender=False)
    held = make_request(expert, by=people["guest"], message="Un bitcoin pour l’oasis")

    def end_of(address: str) -> str:
        return address.rstrip("/").rpartition("/")[2]

    return {
        "expert_id": expert.public_id,
        "contact_to_confirm": end_of(waiting.confirm_url()),
        "contact_to_answer": end_of(open_one.answer_url(people["expert"])),
        "contact_to_follow": end_of(open_one.sender_url()),
        "contact_received": agreed.pk,
        "contact_sent": agreed.pk,
        "contact_held": held.pk,
        "report": make_report(expert).pk,
    }


def make_keys(people: dict[str, User]) -> dict[str, str | int]:
    unconfirmed = make_user(verified=False)
    key = Authenticator.objects.create(
        user=people["secured"], type=Authenticator.Type.WEBAUTHN, data={"name": "Clé bleue", "credential": {}}
    )
    return {
        "email_key": EmailConfirmationHMAC(EmailAddress.objects.get(user=unconfirmed)).key,
        "uid": user_pk_to_url_str(unconfirmed),
        "reset_key": default_token_generator.make_token(unconfirmed),
        "security_key": key.pk,
        **make_imports(people),
    }
