"""The moderators' desk in the admin, as a moderator's browser meets it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from directory.models import Entry, EntryVersion
from moderation import actions
from moderation.groups import MODERATOR_RIGHTS, MODERATORS, sync_groups
from moderation.models import FieldComment, Submission
from notifications.models import Mail
from tests.factories.accounts import make_admin, make_staff, make_user
from tests.factories.moderation import change, entry_of, make_edit, make_moderator, make_published, make_submission
from tests.factories.notifications import make_mail
from volubilis import worklist

pytestmark = pytest.mark.django_db

LANGUAGES = ("ar", "fr", "en")
QUEUE = "admin:moderation_submission_changelist"
REVIEW = "admin:moderation_submission_review"
PREVIEW = "admin:moderation_submission_preview"
ENTRY = "admin:directory_entry_change"


def url(name: str, *args, language: str = "en") -> str:
    with override(language):
        return reverse(name, args=args)


@pytest.fixture
def moderator():
    return make_moderator(language="en")


@pytest.fixture
def desk(client, moderator) -> Client:
    """A moderator's browser."""
    client.force_login(moderator)
    return client


def decision(submission: Submission, button: str, **typed) -> dict:
    """The form as the browser sends it: every field ticked unless `typed` says otherwise (None: not sent)."""
    data = {"decision": button, "message": "", "reason": "", "explanation": ""}
    for name in changed_fields(submission):
        data |= {f"accept-{name}": "on", f"comment-{name}": ""}
    data |= {name.replace("__", "-"): value for name, value in typed.items()}
    return {name: value for name, value in data.items() if value is not None}


def changed_fields(submission: Submission) -> list[str]:
    """The rows of the review: what needs a moderator, was sent, and is not public as it was sent."""
    public = submission.entry.document["fields"] if submission.entry else {}
    sent = submission.document["fields"]
    return [
        item.name
        for item in submission.schema
        if not item.free and sent.get(item.name, public.get(item.name)) != public.get(item.name)
    ]


def status_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).status


# The queue


def test_the_queue_shows_what_waits_oldest_first_and_deciding_takes_it_out_for_all(desk):
    first, second = make_submission(given_name="Première"), make_submission(given_name="Seconde")
    Submission.objects.filter(pk=first.pk).update(submitted_at="2026-01-01T10:00Z")

    page = desk.get(url(QUEUE)).content.decode()
    assert page.index("Première") < page.index("Seconde")

    desk.post(url(REVIEW, first.pk), decision(first, "publish"))
    other = Client()
    other.force_login(make_moderator())
    page = other.get(url(QUEUE)).content.decode()
    assert "Première" not in page
    assert "Seconde" in page
    assert "Première" in other.get(url(QUEUE), {"status": "approved"}).content.decode()
    assert second.title in other.get(url(QUEUE), {"status": "all", "kind": "expert", "q": "Seconde"}).content.decode()


def test_the_queue_counts_the_fields_to_read_and_the_days(desk):
    make_edit(headline_fr="Autre", biography_fr="Autre")
    Submission.objects.update(submitted_at=timezone.now() - timedelta(days=3, minutes=1))

    page = desk.get(url(QUEUE)).content.decode()

    assert "2 fields" in page
    assert "3 days" in page
    assert 'class="field-novelty">Change</td>' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_and_the_start_page_take_a_flat_number_of_queries(desk, language, rows, django_assert_max_num_queries):
    make_submission()
    template = Submission.objects.get()
    Submission.objects.bulk_create(
        Submission(
            kind="expert", public_id=f"copy{n:06}", title=f"Copy {n}", document=template.document, submitted_by=make_user()
        )
        for n in range(rows - 1)
    )
    desk.get(url("admin:index", language=language))

    with django_assert_max_num_queries(14):
        assert f"{rows}" in desk.get(url(QUEUE, language=language)).content.decode()
    with django_assert_max_num_queries(12):
        desk.get(url("admin:index", language=language))


