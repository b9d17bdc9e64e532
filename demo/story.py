"""What is going on in the network now: each state of a submission, versions, a hidden page, requests and invitations.

Everybody is named by the place in the list after those whose biography is written by hand.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from demo import banks
from demo.clock import at
from demo.network import Network
from directory.models import Entry
from experts.models import Expert
from experts.schema import Availability
from moderation import actions as moderation_actions
from moderation.models import Publishable, RefusalReason, Submission
from moderation.publishing import publish_free_changes
from notifications.models import Mail
from organizations import actions as organization_actions
from organizations.models import Organization, Role
from projects import actions as project_actions

NEW_WAITING = {0: {"days": 9}, 1: {"days": 6}, 2: {"days": 3}, 3: {"days": 1}, 4: {"hours": 2}}
NEW_RETURNED, NEW_REFUSED, NEW_WITHDRAWN, NEW_REPLACED, NEVER_SENT = (5, 6), (7, 8), 9, 10, (11, 12)
EDIT_WAITING = {13: {"days": 5}, 14: {"days": 2}, 15: {"hours": 20}, 16: {"minutes": 50}}
EDIT_RETURNED, EDIT_PARTLY, EDIT_REFUSED, HIDDEN, MANY_VERSIONS, ROLLED_BACK = 17, (18, 19), 20, 21, (22, 23, 24), 25
ADDED_SENTENCES = {
    "fr": [
        "Nouveau cette année : des ateliers ouverts à toutes et à tous, le premier samedi du mois.",
        "Un guide de poche paraîtra au printemps.",
    ],
    "ar": ["جديد هذه السنة: ورشات مفتوحة للجميع، أول سبت من كل شهر.", "وسيصدر دليل صغير في فصل الربيع."],
    "en": [
        "New this year: workshops open to everybody, on the first Saturday of the month.",
        "A pocket guide will appear in spring.",
    ],
}
NEW_ORGANIZATION, EDITED_ORGANIZATION, NEW_PROJECT = -1, 0, -2


def kept_back(network: Network) -> set[str]:
    """The public identifiers of the drafts that nobody has approved."""
    people = (*NEW_WAITING, *NEW_RETURNED, *NEW_REFUSED, NEW_WITHDRAWN, NEW_REPLACED, *NEVER_SENT)
    drafts = [_expert(network, place) for place in people]
    drafts += [list(network.organizations.values())[NEW_ORGANIZATION], list(network.projects.values())[NEW_PROJECT]]
    return {draft.public_id for draft in drafts}


def tell(network: Network) -> None:
    """The steps in the order of time, so that a later one finds what an earlier one left."""
    for step in (_versions, _hide, _roll_back, _decide_on_new_people, _decide_on_edits, _wait, _demo_expert, _organizations):
        step(network)


def _versions(network: Network) -> None:
    for index, place in enumerate(MANY_VERSIONS):
        expert = _expert(network, place)
        for step in range(2 + index % 2):
            with _ago(network, days=150 - 40 * step - 9 * index):
                submission = _edit(expert, _revise_biography if step % 2 == 0 else _new_theme)
                moderation_actions.approve(submission, by=network.moderator)
        with _ago(network, days=11 + index):
            _change(expert, availability=Availability.NOW, available_on=None)


def _hide(network: Network) -> None:
    with _ago(network, days=8):
        reason = "La personne a signalé que ce profil a été écrit sans son accord; masqué le temps de vérifier."
        moderation_actions.hide(_entry(_expert(network, HIDDEN)), by=network.moderator, reason=reason)


def _roll_back(network: Network) -> None:
    expert = _expert(network, ROLLED_BACK)
    with _ago(network, days=60):
        moderation_actions.approve(_edit(expert, _revise_biography), by=network.moderator)
    with _ago(network, days=57):
        entry = _entry(expert)
        first = entry.versions.get(version=1)
        moderation_actions.roll_back(entry, first, by=network.admin, reason="Le chiffre ajouté n’a pas pu être confirmé.")


def _decide_on_new_people(network: Network) -> None:
    comments = (
        {
            "headline": "Dites ce que vous faites plutôt que le titre de votre poste.",
            "biography": "Quel a été le résultat, en un chiffre ?",
        },
        {"biography": "المرجو ذكر السنوات والأماكن.", "themes": "موضوعان أو ثلاثة تكفي."},
    )
    for place, written in zip(NEW_RETURNED, comments, strict=True):
        with _ago(network, days=12 - place):
            moderation_actions.request_changes(_send(_expert(network, place)), by=network.moderator, comments=written)
    refusals = (
        (
            RefusalReason.DUPLICATE,
            "Un profil au même nom existe déjà : connectez-vous avec le premier compte.",
        ),
        (
            RefusalReason.NOT_VERIFIABLE,
            "Nous n’avons trouvé trace d’aucune des missions citées. Donnez-nous une référence.",
        ),
    )
    for place, (reason, message) in zip(NEW_REFUSED, refusals, strict=True):
        with _ago(network, days=30 - place):
            moderation_actions.refuse(_send(_expert(network, place)), by=network.admin, reason=reason, message=message)
    with _ago(network, days=4):
        expert = _expert(network, NEW_WITHDRAWN)
        moderation_actions.withdraw(_send(expert), by=expert.user)


def _decide_on_edits(network: Network) -> None:
    with _ago(network, days=6):
        submission = _edit(_expert(network, EDIT_RETURNED), _revise_biography)
        moderation_actions.request_changes(
            submission, by=network.moderator, comments={"biography": "Ce nombre est plus grand qu’avant : d’où vient-il ?"}
        )
    for place in EDIT_PARTLY:
        with _ago(network, days=place):
            submission = _edit(_expert(network, place), _revise_biography, _new_theme)
            moderation_actions.approve(
                submission,
                by=network.moderator,
                fields={"themes"},
                comments={"biography": "La dernière phrase relève de la publicité : pouvez-vous la retirer ?"},
            )
    with _ago(network, days=13):
        moderation_actions.refuse(
            _edit(_expert(network, EDIT_REFUSED), _revise_biography),
            by=network.admin,
            reason=RefusalReason.PROMOTION,
            message="Ce texte vante une offre commerciale. La page publique reste comme elle était.",
        )


def _wait(network: Network) -> None:
    for place, age in NEW_WAITING.items():
        with _ago(network, **age):
            _send(_expert(network, place))
    replaced = _expert(network, NEW_REPLACED)
    with _ago(network, days=2):
        _send(replaced)
    with _ago(network, hours=5):
        _edit(replaced, _revise_biography)
    for place, age in EDIT_WAITING.items():
        with _ago(network, **age):
            _edit(_expert(network, place), *((_revise_biography,) if place % 2 else (_new_theme, _revise_biography)))
    for draft, hours in (
        (list(network.organizations.values())[NEW_ORGANIZATION], 96),
        (list(network.projects.values())[NEW_PROJECT], 26),
    ):
        with _ago(network, hours=hours):
            _send(draft)


def _demo_expert(network: Network) -> None:
    """The account that visitors use: a page with a history, a project that asks, and an edit that came back with a comment."""
    expert = network.experts[0]
    project = next(iter(network.projects.values()))
    with _ago(network, days=5):
        project_actions.ask(project, role="trainer", by=project.created_by, expert=expert)
    with _ago(network, days=3):
        moderation_actions.approve(_edit(expert, _new_theme), by=network.moderator)
    with _ago(network, hours=30):
        submission = _edit(expert, _revise_biography)
    with _ago(network, hours=6):
        moderation_actions.request_changes(
            submission,
            by=network.moderator,
            comments={"biography": "Belle précision. Pouvez-vous aussi nommer la commune ?"},
            message="Merci pour cette mise à jour, il manque très peu.",
        )


def _organizations(network: Network) -> None:
    """The owner's account has a request to join, an invitation on its way, and a change that waits."""
    organization = list(network.organizations.values())[EDITED_ORGANIZATION]
    owner = organization.affiliations.get(role=Role.OWNER).user
    with _ago(network, days=2):
        message = "J’anime l’atelier de couture du quartier et j’aimerais aider à la bibliothèque."
        organization_actions.ask_to_join(organization, message=message, by=_expert(network, MANY_VERSIONS[0]).user)
        organization_actions.invite(organization, email="nouvelle.collegue@example.org", role=Role.EDITOR, by=owner)
    with _ago(network, days=1, hours=3):
        draft = Organization.objects.get(pk=organization.pk)
        draft.description_fr = draft.description_fr.replace("un fonds", "depuis cette année un fonds")
        draft.save()
        moderation_actions.submit(draft, by=owner)


