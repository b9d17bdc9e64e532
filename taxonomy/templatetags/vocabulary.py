"""Labels of codes in templates: {{ code|label:"theme" }}, {% goal_stones numbers|as_goals %}."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from taxonomy.vocabulary import Goal, vocabulary

register = template.Library()


@register.filter
def label(code: object, list_name: str) -> str:
    """In the language of the page; empty for no code."""
    return vocabulary().label(list_name, code, get_language()) if code not in (None, "") else ""


@register.filter
def as_goals(numbers: Iterable[int | str]) -> list[Goal]:
    """The goals with these numbers, in the order of the numbers, for the tag goal_stones of the library `ui`."""
    wanted = {str(number) for number in numbers}
    return [goal for goal in vocabulary().goals if goal.code in wanted]
