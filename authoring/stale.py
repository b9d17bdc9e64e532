"""A form that was opened before somebody else saved: what differs, and the typed text over the newer draft."""

from django.http import QueryDict

from authoring.forms import RowForm, RowSet, StepForm
from core.versioning import readable_value
from moderation.models import Publishable


def differences(typed: StepForm, saved: StepForm) -> list[dict[str, str]]:
    """What differs between a refused form and the draft as it is now, field by field and list by list."""
    found = [
        {"label": bound.label, "saved": readable_value(saved[bound.name]), "typed": readable_value(bound)}
        for bound in typed.visible_fields()
        if bound.name in saved.fields
    ]
    schema = typed.instance.document_schema
    found += [
        {"label": schema.by_name[name].label, "saved": readable_rows(saved.rows[name]), "typed": readable_rows(rows)}
        for name, rows in typed.rows.items()
    ]
    return [difference for difference in found if difference["saved"] != difference["typed"]]


def readable_rows(rows: RowSet) -> str:
    """One line for each row."""
    lines = [_readable_row(form) for form in rows.forms if form.instance.pk or form.has_changed()]
    return "\n".join(line for line in lines if line)


def _readable_row(form: RowForm) -> str:
    if "DELETE" in form.fields and form["DELETE"].value():
        return ""
    values = [readable_value(bound) for bound in form.visible_fields() if bound.name not in {"DELETE", "language"}]
    return " · ".join(value for value in values if value)


def rebased(form: StepForm, current: Publishable) -> StepForm:
    """The refused form over the draft as it is now: typed text kept, rows matched with those that still exist."""
    data = form.data.copy()
    data[form.add_prefix("version")] = str(current.version)
    for name, rows in form.rows.items():
        existing = rows.model.objects.filter(**{rows.fk.name: current}).values_list("pk", flat=True)
        _rebase_rows(data, name, {str(pk) for pk in existing})
    return type(form)(data, form.files, instance=current, comments=form.comments)


def _rebase_rows(data: QueryDict, prefix: str, existing: set[str]) -> None:
    """Renumber the typed rows: those of existing rows first, then all others as new ones."""
    indexes = _row_indexes(data, prefix)
    rows = [_take_row(data, f"{prefix}-{index}-") for index in indexes]
    known = [row for row in rows if row.get("id", [""])[-1] in existing]
    new = [row | {"id": [""]} for row in rows if row not in known]
    for index, row in enumerate([*known, *new]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(known))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def _row_indexes(data: QueryDict, prefix: str) -> list[int]:
    parts = [key.removeprefix(f"{prefix}-").partition("-")[0] for key in data if key.startswith(f"{prefix}-")]
    return sorted({int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 4})


def _take_row(data: QueryDict, prefix: str) -> dict[str, list[str]]:
    keys = [key for key in data if key.startswith(prefix)]
    return {key.removeprefix(prefix): data.pop(key) for key in keys}
