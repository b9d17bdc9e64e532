"""What a kind says of itself is checked before the portal starts, and agrees with its editor."""

from dataclasses import replace

import pytest

from directory import checks, kinds
from directory.document import DocumentField, FieldType
from experts.forms import FORMS as EXPERT_FORMS
from experts.models import Expert
from experts.schema import EXPERT
from organizations.forms import FORMS as ORGANIZATION_FORMS
from organizations.models import Organization
from organizations.schema import ORGANIZATION
from projects.forms import FORMS as PROJECT_FORMS
from projects.models import Project
from projects.schema import Step as ProjectStep
from tests.factories.experts import make_expert
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project


def faults() -> list[str]:
    return [problem.msg for problem in checks.kinds_are_well_declared(None)]


def test_the_kinds_of_the_portal_are_well_declared():
    assert faults() == []


PROBE = DocumentField("probe", "Probe", FieldType.VALUE)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"number": ORGANIZATION.number}, "number 1"),
        ({"kind": "wizard"}, "not called like its model"),
        ({"headline": "motto"}, "'motto' is none of its fields"),
        ({"fields": EXPERT.fields[1:]}, "no field “name”"),
        ({"fields": (*EXPERT.fields, replace(PROBE, group="nowhere"))}, "no group 'nowhere'"),
        ({"fields": (*EXPERT.fields, replace(PROBE, step="nowhere"))}, "no step 'nowhere'"),
        ({"fields": (*EXPERT.fields, replace(PROBE, required=True))}, "in no step of the editor"),
        ({"fields": (*EXPERT.fields, replace(PROBE, type=FieldType.FACT))}, "needs its `fact`"),
        ({"fields": (*EXPERT.fields, replace(PROBE, facet="page"))}, "named like other parameters"),
    ],
)
def test_a_faulty_declaration_is_refused(monkeypatch, fault, said):
    monkeypatch.setattr(Expert, "document_schema", replace(EXPERT, **fault))
    kinds.forget()
    try:
        assert any(said in problem for problem in faults()), faults()
    finally:
        monkeypatch.undo()
        kinds.forget()


def test_an_address_that_hides_an_entry_is_refused(monkeypatch):
    monkeypatch.setattr(Organization, "document_schema", replace(ORGANIZATION, reserved_slugs=frozenset({"join"})))
    kinds.forget()
    try:
        assert any("['invitation']" in problem for problem in faults()), faults()
    finally:
        monkeypatch.undo()
        kinds.forget()


# The organisations and people of a project are a page of their own.
WITHOUT_FORM = {(Project, ProjectStep.PARTNERS)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "forms"),
    [(make_expert, EXPERT_FORMS), (make_organization, ORGANIZATION_FORMS), (make_project, PROJECT_FORMS)],
)
def test_the_editor_writes_each_field_in_the_step_that_declares_it(make, forms):
    draft = make()
    for step in draft.document_schema.steps:
        declared = [item.name for item in draft.document_schema if item.step == step]
        if (type(draft), step) in WITHOUT_FORM:
            continue
        blocks = [block.name for block in forms[step](instance=draft).blocks() if hasattr(block, "name")]
        assert sorted(blocks) == sorted(declared), step
