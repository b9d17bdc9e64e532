"""People who get in touch: requests in every state, for the accounts that visitors use and for the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from accounts.models import User
from demo.clock import at
from demo.network import Network
from directory.models import Entry
from messaging import actions
from messaging.facts import ContactWay
from messaging.models import ContactRequest, Purpose, Report
from moderation.models import Publishable
from notifications.models import Mail
from organizations.models import Role

TWINNING = (
    "Bonjour,\nnous préparons un jumelage de deux ans entre nos deux communes autour de l’eau et des jardins. Votre expérience"
    " nous serait précieuse pour la première visite, au printemps. Auriez-vous deux jours à nous donner ?"
)
ADVICE_AR = (
    "تحية طيبة،\nنحن تعاونية نسائية من ثلاثين عضوة ونبحث عمن يرافقنا في إعداد مخطط عمل بسيط. هل يمكن أن نتحدث هاتفيا هذا الأسبوع؟"
)
RESEARCH = (
    "Dear colleague,\nour university is looking for a partner on the southern shore for a survey of small producers. We would be"
    " glad to send you the outline; two months of field work are foreseen."
)
TRAINING = (
    "Bonjour,\nnous cherchons quelqu’un pour former douze animatrices au montage de projets, trois jours en mars. La commune"
    " prend en charge le déplacement."
)
LIBRARY = (
    "Bonjour,\nje m’occupe de la lecture publique dans notre commune et j’aimerais visiter votre bibliothèque avec deux"
    " collègues. Quel jour vous conviendrait ?"
)
ADVERTISING = (
    "Bonjour, gain garanti pour votre association : envoyez les frais par Western Union et recevez le double en dix jours."
)


def write_to_each_other(network: Network) -> None:
    shown, owner = network.experts[0], _owner(network)
    own = next(iter(network.organizations.values()))
    others = network.settled
    _to_the_shown_expert(network, shown, owner, own, others)
    _from_the_owner(network, owner, own, others)
    with _ago(network, hours=30):
        _visitor(
            own, "Sanae Berrada", "sanae.berrada@example.org", LIBRARY, Purpose.ADVICE, organization="Commune de Sidi Bouali"
        )
    _for_the_desk(network, others)


def _to_the_shown_expert(network: Network, shown: Publishable, owner: User, own: Publishable, others: list) -> None:
    """An old contact that was accepted, and two requests that wait: from a visitor, from a member."""
    with _ago(network, days=41):
        agreed = _member(shown, owner, TRAINING, Purpose.TRAINING, organization=own)
    with _ago(network, days=40):
        actions.reply(agreed, "Volontiers. En arabe ou en français ?", by=shown.user, is_of_sender=False)
    with _ago(network, days=39):
        actions.accept(agreed, by=shown.user, address=shown.user.email)
    with _ago(network, days=38):
        actions.reply(agreed, "Les deux, si vous le voulez bien. Je vous écris pour les dates.", by=owner, is_of_sender=True)
    with _ago(network, days=3):
        text = ADVICE_AR
        _visitor(
            shown,
            "حليمة أيت الحاج",
            "halima@example.org",
            text,
            Purpose.ADVICE,
            language="ar",
            organization="تعاونية أركان تامونت",
        )
    with _ago(network, days=1):
        wanted = (network.now + timedelta(days=8)).date()
        _member(shown, others[3].user, TWINNING, Purpose.TWINNING, wanted_by=wanted)


def _from_the_owner(network: Network, owner: User, own: Publishable, others: list) -> None:
    """What becomes of requests: sent, declined with a line, expired."""
    with _ago(network, days=15):
        _member(others[5], owner, TWINNING, Purpose.TWINNING, organization=own)
    with _ago(network, days=9):
        declined = _member(others[7], owner, TRAINING, Purpose.TRAINING, organization=own)
    with _ago(network, days=8):
        actions.decline(declined, by=others[7].user, line="Merci d’avoir pensé à moi ; mes mois de mars à juin sont déjà pris.")
    with _ago(network, days=2):
        _member(others[9], owner, TWINNING, Purpose.PARTNERSHIP, organization=own)


def _for_the_desk(network: Network, others: list) -> None:
    """What waits for the team: a request held for its words, one to a page reached through the team, reports."""
    with _ago(network, days=30):
        actions.set_reach(_entry(others[11]), ContactWay.COORDINATORS, by=others[11].user)
        actions.set_reach(_entry(others[13]), ContactWay.CLOSED, by=others[13].user)
    with _ago(network, days=2, hours=3):
        _member(others[11], others[15].user, RESEARCH, Purpose.RESEARCH, language="en")
    with _ago(network, hours=7):
        _visitor(others[17], "Max Profit", "max@example.org", ADVERTISING, Purpose.OTHER)
    with _ago(network, days=12):
        settled = actions.report(
            Report(entry=_entry(others[19]), reason=Report.Reason.OTHER, text="Le lien ne mène nulle part."), by=None
        )
    with _ago(network, days=11):
        actions.settle_report(settled, acted=True, note="La personne a corrigé le lien.", by=network.moderator)
    with _ago(network, hours=20):
        text = "Cette personne a quitté notre université l’an dernier."
        actions.report(
            Report(entry=_entry(others[21]), reason=Report.Reason.WRONG, text=text, address="doyen@example.org"), by=None
        )


def _member(to: Publishable, by: User, text: str, purpose: str, *, language: str = "fr", **fields: Any) -> ContactRequest:
    name = by.name or str(getattr(by, "expert", "")) or "Nadia Chafik"
    letter = _letter(to, name, by.email, text, purpose, language=language, **fields)
    return actions.ask(letter, by=by)


def _visitor(
    to: Publishable, name: str, address: str, text: str, purpose: str, *, language: str = "fr", organization: str = ""
) -> ContactRequest:
    letter = _letter(to, name, address, text, purpose, language=language, sender_organization=organization)
    return actions.confirm(actions.ask(letter, by=None))


def _letter(to: Publishable, name: str, address: str, text: str, purpose: str, **fields: Any) -> ContactRequest:
    return ContactRequest(entry=_entry(to), sender_name=name, sender_address=address, message=text, purpose=purpose, **fields)


def _report(draft: Publishable, reason: str, text: str, address: str = "") -> Report:
    return actions.report(Report(entry=_entry(draft), reason=reason, text=text, address=address), by=None)


def _owner(network: Network) -> User:
    return next(iter(network.organizations.values())).affiliations.get(role=Role.OWNER).user


def _entry(draft: Publishable) -> Entry:
    return Entry.objects.get(public_id=draft.public_id)


@contextmanager
def _ago(network: Network, **age: float) -> Iterator[None]:
    """As so long ago; what was sent then has been read."""
    moment = network.now - timedelta(**age)
    known = set(Mail.objects.values_list("pk", flat=True))
    with at(moment):
        yield
    Mail.objects.exclude(pk__in=known).update(created_at=moment, next_attempt_at=moment)
