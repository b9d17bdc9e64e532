from django import template
from django.core.files.storage import default_storage

register = template.Library()


@register.simple_tag
def media_url(name: str) -> str:
    """The address of a stored file."""
    return default_storage.url(name)
