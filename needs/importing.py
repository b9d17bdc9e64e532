"""Needs in batches, as funders send them: a CSV file -> drafts, published if asked. A bad row stops no other."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.fields import CleanTextMixin
from core.validators import validate_plain_text, validate_single_line
from directory.search import named
from experts.importing.files import UnusableFile
from experts.importing.forms import ChosenCell, CodeCell, NumberCell, SeveralCells, offered_code, with_plain_digits
from journal.actions import record
from journal.verbs import Verb
from moderation import actions as moderation_actions
from needs.models import AskedLanguage, Need
from needs.schema import Must, WorkMode
from organizations.models import Organization
from text.fold import fold

HEADER = (
    "external_id",
    "organisation",
    "type",
    "title_ar",
    "title_fr",
    "title_en",
    "text_ar",
    "text_fr",
    "text_en",
    "country",
    "region",
    "themes",
    "sdgs",
    "languages",
    "must",
    "mode",
    "start",
    "days",
    "deadline",
)
MUSTS = (Must.LANGUAGES, Must.COUNTRY, Must.REGION, Must.MODE, Must.START)
ORDER = ("fr", "ar", "en")


@dataclass(frozen=True)
class RowFault:
    line: int
    column: str
    reason: str


@dataclass
class BatchRecap:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    published: int = 0
    lines: int = 0
    faults: list[RowFault] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return len({fault.line for fault in self.faults})


class _Cleaned(CleanTextMixin, forms.CharField):
    """Text as in the editor."""


class DayCell(forms.DateField):
    def __init__(self, **options):
        super().__init__(
            input_formats=["%Y-%m-%d"], error_messages={"invalid": gettext_lazy("Write the day like 2027-01-18.")}, **options
        )

    def to_python(self, value):
        return super().to_python(with_plain_digits(value.strip()) if value else value)


class NeedRow(forms.Form):
    """One row of the file. Clean values are those of the draft."""

    external_id = _Cleaned(max_length=100, validators=[validate_single_line])
    organisation = _Cleaned(max_length=200, required=False, validators=[validate_single_line])
    type = CodeCell("need_types")
    title_ar = _Cleaned(max_length=200, required=False, validators=[validate_single_line])
    title_fr = _Cleaned(max_length=200, required=False, validators=[validate_single_line])
    title_en = _Cleaned(max_length=200, required=False, validators=[validate_single_line])
    text_ar = _Cleaned(max_length=4000, required=False, validators=[validate_plain_text])
    text_fr = _Cleaned(max_length=4000, required=False, validators=[validate_plain_text])
    text_en = _Cleaned(max_length=4000, required=False, validators=[validate_plain_text])
    country = CodeCell("country", required=False)
    region = CodeCell("subdivision", required=False)
    themes = SeveralCells(required=False)
    sdgs = SeveralCells(required=False)
    languages = SeveralCells(required=False)
    must = SeveralCells(required=False)
    mode = ChosenCell(tuple(WorkMode.values), required=False)
    start = DayCell(required=False)
    days = NumberCell(min_value=1, max_value=1000, required=False)
    deadline = DayCell(required=False)

    def clean_themes(self) -> list[str]:
        return list(dict.fromkeys(offered_code("theme", code) for code in self.cleaned_data["themes"]))

    def clean_sdgs(self) -> list[int]:
        return sorted({int(offered_code("goal", with_plain_digits(typed).lstrip("0"))) for typed in self.cleaned_data["sdgs"]})

    def clean_languages(self) -> list[tuple[str, str]]:
        spoken: dict[str, str] = {}
        for part in self.cleaned_data["languages"]:
            code, _colon, level = (piece.strip() for piece in part.partition(":"))
            code = offered_code("language", code)
            if code in spoken:
                raise forms.ValidationError(_("The language “%(code)s” appears twice."), params={"code": code})
            spoken[code] = offered_code("cefr", level) if level else ""
        return list(spoken.items())

    def clean_must(self) -> list[str]:
        allowed = {must.value for must in MUSTS}
        typed = [word.casefold() for word in self.cleaned_data["must"]]
        if unknown := [word for word in typed if word not in allowed]:
            raise forms.ValidationError(
                _("“%(value)s” is not among: %(allowed)s."),
                params={"value": unknown[0][:60], "allowed": ", ".join(must.value for must in MUSTS)},
            )
        return typed

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline < timezone.localdate():
            raise forms.ValidationError(_("This day is behind us. Choose a day to come."))
        return deadline

    def clean(self) -> dict:
        data = super().clean()
        for column in ("title", "text"):
            names = [f"{column}_{language}" for language in ORDER]
            if not any(data.get(name) for name in names) and not any(name in self.errors for name in names):
                self.add_error(names[0], _("Write it in one language at least."))
        if data.get("region") and data.get("country") and not data["region"].startswith(f"{data['country']}-"):
            self.add_error("region", _("This region is not in the country of the row."))
        if data.get("start") and data.get("deadline") and data["start"] < data["deadline"]:
            self.add_error("start", _("The work would begin before the last day for answers. Correct one of the two dates."))
        for must in data.get("must", ()):
            if must not in self.errors and not data.get(must):
                self.add_error("must", _("Required, but nowhere said: %(what)s.") % {"what": Must(must).label})
        return data


def read_rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, {column: cell}) of a UTF-8 file with exactly this header. Raises UnusableFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableFile(_("This file is not in UTF-8. Save it as CSV UTF-8.")) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    if tuple(header) != HEADER:
        wrong = next((f"{a or '—'} ≠ {b}" for a, b in zip([*header, *[""] * len(HEADER)], HEADER, strict=False) if a != b), "")
        raise UnusableFile(
            _("The first line must be exactly: %(header)s. The first difference: %(difference)s.")
            % {"header": ",".join(HEADER), "difference": wrong or header[len(HEADER)]}
        )
    rows, start = [], reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnusableFile(_("Line %(line)d cannot be read. Is a quotation mark missing?") % {"line": start}) from error
    for line, cells in rows:
        yield line, dict(zip(HEADER, cells, strict=True)) if len(cells) == len(HEADER) else {}


def import_rows(
    rows: Iterable[tuple[int, dict[str, str]]], *, by: User, source: str, publish: bool = False, dry_run: bool = False
) -> BatchRecap:
    """Write each good row as a draft of this coordinator, and publish it if asked. The same rows twice change nothing."""
    if not by.is_active or not by.has_perm("moderation.decide_submission"):
        raise PermissionDenied
    recap, seen = BatchRecap(), {}
    for line, cells in rows:
        recap.lines += 1
        if not cells:
            reason = _("This line does not have %(count)d cells. Is a separator or a quotation mark missing?")
            recap.faults.append(RowFault(line, "", reason % {"count": len(HEADER)}))
            continue
        form = NeedRow(cells)
        faults = [RowFault(line, column, str(error)) for column, errors in form.errors.items() for error in errors]
        key = form.cleaned_data.get("external_id", "").casefold()
        if key and seen.setdefault(key, line) != line:
            faults.append(RowFault(line, "external_id", _("The same value appears in line %(line)d.") % {"line": seen[key]}))
        recap.faults += faults
        if not faults:
            _import_row(form.cleaned_data, recap, by=by, source=source, publish=publish, dry_run=dry_run)
    return recap


@transaction.atomic
def _import_row(data: dict, recap: BatchRecap, *, by: User, source: str, publish: bool, dry_run: bool) -> None:
    need = Need.objects.filter(external_id=data["external_id"]).first()
    is_new = need is None
    need = need or Need(external_id=data["external_id"], created_by=by)
    values = _values(data)
    organization = _organization(data["organisation"])
    values["organization"] = organization
    is_same = not is_new and _says_the_same(need, values, data["languages"])
    if not is_same:
        _write(need, values, data["languages"])
        record(Verb.NEED_IMPORTED, need, by=by)
    if publish:
        before = need.entry.version if need.entry else 0
        recap.published += moderation_actions.publish_import(need, by=by, note=source).version != before
    recap.created += is_new
    recap.changed += not is_new and not is_same
    recap.unchanged += is_same
    if dry_run:
        transaction.set_rollback(True)


def _values(data: dict) -> dict:
    texts = {
        f"{name}_{language}": data[f"{column}_{language}"]
        for name, column in (("name", "title"), ("text", "text"))
        for language in ORDER
    }
    plain = {name: data[name] for name in ("type", "country", "region", "themes", "mode", "start", "days", "deadline")}
    source = next(language for language in ORDER if data[f"title_{language}"])
    country = data["country"] or data["region"][:2]
    return texts | plain | {"country": country, "goals": data["sdgs"], "musts": data["must"], "source_language": source}


def _organization(name: str) -> Organization | None:
    """The organisation of this name; one that nobody knows yet becomes a page that is not public."""
    if not name:
        return None
    for entry in named("organization", name, limit=5):
        texts = [text for key, text in entry.document["fields"]["name"].items() if key != "source"]
        if fold(name) in map(fold, [*texts, entry.document["fields"].get("acronym", "")]):
            return Organization.objects.filter(entry=entry).first()
    known = Organization.objects.filter(name_fr__iexact=name) | Organization.objects.filter(name_en__iexact=name)
    known |= Organization.objects.filter(name_ar=name)
    return known.order_by("pk").first() or Organization.objects.create(name_fr=name)


def _says_the_same(need: Need, values: dict, languages: list[tuple[str, str]]) -> bool:
    spoken = [(row.code, row.level) for row in need.asked_languages.all()]
    return all(getattr(need, name) == value for name, value in values.items()) and spoken == languages


def _write(need: Need, values: dict, languages: list[tuple[str, str]]) -> None:
    for name, value in values.items():
        setattr(need, name, value)
    need.save()
    need.asked_languages.all().delete()
    AskedLanguage.objects.bulk_create(AskedLanguage(need=need, code=code, level=level) for code, level in languages)
