"""What the steps of every editor are made of: model forms of a draft with repeated rows.

They work without JavaScript: a row is removed by a tick box, and the page always has empty rows to fill.
"""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from authoring.fields import CodeField, CodesField
from core.files import discard, file_fields
from core.languages import LANGUAGES, text_direction
from core.uploads import THUMBNAIL_SIDE, clean_photo
from core.versioning import VersionedFormMixin
from directory.document import Audience
from directory.pictures import store_thumbnail, thumbnail_name
from moderation.models import Publishable

EMPTY_ROWS = 2


def trilingual_names(field: str) -> list[str]:
    """The three form fields of a text."""
    return [f"{field}_{language}" for language in LANGUAGES]


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

    def get_queryset(self):
        """The rows that came with the draft, instead of reading them again."""
        read = getattr(self.instance, "_prefetched_objects_cache", {}).get(self.fk.remote_field.get_accessor_name())
        return super().get_queryset() if read is None else read

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
        replaced = [str(self.initial.get(name) or "") for name in file_fields(type(self.instance)) if name in columns]
        self.instance.save(update_fields=[*columns, "changed_at"])
        discard(*replaced, companions=lambda name: [thumbnail_name(name)])
        for rows in self.rows.values():
            rows.save()
        return self.instance

    def all_errors(self) -> list[tuple[str, str, str]]:
        """(address on the page, label, message) for the summary at the top."""
        errors = [("", "", message) for message in self.non_field_errors()]
        errors += _field_errors(self)
        for name, rows in self.rows.items():
            errors += [("", "", message) for message in rows.non_form_errors()]
            label = self.instance.document_schema.by_name[name].label
            for number, row in enumerate(rows, 1):
                where = _("%(rows)s, row %(number)s") % {"rows": label, "number": number}
                errors += [(row.visible_fields()[0].id_for_label, where, message) for message in row.non_field_errors()]
                errors += [(anchor, f"{where}, {field}", message) for anchor, field, message in _field_errors(row)]
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
                    label=group.label, choices=Audience.choices, initial=chosen
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


def _field_errors(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    return [(bound.id_for_label, bound.label, message) for bound in form.visible_fields() for message in bound.errors]
