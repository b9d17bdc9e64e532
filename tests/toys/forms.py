from django import forms

from authoring.fields import CodeField, ThemesField
from authoring.forms import PictureMixin, StepForm, trilingual_names
from authoring.layout import Block, GroupedBoxes, Trilingual
from tests.toys.models import Workshop
from tests.toys.schema import Step


class AboutForm(PictureMixin, StepForm):
    picture = "poster"
    themes = ThemesField(label="Themes", most=12)
    country = CodeField("country", label="Country", required=False)

    class Meta:
        model = Workshop
        fields = [*trilingual_names("name"), "themes", "country", "is_full", "poster"]
        field_classes = {"poster": forms.FileField}

    def blocks(self):
        return [Trilingual("name"), GroupedBoxes("themes"), Block("country"), Block("opening", "is_full"), Block("poster")]

    def clean_poster(self):
        return self.clean_picture()


FORMS = {Step.ABOUT: AboutForm}
