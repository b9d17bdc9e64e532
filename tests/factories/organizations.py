from typing import Any

from core.languages import LANGUAGES
from organizations import actions as organization_actions
from organizations.models import Affiliation, Organization, Role
from tests.factories.accounts import make_user
from tests.factories.publishing import publish


def make_organization(owner=None, published: bool = False, **overrides: Any) -> Organization:
    """An organisation with everything that review asks for, and its owner; `published` goes the whole road.

    Name and description without a language are French.
    """
    fields = {
        "name": "Coopérative Oliveraie du Saïs",
        "type": "cooperative",
        "description": "Elle réunit des producteurs d’huile d’olive.",
        "themes": ["ESS-01"],
        "goals": [8, 12],
        "country": "MA",
        "city": "Meknès",
    } | overrides
    for name in ("name", "description"):
        fields[f"{name}_fr"] = fields.get(f"{name}_fr", fields[name])
        del fields[name]
    fields.setdefault("source_language", next((code for code in ("fr", *LANGUAGES) if fields.get(f"name_{code}")), "fr"))
    organization = organization_actions.found(Organization(**fields), by=owner or make_user())
    if published:
        publish(organization)
    return organization


def owner_of(organization: Organization):
    return organization.people_in(Role.OWNER).order_by("pk").first()


def make_member(organization: Organization, role: str = Role.EDITOR, user=None) -> Affiliation:
    return Affiliation.objects.create(organization=organization, user=user or make_user(), role=role)
