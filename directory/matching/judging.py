"""One criterion and one profile -> met, partly, not met or not stated, with its points. Pure: nothing here asks the database."""

import datetime
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

from directory.matching.criteria import WHOLE, Criterion, CriterionState, What
from directory.matching.profiles import MatchProfile
from taxonomy.families import LANGUAGE_FAMILIES
from taxonomy.vocabulary import vocabulary

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "NAT")
NEIGHBOURHOOD_KM = 150
SOON_AFTER = datetime.timedelta(days=31)
EARTH_KM = 6371
# The subject: nearness of meaning and half of the coverage of its words, measured by `bench matching_quality`. Below the first
# it is not met, from the second on it has all its points, and from the third on it is called met.
LEAST, FULL, MET_FROM = 0.12, 0.7, 0.42
COVERAGE_TIMES = 0.5


@dataclass(frozen=True)
class Judgement:
    criterion: Criterion
    state: CriterionState
    points: int = 0
    said: dict[str, Any] = field(default_factory=dict)  # what the sentence needs

    @property
    def excludes(self) -> bool:
        """Whether somebody cannot be proposed for this."""
        if not self.criterion.must:
            return False
        return self.state is not CriterionState.MET and (self.criterion.what in WHOLE or self.state is not CriterionState.PARTLY)