# The review page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_review_page_shows_what_changed_and_changes_nothing(desk, language):
    draft = make_published()
    submission = make_edit(draft, headline_fr="Hydrologue des oasis", headline_ar="مختصة في واحات الجنوب")
    before = (Submission.objects.count(), EntryVersion.objects.count(), Mail.objects.count())

    page = desk.get(url(REVIEW, submission.pk, language=language)).content.decode()

    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert '<span class="desk-words" lang="ar" dir="rtl">' in page
    assert "Hydrologue<del>, gestion de l’eau agricole</del></span>" in page
    assert "Hydrologue<ins> des oasis</ins></span>" in page
    assert (Submission.objects.count(), EntryVersion.objects.count(), Mail.objects.count()) == before
    assert status_of(submission) == "waiting"


def test_only_changed_fields_have_a_tick_box(desk):
    page = desk.get(url(REVIEW, make_edit().pk)).content.decode()

    assert 'name="accept-headline"' in page
    assert 'name="accept-biography"' not in page
    assert "fields stay as they are" in page


def test_the_change_address_of_the_admin_leads_to_the_review(desk):
    submission = make_submission()

    assert desk.get(url("admin:moderation_submission_change", submission.pk)).url == url(REVIEW, submission.pk)


def test_publishing_with_every_field_ticked_approves(desk, moderator):
    submission = make_submission()

    answer = desk.post(url(REVIEW, submission.pk), decision(submission, "publish", message="Bienvenue !"))

    assert answer.url == url(QUEUE)
    assert status_of(submission) == "approved"
    assert Entry.objects.get().versions.get().by == moderator
    assert "Bienvenue !" in Mail.objects.get(kind="submission_approved").text


def test_an_unticked_field_goes_back_with_its_comment(desk):
    draft = make_published()
    submission = make_edit(draft, headline_fr="Nouveau", biography_fr="Trop long")

    desk.post(
        url(REVIEW, submission.pk),
        decision(submission, "publish", accept__biography=None, comment__biography="Raccourcissez."),
    )

    assert status_of(submission) == "partly_approved"
    assert FieldComment.objects.get().text == "Raccourcissez."
    fields = entry_of(draft).document["fields"]
    assert (fields["headline"]["fr"], fields["biography"]["fr"] == "Trop long") == ("Nouveau", False)


WRONG = [
    ("publish", {"accept__headline": None, "accept__biography": None}, "No field is ticked"),
    (
        "publish",
        {"accept__headline": None, "accept__biography": "on", "comment__biography": "", "message": "Kept comment"},
        "Say what to change here",
    ),
    ("publish", {"message": "x" * 2001}, "2000"),
    ("publish", {"message": "a\u202eb"}, "hidden or unreadable character"),
    ("request_changes", {"comment__biography": "", "reason": "other", "explanation": "Kept comment"}, "Say what to change: a"),
    ("refuse", {"explanation": "No."}, "Choose the reason"),
    ("refuse", {"reason": "promotion"}, "Explain the refusal"),
    ("refuse", {"reason": "nonsense", "explanation": "No."}, "valid choice"),
    ("nonsense", {}, "No decision has been made yet"),
    ("", {}, "Press the button for your decision."),
    (None, {}, "Press the button for your decision."),
]


@pytest.mark.parametrize(("button", "typed", "error"), WRONG)
def test_a_decision_that_lacks_something_decides_nothing_and_keeps_what_was_typed(desk, button, typed, error):
    submission = make_edit(headline_fr="Autre", biography_fr="Autre")
    typed = {"comment__biography": "Kept comment", "accept__biography": None} | typed

    answer = desk.post(url(REVIEW, submission.pk), decision(submission, button, **typed))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert error in page
    assert "Kept comment" in page
    assert status_of(submission) == "waiting"


def test_a_new_page_cannot_appear_without_a_required_field(desk):
    submission = make_submission()
    typed = {"accept__biography": None, "comment__biography": "Missing"}

    page = desk.post(url(REVIEW, submission.pk), decision(submission, "publish", **typed)).content.decode()

    assert "A new page cannot appear without this field" in page
    assert not Entry.objects.exists()


def test_changes_are_asked_for_and_the_author_reads_the_comments(desk):
    submission = make_submission()

    desk.post(url(REVIEW, submission.pk), decision(submission, "request_changes", comment__headline="Plus court."))

    assert status_of(submission) == "changes_requested"
    assert "Plus court." in Mail.objects.get(kind="changes_requested").text


