from collections import defaultdict
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from core.access import public, read_only
from taxonomy.credits import CREDITS
from taxonomy.snapshot import Theme, Vocabulary, in_order
from taxonomy.vocabulary import vocabulary


@public
@read_only
def goals(request: HttpRequest) -> HttpResponse:
    return render(request, "taxonomy/goals.html", {"goals": vocabulary().goals})


@public
@read_only
def goal(request: HttpRequest, number: int) -> HttpResponse:
    current = vocabulary()
    goal = next((goal for goal in current.goals if goal.number == number), None)
    if goal is None:
        raise Http404
    themes = [theme for theme in current.themes.values() if number in theme.goals]
    context = {"goal": goal, "goals": current.goals, "themes_by_domain": by_domain(current, themes, get_language())}
    return render(request, "taxonomy/goal.html", context)


@public
@read_only
def themes(request: HttpRequest) -> HttpResponse:
    current = vocabulary()
    language = get_language()
    domains = [(domain, current.narrower_themes(domain.code, language)) for domain in current.domains(language)]
    context = {"themes_by_domain": domains}
    return render(request, "taxonomy/themes.html", context)


@public
@read_only
def theme(request: HttpRequest, code: str) -> HttpResponse:
    current = vocabulary()
    theme = current.themes.get(code)
    if theme is None:
        raise Http404
    context = {
        "theme": theme,
        "broader": current.broader_themes(code),
        "narrower": current.narrower_themes(code, get_language()),
        "related": [current.themes[other] for other in theme.related if not current.themes[other].retired],
        "goals": [goal for goal in current.goals if goal.number in theme.goals],
    }
    return render(request, "taxonomy/theme.html", context)


@public
@read_only
def credits(request: HttpRequest) -> HttpResponse:
    return render(request, "taxonomy/credits.html", {"credits": CREDITS})


def by_domain(current: Vocabulary, themes: Iterable[Theme], language: str) -> list[tuple[Theme, list[Theme]]]:
    """Each domain that has one of these themes, or is one, with its themes in alphabetical order."""
    members = defaultdict(list)
    for theme in in_order(themes, language):
        members[current.domain_of(theme.code)].append(theme)
    return [
        (domain, [theme for theme in members[domain.code] if theme.parent and not theme.retired])
        for domain in current.domains(language)
        if domain.code in members
    ]
