"""Every table says what it holds of people; the register is written from that."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from accounts.models import User
from core.privacy import ALL, Dependent, Erased, Impersonal, Personal, declarations
from privacy import register

MODELS = [table for table in declarations() if not isinstance(table, Dependent)]
PERSONAL = [table for table in declarations() if isinstance(table, Personal)]


def silent(tables) -> set[str]:
    """The models of which nobody says anything."""
    said = {table.model for table in tables}
    return {model._meta.label for model in apps.get_models(include_auto_created=True) if not model._meta.proxy} - said


def unnamed_people(tables) -> list[str]:
    """References to an account that are neither whose the row is, nor unlinked, nor gone with it."""
    found = []
    for table in tables:
        model = apps.get_model(table.model)
        people = [field.name for field in model._meta.concrete_fields if field.related_model is User]
        if isinstance(table, Impersonal):
            found += [f"{table.model}.{name}" for name in people]
        elif table.fields.get(ALL) is not Erased.KEPT:
            found += [
                f"{table.model}.{name}" for name in people if f"`{name}`" not in table.whose.text and name not in table.fields
            ]
    return found


def test_every_model_says_what_is_personal_in_it():
    assert silent(MODELS) == set()


def test_no_model_says_it_twice_and_no_declaration_is_of_nothing():
    names = [table.model for table in MODELS]
    assert sorted(names) == sorted({apps.get_model(name)._meta.label for name in names})


def test_every_reference_to_a_person_is_declared():
    assert unnamed_people(MODELS) == []


@pytest.mark.parametrize("table", PERSONAL, ids=lambda table: table.model)
def test_a_declaration_is_whole(table):
    assert all([table.why, table.kept, table.exported, table.whose.text])
    names = {field.name for field in table.model_class._meta.concrete_fields}
    assert set(table.fields) <= names | {ALL}
    nullable = {field.name for field in table.model_class._meta.concrete_fields if field.null}
    assert {name for name, rule in table.fields.items() if rule is Erased.UNLINKED} <= nullable


def test_the_gate_sees_a_model_that_says_nothing():
    assert silent([table for table in MODELS if table.model != "experts.Link"]) == {"experts.Link"}


def test_the_gate_sees_a_person_that_is_not_declared():
    assert unnamed_people([Impersonal("accounts.Consent", "planted")]) == ["accounts.Consent.user"]


def test_the_register_in_the_documentation_is_that_of_the_code():
    """`manage.py privacy_register` writes it."""
    written = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert written == register.text()
