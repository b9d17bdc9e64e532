"""The needs of the demo: in every state, put before the people who answer them, some of whom have answered."""

from datetime import timedelta
from typing import Any

from demo import banks, identifiers
from demo.clock import at
from demo.network import Network
from directory import matching
from experts.models import Expert
from moderation import actions as moderation_actions
from needs import actions as need_actions
from needs.criteria import criteria_of
from needs.models import AskedLanguage, Closing, Need, Proposal
from notifications.models import Mail
from organizations.models import Organization, Role

CONSIDERED, ASKED = 12, 3
ANSWERS = (Proposal.Status.INTERESTED, Proposal.Status.LATER, None)
CLOSED = {"filled": Closing.FILLED, "withdrawn": Closing.WITHDRAWN}


def create_needs(network: Network, rows: list[dict[str, Any]]) -> None:
    asking = [organization for organization in network.organizations.values() if organization.is_published]
    for index, row in enumerate(rows):
        need = _draft(row, asking[index % len(asking)], network)
        with at(network.now - timedelta(days=20 - index)):
            need_actions.start(need, languages=_languages(row), by=need.created_by)
            if row["state"] == "draft":
                continue
            submission = moderation_actions.submit(need, by=need.created_by)
        if row["state"] == "waiting":
            continue
        with at(network.now - timedelta(days=12 - index)):
            moderation_actions.approve(submission, by=network.moderator)
            need = Need.objects.with_document_rows().get(pk=need.pk)
            if row["state"] in CLOSED:
                need_actions.close(need, closing=CLOSED[row["state"]], by=need.created_by)
            elif row["state"] == "asked":
                _ask(need, network)
    Mail.objects.all().delete()  # sent and read long ago


def _languages(row: dict[str, Any]) -> list[AskedLanguage]:
    """The first is the language of the work; others would be a plus."""
    return [
        AskedLanguage(code=code, level=level, is_bonus=place > 0)
        for place, (code, level) in enumerate(row.get("languages", {}).items())
    ]


def _draft(row: dict[str, Any], organization: Organization, network: Network) -> Need:
    def day(name: str):
        return (network.now + timedelta(days=row[name])).date() if name in row else None

    return Need(
        public_id=identifiers.public_id(row["key"]),
        **banks.columns(row, "name", "text"),
        source_language=row["source"],
        type=row["type"],
        themes=row["themes"],
        goals=row["goals"],
        country=row["country"],
        region=row.get("region", ""),
        musts=row.get("musts", []),
        mode=row.get("mode", ""),
        start=day("start"),
        days=row.get("days"),
        budget=row.get("budget", ""),
        deadline=day("deadline"),
        organization=organization,
        created_by=organization.affiliations.get(role=Role.OWNER).user,
    )


def _ask(need: Need, network: Network) -> None:
    """Three who declare a theme of the need are asked; one says yes, one not now, one has not answered."""
    domains = {theme.partition("-")[0] for theme in need.themes}
    fitting = Expert.objects.filter(pk__in=[expert.pk for expert in network.settled]).with_document_rows().order_by("pk")
    known = [expert for expert in need_actions.askable(fitting) if domains & {row.theme[:3] for row in expert.expertises.all()}]
    criteria = criteria_of(need)
    judged = [(expert, matching.judged(criteria, expert.entry).score, "") for expert in known[:CONSIDERED]]
    best = sorted(judged, key=lambda one: -one[1])[:ASKED]
    for proposal, answer in zip(need_actions.propose(need, best, by=network.moderator), ANSWERS, strict=False):
        if answer:
            Proposal.objects.filter(pk=proposal.pk).update(mailed_at=network.now)
            need_actions.answer(proposal, status=answer)
