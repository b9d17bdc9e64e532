"""What matching knows of somebody: read from the published entry, as an anonymous visitor sees it, and from the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.models import Entry
from directory.visibility import ANONYMOUS, visible_to


@dataclass(frozen=True)
class MatchProfile:
    """Empty values are what somebody does not say."""

    languages: Mapping[str, str] = field(default_factory=dict)  # {code: CEFR level, or ""}
    country: str = ""
    region: str = ""
    territories: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()  # "remote", "travel"
    state: str = ""  # of the availability: now, from, not_before, later, closed
    free_on: str = ""  # ISO day
    goals: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()  # declared
    read_themes: frozenset[str] = frozenset()  # of the themes asked, those that the texts tell
    near_themes: frozenset[str] = frozenset()  # of the themes asked, those that have a neighbour here
    milieu: str = ""
    type: str = ""
    nearness: float = 0.0  # of the nearest passage to the subject, -1 to 1
    coverage: float = 0.0  # the part of the subject's words and themes that is there, 0 to 1
    tells: bool = False  # whether there is any text or theme at all

    @property
    def is_closed(self) -> bool:
        return self.state == "closed"


def profile_of(entry: Entry, **found: Any) -> MatchProfile:
    """`found`: what the index knows, by the names of MatchProfile."""
    fields = visible_to(entry, ANONYMOUS)
    availability = fields.get("availability", {})
    return MatchProfile(
        languages={row["code"]: row.get("level", "") for row in fields.get("languages", ())},
        country=fields.get("country", ""),
        region=fields.get("region", ""),
        territories=frozenset(fields.get("territories", ())),
        reach=frozenset(fields.get("reach", ())),
        state=availability.get("state", ""),
        free_on=availability.get("date", ""),
        goals=frozenset(fields.get("goals", ())),
        themes=frozenset(row if isinstance(row, str) else row["theme"] for row in fields.get("themes", ())),
        milieu=fields.get("milieu", ""),
        type=fields.get("type", ""),
        tells=any(fields.get(name) for name in ("headline", "biography", "services", "description", "themes", "experiences")),
        **found,
    )
