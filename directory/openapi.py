"""The description of the API in OpenAPI 3.1."""

from typing import Any

from django.conf import settings

from core.languages import LANGUAGES
from directory.filters import LONGEST_QUERY, MOST_PAGES, Sort
from directory.kinds import facets, fixed_lists, kinds
from directory.search import MOST_RESULTS
from taxonomy.vocabulary import vocabulary


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """An object with these properties; what is not `optional` is always there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required} | more


TEXT = {"type": "string"}
MOST_VALUES_NAMED = 80  # a longer list is read at /vocabulary
LANGUAGE = {"type": "string", "enum": list(LANGUAGES)}
NAME = _object({"latin": TEXT, "arabic": TEXT})
AUTHORED = _object({"text": TEXT, "language": LANGUAGE}) | {"type": ["object", "null"]}
SEGMENT = _object({"text": TEXT, "match": {"type": "boolean"}})
REASON = _object(
    {
        "kind": {
            "type": "string",
            "enum": ["concept", "beside", "name", "words", "meaning"],
            "description": "“beside”: a subject close to the one asked; “meaning”: the sentence nearest to the question.",
        },
        "field": TEXT,
        "concept": TEXT,
        "language": TEXT,
        "segments": {"type": "array", "items": SEGMENT},
    }
)
FAULT = _object({"message": TEXT, "code": TEXT})
# A sentence, or what is wrong with each parameter.
ERROR = _object({"error": {"oneOf": [TEXT, {"type": "object", "additionalProperties": {"type": "array", "items": FAULT}}]}})
ABOVE = {"parent": TEXT, "country": TEXT, "subdivision": TEXT}
ITEM = _object({"code": TEXT, "labels": {"type": "object", "additionalProperties": TEXT}} | ABOVE, optional=tuple(ABOVE))
LISTS = _object({"lists": {"type": "object", "additionalProperties": {"type": "array", "items": ITEM}}})


def document() -> dict[str, Any]:
    kind = {"type": "string", "enum": list(kinds())}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Volubilis",
            "version": "1",
            "description": "What everybody may read of the directory. Read only; no key; a limit of requests per address.",
            "license": {"name": "The texts belong to their authors", "url": f"{settings.SITE_URL}/en/legal/"},
        },
        "security": [],
        "servers": [{"url": f"{settings.SITE_URL}/api/v1"}],
        "paths": {
            "/search": _get("search", "Search", _results(kind), *_search_parameters(kind)),
            "/entries/{kind}/{key}": _get(
                "entry", "One entry", _entry(kind), _path("kind", kind), _path("key", TEXT), _language(), absent=True
            ),
            "/vocabulary": _get("vocabulary", "The lists behind all codes", LISTS, _language()),
        },
    }


def _summary(kind: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "id": TEXT, "url": {"type": "string", "format": "uri"}, "name": NAME, "headline": AUTHORED}


def _results(kind: dict[str, Any]) -> dict[str, Any]:
    counts = {facet: {"type": "object", "additionalProperties": {"type": "integer"}} for facet in facets()}
    hits = {"type": "array", "items": _object(_summary(kind) | {"reasons": {"type": "array", "items": REASON}})}
    near = "At most ten that do not answer but come close in meaning; outside count, pages and facets."
    return _object(
        {
            "count": {"type": "integer"},
            "page": {"type": "integer"},
            "limit": {"type": "integer"},
            "unknown": {
                "type": "array",
                "items": TEXT,
                "description": "Parameters that do not exist, which are ignored, and codes of no list, which find nothing.",
            },
            "unused": {
                "type": "array",
                "items": TEXT,
                "description": "Words that say when, or in which language, and were not used: no such filter, or no day.",
            },
            "corrected": TEXT | {"description": "The words that were searched, where nobody answers the words as typed."},
            "results": hits,
            "close": hits | {"description": near},
            "facets": _object(counts, description="Per facet, how many results each value gives while the other facets stay."),
        }
    )


def _entry(kind: dict[str, Any]) -> dict[str, Any]:
    return _object(
        _summary(kind)
        | {
            "published": {"type": "string", "format": "date-time"},
            "confirmed": {"type": "string", "format": "date-time"},
            "image": TEXT,
            "fields": {"type": "object", "description": "Every field that everybody may read.", "additionalProperties": True},
        }
    )


def _search_parameters(kind: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _query("q", {"type": "string", "maxLength": LONGEST_QUERY}),
        _query("kind", kind),
        _language(),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": 20}),
        _query("page", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1}),
        _query("sort", {"type": "string", "enum": [value for value, _label in Sort.CHOICES]}),
        _query("literal", {"type": "array", "items": TEXT}),
        *(_query(facet, {"type": "array", "items": _codes(facet)}) for facet in facets()),
    ]


def _codes(facet: str) -> dict[str, Any]:
    """The values of a filter; a day is one where its fact knows days."""
    items = [kind.facets[facet] for kind in kinds().values() if facet in kind.facets]
    lists = list(dict.fromkeys(item.vocabulary for item in items if not item.fact))
    codes = [value for item in items if item.fact for value in item.fact.facet_values]
    for name in lists:
        known = vocabulary().lists.get(name, fixed_lists().get(name, {}))
        codes += [str(code) for code in known if name not in vocabulary().lists or not known[code].retired]
    if len(codes) > MOST_VALUES_NAMED:
        return TEXT | {"description": f"Codes of {', '.join(lists)} in /vocabulary."}
    named = TEXT | {"enum": list(dict.fromkeys(codes))}
    if any(item.fact and item.fact.day_label for item in items):
        return {"anyOf": [named, TEXT | {"format": "date"}]}
    return named


def _language() -> dict[str, Any]:
    return _query("lang", LANGUAGE | {"default": "en"})


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def _path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _get(
    operation: str, summary: str, schema: dict[str, Any], *parameters: dict[str, Any], absent: bool = False
) -> dict[str, Any]:
    """`absent`: there may be nothing at this address."""
    error = {"content": {"application/json": {"schema": ERROR}}}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "Found", "content": {"application/json": {"schema": schema}}},
                "304": {"description": "Not changed since the ETag sent in If-None-Match"},
                "400": {"description": "The question is malformed"} | error,
                **({"404": {"description": "Nothing that is public"} | error} if absent else {}),
                "429": {"description": "Too many requests; Retry-After says how long to wait"} | error,
                "500": {"description": "A fault of ours"} | error,
            },
        }
    }