def judge(criterion: Criterion, profile: MatchProfile) -> Judgement:
    state, said = RULES[criterion.what](criterion, profile)
    if criterion.must and state is CriterionState.PARTLY and criterion.what in WHOLE:
        state = CriterionState.NOT_MET
    if criterion.what is What.SUBJECT:
        return Judgement(
            criterion, state, round(criterion.weight * share(subject_value(profile.nearness, profile.coverage))), said
        )
    return Judgement(
        criterion, state, {CriterionState.MET: criterion.weight, CriterionState.PARTLY: criterion.weight // 2}.get(state, 0), said
    )


def subject_value(nearness: float, coverage: float) -> float:
    return nearness + COVERAGE_TIMES * coverage


def share(value: float) -> float:
    """The part of its points that a subject gives."""
    return min(max((value - LEAST) / (FULL - LEAST), 0), 1)


def _subject(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    value = subject_value(profile.nearness, profile.coverage)
    if not profile.tells:
        return CriterionState.NOT_STATED, {}
    if round(criterion.weight * share(value)) == 0:
        return CriterionState.NOT_MET, {}
    return CriterionState.MET if value >= MET_FROM else CriterionState.PARTLY, {}


def _theme(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    declared = [code for code in criterion.values if code in profile.themes]
    if declared:
        return CriterionState.MET, {"how": "declared", "theme": declared[0]}
    if below := [code for code in sorted(profile.themes) if set(criterion.values) & set(_above(code))]:
        return CriterionState.MET, {"how": "below", "theme": below[0]}
    if read := [code for code in criterion.values if code in profile.read_themes]:
        return CriterionState.MET, {"how": "read", "theme": read[0]}
    if near := [code for code in criterion.values if code in profile.near_themes]:
        return CriterionState.PARTLY, {"how": "near", "theme": near[0]}
    return (CriterionState.NOT_MET if profile.themes else CriterionState.NOT_STATED), {}


def _above(code: str) -> list[str]:
    known = vocabulary()
    return [theme.code for theme in known.broader_themes(code)] if code in known.themes else []


def _goals(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    shared = sorted(profile.goals & set(criterion.values), key=int)
    return _if_stated(bool(shared), bool(profile.goals)), {"goals": shared}


def _language(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    asked = {*criterion.values, *(other for code in criterion.values for other in LANGUAGE_FAMILIES.get(code, ()))}
    spoken = {code: level for code, level in profile.languages.items() if code in asked}
    if not spoken:
        return CriterionState.NOT_STATED, {}
    code, level = max(spoken.items(), key=lambda pair: (_rank(pair[1]), pair[0]))
    said = {"language": code, "level": level}
    if not criterion.level or _rank(level) >= _rank(criterion.level):
        return CriterionState.MET, said
    if not level:
        return CriterionState.NOT_STATED, said
    return (CriterionState.PARTLY if _rank(level) == _rank(criterion.level) - 1 else CriterionState.NOT_MET), said


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def _country(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    """Based there, or it is among the territories of intervention: itself, a part of it, or a group it belongs to."""
    if profile.country in criterion.values:
        return CriterionState.MET, {"how": "based", "place": profile.region or profile.country}
    known = vocabulary()
    for code in sorted(profile.territories):
        countries = known.countries_of_group(code) if code in known.lists["country_group"] else {code[:2]}
        if countries & set(criterion.values):
            return CriterionState.MET, {"how": "works", "place": code}
    return _if_stated(False, bool(profile.country or profile.territories)), {"place": profile.region or profile.country}


def _region(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    """Likewise; near it, within 150 km from centre to centre, is partly there."""
    known = vocabulary()
    home = _regions_around(profile.region)
    if home & set(criterion.values):
        return CriterionState.MET, {"how": "based", "place": profile.region}
    for code in sorted(profile.territories):
        if set(criterion.values) & (_regions_around(code) | _regions_of(code, criterion.values)):
            return CriterionState.MET, {"how": "works", "place": code}
    if profile.region:
        distance = min((_kilometres(profile.region, code) for code in criterion.values), default=None)
        if distance is not None and distance <= NEIGHBOURHOOD_KM:
            return CriterionState.PARTLY, {"how": "near", "place": profile.region, "km": round(distance)}
        return CriterionState.NOT_MET, {"place": profile.region}
    if not profile.country or profile.country in {code[:2] for code in criterion.values}:
        return CriterionState.NOT_STATED, {"place": profile.country} if profile.country in known.countries else {}
    return CriterionState.NOT_MET, {"place": profile.country}


def _regions_around(code: str) -> set[str]:
    """A province and the region around it."""
    known = vocabulary().subdivisions
    around = set()
    while code and code in known:
        around.add(code)
        code = known[code].parent
    return around


def _regions_of(code: str, wanted: tuple[str, ...]) -> set[str]:
    """Those of the wanted regions that a country, or a group of countries, holds."""
    known = vocabulary()
    countries = known.countries_of_group(code) if code in known.lists["country_group"] else {code}
    around = {region for region in wanted if region[:2] in countries}
    return around | {region for region in wanted if code in _regions_around(region)}


def _kilometres(one: str, other: str) -> float:
    known = vocabulary().subdivisions
    places = [known.get(code) for code in (one, other)]
    if any(place is None or place.lat is None or place.lon is None for place in places):
        return float("inf")
    (a, b), (c, d) = [(radians(place.lat), radians(place.lon)) for place in places]
    return 2 * EARTH_KM * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


REACH_OF_MODE = {"onsite": "travel", "remote": "remote"}


def _mode(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    wanted = {REACH_OF_MODE[code] for code in criterion.values}
    return _if_stated(bool(wanted & profile.reach), bool(profile.reach)), {"reach": sorted(profile.reach)}


def _start(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    """Whoever says "later" without a day is not free on a day."""
    if not profile.state:
        return CriterionState.NOT_STATED, {}
    if profile.state == "now":
        return CriterionState.MET, {"how": "now"}
    if not profile.free_on:
        return CriterionState.NOT_MET, {"how": profile.state}
    day = datetime.date.fromisoformat(profile.free_on)
    said = {"how": "from", "day": day}
    if day <= criterion.day:
        return CriterionState.MET, said
    return (CriterionState.PARTLY if day <= criterion.day + SOON_AFTER else CriterionState.NOT_MET), said


def _milieu(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    return _if_stated(profile.milieu in criterion.values, bool(profile.milieu)), {"milieu": profile.milieu}


def _type(criterion: Criterion, profile: MatchProfile) -> tuple[CriterionState, dict]:
    return _if_stated(profile.type in criterion.values, bool(profile.type)), {"type": profile.type}


def _if_stated(is_met: bool, is_stated: bool) -> CriterionState:
    if is_met:
        return CriterionState.MET
    return CriterionState.NOT_MET if is_stated else CriterionState.NOT_STATED


RULES = {
    What.SUBJECT: _subject,
    What.THEME: _theme,
    What.GOALS: _goals,
    What.LANGUAGE: _language,
    What.COUNTRY: _country,
    What.REGION: _region,
    What.MODE: _mode,
    What.START: _start,
    What.MILIEU: _milieu,
    What.TYPE: _type,
}