def test_a_refusal_has_its_reason_and_text(desk):
    submission = make_submission()

    desk.post(url(REVIEW, submission.pk), decision(submission, "refuse", reason="duplicate", explanation="Déjà inscrite."))

    submission.refresh_from_db()
    assert (submission.status, submission.reason, submission.message) == ("refused", "duplicate", "Déjà inscrite.")


def test_posting_fields_that_the_form_does_not_show_is_of_no_use(desk):
    submission = make_edit(headline_fr="Autre")
    typed = {
        "status": "refused",
        "decided_by": "1",
        "accept__country": "on",
        "comment__country": "x",
        "document": "{}",
        "is_staff": "1",
    }

    desk.post(url(REVIEW, submission.pk), decision(submission, "publish", **typed))

    submission.refresh_from_db()
    assert submission.accepted_fields == ["headline"]
    assert status_of(submission) == "approved"
    assert not FieldComment.objects.exists()


def test_who_comes_second_is_told_who_decided(desk):
    submission = make_submission()
    typed = decision(submission, "refuse", reason="other", explanation="Non.")
    colleague = make_moderator(name="Nadia Berrada")
    actions.approve(submission, by=colleague)

    answer = desk.post(url(REVIEW, submission.pk), typed)

    assert answer.status_code == 409
    assert "Nadia Berrada" in answer.content.decode()
    assert status_of(submission) == "approved"


def test_a_replaced_text_leads_to_the_newer_one(desk):
    old = make_submission()
    new = make_edit(old.draft())

    answer = desk.post(url(REVIEW, old.pk), {"decision": "publish"})

    assert answer.status_code == 409
    assert f'href="{url(REVIEW, new.pk)}"' in answer.content.decode()
    assert status_of(new) == "waiting"


def test_what_changed_meanwhile_is_never_published_unread(desk):
    draft = make_published()
    actions.approve(make_edit(draft, city="Fès"), by=make_moderator())
    submission = make_edit(draft, headline_fr="Autre")
    typed = decision(submission, "publish")
    entry = entry_of(draft)
    actions.roll_back(entry, entry.versions.get(version=1), by=make_moderator(), reason="Erreur")

    page = desk.post(url(REVIEW, submission.pk), typed).content.decode()

    assert "No decision has been made yet" in page
    assert 'name="accept-city"' in page
    assert status_of(submission) == "waiting"


def test_what_the_author_withdrew_is_not_shown_for_review(desk):
    submission = make_edit(headline_fr="Autre", services_fr="Un service retiré")

    change(submission.draft(), services_fr="")

    assert "Un service retiré" not in desk.get(url(REVIEW, submission.pk)).content.decode()


def test_a_decided_submission_stays_readable_with_its_comments(desk):
    submission = make_edit(headline_fr="Autre titre")
    actions.request_changes(submission, by=make_moderator(), comments={"headline": "Plus précis."}, message="")

    page = desk.get(url(REVIEW, submission.pk)).content.decode()

    assert "Plus précis." in page
    assert "Autre titre" in page.replace("<ins>", "").replace("</ins>", "")
    assert 'name="decision"' not in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["", "members", "nonsense"])
def test_the_preview_shows_the_page_as_it_would_be(desk, language, audience):
    submission = make_submission(headline_fr="Un titre encore inconnu", headline_ar="", headline_en="", city="Aïn Leuh")
    change(submission.draft(), audiences={"places": "members"})

    page = desk.get(url(PREVIEW, submission.pk, language=language), {"as": audience}).content.decode()

    assert "Un titre encore inconnu" in page
    assert ("Aïn Leuh" in page) == (audience == "members")
    assert not Entry.objects.exists()


def test_an_author_who_erased_the_draft_leaves_nothing_to_review(desk):
    submission = make_submission()
    Submission.objects.update(public_id="erased2345")

    assert desk.get(url(REVIEW, submission.pk)).status_code == 404


def test_a_submission_outlives_the_account_that_sent_it(desk):
    submission = make_submission()
    Submission.objects.update(submitted_by=None)

    assert "a closed account" in desk.get(url(REVIEW, submission.pk)).content.decode()