# What authors do


def _send(draft: Publishable) -> Submission:
    fresh = type(draft).objects.with_document_rows().get(pk=draft.pk)
    return moderation_actions.submit(fresh, by=fresh.people().first())


def _edit(expert: Expert, *changes: Callable[[Expert], None]) -> Submission:
    fresh = Expert.objects.get(pk=expert.pk)
    for change in changes:
        change(fresh)
    fresh.save()
    return _send(fresh)


def _change(expert: Expert, **values) -> None:
    """A change that needs no moderator."""
    fresh = Expert.objects.get(pk=expert.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    publish_free_changes(fresh, by=fresh.user)


def _revise_biography(expert: Expert) -> None:
    """A number that has grown and one sentence more, only in the language that the person writes in."""
    column = f"biography_{expert.source_language}"
    text = re.sub(r"\b\d{2,3}\b", lambda match: str(int(match[0]) + 3), getattr(expert, column), count=1)
    added = next(sentence for sentence in ADDED_SENTENCES[expert.source_language] if sentence not in text)
    setattr(expert, column, f"{text} {added}")


def _new_theme(expert: Expert) -> None:
    known = set(expert.expertises.values_list("theme", flat=True))
    domain = next(domain for domain in banks.domains() if known & set(domain.themes))
    theme = next(code for code in reversed(domain.themes) if code not in known)
    expert.expertises.create(theme=theme, level="working", years=2)


def _expert(network: Network, place: int) -> Expert:
    return network.experts[network.written_by_hand + place]


def _entry(draft: Publishable) -> Entry:
    return Entry.objects.get(public_id=draft.public_id)


@contextmanager
def _ago(network: Network, **age: float) -> Iterator[None]:
    """As so long ago; the mails too, whose date is a default of the table."""
    moment = network.now - timedelta(**age)
    with at(moment):
        yield
    Mail.objects.filter(created_at__gte=network.now).update(created_at=moment, next_attempt_at=moment)
