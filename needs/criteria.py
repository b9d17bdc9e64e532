"""A need -> the list of criteria that matching understands."""

from collections.abc import Iterator

from core.languages import LANGUAGES
from directory.matching import Criterion, What
from needs.models import Need
from needs.schema import Must, WorkMode

# Needs that organisations answer as well as people.
RANKING_BODIES = frozenset({"partnership", "funding", "twinning", "research"})
# What organisations say of themselves; languages, mode and start are of people.
OF_BODIES = frozenset({What.SUBJECT, What.THEME, What.GOALS, What.COUNTRY, What.REGION})


def criteria_of_organizations(need: Need) -> list[Criterion]:
    return [criterion for criterion in criteria_of(need) if criterion.what in OF_BODIES]


def criteria_of(need: Need) -> list[Criterion]:
    """In the order in which they are shown: the subject, then what is required, then what would be nice."""
    found = list(_criteria(need))
    return sorted(found, key=lambda one: (one.what is not What.SUBJECT, not one.must))


def _criteria(need: Need) -> Iterator[Criterion]:
    texts = _texts(need)
    if texts:
        yield Criterion(
            What.SUBJECT, tuple(text for text, _language in texts), languages=tuple(language for _text, language in texts)
        )
    for code in need.themes:
        yield Criterion(What.THEME, (code,), Must.THEMES in need.musts)
    if need.goals:
        yield Criterion(What.GOALS, tuple(map(str, need.goals)))
    for row in need.asked_languages.all():
        yield Criterion(What.LANGUAGE, (row.code,), Must.LANGUAGES in need.musts and not row.is_bonus, level=row.level)
    if need.region:
        yield Criterion(What.REGION, (need.region,), Must.REGION in need.musts)
    if need.country and (Must.COUNTRY in need.musts or not need.region):
        yield Criterion(What.COUNTRY, (need.country,), Must.COUNTRY in need.musts)
    if need.mode and need.mode != WorkMode.ANY:
        yield Criterion(What.MODE, (need.mode,), Must.MODE in need.musts)
    if need.start:
        yield Criterion(What.START, must=Must.START in need.musts, day=need.start)


def _texts(need: Need) -> list[tuple[str, str]]:
    """Titles and texts in every language they have: what is said in another language is found in it, too."""
    return [
        (text, language) for field in ("name", "text") for language in LANGUAGES if (text := getattr(need, f"{field}_{language}"))
    ]
