"""What the steps of every editor are made of: model forms of a draft with repeated rows, laid out by crispy-forms.

They work without JavaScript: a row is removed by a tick box, and the page always has empty rows to fill.
"""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from authoring.fields import CodeField, CodesField
from core.languages import LANGUAGES, language_name, text_direction
from core.uploads import THUMBNAIL_SIDE, clean_photo
from core.versioning import VersionedFormMixin, readable_value
from directory.document import Audience
from directory.pictures import store_thumbnail
from moderation.models import Publishable

EMPTY_ROWS = 2


def trilingual_names(field: str) -> list[str]:
    """The three form fields of a text."""
    return [f"{field}_{language}" for language in LANGUAGES]


# Forms


class KeptCodesMixin:
    """Lets every field of codes keep what the row says already."""

    def keep_codes(self) -> None:
        for name, form_field in self.fields.items():
            if isinstance(form_field, CodeField | CodesField):
                form_field.keep(getattr(self.instance, name))


class RowForm(KeptCodesMixin, forms.ModelForm):
    """One repeated row. Choosing a language alone does not make a row."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.keep_codes()
        if "language" in self.fields:
            self.fields["language"].initial = self.instance.language if self.instance.pk else get_language()

    def has_changed(self) -> bool:
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {"language"})

    def validate_constraints(self) -> None:
        """Two rows may exchange their values in one save: RowSet looks for repetitions, the database has the last word."""
        unique = {name for constraint in self.instance._meta.total_unique_constraints for name in constraint.fields}
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() | unique)
        except ValidationError as error:
            self._update_errors(error)


class RowSet(forms.BaseInlineFormSet):
    """The rows of one list, with empty ones at the end."""

    default_error_messages: ClassVar = {
        "too_many_forms": ngettext_lazy("This list holds %(num)d row at most.", "This list holds %(num)d rows at most.", "num")
    }

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = pgettext_lazy("row", "Remove")

    def get_unique_error_message(self, unique_check: tuple[str, ...]) -> str:
        """Django names the column; authors know the label. What belongs to the draft itself is the same in all rows."""
        label = self.form.base_fields[next(name for name in unique_check if name != self.fk.name)].label
        return gettext("%(label)s: this value appears twice. Change or remove one of them.") % {"label": label}

    def get_form_error(self) -> str:
        return gettext("This row repeats an earlier one.")


def row_set(draft_model: type[Publishable], model: type, form: type[RowForm], *, most: int) -> type[RowSet]:
    return forms.inlineformset_factory(
        draft_model,
        model,
        form=form,
        formset=RowSet,
        extra=EMPTY_ROWS,
        max_num=most,
        absolute_max=most + EMPTY_ROWS,
        validate_max=True,
        can_delete_extra=False,
    )


class StepForm(KeptCodesMixin, VersionedFormMixin, forms.ModelForm):
    """One step of the editor of a draft. `row_sets` are the lists that are saved with it: {field of the document: RowSet}."""

    row_sets: ClassVar[dict[str, type[RowSet]]] = {}

    def __init__(self, data=None, files=None, *, instance: Publishable, comments: dict[str, str] | None = None, **options: Any):
        super().__init__(data, files, instance=instance, **options)
        self.comments = comments or {}
        self.keep_codes()
        self.write_texts_in_their_direction()
        self.rows = {name: rows(data, files, instance=instance, prefix=name) for name, rows in self.row_sets.items()}
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(*self.blocks())

    def write_texts_in_their_direction(self) -> None:
        """Each of three texts has its own lang and dir, whatever the language of the page."""
        for name, form_field in self.fields.items():
            language = name.rpartition("_")[2]
            if language in LANGUAGES:
                form_field.widget.attrs |= {"lang": language, "dir": text_direction(language)}

    def blocks(self) -> list[LayoutObject]:
        """What the page shows, from top to bottom."""
        raise NotImplementedError

    @property
    def is_stale(self) -> bool:
        """Whether somebody saved the draft after this form was opened. Nothing is validated against the newer rows then."""
        try:
            return self.fields["version"].clean(self["version"].value()) != self.instance.version
        except ValidationError:
            return False  # a broken number is an error of the form

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def save(self, commit: bool = True) -> Publishable:
        """Write the columns of this step, and no others, and its rows."""
        columns = [name for name in self._meta.fields if name in self.cleaned_data]
        self.instance.save(update_fields=[*columns, "changed_at"])
        for rows in self.rows.values():
            rows.save()
        return self.instance

    def all_errors(self) -> list[tuple[str, str, str]]:
        """(address on the page, label, message) for the summary at the top."""
        errors = [("", "", message) for message in self.non_field_errors()]
        forms_of_page = [self, *(form for rows in self.rows.values() for form in rows)]
        for name, rows in self.rows.items():
            errors += [("", "", message) for message in rows.non_form_errors()]
            label = self.instance.document_schema.by_name[name].label
            for row in rows:
                errors += [(row.visible_fields()[0].id_for_label, label, message) for message in row.non_field_errors()]
        for form in forms_of_page:
            errors += [(bound.id_for_label, bound.label, message) for bound in form.visible_fields() for message in bound.errors]
        return errors

    def with_more_rows(self, name: str) -> "StepForm":
        """The same form, everything typed kept, with further empty rows in one list."""
        data = self.data.copy()
        key = f"{name}-TOTAL_FORMS"
        total = len(self.rows[name].forms) + EMPTY_ROWS
        data[key] = str(min(total, self.rows[name].absolute_max))
        return type(self)(data, self.files, instance=self.instance, comments=self.comments)


class PictureMixin(forms.ModelForm):
    """Re-encodes the picture of a draft in two sizes."""

    picture: ClassVar[str]
    _thumbnail = None

    def clean_picture(self):
        upload = self.cleaned_data.get(self.picture)
        if upload and self.picture in self.changed_data:
            self._thumbnail = clean_photo(upload, side=THUMBNAIL_SIDE)
            return clean_photo(upload)
        return upload

    def save(self, commit: bool = True) -> Publishable:
        draft = super().save(commit)
        if self._thumbnail:
            store_thumbnail(getattr(draft, self.picture).name, self._thumbnail)
        return draft


class PlaceMixin(forms.ModelForm):
    """Where somebody is based: the region belongs to the country."""

    def clean(self):
        cleaned = super().clean()
        country, region = cleaned.get("country"), cleaned.get("region")
        if country and region and not region.startswith(f"{country}-"):
            self.add_error("region", _("This region is in another country. Choose a region of the country above, or none."))
        return cleaned


class AudienceMixin(forms.ModelForm):
    """One choice of audience for each group of fields that its owner may open or close."""

    def __init__(self, *args: Any, instance: Publishable, **options: Any):
        super().__init__(*args, instance=instance, **options)
        schema = instance.document_schema
        for group in schema.groups:
            if group.adjustable:
                chosen = schema.audience_of(group, instance.audiences).value
                self.fields[self.audience_name(group.name)] = forms.ChoiceField(
                    label=group.label, choices=Audience.offered(chosen), initial=chosen
                )

    @staticmethod
    def audience_name(group: str) -> str:
        return f"audience_{group}"

    def audience_fields(self) -> list[str]:
        schema = self.instance.document_schema
        return [self.audience_name(group.name) for group in schema.groups if group.adjustable]

    def save(self, commit: bool = True) -> Publishable:
        prefix = self.audience_name("")
        chosen = {name.removeprefix(prefix): self.cleaned_data[name] for name in self.audience_fields()}
        self.instance.audiences = self.instance.audiences | chosen
        self.instance.save(update_fields=["audiences"])
        return super().save(commit)


# Layout


class Block(LayoutObject):
    """The form fields of one field of the document, whether a moderator reads it, and the moderator's comment beside it."""

    template = "authoring/block.html"

    def __init__(self, name: str, *fields: str, help_text=""):
        self.name = name
        self.fields = list(fields or [name])
        self.help_text = help_text

    def render(self, form: StepForm, context, template_pack=TEMPLATE_PACK, **kwargs) -> str:
        item = form.instance.document_schema.by_name[self.name]
        values = {
            "item": item,
            "help": self.help_text,
            "comment": form.comments.get(self.name),
            "form": form,
            "audience_label": self.narrow_audience(form.instance, item.group),
        }
        return render_to_string(self.template, values | self.contents(form, context, template_pack))

    @staticmethod
    def narrow_audience(draft: Publishable, group_name: str) -> str:
        """Who reads a group of fields that is not for everybody: its mark must not say « public »."""
        schema = draft.document_schema
        group = next(group for group in schema.groups if group.name == group_name)
        audience = schema.audience_of(group, draft.audiences)
        return "" if audience == Audience.PUBLIC else str(audience.label)

    def contents(self, form: StepForm, context, template_pack) -> dict[str, Any]:
        return {"grouped": len(self.fields) > 1, "fields": self.get_rendered_fields(form, context, template_pack)}


