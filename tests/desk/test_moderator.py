"""A moderator reads what the work needs, and no link of the desk leads to a refusal."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from moderation import actions
from notifications.models import Mail
from organizations import actions as organizations
from tests.factories.accounts import make_admin
from tests.factories.experts import make_expert
from tests.factories.moderation import change, make_edit, make_moderator, make_published
from tests.factories.notifications import make_mail
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project, name_somebody

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]*)')


@pytest.fixture
def moderator() -> Client:
    client = Client()
    client.force_login(make_moderator())
    return client


@pytest.fixture
def filled_desk():
    """A row of everything that the desk lists, with rows that name each other; a page in each state."""
    by = make_moderator()
    organization = make_organization(published=True, name_fr="Coopérative")
    organizations.verify(organization, method="document", by=make_admin())
    expert = make_published()
    project = make_project(published=True)
    name_somebody(project, expert=expert, confirmed_by=expert.user)
    name_somebody(project, organization=organization)
    make_edit()
    make_expert()
    change(make_published(), headline_fr="Une autre accroche")
    hidden = make_published()
    actions.hide(hidden.entry, by=by, reason="Plainte")
    make_mail(status="failed", next_attempt_at=None)


def address_of(link: str, page: str) -> str:
    """The page in the same language that a link leads to, or "" when it leads elsewhere."""
    parts = urlsplit(urljoin(page, unescape(link)))
    return parts._replace(fragment="").geturl() if not parts.netloc and parts.path.startswith("/fr/") else ""


def shape_of(address: str) -> str:
    """Of all that can be asked of a list, each kind of question once; of all public pages, each."""
    parts = urlsplit(address)
    return f"{parts.path}?{sorted(pair.partition('=')[0] for pair in parts.query.split('&'))}"


def crawl(client: Client, start: str) -> dict[str, tuple[int, str]]:
    """{page: (status, the page that leads there)} of every page of the desk, and of every page that one of them leads to."""
    found: dict[str, tuple[int, str]] = {}
    met = {shape_of(start)}
    waiting = deque([(start, "")])
    while waiting:
        page, source = waiting.popleft()
        response = client.get(page)
        found[page] = response.status_code, source
        if hasattr(response, "file_to_stream"):
            response.file_to_stream.close()  # alone: closing the answer ends the connection of the test
        if not page.startswith("/fr/admin/") or response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        for link in sorted({address_of(link, page) for link in LINK.findall(response.content.decode())} - {""}):
            if shape_of(link) not in met:
                met.add(shape_of(link))
                waiting.append((link, page))
    return found


def test_no_link_of_the_desk_leads_a_moderator_to_a_refusal(moderator, filled_desk):
    found = crawl(moderator, "/fr/admin/")
    refused = {page: told for page, told in found.items() if told[0] >= 400}
    assert refused == {}
    for name in ("experts_expert", "projects_project", "notifications_mail", "accounts_user", "organizations_organization"):
        assert any(page.startswith(reverse(f"admin:{name}_changelist")) and page.endswith("/change/") for page in found), name


def test_a_moderator_changes_no_draft_and_no_mail(moderator):
    expert, mail = make_expert(), make_mail()
    for name, row in (("experts_expert", expert), ("notifications_mail", mail)):
        assert moderator.post(reverse(f"admin:{name}_change", args=[row.pk]), {"subject": "X"}).status_code == 403


def test_a_moderator_sees_whether_a_mail_left_and_not_what_it_says(moderator):
    mail = make_mail(subject="Votre page est en ligne", text="Bonjour Amina")
    for address in (reverse("admin:notifications_mail_changelist"), reverse("admin:notifications_mail_change", args=[mail.pk])):
        page = moderator.get(address).content.decode()
        assert mail.address in page
        assert mail.subject not in page
        assert "Bonjour Amina" not in page
    assert moderator.get(reverse("admin:notifications_mail_html", args=[mail.pk])).status_code == 403
    assert Mail.objects.get(pk=mail.pk).status == Mail.Status.QUEUED
