"""What is asked for: criteria, each a must or nice, and how much each weighs."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

# What each weighs beside the others before all are brought to 100: the subject says most, and what must be says more than what
# would be nice.
MUST_TIMES = 1.5
TOTAL = 100


class What(StrEnum):
    """What a criterion is about."""

    SUBJECT = "subject"  # said in words
    THEME = "theme"
    GOALS = "goals"
    LANGUAGE = "language"
    COUNTRY = "country"
    REGION = "region"
    MODE = "mode"
    START = "start"
    MILIEU = "milieu"
    TYPE = "type"


BASE = {
    What.SUBJECT: 60,
    What.THEME: 16,
    What.GOALS: 4,
    What.LANGUAGE: 5,
    What.COUNTRY: 5,
    What.REGION: 5,
    What.MODE: 4,
    What.START: 4,
    What.MILIEU: 6,
    What.TYPE: 6,
}
# Of these a must is met or it is not: there is no half of a language.
WHOLE = frozenset({What.LANGUAGE, What.COUNTRY, What.REGION, What.MODE, What.START})


class CriterionState(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_STATED = "not_stated"


@dataclass(frozen=True)
class Criterion:
    """One thing that is asked for.

    `values` are codes of the vocabulary: any of them will do. Of the subject they are texts, their `languages` beside them.
    """

    what: What
    values: tuple[str, ...] = ()
    must: bool = False
    level: str = ""  # of a language: the least
    day: datetime.date | None = None  # of a start: the latest
    languages: tuple[str, ...] = ()
    weight: int = 0

    @property
    def name(self) -> str:
        """How commands call it: "language:ar". A list of criteria has each name once."""
        if self.what in {What.SUBJECT, What.START}:
            return str(self.what)
        return f"{self.what}:{'+'.join(self.values)}"

    @property
    def is_stated(self) -> bool:
        return bool(self.day if self.what is What.START else self.values)


def weighed(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """The same criteria with weights that sum up to 100, all of them even: half a weight is a whole number."""
    asked = tuple(criterion for criterion in criteria if criterion.is_stated)
    if not asked:
        return ()
    shares = [BASE[one.what] * (MUST_TIMES if one.must and one.what is not What.SUBJECT else 1) for one in asked]
    pairs = [share / sum(shares) * TOTAL / 2 for share in shares]
    weights = [int(pair) for pair in pairs]
    rest = TOTAL // 2 - sum(weights)
    for place in sorted(range(len(pairs)), key=lambda place: (weights[place] - pairs[place], place))[:rest]:
        weights[place] += 1
    return tuple(replace(one, weight=2 * weight) for one, weight in zip(asked, weights, strict=True))
