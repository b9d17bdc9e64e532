"""The demo network: what `manage.py up` shows to a newcomer, loaded here in part by the same code."""

import re
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from core.languages import LANGUAGES
from demo import accounts, banks, loading
from demo.people import people
from demo.writing import write
from directory.kinds import schema_of
from directory.models import Entry, EntryVersion
from experts.models import Expert
from experts.schema import Availability
from moderation.groups import MODERATORS, sync_groups
from moderation.models import Submission
from notifications.models import Mail
from organizations.models import Invitation, JoinRequest, Organization, Verification
from projects.models import Participation, Project
from taxonomy.vocabulary import vocabulary

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = NOW.date()
SAMPLE = 0.25
# Shared runs of three words, of all such runs of two biographies; and how often one sentence may come back.
MOST_ALIKE, MOST_REPEATED = 0.4, 6

pytestmark = pytest.mark.django_db


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def contents():
    entries = Entry.objects.order_by("public_id").values_list("public_id", "slug", "status", "version", "first_published_at")
    texts = Expert.objects.order_by("public_id").values_list("biography_ar", "biography_fr", "biography_en", "goals", "city")
    return list(entries), list(texts)


@pytest.fixture(scope="module")
def earlier_contents(django_db_setup, django_db_blocker):
    """What a first load writes, taken away at once."""
    with django_db_blocker.unblock(), undone():
        sync_groups(sender=None, using="default")
        loading.load(now=NOW, size=SAMPLE)
        return contents()


@pytest.fixture(scope="module")
def network(django_db_blocker, earlier_contents):
    """A part of the network, loaded once for all tests of this file and taken away after them."""
    with django_db_blocker.unblock(), undone():
        sync_groups(sender=None, using="default")
        yield loading.load(now=NOW, size=SAMPLE)


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """(person, texts) of everybody in the whole network, without the database."""
    with django_db_blocker.unblock():
        return [(person, write(person, TODAY)) for person in people()]


def biographies(written, language):
    return [texts["biography"][language] for _person, texts in written if language in texts["biography"]]


def sentences(text):
    return [sentence for sentence in re.split(r"(?<=[.؟?!]) |\n+", text) if sentence]


def runs_of_three(text):
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))


def test_the_whole_network_has_the_promised_size(written):
    assert len(written) == 240
    assert len(banks.written_by_hand("organizations")) == 60
    assert len(banks.written_by_hand("projects")) == 45
    assert len(banks.domains()) >= 18


def test_some_people_write_in_one_language_only_and_some_in_all(written):
    writers = Counter(frozenset(texts["biography"]) for _person, texts in written)
    assert writers[frozenset({"ar"})] >= 30
    assert writers[frozenset({"fr"})] >= 50
    assert writers[frozenset({"en"})] >= 5
    assert writers[frozenset(LANGUAGES)] >= 20


def test_women_and_men_are_as_many_and_half_the_people_live_in_morocco(written):
    genders = Counter(person.gender for person, _texts in written)
    assert abs(genders["f"] - genders["m"]) <= 6
    assert sum(person.area.country == "MA" for person, _texts in written) > len(written) / 2
    assert len({person.area.country for person, _texts in written}) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_biographies_are_alike(written, language):
    runs = [runs_of_three(text) for text in biographies(written, language)]
    assert max(len(one & other) / len(one | other) for one, other in combinations(runs, 2)) < MOST_ALIKE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_comes_back_often(written, language):
    repeated = Counter(sentence for text in biographies(written, language) for sentence in sentences(text))
    assert repeated.most_common(1)[0][1] <= MOST_REPEATED


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_notation_is_left_in_a_text(written, language):
    for _person, texts in written:
        for text in texts.values():
            assert not re.search(r"[{}<>|~]|\s[,.]", text.get(language, ""))


def test_headlines_and_names_are_everybodys_own(written):
    assert len({person.latin for person, _texts in written}) == len(written)
    assert len({person.email for person, _texts in written}) == len(written)


