"""The kinds of entries. Each says of itself once what it is; the portal finds it in the app registry."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from directory.document import DocumentField, DocumentSchema
from directory.facts import Fact

# The filters that kinds share, first in every list, in this order; behind them come those that a kind declares itself.
SHARED_FACETS = {
    "goal": _("Sustainable Development Goals"),
    "theme": _("Themes"),
    "country": _("Country"),
    "region": _("Region"),
    "type": _("Type"),
}


@dataclass(frozen=True, kw_only=True)
class Kind(DocumentSchema):
    """What a kind of entry says of itself: the schema of its documents, and everything around it.

    The draft model names it as its `document_schema`; nothing else announces a kind.
    """

    number: int  # in search tables: given once, never changed, never given again
    label: str | Promise  # one of them
    plural: str | Promise  # lists, navigation, suggestions
    namespace: str  # of its addresses, and the folder of its templates: "experts" has experts:list, :detail, :start, …
    page_class: str  # path of its PublicEntry
    page_template: str  # the body of its page, for previews
    steps: type[models.TextChoices]  # of the editor, in order
    waiting_label: str | Promise  # the row of the desk's work list
    see_label: str | Promise  # a link to its list
    mine_label: str | Promise  # the heading in my space
    start_label: str | Promise  # the button that begins a new one
    start_lead: str | Promise = ""  # said beside that button to whoever has none
    og_type: str = "website"  # of its pages, in the words of Open Graph
    headline: str = ""  # the name of the text that stands under its name, where there is one
    my_space_template: str = ""  # what stands in my space beside its drafts
    audience_step: str = ""  # of the editor, where its people choose who sees what
    one_each: bool = False  # a person has one at most
    reserved_slugs: frozenset[str] = frozenset()  # first words of its other addresses

    @property
    def list_url(self) -> str:
        return reverse(f"{self.namespace}:list")

    @property
    def start_url(self) -> str:
        return reverse(f"{self.namespace}:start")

    def page_url(self, slug: str) -> str:
        return reverse(f"{self.namespace}:detail", kwargs={"slug": slug})

    @cached_property
    def present(self) -> type:
        """The PublicEntry of this kind."""
        return import_string(self.page_class)

    @cached_property
    def picture(self) -> str:
        """The name of the field that holds its picture; "" for a kind without one."""
        return next((item.name for item in self if item.format == "image"), "")

    @property
    def contributed(self) -> Mapping[str, DocumentField]:
        """The facts that rooms above show on its pages, by name: they stand in `Entry.facts`."""
        return _contributed.get(self.kind, {})

    @cached_property
    def readable(self) -> Mapping[str, DocumentField]:
        """Everything that may stand on its pages, by name."""
        return {**self.by_name, **self.contributed}

    @cached_property
    def facets(self) -> Mapping[str, DocumentField]:
        """The field behind each filter of its list, in the order of the page."""
        own = {item.facet: item for item in self.readable.values() if item.facet}
        return {name: own[name] for name in [*SHARED_FACETS, *own] if name in own}

    def facet_label(self, name: str) -> str | Promise:
        item = self.facets[name]
        return item.facet_label or SHARED_FACETS.get(name, item.label)


# {kind: {name: field}}; filled while the apps start.
_contributed: dict[str, dict[str, DocumentField]] = {}


def contribute(kind: str, item: DocumentField) -> None:
    """Let a room above a kind show a fact of its own on its pages. Called in `AppConfig.ready`."""
    _contributed.setdefault(kind, {})[item.name] = item
    forget()


def withdraw(kind: str, name: str) -> None:
    """The opposite, for rooms that come and go with a test."""
    _contributed[kind].pop(name)
    forget()


@cache
def drafts() -> Mapping[str, type]:
    """{kind: its draft model}, in the order of their numbers: every installed model that declares a `document_schema`."""
    models = [model for model in apps.get_models() if getattr(model, "document_schema", None)]
    return {model.document_schema.kind: model for model in sorted(models, key=lambda model: model.document_schema.number)}


@cache
def kinds() -> Mapping[str, Kind]:
    return {name: model.document_schema for name, model in drafts().items()}


def kind_choices() -> list[tuple[str, str | Promise]]:
    """For model fields: asked when needed, so that a new kind asks for no migration."""
    return [(kind.kind, kind.label) for kind in kinds().values()]


def forget() -> None:
    """Look into the app registry again, after a contribution, and for tests in which apps come and go."""
    for kind in kinds().values():
        for known in ("readable", "facets"):
            kind.__dict__.pop(known, None)
    for found in (drafts, kinds, fixed_lists, facts_by_facet, facets):
        found.cache_clear()


def schema_of(kind: str) -> Kind:
    return kinds()[kind]


@cache
def fixed_lists() -> Mapping[str, Mapping[str, str | Promise]]:
    """{list: {code: label}} of the lists that the kinds declare themselves."""
    return {item.vocabulary: dict(item.choices) for kind in kinds().values() for item in kind if item.choices}


@cache
def facts_by_facet() -> Mapping[str, Fact]:
    """The fact behind each filter that is fed by one."""
    return {name: item.fact for kind in kinds().values() for name, item in kind.facets.items() if item.fact}


@cache
def facets() -> Mapping[str, str | Promise]:
    """{filter: its label} of all kinds."""
    own = {name: kind.facet_label(name) for kind in kinds().values() for name in kind.facets if name not in SHARED_FACETS}
    return SHARED_FACETS | own
