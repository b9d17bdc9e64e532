"""What the author's pages and verbs cost: a draft and its lists are read once. With one row in each list and with many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from experts.models import Experience, Expert, Link, Publication, Qualification
from moderation import actions as moderation_actions
from moderation.models import Submission
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator, publish
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project

OPENING_A_STEP = 14
APPROVING_AN_EDIT = 16

pytestmark = pytest.mark.django_db


def with_a_history(draft, text: str):
    """Published, an edit sent back with a comment, and another one waiting: everything that a step may have to tell."""
    setattr(draft, f"{text}_fr", "Texte 0")  # a word that the directory never met costs one more
    draft.save()
    publish(draft)
    author = draft.people().first()
    for number in (1, 2):
        setattr(draft, f"{text}_fr", f"Texte {number}")
        draft.save()
        submission = moderation_actions.submit(draft, by=author)
        if number == 1:
            moderation_actions.request_changes(submission, by=make_moderator(), comments={text: "Plus court."})
    return draft, author


def expert_with(rows: int) -> Expert:
    expert = make_expert(themes=dict.fromkeys(("ESS-01", "ENV", "EAU")[: min(rows, 3)], "expert"))
    for number in range(rows):
        Experience.objects.create(expert=expert, title=f"Poste {number}", organization="Coopérative", start_year=2010)
        Qualification.objects.create(expert=expert, title=f"Master {number}", institution="UMI", year=2009)
        Publication.objects.create(expert=expert, title=f"Article {number}", year=2015)
        Link.objects.create(expert=expert, label=f"Page {number}", url=f"https://example.org/{number}")
    return expert


@pytest.fixture(params=["expert", "expert with many rows", "organization", "project"])
def draft_and_author(request):
    match request.param:
        case "expert":
            return with_a_history(expert_with(rows=1), "headline")
        case "expert with many rows":
            return with_a_history(expert_with(rows=12), "headline")
        case "organization":
            return with_a_history(make_organization(), "description")
    return with_a_history(make_project(), "summary")


def queries_of(action) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        action()
    statements = [query["sql"][:110] for query in queries]
    return [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]  # the transaction of the test itself


def test_opening_any_step_of_the_editor_costs_few_queries(draft_and_author):
    draft, author = draft_and_author
    client = Client()
    client.force_login(author)
    steps = list(draft.document_schema.steps)
    client.get(draft.edit_url(steps[0]))  # warms what is read once a process
    for step in steps:
        queries = queries_of(lambda step=step: client.get(draft.edit_url(step)))
        assert len(queries) <= OPENING_A_STEP, "\n".join([step, *queries])


@pytest.mark.parametrize("page", ["overview", "preview"])
def test_the_other_pages_of_the_author_cost_no_more(draft_and_author, page):
    draft, author = draft_and_author
    client = Client()
    client.force_login(author)
    address = draft.author_url(page, **({"visitor": "visitor"} if page == "preview" else {}))
    client.get(address)
    queries = queries_of(lambda: client.get(address))
    assert len(queries) <= OPENING_A_STEP, "\n".join(queries)


def test_approving_an_edit_costs_few_queries(draft_and_author):
    draft, _author = draft_and_author
    submission = Submission.objects.select_related("submitted_by").waiting().get(public_id=draft.public_id)
    moderator = make_moderator()
    moderator.has_perm("moderation.decide_submission")
    queries = queries_of(lambda: moderation_actions.approve(submission, by=moderator))
    assert len(queries) <= APPROVING_AN_EDIT, "\n".join(queries)
