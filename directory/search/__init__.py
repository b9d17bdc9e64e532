"""Finding published entries. The rest of the portal knows only the names below."""

from directory.search.index import index, rebuild, unindex
from directory.search.query import FACETS, matching, named, ranked, tally

__all__ = ["FACETS", "index", "matching", "named", "ranked", "rebuild", "tally", "unindex"]
