"""What the rooms above publish, found in the app registry so that this room need not import them."""

from functools import cache

from django.apps import apps

from directory.document import DocumentSchema
from directory.models import Kind


@cache
def drafts() -> dict[Kind, type]:
    """The draft model of each kind: every concrete model that declares a `document_schema`."""
    models = [model for model in apps.get_models() if getattr(model, "document_schema", None)]
    return {Kind(model.document_schema.kind): model for model in models}


def schema_of(kind: str) -> DocumentSchema:
    return drafts()[Kind(kind)].document_schema