def test_words_agree_with_the_person(written):
    for person, texts in written:
        french = texts["biography"].get("fr", "")
        if not person.by_hand:
            assert not re.search(r"(^|\. )Il " if person.gender == "f" else r"(^|\. )Elle ", french)


def test_every_page_holds_a_valid_document(network):
    for entry in Entry.objects.all():
        schema_of(entry.kind).check(entry.document)
    for model in (Expert, Organization, Project):
        for draft in model.objects.with_document_rows():
            draft.full_clean(exclude=["entry"])
            draft.as_document()


def test_every_code_is_known_to_the_vocabulary(network):
    known = vocabulary()
    for model in (Organization, Project):
        for draft in model.objects.all():
            assert set(draft.themes) <= set(known.themes)
    for expert in Expert.objects.with_document_rows():
        assert {row.theme for row in expert.expertises.all()} <= set(known.themes)
        assert {row.code for row in expert.spoken_languages.all()} <= set(known.languages)
        assert expert.region == "" or expert.region in known.subdivisions


def test_years_of_work_follow_each_other(network):
    for expert in Expert.objects.with_document_rows():
        posts = list(expert.experiences.all())
        assert min(post.start_year for post in posts) == TODAY.year - expert.years_experience
        assert [post.end_year for post in posts] == [None, *[post.start_year for post in posts[:-1]]]
        assert all(row.years <= expert.years_experience for row in expert.expertises.all())


def test_every_state_of_a_submission_is_there_for_new_pages_and_for_edits(network):
    states = set(Submission.objects.values_list("status", flat=True))
    assert states == set(Submission.Status.values)
    waiting = Submission.objects.waiting()
    assert waiting.filter(base_version=0).count() >= 5
    assert waiting.exclude(base_version=0).count() >= 4
    assert set(waiting.values_list("kind", flat=True)) == {"expert", "organization", "project", "need"}
    assert Submission.objects.filter(status="changes_requested", comments__isnull=False).exists()


def test_what_waits_has_different_ages(network):
    days = {(NOW - sent).days for sent in Submission.objects.waiting().values_list("submitted_at", flat=True)}
    assert {0, 1, 9} <= days


def test_pages_have_a_past(network):
    assert Entry.objects.filter(status=Entry.Status.HIDDEN).count() == 1
    assert Entry.objects.filter(version__gte=3, kind="expert").count() >= 4
    assert set(EntryVersion.objects.values_list("action", flat=True)) >= {
        "approved", "partly_approved", "free_change", "hidden", "rolled_back",
    }  # fmt: skip
    published = list(Entry.objects.values_list("first_published_at", flat=True))
    assert (NOW - min(published)).days > 365
    assert max(published) < NOW


def test_an_edit_that_waits_changes_one_language_only(network):
    edit = Submission.objects.waiting().filter(kind="expert").exclude(base_version=0).order_by("submitted_at").first()
    public, sent = edit.entry.document["fields"]["biography"], edit.document["fields"]["biography"]
    assert [language for language in LANGUAGES if public.get(language) != sent.get(language)] == [sent["source"]]


def test_every_state_of_availability_occurs(network):
    assert set(Expert.objects.values_list("availability", flat=True)) >= set(Availability.values)
    assert not Expert.objects.filter(available_on__lte=TODAY).exists()


def test_organisations_have_people_requests_and_verifications(network):
    assert all(organization.affiliations.filter(role="owner").exists() for organization in Organization.objects.all())
    assert Verification.objects.filter(ended_on=None, until__lt=TODAY).count() == 1
    assert Verification.objects.filter(ended_on=None, until__gt=TODAY).exists()
    assert JoinRequest.objects.filter(status="asked").exists()
    assert Invitation.objects.unanswered().exists()


def test_people_of_projects_are_public_only_after_their_yes(network):
    assert set(Participation.objects.values_list("status", flat=True)) == {"asked", "confirmed", "declined"}
    for project in Project.objects.exclude(entry=None):
        shown = {record["id"] for record in project.entry.document["fields"].get("people", [])}
        confirmed = project.participations.filter(status="confirmed").exclude(expert=None)
        assert shown == set(confirmed.values_list("expert__public_id", flat=True))


