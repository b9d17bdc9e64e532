from django import template
from django.utils.translation import get_language

from directory import sections

register = template.Library()


@register.simple_tag
def sections_of(facet: str, value: object) -> list[sections.Section]:
    """For the pages of rooms below, which know no entries: `{% sections_of "goal" 6 as sections %}`."""
    return sections.sections(facet, value, get_language())
