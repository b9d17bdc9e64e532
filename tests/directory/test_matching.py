"""Matching: the rule of each criterion, the sum, the order, and a plain reference that knows nothing of the code."""

import datetime
import math
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import matching
from directory.matching import Criterion, CriterionState, MatchProfile, What, judge, weighed
from directory.search import revision
from taxonomy.vocabulary import vocabulary
from tests.directory.meaning import SubjectEncoder, encode_everything, use
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

DAY = datetime.date(2027, 1, 18)
LEVELS = ["", "A1", "A2", "B1", "B2", "C1", "C2", "NAT"]
COUNTRIES = ["MA", "FR", "TN"]
REGIONS = ["MA-03", "MA-04", "MA-06", "FR-PAC"]
THEMES = ["ESS-01", "EAU-01", "EAU"]


def profiles() -> st.SearchStrategy[MatchProfile]:
    return st.builds(
        MatchProfile,
        languages=st.dictionaries(st.sampled_from(["ar", "fr", "zgh"]), st.sampled_from(LEVELS), max_size=3),
        country=st.sampled_from(["", *COUNTRIES]),
        region=st.sampled_from(["", *REGIONS]),
        territories=st.frozensets(st.sampled_from([*COUNTRIES, *REGIONS, "AFRICA"]), max_size=2),
        reach=st.frozensets(st.sampled_from(["remote", "travel"])),
        state=st.sampled_from(["", "now", "from", "not_before", "later"]),
        free_on=st.sampled_from(["", "2027-01-10", "2027-02-01", "2027-06-01"]),
        goals=st.frozensets(st.sampled_from(["5", "6", "13"])),
        themes=st.frozensets(st.sampled_from(THEMES), max_size=2),
        read_themes=st.frozensets(st.sampled_from(THEMES), max_size=2),
        near_themes=st.frozensets(st.sampled_from(THEMES), max_size=2),
        nearness=st.floats(-0.2, 1),
        coverage=st.floats(0, 1),
        tells=st.just(True),
    )


def criteria() -> st.SearchStrategy[list[Criterion]]:
    one = st.one_of(
        st.builds(Criterion, st.just(What.SUBJECT), st.just(("olives",))),
        st.builds(Criterion, st.just(What.THEME), st.sampled_from(THEMES).map(lambda code: (code,)), st.booleans()),
        st.builds(Criterion, st.just(What.GOALS), st.just(("6", "13"))),
        st.builds(
            Criterion,
            st.just(What.LANGUAGE),
            st.sampled_from([("ar",), ("fr",), ("ber",)]),
            st.booleans(),
            st.sampled_from(LEVELS),
        ),
        st.builds(Criterion, st.just(What.COUNTRY), st.sampled_from(COUNTRIES).map(lambda code: (code,)), st.booleans()),
        st.builds(Criterion, st.just(What.REGION), st.sampled_from(REGIONS).map(lambda code: (code,)), st.booleans()),
        st.builds(Criterion, st.just(What.MODE), st.sampled_from([("onsite",), ("remote",)]), st.booleans()),
        st.builds(Criterion, st.just(What.START), must=st.booleans(), day=st.just(DAY)),
    )
    return st.lists(one, min_size=1, max_size=7, unique_by=lambda each: each.name)


# A second reading of the rules, written without looking at the code: (state, share of the points).


def reference(criterion: Criterion, profile: MatchProfile) -> tuple[str, float]:
    state, share = _reference(criterion, profile)
    whole = criterion.what in {"language", "country", "region", "mode", "start"}
    if criterion.must and whole and state == "partly":
        return "not_met", 0
    return state, share


def flat_kilometres(one: str, other: str) -> float:
    """On a plane, which is near enough to the sphere at this size."""
    a, b = (vocabulary().subdivisions[code] for code in (one, other))
    return 111.2 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2)))


