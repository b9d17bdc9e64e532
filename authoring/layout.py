"""How a step of the editor is laid out (crispy-forms): one block for each field of the document."""

from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.translation import get_language

from authoring.forms import AudienceMixin, StepForm, trilingual_names
from core.languages import LANGUAGES, language_name


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
            **self.audience(form, item.group),
        }
        return render_to_string(self.template, values | self.contents(form, context, template_pack))

    @staticmethod
    def audience(form: StepForm, group_name: str) -> dict[str, Any]:
        """Who reads a group of fields, and where that is changed; in the step that asks for it, the question itself says it."""
        draft, schema = form.instance, form.instance.document_schema
        group = next(group for group in schema.groups if group.name == group_name)
        asked_elsewhere = group.adjustable and not isinstance(form, AudienceMixin)
        anchor = f"#id_{AudienceMixin.audience_name(group_name)}"
        return {
            "audience_label": schema.audience_of(group, draft.audiences).label,
            "audience_url": draft.edit_url(schema.audience_step) + anchor if asked_elsewhere else "",
        }

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


class RowsBlock(Block):
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