def test_hostile_text_is_shown_as_text(desk):
    submission = make_edit(headline_fr="<script>alert(1)</script>", biography_fr='"><img src=x onerror=alert(1)>')

    for name in (REVIEW, PREVIEW):
        page = desk.get(url(name, submission.pk)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# The public entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_of_a_page_tells_who_when_why_and_what(desk, moderator, language):
    draft = make_published()
    actions.approve(make_edit(draft, headline_fr="Deuxième titre"), by=moderator)
    entry = entry_of(draft)
    actions.hide(entry, by=moderator, reason="Le temps de vérifier")

    page = desk.get(url(ENTRY, entry.pk, language=language)).content.decode()

    assert moderator.email in page
    assert "Le temps de vérifier" in page
    assert "Deuxième titre" in page


def test_a_page_is_hidden_with_a_reason_and_shown_again(desk):
    entry = entry_of(make_published())

    page = desk.post(url("admin:directory_entry_hide", entry.pk), {"hide-reason": ""}).content.decode()
    assert "This field is required." in page
    desk.post(url("admin:directory_entry_hide", entry.pk), {"hide-reason": "Signalement"})
    entry.refresh_from_db()
    assert not entry.is_published
    desk.post(url("admin:directory_entry_restore", entry.pk))
    entry.refresh_from_db()
    assert entry.is_published


def test_a_page_returns_to_an_earlier_version_with_a_reason(desk):
    draft = make_published(headline_fr="Premier titre")
    actions.approve(make_edit(draft, headline_fr="Deuxième titre"), by=make_moderator())
    address = url("admin:directory_entry_roll_back", entry_of(draft).pk, 1)

    assert "This field is required." in desk.post(address, {}).content.decode()
    assert entry_of(draft).version == 2
    desk.post(address, {"version-1-reason": "Erreur de relecture"})

    assert entry_of(draft).document["fields"]["headline"]["fr"] == "Premier titre"
    assert desk.post(url("admin:directory_entry_roll_back", entry_of(draft).pk, 99), {}).status_code == 404


@pytest.mark.parametrize("name", ["hide", "restore", "roll_back"])
def test_reading_an_address_that_changes_things_changes_nothing(desk, name):
    entry = entry_of(make_published())
    args = (entry.pk, 1) if name == "roll_back" else (entry.pk,)

    assert desk.get(url(f"admin:directory_entry_{name}", *args)).status_code == 405
    assert entry.versions.count() == 1


def test_entries_are_found_by_their_name_in_either_script(desk):
    make_published(family_name="Zerhouni", family_name_ar="الزرهوني")

    for word, found in [("Zerhouni", True), ("الزرهوني", True), ("Nobody", False)]:
        _form, _, results = (
            desk.get(url("admin:directory_entry_changelist"), {"q": word}).content.decode().partition("changelist-form")
        )
        assert ("Zerhouni" in results) == found


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_entries_takes_a_flat_number_of_queries(desk, rows, django_assert_max_num_queries):
    entry = entry_of(make_published())
    for n in range(rows - 1):
        entry.pk, entry.public_id, entry.slug = None, f"copy{n:06}", f"copy-{n}"
        entry.save(force_insert=True)
    desk.get(url("admin:directory_entry_changelist"))

    with django_assert_max_num_queries(14):
        desk.get(url("admin:directory_entry_changelist"))


# Who may, and who may not


def desk_addresses() -> list[str]:
    submission = make_edit()
    entry = submission.entry
    return [
        url(QUEUE),
        url(REVIEW, submission.pk),
        url(PREVIEW, submission.pk),
        url("admin:directory_entry_changelist"),
        url(ENTRY, entry.pk),
        url("admin:directory_entry_hide", entry.pk),
        url("admin:directory_entry_restore", entry.pk),
        url("admin:directory_entry_roll_back", entry.pk, 1),
    ]


@pytest.mark.parametrize("make_person", [make_user, make_staff])
def test_the_desk_is_closed_to_everybody_else(client, make_person):
    addresses = desk_addresses()
    client.force_login(make_person())

    for address in addresses:
        for method in (client.get, client.post):
            assert method(address).status_code in {302, 403, 404, 405}, address
    assert Submission.objects.waiting().count() == 1
    assert Entry.objects.get().is_published


def test_rights_taken_away_in_mid_session_are_gone_at_once(desk, moderator):
    submission = make_submission()
    typed = decision(submission, "publish")
    assert desk.get(url(REVIEW, submission.pk)).status_code == 200

    moderator.groups.clear()

    assert desk.get(url(REVIEW, submission.pk)).status_code == 403
    assert desk.post(url(REVIEW, submission.pk), typed).status_code == 403
    assert status_of(submission) == "waiting"


def test_a_moderator_opens_nothing_else_of_the_admin(desk):
    make_published()
    for model in ("taxonomy_country", "taxonomy_term"):
        assert desk.get(url(f"admin:{model}_changelist")).status_code == 403
    for model in ("moderation_submission", "directory_entry", "accounts_user", "taxonomy_theme", "notifications_mail"):
        assert desk.get(url(f"admin:{model}_add")).status_code == 403


def test_nobody_deletes_or_edits_at_the_desk_not_even_an_administrator(client):
    submission = make_edit()
    client.force_login(make_admin())

    assert client.get(url("admin:moderation_submission_delete", submission.pk)).status_code == 403
    assert client.get(url("admin:directory_entry_delete", submission.entry_id)).status_code == 403
    assert client.post(url(ENTRY, submission.entry_id), {"document": "{}"}).status_code == 405


def test_the_group_has_exactly_its_rights_after_every_migrate():
    group = Group.objects.get(name=MODERATORS)
    group.permissions.clear()

    sync_groups(sender=None, using="default")

    found = {f"{right.content_type.app_label}.{right.codename}" for right in group.permissions.select_related("content_type")}
    assert found == set(MODERATOR_RIGHTS)


def test_a_forged_form_is_refused(moderator):
    submission = make_submission()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)

    assert browser.post(url(REVIEW, submission.pk), decision(submission, "publish")).status_code == 403
    assert status_of(submission) == "waiting"


