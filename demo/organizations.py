"""The organisations of the demo: founded by people of the network, joined by others, some verified."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from demo import banks, identifiers
from demo.clock import at
from demo.network import PAST, Network
from experts.models import Expert
from organizations import actions as organization_actions
from organizations.models import Organization, Role
from taxonomy.vocabulary import vocabulary

METHODS = ("domain_mail", "document", "manual")
# A verification holds for two years: the first one is out of date.
FIRST_VERIFICATION = timedelta(days=790)


def found_organizations(network: Network, rows: list[dict[str, Any]], owner: User) -> dict[str, Organization]:
    """{key: organisation}. The first two belong to `owner`, the others to an expert who lives near."""
    founders = _Founders(network)
    organizations = {}
    with at(network.now - PAST):
        for index, row in enumerate(rows):
            founder = owner if index < 2 else founders.near(row["area"])
            organization = organization_actions.found(_draft(row), by=founder)
            if index % 2 == 0:
                _welcome(organization, founders.near(row["area"]), Role.EDITOR if index % 4 else Role.READER, by=founder)
            organizations[row["key"]] = organization
    for index, organization in enumerate(list(organizations.values())[::3]):
        organization_actions.verify(organization, method=METHODS[index % 3], by=network.admin, on=_verified_on(network, index))
    return organizations


def _verified_on(network: Network, index: int) -> date:
    today = timezone.localdate(network.now)
    return today - (timedelta(days=20 + 17 * index) if index else FIRST_VERIFICATION)


def _draft(row: dict[str, Any]) -> Organization:
    area = banks.areas()[row["area"]]
    city = next(city for city in area.cities if city.labels["fr"] == row["city"])
    region = vocabulary().region_of(city.subdivision) if city.subdivision else ""
    return Organization(
        public_id=identifiers.public_id(row["key"]),
        **banks.columns(row, "name", "description"),
        acronym=row.get("acronym", ""),
        source_language=row["source"],
        type=row["type"],
        founded=row["founded"],
        themes=row["themes"],
        goals=sorted(row["goals"]),
        country=area.country,
        region=region,
        city=city.labels[row["source"]],
        territories=[region or area.country],
        website=f"https://{row['key']}.example.org/",
        contact_email=f"contact@{row['key']}.example.org",
        audiences={"email": "public"},
    )


def _welcome(organization: Organization, person: User, role: str, *, by: User) -> None:
    invitation = organization_actions.invite(organization, email=person.email, role=role, by=by)
    organization_actions.accept(invitation, by=person)


class _Founders:
    """Experts by the country they live in, each taken in turn."""

    def __init__(self, network: Network):
        self.waiting: list[Expert] = network.settled

    def near(self, area_key: str) -> User:
        country = banks.areas()[area_key].country
        chosen = next((expert for expert in self.waiting if expert.country == country), self.waiting[0])
        self.waiting.remove(chosen)
        return chosen.user