def _reference(criterion: Criterion, person: MatchProfile) -> tuple[str, float]:
    half, none, unsaid, full = ("partly", 0.5), ("not_met", 0), ("not_stated", 0), ("met", 1)
    value = criterion.values[0] if criterion.values else ""
    if criterion.what == "subject":
        near = person.nearness + person.coverage / 2
        share = max(0, min(1, (near - 0.12) / 0.58))
        if round(criterion.weight * share) == 0:
            return none
        return ("met" if near >= 0.42 else "partly"), share
    if criterion.what == "theme":
        domains = {code.split("-")[0] for code in person.themes}
        if value in person.themes or (value in domains and "-" not in value) or value in person.read_themes:
            return full
        return half if value in person.near_themes else (none if person.themes else unsaid)
    if criterion.what == "goals":
        return full if set(criterion.values) & person.goals else (none if person.goals else unsaid)
    if criterion.what == "language":
        spoken = [level for code, level in person.languages.items() if code == value or (value, code) == ("ber", "zgh")]
        if not spoken:
            return unsaid
        missing = LEVELS.index(criterion.level) - max(map(LEVELS.index, spoken))
        if missing <= 0 or not criterion.level:
            return full
        return unsaid if not max(spoken, key=LEVELS.index) else (half if missing == 1 else none)
    if criterion.what == "country":
        around = {*vocabulary().countries_of_group("AFRICA")} if "AFRICA" in person.territories else set()
        there = {person.country, *around, *(code[:2] for code in person.territories if code != "AFRICA")}
        return full if value in there else (none if person.country or person.territories else unsaid)
    if criterion.what == "region":
        africa = "AFRICA" in person.territories and value[:2] in vocabulary().countries_of_group("AFRICA")
        if person.region == value or value in person.territories or value[:2] in person.territories or africa:
            return full
        if person.region:
            return half if flat_kilometres(person.region, value) <= 150 else none
        return unsaid if person.country in {"", value[:2]} else none
    if criterion.what == "mode":
        wanted = {"onsite": "travel", "remote": "remote"}[value]
        return full if wanted in person.reach else (none if person.reach else unsaid)
    if not person.state:
        return unsaid
    if person.state == "now":
        return full
    if not person.free_on:
        return none
    late = (datetime.date.fromisoformat(person.free_on) - DAY).days
    return full if late <= 0 else half if late <= 31 else none


def a_profile(chance: random.Random) -> MatchProfile:
    def some(of: list[str]) -> frozenset[str]:
        return frozenset(chance.sample(of, chance.randint(0, 2)))

    region = chance.choice(["", *REGIONS])
    return MatchProfile(
        languages={code: chance.choice(LEVELS) for code in some(["ar", "fr", "zgh"])},
        country=region[:2] or chance.choice(["", *COUNTRIES]),
        region=region,
        territories=some([*COUNTRIES, *REGIONS, "AFRICA"]),
        reach=some(["remote", "travel"]),
        state=chance.choice(["", "now", "from", "not_before", "later"]),
        free_on=chance.choice(["", "2027-01-10", "2027-02-01", "2027-06-01"]),
        goals=some(["5", "6", "13"]),
        themes=some(THEMES),
        read_themes=some(THEMES),
        near_themes=some(THEMES),
        nearness=chance.uniform(-0.2, 1),
        coverage=chance.random(),
        tells=True,
    )


def some_criteria(chance: random.Random) -> list[Criterion]:
    must = chance.random() < 0.5
    every = [
        Criterion(What.SUBJECT, ("olives",)),
        Criterion(What.THEME, (chance.choice(THEMES),), must),
        Criterion(What.GOALS, ("6", "13")),
        Criterion(What.LANGUAGE, (chance.choice(["ar", "fr", "ber"]),), must, chance.choice(LEVELS)),
        Criterion(What.COUNTRY, (chance.choice(COUNTRIES),), must),
        Criterion(What.REGION, (chance.choice(REGIONS),), must),
        Criterion(What.MODE, (chance.choice(["onsite", "remote"]),), must),
        Criterion(What.START, must=must, day=DAY),
    ]
    return chance.sample(every, chance.randint(1, len(every)))


def test_two_thousand_cases_are_judged_as_by_the_plain_reference():
    chance = random.Random(2027)
    for _case in range(2000):
        profile = a_profile(chance)
        for criterion in weighed(some_criteria(chance)):
            judgement = judge(criterion, profile)
            state, share = reference(criterion, profile)
            assert (judgement.state.value, judgement.points) == (state, round(criterion.weight * share)), (criterion, profile)


@given(criteria())
@settings(max_examples=100, deadline=None, database=None)
def test_weights_are_even_and_sum_up_to_a_hundred(asked):
    weights = [criterion.weight for criterion in weighed(asked)]
    assert sum(weights) == 100
    assert all(weight % 2 == 0 for weight in weights)


@given(
    criteria(),
    profiles(),
    st.sampled_from(["languages", "region", "territories", "reach", "state", "goals", "themes", "country"]),
)
@settings(max_examples=300, deadline=None, database=None)
def test_an_emptier_profile_never_scores_more(asked, profile, emptied):
    changes = {emptied: {"languages": {}, "state": ""}.get(emptied, type(getattr(profile, emptied))())}
    if emptied == "country":
        changes["region"] = ""  # a region without its country is no profile
    emptier = MatchProfile(**{**profile.__dict__, **changes})
    fuller, less = (sum(judge(one, each).points for one in weighed(asked)) for each in (profile, emptier))
    assert less <= fuller


