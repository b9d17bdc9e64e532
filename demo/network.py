from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from demo.people import Person
from experts.models import Expert
from organizations.models import Organization
from projects.models import Project

# How long the network has existed, and how long ago the last page was published, the moderators' present work apart.
PAST, RECENT = timedelta(days=425), timedelta(days=4)
# The first people without a biography by hand are those of `story`; they found nothing and take part in nothing.
IN_THE_STORY = 26


@dataclass
class Network:
    """What has been made so far, for the steps that follow."""

    now: datetime
    moderator: User
    admin: User
    people: list[Person] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)
    organizations: dict[str, Organization] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)

    @property
    def written_by_hand(self) -> int:
        """How many of the first people have a biography of their own."""
        return sum(bool(person.by_hand) for person in self.people)

    @property
    def settled(self) -> list[Expert]:
        """Those about whom nothing is to be decided."""
        return self.experts[self.written_by_hand + IN_THE_STORY :]
