"""Entries for machines: schema.org as JSON-LD. Made from what an anonymous visitor sees, whoever is looking."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from directory.presentation import PublicEntry, absolute

# The three characters by which text could end the script element or begin a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(entry: PublicEntry, type_name: str, **properties: Any) -> SafeString:
    """The JSON-LD of one entry, ready to stand in a script element; empty properties are left out."""
    data = {
        "@context": "https://schema.org",
        "@type": type_name,
        "url": absolute(entry.url),
        "name": str(entry.name),
        "alternateName": str(entry.other_name),
        "image": absolute(entry.image_url),
        **properties,
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 escaped above
