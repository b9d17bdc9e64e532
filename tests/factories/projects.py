from typing import Any

from core.languages import LANGUAGES
from projects import actions as project_actions
from projects.models import Participation, Project
from tests.factories.accounts import make_user
from tests.factories.publishing import publish


def make_project(author=None, published: bool = False, **overrides: Any) -> Project:
    """A project with everything that review asks for; `published` goes the whole road.

    Texts without a language are French.
    """
    fields = {
        "name": "Eau des oasis",
        "summary": "Économiser l’eau dans trois palmeraies.",
        "description": "",
        "status": "ongoing",
        "themes": ["EAU"],
        "goals": [6, 13],
        "countries": ["MA", "FR"],
    } | overrides
    for name in ("name", "summary", "description"):
        fields[f"{name}_fr"] = fields.get(f"{name}_fr", fields[name])
        del fields[name]
    fields.setdefault("source_language", next((code for code in ("fr", *LANGUAGES) if fields.get(f"name_{code}")), "fr"))
    project = Project.objects.create(created_by=author or make_user(), **fields)
    if published:
        publish(project)
    return project


def name_somebody(project: Project, *, confirmed_by=None, role: str = "partner", **named: Any) -> Participation:
    """`named` is organization=… or expert=…; `confirmed_by` says yes at once."""
    row = project_actions.ask(project, role=role, by=project.created_by, **named)
    return project_actions.answer(row, confirmed=True, by=confirmed_by) if confirmed_by else row
