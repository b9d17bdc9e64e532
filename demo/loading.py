"""The demo network, written into the database by the verbs that people use: found, submit, approve, ask, verify …

One transaction: either the whole network is there or nothing of it, so that the administrator's account tells which.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from demo import accounts, banks, contacts, profiles, story
from demo.chance import chance
from demo.clock import at
from demo.needs import create_needs
from demo.network import PAST, RECENT, Network
from demo.organizations import found_organizations
from demo.people import people
from demo.projects import create_projects
from experts.models import Expert
from moderation import actions as moderation_actions
from moderation.groups import MODERATORS
from moderation.models import Publishable
from notifications.models import Mail

# Enough for one of each state of `story`.
LEAST_PEOPLE, LEAST_OTHERS = 90, 15


def is_loaded() -> bool:
    return User.objects.filter(email=accounts.ADMIN.email).exists()


@transaction.atomic
def load(*, now: datetime | None = None, size: float = 1.0) -> Network:
    """Make the network; `size` below 1 makes a part of it, with every state, for tests."""
    now = now or timezone.now()
    moderator, admin = _staff()
    network = Network(now, moderator, admin)
    everybody = people()
    network.people = everybody[: max(LEAST_PEOPLE, round(len(everybody) * size))]
    network.experts = _write_profiles(network)
    owner = _account(accounts.OWNER.email, name=accounts.OWNER.name, purpose=User.Purpose.ORGANIZATION)
    network.organizations = found_organizations(network, _part(banks.written_by_hand("organizations"), size), owner)
    network.projects = create_projects(network, _part(banks.written_by_hand("projects"), size))
    _publish(_in_order_of_publication(network), network)
    create_needs(network, banks.written_by_hand("needs"))
    _open_the_desk(network)
    story.tell(network)
    contacts.write_to_each_other(network)
    return network


def _part(rows: list[dict[str, Any]], size: float) -> list[dict[str, Any]]:
    return rows[: max(LEAST_OTHERS, round(len(rows) * size))]


def _staff() -> tuple[User, User]:
    """Who decides. Not yet staff, so that no mail announces to them the work of a year that is done."""
    moderator = _account(accounts.MODERATOR.email, name=accounts.MODERATOR.name)
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    return moderator, _account(accounts.ADMIN.email, name=accounts.ADMIN.name, is_superuser=True)


def _open_the_desk(network: Network) -> None:
    for user in (network.moderator, network.admin):
        user.is_staff = True
        user.save(update_fields=["is_staff"])


def _account(email: str, **fields: Any) -> User:
    """One of the accounts that visitors of the demo may use."""
    user = User.objects.create_user(email, accounts.PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def _write_profiles(network: Network) -> list[Expert]:
    shown = _account(accounts.EXPERT.email, name=accounts.EXPERT.name, language=network.people[0].source)
    closed = make_password(None)
    others = [
        User(
            email=person.email,
            name=" ".join(person.arabic if person.source == "ar" else person.latin),
            language=person.source,
            password=closed,
            date_joined=network.now - PAST,
        )
        for person in network.people[1:]
    ]
    User.objects.bulk_create(others)
    EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in others)
    today = timezone.localdate(network.now)
    written = [profiles.Profile(person, user, today) for person, user in zip(network.people, [shown, *others], strict=True)]
    profiles.save(written)
    return [profile.expert for profile in written]


def _publish(drafts: list[Publishable], network: Network) -> None:
    """Send each draft and approve it, spread over the past of the network."""
    step = (PAST - RECENT) / len(drafts)
    for index, draft in enumerate(drafts):
        approved_at = network.now - PAST + step * index
        with at(approved_at - timedelta(hours=7 + index % 60)):
            submission = moderation_actions.submit(draft, by=draft.people().first())
            type(draft).objects.filter(pk=draft.pk).update(created_at=submission.submitted_at, changed_at=submission.submitted_at)
        with at(approved_at):
            draft.entry = moderation_actions.approve(submission, by=network.admin if index % 4 == 0 else network.moderator)
    Mail.objects.all().delete()  # sent and read long ago


def _in_order_of_publication(network: Network) -> list[Publishable]:
    """The kinds mixed; those written by hand last, so that the newest pages are theirs."""
    by_hand = [expert for expert, person in zip(network.experts, network.people, strict=True) if person.by_hand]
    others = [*network.experts[len(by_hand) :], *network.organizations.values(), *network.projects.values()]
    chance("publication").shuffle(others)
    kept = story.kept_back(network)
    return [draft for draft in [*others, *reversed(by_hand)] if draft.public_id not in kept]
