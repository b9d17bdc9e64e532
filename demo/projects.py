"""The projects of the demo: led by one organisation, with partners and people of whom most have said yes."""

from datetime import timedelta
from typing import Any

from demo import banks, identifiers
from demo.clock import at
from demo.network import PAST, Network
from experts.models import Expert
from organizations.models import Role
from projects import actions as project_actions
from projects.models import Project

PEOPLE_ROLES = ("coordinator", "expert", "trainer", "evaluator", "project_manager")


def create_projects(network: Network, rows: list[dict[str, Any]]) -> dict[str, Project]:
    """{key: project}. Of those asked, every fifth has not answered yet and every eleventh has said no."""
    answers = _Answers(network)
    projects = {}
    for index, row in enumerate(rows):
        lead = network.organizations.get(row["lead"]) or list(network.organizations.values())[index % len(network.organizations)]
        owner = lead.affiliations.get(role=Role.OWNER).user
        project = _draft(row)
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


def _draft(row: dict[str, Any]) -> Project:
    return Project(
        public_id=identifiers.public_id(row["key"]),
        **banks.columns(row, "name", "summary", "description", "results"),
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


def _team(network: Network, project: Project, index: int) -> list[Expert]:
    """Two or three people who know a theme of the project."""
    domains = _domains_of(project.themes)
    people = dict(zip((expert.pk for expert in network.experts), network.people, strict=True))
    fitting = [expert for expert in network.settled if domains & _domains_of(people[expert.pk].domain.themes[:2])]
    return [fitting[(index * 3 + step * 7) % len(fitting)] for step in range(2 + index % 2)] if fitting else []


def _domains_of(themes: list[str]) -> set[str]:
    return {theme.partition("-")[0] for theme in themes}


class _Answers:
    """Asks, and answers in the place of those asked."""

    def __init__(self, network: Network):
        self.asked = 0
        self.network = network

    def ask(self, project: Project, *, role: str, by, organization=None, expert=None) -> None:
        try:
            asked = project_actions.ask(project, role=role, by=by, organization=organization, expert=expert)
        except project_actions.AlreadyNamed:
            return
        if asked.answered_at is None:
            self.asked += 1
            if self.asked % 5:
                named = organization or expert
                project_actions.answer(asked, confirmed=bool(self.asked % 11), by=named.people().first())