class Trilingual(Block):
    """A text in the three languages, side by side, each field in its own direction."""

    template = "authoring/trilingual.html"

    def __init__(self, name: str, **options: Any):
        super().__init__(name, *trilingual_names(name), **options)

    def contents(self, form: StepForm, context, template_pack) -> dict[str, Any]:
        form.rendered_fields.update(self.fields)
        bound_fields = [form[name] for name in self.fields]
        for language, bound in zip(LANGUAGES, bound_fields, strict=True):
            bound.label = language_name(language, get_language()).capitalize()  # the legend says what the text is
        return {"bound_fields": bound_fields}


class Goals(Block):
    """The seventeen stones, each with its name."""

    template = "authoring/goals.html"

    def contents(self, form: StepForm, context, template_pack) -> dict[str, Any]:
        form.rendered_fields.update(self.fields)
        bound = form[self.name]
        chosen = {str(code) for code in bound.value() or []}
        options = [{"value": code, "label": label, "checked": code in chosen} for code, label in bound.field.choices]
        return {"bound": bound, "options": options}


class GroupedBoxes(Block):
    """Some hundred boxes: what is chosen first, the rest under headings that open without JavaScript."""

    template = "authoring/grouped_boxes.html"

    def contents(self, form: StepForm, context, template_pack) -> dict[str, Any]:
        form.rendered_fields.update(self.fields)
        bound = form[self.name]
        chosen = {str(code) for code in bound.value() or []}
        groups = bound.field.choices
        return {
            "bound": bound,
            "chosen": [option for _group, options in groups for option in options if option[0] in chosen],
            "groups": [(group, [option for option in options if option[0] not in chosen]) for group, options in groups],
        }


class Rows(Block):
    """A list of repeated rows."""

    template = "authoring/rows.html"

    def __init__(self, name: str, *, add_label, **options: Any):
        super().__init__(name, **options)
        self.fields = []
        self.add_label = add_label

    def contents(self, form: StepForm, context, template_pack) -> dict[str, Any]:
        rows = form.rows[self.name]
        return {"rows": rows, "add_label": self.add_label, "is_full": len(rows.forms) >= rows.absolute_max}


class Plain(LayoutObject):
    """Form fields that are no part of the document; several stand under a heading of their own."""

    def __init__(self, *fields: str, legend="", help_text=""):
        self.legend = legend
        self.fields = list(fields)
        self.help_text = help_text

    def render(self, form: StepForm, context, template_pack=TEMPLATE_PACK, **kwargs) -> str:
        values = {"legend": self.legend, "help": self.help_text, "fields": self.get_rendered_fields(form, context, template_pack)}
        return render_to_string("authoring/plain.html", values)


# Two texts side by side


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
