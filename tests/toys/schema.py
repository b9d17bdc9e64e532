"""A kind that exists in the tests only: a workshop with three fields, a picture and a fact."""

from typing import Any

from django.db import models

from directory.document import DocumentField, FieldGroup, FieldType, Wish
from directory.facts import Fact
from directory.kinds import Kind


class Step(models.TextChoices):
    ABOUT = "about", "About the workshop"


class Opening(Fact):
    """{"state": "open" | "full"}"""

    facet_values = {"open": "Places left", "full": "Fully booked"}

    def readable(self, value: dict[str, Any], language: str) -> str:
        return self.facet_values[value["state"]]

    def indexed(self, value: dict[str, Any]) -> str:
        return value["state"]


WORKSHOP = Kind(
    kind="workshop",
    version=1,
    number=90,
    label="Workshop",
    plural="Workshops",
    namespace="workshops",
    page_class="tests.toys.presentation.WorkshopPage",
    page_template="workshops/_page.html",
    steps=Step,
    waiting_label="Workshops waiting for review",
    see_label="See the workshops",
    mine_label="My workshops",
    start_label="Announce a workshop",
    groups=(FieldGroup("identity", "Name and place"),),
    fields=(
        DocumentField(
            "name", "Name", FieldType.TEXT, step=Step.ABOUT, required=True, weight="A", wish=Wish(1, "Name the workshop.")
        ),
        DocumentField(
            "themes", "Themes", FieldType.CODES, step=Step.ABOUT, vocabulary="theme", facet="theme", weight="B", required=True
        ),
        DocumentField("country", "Country", FieldType.CODE, step=Step.ABOUT, vocabulary="country", facet="country", weight="C"),
        DocumentField(
            "opening",
            "Places",
            FieldType.FACT,
            step=Step.ABOUT,
            free=True,
            fact=Opening(),
            facet="opening",
            source="opening_fact",
        ),
        DocumentField("poster", "Poster", FieldType.VALUE, step=Step.ABOUT, free=True, format="image"),
    ),
)
