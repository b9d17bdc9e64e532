from django import template
from django.contrib.admin.templatetags.admin_list import result_list
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe

register = template.Library()


@register.inclusion_tag("admin/change_list_results.html")
def labelled_results(cl) -> dict:
    """Django's rows, each cell with the heading of its column: on a narrow screen a row becomes a card."""
    context = result_list(cl)
    labels = [strip_tags(str(header["text"])).strip() for header in context["result_headers"]]
    for row in context["results"]:
        row[:] = [_labelled(cell, label) for cell, label in zip(row, labels, strict=True)]
    return context


def _labelled(cell: str, label: str) -> str:
    start, _class, rest = str(cell).partition(" class=")
    heading = format_html(' data-label="{}"', label)
    return mark_safe(f"{start}{heading} class={rest}")  # noqa: S308 Django made and escaped it


@register.simple_tag(takes_context=True)
def export_address(context: template.Context) -> str:
    """Where the rows that are shown can be had as a file."""
    query = context["request"].GET.urlencode()
    return f"export/?{query}" if query else "export/"
