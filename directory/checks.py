"""Is every kind declared so that the portal can show it, and is the search whole? Run by `manage.py check`, and so before every
migration; what asks the database by `check --database default`."""

from collections import Counter
from collections.abc import Iterator

from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import DatabaseError
from django.urls import NoReverseMatch, get_resolver
from django.urls.resolvers import URLResolver

from directory.document import FieldType
from directory.filters import DirectoryForm
from directory.kinds import Kind, drafts, facets
from directory.models import Entry
from directory.publication import RESERVED_SLUGS
from directory.search import vectors
from text.encoder import encoder

# Parameters of lists, territories and the API that are no filter.
OTHER_PARAMETERS = frozenset({*DirectoryForm.base_fields, "kind", "page", "limit", "lang"})


@register
def kinds_are_well_declared(app_configs, **kwargs) -> list[CheckMessage]:
    problems = [
        Error(f"Two kinds have the number {number}: search tables would mix them.", id="directory.E001")
        for number, times in Counter(model.document_schema.number for model in drafts().values()).items()
        if times > 1
    ]
    if taken := OTHER_PARAMETERS & facets().keys():
        problems.append(Error(f"Filters are named like other parameters of lists: {sorted(taken)}", id="directory.E002"))
    for model in drafts().values():
        problems += [Error(text, obj=model, id="directory.E003") for text in _faults(model, model.document_schema)]
    return problems


def _faults(model: type, kind: Kind) -> Iterator[str]:
    if kind.kind != model._meta.model_name or len(kind.kind) > Entry._meta.get_field("kind").max_length:
        yield f"The kind {kind.kind!r} is not called like its model."
    if "name" not in kind.by_name or kind.by_name["name"].type not in {FieldType.NAME, FieldType.TEXT}:
        yield "It has no field “name”."
    if kind.headline and kind.headline not in kind.by_name:
        yield f"The headline {kind.headline!r} is none of its fields."
    for item in kind.readable.values():
        if item.group not in kind.group_names:
            yield f"{item.name}: there is no group {item.group!r}."
        if item.step and item.step not in kind.steps.values:
            yield f"{item.name}: there is no step {item.step!r}."
        if item.required and not item.step:
            yield f"{item.name}: required, but written in no step of the editor."
        if (item.type is FieldType.FACT) != bool(item.fact):
            yield f"{item.name}: a FACT and nothing else needs its `fact`."
    if open_words := _first_words(kind.namespace) - RESERVED_SLUGS - kind.reserved_slugs:
        yield f"The slugs {sorted(open_words)} are addresses of its pages: reserve them."


def _first_words(namespace: str) -> set[str]:
    """The first words of the addresses of a kind, behind which an entry of that slug could not be reached."""
    try:
        _prefix, resolver = get_resolver().namespace_dict[namespace]
    except (KeyError, NoReverseMatch):
        return set()
    found = _patterns(resolver)
    return {word for route in found if (word := route.partition("/")[0]) and "<" not in word}


def _patterns(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLResolver):
            yield str(pattern.pattern)


@register(Tags.database)
def meaning_is_searched(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """Only where the database is asked at all: `check --database default`."""
    if not databases:
        return []
    known = encoder()
    if known is None:
        return [_missing("No encoder is installed.", "pip install -r requirements.txt")]
    try:
        made_by = vectors.made_by()
    except DatabaseError:
        return []
    if made_by == known.version:
        return []
    return [_missing(f"The database has no vectors of {known.version}.", "manage.py rebuild_search --vectors")]


def _missing(message: str, hint: str) -> CheckMessage:
    return Info(f"Search knows words only: {message}", hint=hint, id="directory.I001")