def test_the_four_accounts_open_with_the_published_password(network):
    validate_password(accounts.PASSWORD)
    for account in accounts.ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert user.check_password(accounts.PASSWORD)
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
        assert account.email in accounts.announcement()
    moderator = User.objects.get(email=accounts.MODERATOR.email)
    assert [group.name for group in moderator.groups.all()] == [MODERATORS]
    assert moderator.is_staff
    assert not moderator.is_superuser
    assert User.objects.get(email=accounts.ADMIN.email).is_superuser


def test_nobody_else_can_log_in_and_no_address_is_real(network):
    named = [account.email for account in accounts.ACCOUNTS]
    assert not any(user.has_usable_password() for user in User.objects.exclude(email__in=named))
    addresses = [*User.objects.values_list("email", flat=True), *Mail.objects.values_list("address", flat=True)]
    assert {address.partition("@")[2] for address in addresses} <= {"example.org", "volubilis.example"}


def test_two_loads_make_the_same_network(network, earlier_contents):
    assert contents() == earlier_contents


def test_a_second_load_changes_nothing(network, settings):
    settings.DEMO = True
    before = [model.objects.count() for model in (User, Entry, EntryVersion, Submission, Mail)]
    call_command("load_demo", verbosity=0)
    assert [model.objects.count() for model in (User, Entry, EntryVersion, Submission, Mail)] == before


def test_the_command_refuses_a_network_that_is_not_the_demo(settings):
    settings.DEMO = False
    before = User.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert User.objects.count() == before


def test_dates_of_projects_are_in_order():
    for row in banks.written_by_hand("projects"):
        assert row.get("start", date.min) <= row.get("end", date.max)
        assert {row["lead"], *row["partners"]} <= {organization["key"] for organization in banks.written_by_hand("organizations")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_login_page_of_the_demo_names_its_accounts(client, settings, language):
    settings.DEMO = True
    page = client.get(f"/{language}/accounts/login/").content.decode()
    assert all(account.email in page for account in accounts.ACCOUNTS)
    assert accounts.PASSWORD in page


def test_the_login_page_of_a_real_network_names_no_account(client, settings):
    settings.DEMO = False
    page = client.get("/fr/accounts/login/").content.decode()
    assert accounts.PASSWORD not in page
    assert "volubilis.example" not in page


def all_texts(written, language):
    return [
        text
        for _person, texts in written
        for by_language in texts.values()
        for name, text in by_language.items()
        if name == language
    ]


def test_arabic_nouns_agree_with_the_numbers_before_them(written):
    """The patterns hold the accusative singular: it goes with 11 to 99 of any hundred, and with no other number."""
    counted = [
        (int(number), noun) for text in all_texts(written, "ar") for number, noun in re.findall(r"(?<!\d)(\d{2,3}) (\w+)", text)
    ]
    assert len(counted) > 100
    years = {"سنوات", "سنة", "سنتين"}
    assert [pair for pair in counted if pair[0] % 100 <= 10 and pair[1] not in years] == []
    assert [pair for pair in counted if pair[1] in {"شخص", "طن", "هكتار", "أشخاص", "هكتارات"}] == []


def test_french_joins_its_small_words(written):
    apart = re.compile(r"\b(?:de (?:le|les|des)|à les?) |\bqu[’']Y[aeiou]")
    assert [found[0] for text in all_texts(written, "fr") if (found := apart.search(text))] == []


def test_who_lives_inland_tells_of_no_fishing(written):
    sea = re.compile("pêche|littoral|marine|barques|balbuzard")
    inland = [(person, texts) for person, texts in written if not person.lives_by_the_sea and not person.by_hand]
    found = [
        (person.city.labels["fr"], name)
        for person, texts in inland
        for name in ("headline", "biography")
        if sea.search(texts[name].get("fr", ""))
    ]
    assert found == []