@pytest.mark.parametrize("path", ["99999999999999999999999/review/", "0/review/", "abc/change/", "1/nonsense/"])
def test_addresses_that_lead_nowhere_are_no_errors(desk, path):
    assert desk.get(f"{url(QUEUE)}{path}").status_code in {302, 404}


@pytest.mark.parametrize("query", ["kind=nonsense", "q=%F0%9F%98%80", "p=99999", "p=x", "o=77", "o=x"])
def test_odd_questions_to_the_queue_are_no_errors(desk, query):
    assert desk.get(f"{url(QUEUE)}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["status=nonsense", "status=all&status=x", "status=all&since=31.31.2026"])
def test_a_question_that_the_queue_cannot_understand_finds_nothing_and_says_so(desk, query):
    make_submission(given_name="Première")
    answer = desk.get(f"{url(QUEUE)}?{query}")
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert "Première" not in answer.content.decode()


# The start page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_lists_what_waits_one_click_from_doing_it(desk, language):
    make_submission()
    make_submission()

    page = desk.get(url("admin:index", language=language)).content.decode()

    assert '<span class="desk-count">2</span>' in page
    assert f'href="{url(QUEUE, language=language)}?kind=expert"' in page
    assert "status=hidden" not in page


def test_mails_that_failed_are_work_for_those_who_may_see_them(desk):
    Mail.objects.update(status="failed", next_attempt_at=None)
    make_submission()
    Mail.objects.update(status="failed", next_attempt_at=None)
    address = f"{url('admin:notifications_mail_changelist')}?status=failed"

    page = desk.get(url("admin:index")).content.decode()
    assert address in page
    assert "send again" not in page
    assert desk.get(address).status_code == 200
    desk.force_login(make_admin())
    assert "send again" in desk.get(url("admin:index")).content.decode()


def test_mails_that_nothing_sends_are_work_too(desk, settings):
    settings.DEMO = False
    make_mail(next_attempt_at=timezone.now() - timedelta(minutes=14))
    address = f"{url('admin:notifications_mail_changelist')}?status=queued"
    assert address not in desk.get(url("admin:index")).content.decode()
    make_mail(next_attempt_at=timezone.now() - timedelta(minutes=16))
    assert address in desk.get(url("admin:index")).content.decode()
    assert desk.get(address).status_code == 200


def test_pages_are_hidden_since_they_were_hidden(desk):
    """And not since their text last changed."""
    draft = make_published()
    Entry.objects.update(updated_at=timezone.now() - timedelta(days=400))
    actions.hide(draft.entry, by=make_moderator(), reason="Plainte")
    task = next(task for task in worklist.tasks_for(make_moderator()) if task.url.endswith("status=hidden"))
    assert timezone.now() - task.oldest < timedelta(hours=1)
