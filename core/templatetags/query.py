"""The address of this page with a filter less. Adding and replacing is Django's own {% querystring page=2 %}."""

from django import template
from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def query_without(context: RequestContext, **removed: object) -> str:
    """{% query_without theme="ESS" %}: this query without that one value, and from its first page. "?" when nothing is left."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in removed.items():
        query.setlist(name, [kept for kept in query.getlist(name) if kept != str(value)])
    return f"?{query.urlencode()}"
