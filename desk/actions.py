"""Taking a list out of the portal."""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify

from core.exports import FORMATS, Row
from journal.actions import record
from journal.verbs import Verb

RIGHT = "accounts.export_lists"


@transaction.atomic
def export_list(
    model: type[models.Model], header: Row, rows: Iterable[Row], *, by, file_format: str, count: int, filters: Sequence[str] = ()
) -> HttpResponseBase:
    """The file, to be sent, and a line in the journal that says who took how many rows of what.

    `filters` are the names of the filters that were set, not what was typed into them. Raises PermissionDenied without the right,
    KeyError for an unknown format.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    make = FORMATS[file_format]
    record(
        Verb.LIST_EXPORTED,
        ContentType.objects.get_for_model(model),
        by=by,
        list=model._meta.label_lower,
        format=file_format,
        rows=count,
        filters=sorted(filters),
    )
    name = slugify(model._meta.verbose_name_plural, allow_unicode=True)
    return make(f"{name}-{timezone.localdate():%Y-%m-%d}", header, rows)
