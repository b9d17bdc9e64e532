from django import template

from volubilis.worklist import tasks_for

register = template.Library()


@register.inclusion_tag("admin/_worklist.html", takes_context=True)
def worklist(context: template.Context) -> dict:
    return {"tasks": tasks_for(context["request"].user)}
