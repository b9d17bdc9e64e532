from urllib.parse import urlsplit

from django import template
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from directory import sections
from directory.kinds import kinds

register = template.Library()


@register.simple_tag
def sections_of(facet: str, value: object) -> list[sections.Section]:
    """For the pages of rooms below, which know no entries: `{% sections_of "goal" 6 as sections %}`."""
    return sections.sections(facet, value, get_language())


@register.simple_tag(takes_context=True)
def way_back(context: template.Context) -> str:
    """The list from which somebody came, with its question; "" where they came from elsewhere."""
    request = context["request"]
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    try:
        name = resolve(came_from.path).view_name
    except Resolver404:
        return ""
    is_list = name in {f"{kind.namespace}:list" for kind in kinds().values()}
    return f"{came_from.path}?{came_from.query}" if is_list else ""
