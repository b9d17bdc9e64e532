"""The read-only API, /api/v1/: what an anonymous visitor sees, as JSON. openapi.json describes it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from accounts.limits import seconds_to_wait
from core.access import public
from core.languages import LANGUAGES
from directory import search
from directory.document import DocumentField
from directory.facts import day_of
from directory.filters import MOST_PAGES, DirectoryForm
from directory.kinds import fixed_lists, kind_choices, kinds, schema_of
from directory.machines import problem
from directory.models import Entry
from directory.openapi import document as openapi_document
from directory.presentation import PublicEntry, absolute
from directory.visibility import ANONYMOUS
from quotas.counting import MINUTE, Quota
from taxonomy.snapshot import Item
from taxonomy.vocabulary import vocabulary


def api(view: Callable) -> Callable:
    """What all answers have in common: the limit per address, one language, ETag. Methods and faults: directory/machines.py."""

    @require_safe
    @conditional_page
    @wraps(view)
    def wrapped(request: HttpRequest, **arguments: str) -> HttpResponse:
        if wait := seconds_to_wait(request, Quota("api.asked", settings.API_REQUESTS_PER_MINUTE, MINUTE)):
            response = problem("too many requests", status=429)
            response.headers["Retry-After"] = str(wait)
        else:
            response = _answer(view, request, arguments)
        return response

    return wrapped


def _answer(view: Callable, request: HttpRequest, arguments: dict[str, str]) -> HttpResponse:
    language = request.GET.get("lang", "en")
    if language not in LANGUAGES:
        return problem(f"lang: one of {', '.join(LANGUAGES)}", status=400)
    with override(language):
        response = view(request, language=language, **arguments)
    response.headers["Content-Language"] = language
    return response


class SearchForm(DirectoryForm):
    """The form of the lists; pages are asked for by number here."""

    kind = forms.ChoiceField(choices=kind_choices, required=False)
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)
    limit = forms.IntegerField(min_value=1, max_value=search.MOST_RESULTS, required=False)


@public
@api
def search_entries(request: HttpRequest, language: str) -> JsonResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return problem(form.errors.get_json_data(), status=400)
    answer = search.Answer(form.query(form.cleaned_data["kind"], language))
    limit = form.cleaned_data["limit"] or 20
    page = form.cleaned_data["page"] or 1
    found = search.hits(answer, (page - 1) * limit, limit)
    return JsonResponse(
        {
            "count": answer.count,
            "page": page,
            "limit": limit,
            "corrected": answer.corrected,
            "unknown": _unknown(request, form),
            "unused": list(form.conditions(form.cleaned_data["kind"]).unused),
            "results": [_hit(hit, language) for hit in found],
            "close": [_hit(hit, language) for hit in search.close_hits(answer)],
            "facets": {facet: dict(counts.most_common()) for facet, counts in answer.counts.items()},
        }
    )


def _unknown(request: HttpRequest, form: SearchForm) -> list[str]:
    """What was asked that the directory does not know: parameters, which are ignored, and codes, which find nothing."""
    parameters = {*form.fields, "lang"}
    unknown = [name for name in request.GET if name not in parameters]
    for facet, values in form.chosen.items():
        items = [kind.facets[facet] for kind in kinds().values() if facet in kind.facets]
        unknown += [f"{facet}={value}" for value in values if not any(_is_known(item, value) for item in items)]
    return sorted(unknown)


def _is_known(item: DocumentField, value: str) -> bool:
    if item.fact:
        return value in item.fact.facet_values or bool(item.fact.day_label and day_of(value))
    return value in vocabulary().lists.get(item.vocabulary, fixed_lists().get(item.vocabulary, {}))


@public
@api
def entry(request: HttpRequest, language: str, kind: str, key: str) -> JsonResponse:
    """By identifier, which never changes, or by the last part of its address."""
    published = Entry.objects.published().of_kind(kind)
    found = published.filter(public_id=key).first() or published.filter(slug=key).first()
    if found is None:
        raise Http404
    page = PublicEntry(found, ANONYMOUS, language)
    return JsonResponse(
        _summary(page)
        | {
            "published": found.first_published_at,
            "confirmed": found.confirmed_at,
            "image": page.absolute_image_url,
            "fields": {name: value for name, value in page.fields.items() if name != schema_of(kind).picture},
        }
    )


@public
@api
def lists(request: HttpRequest, language: str) -> JsonResponse:
    """All lists of the vocabulary: code, labels, and what is above."""
    found = {name: [_item(item) for item in items.values() if not item.retired] for name, items in vocabulary().lists.items()}
    return JsonResponse({"lists": found})


@public
@api
def openapi(request: HttpRequest, language: str) -> JsonResponse:
    return JsonResponse(openapi_document())


def _summary(page: PublicEntry) -> dict[str, Any]:
    name = page.fields.get("name", {})
    headline = page.headline
    return {
        "kind": page.entry.kind,
        "id": page.entry.public_id,
        "url": absolute(page.url),
        "name": {
            "latin": name.get("latin") or name.get("fr") or name.get("en") or "",
            "arabic": name.get("arabic") or name.get("ar") or "",
        },
        "headline": {"text": headline.text, "language": headline.language} if headline else None,
    }


def _hit(hit: search.Hit, language: str) -> dict[str, Any]:
    return _summary(PublicEntry.of_hit(hit, language)) | {"reasons": list(map(_reason, hit.reasons))}


def _reason(reason: search.Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "field": reason.item.name,
        "concept": reason.concept,
        "language": reason.language,
        "segments": [{"text": segment.text, "match": segment.is_match} for segment in reason.segments],
    }


def _item(item: Item) -> dict[str, Any]:
    above = {name: value for name in ("parent", "country", "subdivision") if (value := getattr(item, name, None))}
    return {"code": item.code, "labels": dict(item.labels)} | above