@given(criteria())
@settings(max_examples=100, deadline=None, database=None)
def test_an_empty_profile_has_no_points(asked):
    assert [judge(one, MatchProfile()).points for one in weighed(asked)] == [0] * len(asked)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"state": "later"}, CriterionState.NOT_MET),
        ({}, CriterionState.NOT_STATED),
        ({"state": "from", "free_on": "2027-02-01"}, CriterionState.NOT_MET),
    ],
)
def test_a_start_that_is_a_must_is_met_by_a_day_or_by_now_alone(said, state):
    judgement = judge(Criterion(What.START, must=True, day=DAY, weight=10), MatchProfile(**said))
    assert (judgement.state, judgement.excludes) == (state, True)


def test_a_theme_that_is_a_must_may_be_met_partly_for_half_its_points():
    judgement = judge(Criterion(What.THEME, ("ESS-01",), True, weight=28), MatchProfile(near_themes=frozenset({"ESS-01"})))
    assert (judgement.state, judgement.points, judgement.excludes) == (CriterionState.PARTLY, 14, False)


# Over published entries


@pytest.fixture
def network(monkeypatch):
    use(monkeypatch, SubjectEncoder())
    arabic = [{"id": "ar", "code": "ar", "level": "NAT"}]
    make_entry(name="Near", headline="Luthière", biography="Ses violons voyagent. Elle dort.", country="MA", languages=arabic)
    make_entry(name="Far", headline={"ar": "صانع كمنجات"}, biography={"ar": "كمنجاتي من خشب الأرز."}, country="FR")
    make_entry(name="Other", headline="Maçonne", biography="Elle bâtit des murs en pierre.", country="MA", languages=arabic)
    make_entry(name="Closed", headline="Luthier", biography="Violons.", availability={"state": "closed"}, country="MA")
    encode_everything()
    revision.forget()


SUBJECT = Criterion(What.SUBJECT, ("Someone who repairs a fiddle",), languages=("en",))


def names(matches) -> list[str]:
    return [one.entry.title for one in matches]


def test_the_list_has_who_meets_the_musts_and_apart_who_nearly_does(network):
    found = matching.match([SUBJECT, Criterion(What.LANGUAGE, ("ar",), True, "C1")])
    assert names(found.ranked) == ["Near"]
    assert names(found.nearly) == ["Far"]
    assert [judgement.criterion.name for judgement in found.nearly[0].missing] == ["language:ar"]
    assert [(criterion.name, count) for criterion, count in found.excluding] == [("language:ar", 1)]


def test_the_score_is_the_sum_shown_and_the_nearest_sentence_its_reason(network):
    near, *_ = matching.match([SUBJECT, Criterion(What.COUNTRY, ("MA",))]).ranked
    assert near.score == sum(judgement.points for judgement in near.judgements)
    assert near.quote == ("Ses violons voyagent.", "fr")


def test_who_tells_of_other_things_or_is_closed_is_in_neither_list(network):
    found = matching.match([SUBJECT])
    assert {"Other", "Closed"}.isdisjoint(names([*found.ranked, *found.nearly]))


def test_what_nobody_knows_has_nobody(network):
    found = matching.match([Criterion(What.SUBJECT, ("Plongée sous la banquise",), languages=("fr",))])
    assert (found.ranked, found.nearly) == ((), ())


def test_without_an_encoder_words_alone_decide(network, monkeypatch):
    use(monkeypatch, None)
    assert names(matching.match([Criterion(What.SUBJECT, ("violons",), languages=("fr",))]).ranked) == ["Near"]


def test_the_same_question_has_the_same_order_and_a_fixed_number_of_queries(network):
    for number in range(30):
        make_entry(name=f"Same {number}", headline="Luthière", biography="Ses violons voyagent.", country="MA")
    encode_everything()
    first = matching.match([SUBJECT])
    with CaptureQueriesContext(connection) as queries:
        again = matching.match([SUBJECT])
    assert [one.entry.pk for one in first.ranked] == [one.entry.pk for one in again.ranked]
    assert len({one.order for one in again.ranked}) == len(again.ranked) > 30
    told = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(told) <= 12


def test_the_sentences_speak_each_language():
    from django.utils.translation import override

    judgement = judge(Criterion(What.LANGUAGE, ("ar",), level="C1", weight=10), MatchProfile(languages={"ar": "NAT"}))
    told = set()
    for language in ("ar", "fr", "en"):
        with override(language):
            told.add(matching.sentence(judgement))
    assert len(told) == 3
