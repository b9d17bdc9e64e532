"""What the operator should know of the search, in a terminal; in English only."""

from django.core.checks import CheckMessage, Info, Tags, register
from django.db import DatabaseError

from directory.search import vectors
from text.encoder import encoder


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
