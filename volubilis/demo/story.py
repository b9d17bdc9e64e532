"""What is going on in the network now: each state of a submission, versions, a hidden page, requests and invitations.

Everybody is named by the place in the list after those whose biography is written by hand.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from directory.models import Entry
from experts.models import Expert
from moderation import workflow
from moderation.models import Publishable, RefusalReason, Submission
from organizations import lifecycle
from organizations.models import Organization, Role
from volubilis.demo import banks
from volubilis.demo.clock import at
from volubilis.demo.grammar import render
from volubilis.demo.network import Network

NEW_WAITING = {0: timedelta(days=9), 1: timedelta(days=6), 2: timedelta(days=3), 3: timedelta(days=1), 4: timedelta(hours=2)}
NEW_RETURNED, NEW_REFUSED, NEW_WITHDRAWN, NEW_REPLACED, NEVER_SENT = (5, 6), (7, 8), 9, 10, (11, 12)
EDIT_WAITING = {13: timedelta(days=5), 14: timedelta(days=2), 15: timedelta(hours=20), 16: timedelta(minutes=50)}
EDIT_RETURNED, EDIT_PARTLY, EDIT_REFUSED, HIDDEN, MANY_VERSIONS, ROLLED_BACK = 17, (18, 19), 20, 21, (22, 23, 24), 25
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
            with _days_ago(network, 150 - 40 * step - 9 * index):
                submission = _edit(expert, _revise_biography if step % 2 == 0 else _new_theme)
                workflow.approve(submission, by=network.moderator)
        with _days_ago(network, 11 + index):
            _change(expert, availability=Expert.Availability.NOW, available_on=None)


def _hide(network: Network) -> None:
    with _days_ago(network, 8):
        reason = "La personne a signalé que ce profil a été écrit sans son accord; masqué le temps de vérifier."
        workflow.hide(_entry(_expert(network, HIDDEN)), by=network.moderator, reason=reason)


def _roll_back(network: Network) -> None:
    expert = _expert(network, ROLLED_BACK)
    with _days_ago(network, 60):
        workflow.approve(_edit(expert, _revise_biography), by=network.moderator)
    with _days_ago(network, 57):
        entry = _entry(expert)
        first = entry.versions.get(version=1)
        workflow.roll_back(entry, first, by=network.admin, reason="Le chiffre ajouté n’a pas pu être confirmé.")


def _decide_on_new_people(network: Network) -> None:
    comments = (
        {
            "headline": "Dites plutôt ce que vous faites que le titre de votre poste.",
            "biography": "Quel a été le résultat, en un chiffre ?",
        },
        {"biography": "المرجو ذكر السنوات والأماكن.", "themes": "موضوعان أو ثلاثة تكفي."},
    )
    for place, written in zip(NEW_RETURNED, comments, strict=True):
        with _days_ago(network, 12 - place):
            workflow.request_changes(_send(_expert(network, place)), by=network.moderator, comments=written)
    refusals = (
        (
            RefusalReason.DUPLICATE,
            "Un profil au même nom et à la même adresse existe déjà : connectez-vous avec le premier compte.",
        ),
        (
            RefusalReason.NOT_VERIFIABLE,
            "Nous n’avons trouvé trace d’aucune des missions citées. Répondez-nous avec une référence.",
        ),
    )
    for place, (reason, message) in zip(NEW_REFUSED, refusals, strict=True):
        with _days_ago(network, 30 - place):
            workflow.refuse(_send(_expert(network, place)), by=network.admin, reason=reason, message=message)
    with _days_ago(network, 4):
        expert = _expert(network, NEW_WITHDRAWN)
        workflow.withdraw(_send(expert), by=expert.user)


def _decide_on_edits(network: Network) -> None:
    with _days_ago(network, 6):
        submission = _edit(_expert(network, EDIT_RETURNED), _revise_biography)
        workflow.request_changes(
            submission, by=network.moderator, comments={"biography": "Ce nombre est plus grand qu’avant : d’où vient-il ?"}
        )
    for place in EDIT_PARTLY:
        with _days_ago(network, place):
            submission = _edit(_expert(network, place), _revise_biography, _new_theme)
            workflow.approve(
                submission,
                by=network.moderator,
                fields={"themes"},
                comments={"biography": "La dernière phrase relève de la publicité : pouvez-vous la retirer ?"},
            )
    with _days_ago(network, 13):
        workflow.refuse(
            _edit(_expert(network, EDIT_REFUSED), _revise_biography),
            by=network.admin,
            reason=RefusalReason.PROMOTION,
            message="Ce texte vante une offre commerciale. La page publique reste comme elle était.",
        )


def _wait(network: Network) -> None:
    for place, age in NEW_WAITING.items():
        with at(network.now - age):
            _send(_expert(network, place))
    replaced = _expert(network, NEW_REPLACED)
    with _days_ago(network, 2):
        _send(replaced)
    with at(network.now - timedelta(hours=5)):
        _edit(replaced, _revise_biography)
    for place, age in EDIT_WAITING.items():
        with at(network.now - age):
            _edit(_expert(network, place), *((_revise_biography,) if place % 2 else (_new_theme, _revise_biography)))
    for draft, age in (
        (list(network.organizations.values())[NEW_ORGANIZATION], timedelta(days=4)),
        (list(network.projects.values())[NEW_PROJECT], timedelta(hours=26)),
    ):
        with at(network.now - age):
            _send(draft)


def _demo_expert(network: Network) -> None:
    """The account that visitors use: a page with a history, and an edit that came back with a comment."""
    expert = network.experts[0]
    with _days_ago(network, 3):
        workflow.approve(_edit(expert, _new_theme), by=network.moderator)
    with at(network.now - timedelta(hours=30)):
        submission = _edit(expert, _revise_biography)
    with at(network.now - timedelta(hours=6)):
        workflow.request_changes(
            submission,
            by=network.moderator,
            comments={"biography": "Belle précision. Pouvez-vous aussi nommer la commune ?"},
            message="Merci pour cette mise à jour, il manque très peu.",
        )


def _organizations(network: Network) -> None:
    """The owner's account has a request to join, an invitation on its way, and a change that waits."""
    organization = list(network.organizations.values())[EDITED_ORGANIZATION]
    owner = organization.memberships.get(role=Role.OWNER).user
    with _days_ago(network, 2):
        message = "J’anime l’atelier de couture du quartier et j’aimerais aider à la bibliothèque."
        lifecycle.ask_to_join(organization, message=message, by=_expert(network, MANY_VERSIONS[0]).user)
        lifecycle.invite(organization, email="nouvelle.collegue@example.org", role=Role.EDITOR, by=owner)
    with at(network.now - timedelta(days=1, hours=3)):
        draft = Organization.objects.get(pk=organization.pk)
        draft.description_fr = draft.description_fr.replace("un fonds", "depuis cette année un fonds")
        draft.save()
        workflow.submit(draft, by=owner)


