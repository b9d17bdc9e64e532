"""The end of files: deleted after the commit, when no row refers to them any more."""

import logging
from functools import partial

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction

logger = logging.getLogger(__name__)


def discard(*names: str, companions=lambda name: ()) -> None:
    """To be called by whoever takes a file out of a row. `companions` names what was made of it, such as a small size."""
    given = [name for name in names if name]
    if given:
        transaction.on_commit(partial(_delete_unreferenced, given, companions), robust=True)


def is_referenced(name: str) -> bool:
    """Whether a row names this file: in a column of files, or in one that a model lists in `file_names`."""
    return any(model._base_manager.filter(**{column: name}).exists() for model, column in _columns())


def file_fields(model: type[models.Model]) -> list[str]:
    return [item.name for item in model._meta.concrete_fields if isinstance(item, models.FileField)]


def _columns() -> list[tuple[type[models.Model], str]]:
    return [(model, column) for model in apps.get_models() for column in (*file_fields(model), *getattr(model, "file_names", ()))]


def _delete_unreferenced(names: list[str], companions) -> None:
    for name in names:
        if is_referenced(name):
            continue
        for each in (name, *companions(name)):
            try:
                default_storage.delete(each)
            except OSError:
                # The job that removes orphans tries again.
                logger.exception("A file that nothing refers to could not be deleted")
