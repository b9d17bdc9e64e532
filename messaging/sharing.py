"""A page to take along: as a card for an address book (RFC 2426), and as a QR code of its address."""

from collections.abc import Iterator

import qrcode
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathImage

from core.access import public
from directory.models import Entry
from directory.presentation import PublicEntry, absolute, page_of
from directory.visibility import Viewer

LINE_OCTETS = 75
# What stands in a card: the kinds that have such a field are people and organisations.
ADDRESS_FIELD = "contact_email"


@public
@require_safe
def contact_card(request: HttpRequest, public_id: str) -> HttpResponse:
    """What this viewer may read on the page, and not a word more."""
    entry = get_object_or_404(Entry.objects.published(), public_id=public_id)
    page = page_of(entry, Viewer.of(request.user), get_language())
    if ADDRESS_FIELD not in page.kind.by_name:
        raise Http404
    text = "".join(f"{_folded(line)}\r\n" for line in _lines(page))
    headers = {"Content-Disposition": f'attachment; filename="{entry.slug}.vcf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type="text/vcard; charset=utf-8", headers=headers)


@public
@require_safe
def contact_qr(request: HttpRequest, public_id: str) -> HttpResponse:
    """The public address of the page, for a poster, a slide or a printed card."""
    entry = get_object_or_404(Entry.objects.published(), public_id=public_id)
    image = qrcode.make(absolute(entry.get_absolute_url()), image_factory=SvgPathImage, border=2)
    return HttpResponse(image.to_string(), content_type="image/svg+xml")


def _lines(page: PublicEntry) -> Iterator[str]:
    fields = page.fields
    name = fields["name"]
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{_escaped(page.name.text)}")
    if "given" in name or "given_ar" in name:
        suffix = "_ar" if page.name.language == "ar" and "given_ar" in name else ""
        yield f"N:{_escaped(name.get(f'family{suffix}', ''))};{_escaped(name.get(f'given{suffix}', ''))};;;"
    else:
        yield f"N:{_escaped(page.name.text)};;;;"
        yield f"ORG:{_escaped(page.name.text)}"
    values = {
        "NICKNAME": page.other_name.text,
        "TITLE": str(page.headline or ""),
        "EMAIL;TYPE=INTERNET": fields.get(ADDRESS_FIELD, ""),
        "TEL": fields.get("phone", ""),
        "URL": absolute(page.url),
    }
    yield from (f"{label}:{_escaped(value)}" for label, value in values.items() if value)
    city, country = fields.get("city", ""), str(page.values.get("country") or "")
    if city or country:
        yield f"ADR:;;;{_escaped(city)};;;{_escaped(country)}"
    yield "END:VCARD"


def _escaped(value: str) -> str:
    """What a user typed stays one value of one line."""
    for character, written in (("\\", "\\\\"), ("\n", "\\n"), ("\r", ""), (",", "\\,"), (";", "\\;")):
        value = value.replace(character, written)
    return value


def _folded(line: str) -> str:
    """No line is longer than 75 octets; none is cut within a letter."""
    rows, row = [], ""
    for character in line:
        if len(f"{row}{character}".encode()) > LINE_OCTETS:
            rows.append(row)
            row = " "
        row += character
    return "\r\n".join([*rows, row])
