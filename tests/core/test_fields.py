import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from core.fields import DayField, NameField, OrcidField, PlainCharField, PlainTextField, PublicURLField
from core.validators import MAX_URL_LENGTH
from desk.filters import DayFilter
from tests.sources import place, project_files

DECOMPOSED, COMPOSED = "e\u0301cole", "\u00e9cole"


@pytest.mark.parametrize("field", [PlainCharField(max_length=20), PlainTextField(), NameField(max_length=20)])
def test_one_letter_typed_in_two_ways_is_stored_in_one(field):
    assert field.clean(DECOMPOSED, None) == COMPOSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (PlainCharField(max_length=20), "two\nlines"),
        (PlainTextField(), "cv\u202egpj"),
        (NameField(max_length=20), "S\u0430lma"),
        (PublicURLField(), "http://127.0.0.1/"),
        (OrcidField(), "0000-0002-1825-0098"),
    ],
)
def test_no_form_can_forget_the_validator(field, value):
    with pytest.raises(ValidationError):
        field.clean(value, None)


def test_an_orcid_is_stored_bare_whatever_form_is_typed():
    address = "https://orcid.org/0000-0002-1825-0097"
    assert OrcidField().clean(OrcidField().formfield().clean(address), None) == "0000-0002-1825-0097"


def test_an_address_without_scheme_is_taken_for_https():
    field = PublicURLField()
    assert field.formfield().clean("www.example.org/a") == "https://www.example.org/a"
    assert field.max_length == MAX_URL_LENGTH


def test_a_migration_can_write_the_fields():
    for field in (PlainCharField(max_length=20), PublicURLField(), OrcidField()):
        _name, path, args, kwargs = field.deconstruct()
        assert path.startswith("core.fields.")
        assert isinstance(type(field)(*args, **kwargs), models.Field)


@pytest.mark.parametrize(
    "typed", ["2026-12-01", "01/12/2026", "1.12.2026", "01.12.2026", "١/١٢/٢٠٢٦", "۱/۱۲/۲۰۲۶", "1-12-2026\u200f"]
)
def test_a_day_is_read_as_people_write_it_where_there_is_no_calendar(typed):
    assert DayField().formfield().clean(typed) == date(2026, 12, 1)
    assert DayFilter("at", label="").field.clean(typed) == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["31.02.2026", "12/31/2026", "١/١٢", "demain"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().formfield().clean(typed)


def plain_addresses(source: str) -> list[str]:
    """Fields and inputs for e-mail addresses that are not ours."""
    return re.findall(r"(?:models|forms)\.EmailField\(|EmailInput|type=\"email\"", source)


def test_every_field_for_an_address_takes_it_as_it_is_pasted():
    files = [
        path
        for suffix in (".py", ".html", ".js")
        for path in project_files(suffix)
        if not {"migrations", "tests"} & {*path.parts}
    ]
    found = {place(path): hits for path in files if (hits := plain_addresses(path.read_text(encoding="utf-8")))}
    assert found == {}


def test_the_gate_sees_a_plain_field_for_an_address():
    assert plain_addresses('email = forms.EmailField()\n<input type="email">') == ["forms.EmailField(", 'type="email"']


@pytest.mark.parametrize(("typed", "fits"), [("a" * 7 + "\r\n" + "b" * 2, True), ("a" * 8 + "\r\n" + "b" * 2, False)])
def test_a_line_break_counts_as_one_character_and_a_longer_text_is_not_cut_in_silence(typed, fits):
    field = PlainTextField(max_length=10).formfield()
    assert "maxlength" not in field.widget.attrs
    if fits:
        assert field.clean(typed)
    else:
        with pytest.raises(ValidationError):
            field.clean(typed)
