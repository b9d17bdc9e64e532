"""Bringing the tables up to the files, again and again, without touching what the network wrote itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction

from accounts.roles import GROUPS, TeamRole
from taxonomy import files
from taxonomy.models import City, Country, CountryGroup, Goal, Language, Subdivision, Term, Theme
from taxonomy.vocabulary import mark_changed

EDITORS_GROUP = GROUPS[TeamRole.VOCABULARY]


@dataclass
class Tally:
    """What one load did to one table."""

    table: str
    created: int = 0
    updated: int = 0
    retired: int = 0

    @property
    def changed(self) -> int:
        return self.created + self.updated + self.retired


@transaction.atomic
def load_vocabulary() -> list[Tally]:
    """Create, update and retire rows so that the tables say what the files say.

    Rows edited or written in the admin (`edited`) are left alone, also when the files no longer have them.
    """
    ensure_editors_group()
    tallies = [
        sync(Goal, files.goals()),
        sync(Theme, files.themes(), links=("goals", "related")),
        sync(CountryGroup, files.country_groups()),
        sync(Country, files.countries(), links=("groups",)),
        sync(Subdivision, files.subdivisions()),
        sync(City, files.cities()),
        sync(Language, files.languages()),
        sync(Term, files.terms(), key=("list", "code")),
    ]
    if any(tally.changed for tally in tallies):
        mark_changed()
    return tallies


def sync(
    model: type[models.Model], rows: Iterable[dict], *, key: tuple[str, ...] = ("pk",), links: tuple[str, ...] = ()
) -> Tally:
    """Make one table say what `rows` say; `links` names the many-to-many columns among them."""
    rows = list(rows)
    wanted_links = {link: {row[model._meta.pk.name]: row.pop(link) for row in rows} for link in links}
    columns = list(dict.fromkeys([*(column for column in rows[0] if column != model._meta.pk.name), "retired"]))
    wanted = {identity(instance, key): instance for instance in (model(**row) for row in rows)}
    existing = {identity(instance, key): instance for instance in model.objects.all()}

    created = [instance for known_as, instance in wanted.items() if known_as not in existing]
    outdated = []
    for known_as in wanted.keys() & existing.keys():
        instance, new = existing[known_as], wanted[known_as]
        differing = [column for column in columns if getattr(instance, column) != getattr(new, column)]
        if differing and not instance.edited:
            for column in differing:
                setattr(instance, column, getattr(new, column))
            outdated.append(instance)
    gone = [row.pk for known_as, row in existing.items() if known_as not in wanted and not row.edited and not row.retired]

    model.objects.bulk_create(created)
    model.objects.bulk_update(outdated, columns)
    model.objects.filter(pk__in=gone).update(retired=True)
    edited = {row.pk for row in existing.values() if row.edited}
    relinked = {pk for link in links for pk in sync_links(model, link, wanted_links[link], edited)}
    updated = relinked.union(row.pk for row in outdated).difference(row.pk for row in created)
    return Tally(str(model._meta.verbose_name_plural), created=len(created), updated=len(updated), retired=len(gone))


def identity(instance: models.Model, key: tuple[str, ...]) -> tuple:
    return tuple(getattr(instance, name) for name in key)


def sync_links(model: type[models.Model], link: str, wanted: dict[object, list], edited: set) -> set:
    """Bring one many-to-many table up to the files and return the rows whose links changed.

    Pairs with an edited row, or with one that the files do not know, stay as they are.
    """
    field = model._meta.get_field(link)
    through, source, target = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
    ours = wanted.keys() - edited

    def is_ours(pair: tuple) -> bool:
        return pair[0] in ours and (field.related_model is not model or pair[1] in ours)

    present = {(row[source], row[target]): row["pk"] for row in through.objects.values("pk", source, target)}
    listed = {(pk, other) for pk, others in wanted.items() for other in others}
    missing = set(filter(is_ours, listed - present.keys()))
    surplus = set(filter(is_ours, present.keys() - listed))
    through.objects.bulk_create(through(**{source: pk, target: other}) for pk, other in sorted(missing))
    through.objects.filter(pk__in=[present[pair] for pair in surplus]).delete()
    return {pk for pk, _ in missing | surplus}


def ensure_editors_group() -> None:
    """The people who may edit the vocabulary without being superusers; made once, then the network's own."""
    group, is_new = Group.objects.get_or_create(name=EDITORS_GROUP)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="taxonomy", codename__regex="^(add|change|view)_").exclude(
                content_type__model="revision"
            )
        )
