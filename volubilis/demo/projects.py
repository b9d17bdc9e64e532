"""The projects of the demo: led by one organisation, with partners and people of whom most have said yes."""

from datetime import date, timedelta
from typing import Any

from core.languages import LANGUAGES
from organizations.models import Role
from projects import participation
from projects.models import Project
from volubilis.demo import identifiers
from volubilis.demo.clock import at
from volubilis.demo.network import PAST, Network

TEXTS = ("name", "summary", "description", "results")
PEOPLE_ROLES = ("coordinator", "expert", "trainer", "evaluator", "project_manager")


def create_projects(network: Network, rows: list[dict[str, Any]]) -> dict[str, Project]:
    """{key: project}. Of those asked, every fifth has not answered yet and every eleventh has said no."""
    answers = _Answers(network)
    projects = {}
    for index, row in enumerate(rows):
        lead = network.organizations.get(row["lead"]) or list(network.organizations.values())[index % len(network.organizations)]
        owner = lead.memberships.get(role=Role.OWNER).user
        project = _draft(row, network.now.date())
        project.lead, project.created_by = lead, owner
        with at(network.now - PAST + timedelta(days=index)):
            project.save()
            answers.ask(project, role="lead", by=owner, organization=lead)
            for key in row.get("partners", []):
                if key in network.organizations:
                    answers.ask(project, role="partner", by=owner, organization=network.organizations[key])
            for expert in _team(network, project, index):
                answers.ask(project, role=PEOPLE_ROLES[(index + expert.pk) % len(PEOPLE_ROLES)], by=owner, expert=expert)
        projects[row["key"]] = project
    return projects


def _draft(row: dict[str, Any], today: date) -> Project:
    texts = {
        f"{name}_{language}": row[name][language] for name in TEXTS for language in LANGUAGES if language in row.get(name, {})
    }
    return Project(
        public_id=identifiers.public_id(row["key"]),
        **texts,
        source_language=row["source"],
        status=row["status"],
        themes=row["themes"],
        goals=sorted(row["goals"]),
        countries=row["countries"],
        regions=row.get("regions", []),
        places=row.get("places", ""),
        start=row.get("start"),
        end=row.get("end"),
        budget=row.get("budget"),
        funders=row.get("funders", ""),
        website=f"https://www.example.org/{row['key']}/",
    )


def _team(network: Network, project: Project, index: int) -> list:
    """Two or three people who know a theme of the project."""
    domains = {theme.partition("-")[0] for theme in project.themes}
    fitting = [
        expert
        for expert, person in zip(network.experts, network.people, strict=True)
        if domains & {theme.partition("-")[0] for theme in person.domain.themes[:2]}
    ]
    return [fitting[(index * 3 + step * 7) % len(fitting)] for step in range(2 + index % 2)] if len(fitting) > 20 else fitting[:2]


class _Answers:
    """Asks, and answers in the place of those asked."""

    def __init__(self, network: Network):
        self.asked = 0
        self.network = network

    def ask(self, project: Project, *, role: str, by, organization=None, expert=None) -> None:
        try:
            asked = participation.ask(project, role=role, by=by, organization=organization, expert=expert)
        except participation.AlreadyNamed:
            return
        if asked.answered_at is None:
            self.asked += 1
            if self.asked % 5:
                named = organization or expert
                participation.answer(asked, confirmed=bool(self.asked % 11), by=named.people().first())