# What authors do


def _send(draft: Publishable) -> Submission:
    fresh = type(draft).objects.with_document_rows().get(pk=draft.pk)
    return workflow.submit(fresh, by=fresh.people().first())


def _edit(expert: Expert, *changes: Callable[[Expert], None]) -> Submission:
    fresh = Expert.objects.get(pk=expert.pk)
    for change in changes:
        change(fresh)
    fresh.save()
    return _send(fresh)


def _change(expert: Expert, **values) -> None:
    """A change that needs no moderator."""
    fresh = Expert.objects.with_document_rows().get(pk=expert.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    workflow.publish_free_changes(fresh, by=fresh.user)


def _revise_biography(expert: Expert) -> None:
    """A number that has grown and one sentence more, in the language that the person writes in."""
    column = f"biography_{expert.source_language}"
    text = re.sub(r"\b\d{2,3}\b", lambda match: str(int(match[0]) + 3), getattr(expert, column), count=1)
    wish = banks.common()["wishes"][expert.pk % len(banks.common()["wishes"])]
    if " je " in text.lower() or "j’" in text.lower() or expert.source_language != "fr":
        text += " " + _first_person(wish[expert.source_language], expert.source_language)
    setattr(expert, column, text)


def _new_theme(expert: Expert) -> None:
    known = set(expert.expertises.values_list("theme", flat=True))
    domain = next(domain for domain in banks.domains() if known & set(domain.themes))
    theme = next(code for code in reversed(domain.themes) if code not in known)
    expert.expertises.create(theme=theme, level="working", years=2)


def _first_person(pattern: str, language: str) -> str:
    from volubilis.demo.grammar import Speaker

    return render(pattern, language, Speaker("f", True, {}), {})


def _expert(network: Network, place: int) -> Expert:
    return network.experts[network.written_by_hand + place]


def _entry(draft: Publishable) -> Entry:
    return Entry.objects.get(public_id=draft.public_id)


@contextmanager
def _days_ago(network: Network, days: int) -> Iterator[None]:
    with at(network.now - timedelta(days=days)):
        yield
