"""Who answers a list of criteria, and why: people or organisations for a need. Reads published entries only.

    match(criteria, kind="expert") -> Matches: ranked, nearly, excluding

The score is the sum of the points shown, 100 at most; what somebody does not say never counts as met; the same
input gives the same order. docs/matching.md says how the points are made.

criteria   what is asked for        profiles   what is known of somebody     judging   the rule of each criterion
subject    who is near in words and in meaning                             wording   judgements and criteria as sentences
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from directory.kinds import schema_of
from directory.matching import subject as subjects
from directory.matching.criteria import Criterion, CriterionState, What, weighed
from directory.matching.judging import LEAST, Judgement, judge, subject_value
from directory.matching.profiles import MatchProfile, profile_of
from directory.matching.wording import STATES, label, sentence
from directory.models import Entry
from directory.search.lexemes import concept_lexeme, facet_lexeme, quoted

__all__ = [
    "STATES",
    "WEAK",
    "Criterion",
    "CriterionState",
    "Judgement",
    "MatchProfile",
    "Matched",
    "Matches",
    "What",
    "judge",
    "judged",
    "label",
    "match",
    "ordered",
    "sentence",
    "weighed",
]

MOST = 100
# A score below this says: perhaps. Nobody is called a good match for it.
WEAK = 50
# Where nobody comes so near the subject, it is nobody's: what resembles it then does so by chance.
NOBODYS = 0.3
MOST_READ, MOST_NEARLY = 150, 60


@dataclass(frozen=True)
class Matched:
    """One entry with a judgement for each criterion, in their order."""

    entry: Entry
    judgements: tuple[Judgement, ...]
    value: float = 0.0  # of the subject, between those of the same score
    quote: tuple[str, str] | None = None  # the sentence of the page that is nearest to the subject, and its language

    @cached_property
    def score(self) -> int:
        return sum(judgement.points for judgement in self.judgements)

    @property
    def missing(self) -> tuple[Judgement, ...]:
        return tuple(judgement for judgement in self.judgements if judgement.excludes)

    @property
    def is_weak(self) -> bool:
        return self.score < WEAK

    @property
    def order(self) -> tuple:
        return -self.score, -round(self.value, 4), self.entry.public_id


@dataclass(frozen=True)
class Matches:
    """`ranked` best first. `nearly`: who fails a must, those who fail fewest first. `excluding`: how many each must keeps out."""

    criteria: tuple[Criterion, ...]
    ranked: tuple[Matched, ...] = ()
    nearly: tuple[Matched, ...] = ()
    excluding: tuple[tuple[Criterion, int], ...] = field(default=())


def match(criteria: Iterable[Criterion], *, kind: str = "expert", most: int = MOST, quotes: int = 20) -> Matches:
    """The published entries of a kind that answer. `quotes`: so many of the first with the sentence that is nearest."""
    asked = weighed(criteria)
    if not asked:
        return Matches(())
    number = schema_of(kind).number
    subject = _subject_of(asked, number)
    found = _candidates(asked, subject, number)
    if not found:
        return Matches(asked)
    matches = ordered(_judged(asked, found))
    return _with_quotes(_divided(asked, matches, most), subject, quotes)


def judged(criteria: Iterable[Criterion], entry: Entry) -> Matched:
    """One entry by these criteria, whatever its score: for whoever asks why they are asked."""
    asked = weighed(criteria)
    subject = _subject_of(asked, schema_of(entry.kind).number)
    known = {"nearness": 0.0, "coverage": 0.0}
    if subject:
        known = subjects.known_of(subject, [entry.pk]).of(entry.pk)
    themes = tuple(code for criterion in asked if criterion.what is What.THEME for code in criterion.values)
    read, near = subjects.themes_read(themes, [entry.pk]).get(entry.pk, (frozenset(), frozenset()))
    profile = profile_of(entry, **known, read_themes=read, near_themes=near)
    quote = subjects.nearest_sentences(subject, [entry]).get(entry.pk) if subject else None
    value = subject_value(profile.nearness, profile.coverage)
    return Matched(entry, tuple(judge(criterion, profile) for criterion in asked), value, quote)


def ordered(matches: Iterable[Matched]) -> list[Matched]:
    """By score; of the same score by the subject; then by identifier, which nobody shares."""
    return sorted(matches, key=lambda one: one.order)


def _subject_of(asked: Sequence[Criterion], kind: int) -> subjects.AskedSubject | None:
    said = next((criterion for criterion in asked if criterion.what is What.SUBJECT), None)
    return subjects.subject_of(said, kind) if said else None


def _candidates(asked: Sequence[Criterion], subject: subjects.AskedSubject | None, kind: int) -> dict[int, dict]:
    """{entry: what the index knows of it} of those worth reading: near the subject, or with a theme that is asked."""
    themes = tuple(code for criterion in asked if criterion.what is What.THEME for code in criterion.values)
    wanted = subject or subjects.AskedSubject(subjects.parts_of_themes(themes, kind))
    pools = [subjects.candidates(wanted, kind, must) for must in dict.fromkeys(["", _must_condition(asked)])]
    values: dict[int, float] = {}
    known: dict[int, dict] = {}
    for pool in pools:
        for entry in pool.entries:
            known[entry] = pool.of(entry)
            values[entry] = subject_value(**known[entry])
    if subject and max(values.values(), default=0) < NOBODYS:
        return {}
    best = sorted(values, key=lambda entry: (-values[entry], entry))
    if subject:
        best = [entry for entry in best if values[entry] > LEAST]
    read = _cut(best, set(pools[-1].entries))
    told = subjects.themes_read(themes, read)
    nothing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    return {
        entry: known[entry] | dict(zip(("read_themes", "near_themes"), told.get(entry, nothing), strict=True)) for entry in read
    }


def _cut(best: Sequence[int], passing: set[int]) -> list[int]:
    """The first of all, and the first of those that pass the musts."""
    first = [entry for entry in best if entry in passing][:MOST_READ]
    return list(dict.fromkeys([*first, *best[:MOST_NEARLY]]))


def _must_condition(asked: Sequence[Criterion]) -> str:
    """The tsquery that whoever meets all musts answers, but for who works in a wider territory than the one asked."""
    conditions = []
    for criterion in asked:
        if not criterion.must:
            continue
        match criterion.what:
            case What.LANGUAGE:
                conditions.append(_any(facet_lexeme("language", code) for code in criterion.values))
            case What.COUNTRY:
                conditions.append(_any(concept_lexeme(f"country-{code}") for code in criterion.values))
            case What.REGION:
                conditions.append(_any(concept_lexeme(f"region-{code}") for code in criterion.values))
    return " & ".join(conditions)


def _any(lexemes: Iterable[str]) -> str:
    return f"({' | '.join(map(quoted, lexemes))})"


def _judged(asked: Sequence[Criterion], found: dict[int, dict]) -> list[Matched]:
    entries = Entry.objects.published().in_bulk(list(found))
    matches = []
    for number, entry in entries.items():
        profile = profile_of(entry, **found[number])
        if not profile.is_closed:
            matches.append(
                Matched(
                    entry,
                    tuple(judge(criterion, profile) for criterion in asked),
                    subject_value(profile.nearness, profile.coverage),
                )
            )
    return matches


def _divided(asked: tuple[Criterion, ...], matches: Sequence[Matched], most: int) -> Matches:
    """Who tells nothing of the subject is in neither list, whatever else is met."""
    worth = [one for one in matches if one.score and all(_is_told(judgement) for judgement in one.judgements)]
    ranked = [one for one in worth if not one.missing]
    nearly = sorted((one for one in worth if one.missing), key=lambda one: (len(one.missing), *one.order))
    counted = Counter(judgement.criterion for one in nearly for judgement in one.missing)
    excluding = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].name))
    return Matches(asked, tuple(ranked[:most]), tuple(nearly[:most]), tuple(excluding))


def _is_told(judgement: Judgement) -> bool:
    return judgement.criterion.what is not What.SUBJECT or judgement.points > 0


def _with_quotes(matches: Matches, subject: subjects.AskedSubject | None, quotes: int) -> Matches:
    if not subject or not quotes:
        return matches
    told = subjects.nearest_sentences(subject, [one.entry for one in matches.ranked[:quotes]])
    ranked = tuple(Matched(one.entry, one.judgements, one.value, told.get(one.entry.pk)) for one in matches.ranked)
    return replace(matches, ranked=ranked)
