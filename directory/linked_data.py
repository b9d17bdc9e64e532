"""Entries for machines: schema.org as JSON-LD. Made from what an anonymous visitor sees, whoever is looking.

The three pages of one entry describe one thing: its `@id` is the same in all of them. What is written in another language than
the page says which.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from core.languages import AuthoredText
from directory.presentation import PublicEntry, absolute

# The three characters by which text could end the script element or begin a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(entry: PublicEntry, type_name: str, **properties: Any) -> SafeString:
    """The JSON-LD of the page of one entry, ready to stand in a script element; empty properties are left out."""
    page_url = absolute(entry.url)
    about = {
        "name": said(entry.name, entry.language),
        "alternateName": said(entry.other_name, entry.language),
        "image": absolute(entry.image_url),
        "url": absolute(entry.url_in_any_language),
        "mainEntityOfPage": page_url,
        **properties,
    }
    data = {
        "@context": ["https://schema.org", {"@language": entry.language}],
        "@type": "ProfilePage",
        "@id": page_url,
        "inLanguage": entry.language,
        "mainEntity": reference(entry, type_name) | {name: value for name, value in about.items() if value},
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 escaped above


def reference(entry: PublicEntry, type_name: str) -> dict[str, Any]:
    """What an entry is and by which name machines know it, wherever they meet it."""
    return {"@type": type_name, "@id": f"{absolute(entry.url_in_any_language)}#{type_name.lower()}"}


def said(text: AuthoredText | None, page_language: str) -> str | dict[str, str]:
    """A text, with its language where it is not that of the page."""
    if not text or not text.text:
        return ""
    return {"@value": text.text, "@language": text.language} if text.is_foreign(page_language) else text.text
