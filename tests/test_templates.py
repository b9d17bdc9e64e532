"""Every template compiles, every page without arguments answers in three languages, and no variable is undefined."""

from contextlib import suppress

import pytest
from django.template import Context, Template, engines
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from core.languages import LANGUAGES
from tests.factories.accounts import make_staff, make_user
from tests.sources import project_files
from tests.test_access import SITE
from tests.undefined import OUR_TEMPLATES

TEMPLATES = sorted(
    path.relative_to(OUR_TEMPLATES).as_posix() for path in project_files(".html", ".txt", ".xml", under=("templates",))
)


def addresses(language: str) -> list[str]:
    """The pages that need no argument. To log out would end the tour."""
    found = []
    with translation.override(language):
        for name in sorted({name for name, pattern in SITE if pattern.name and "logout" not in name}):
            with suppress(NoReverseMatch):
                found.append(reverse(name))
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name):
    get_template(name)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["visitor", "member", "staff"])
def test_every_page_answers_in_every_language(client, role, language):
    if role != "visitor":
        client.force_login(make_staff() if role == "staff" else make_user())
    failing = []
    for address in addresses(language):
        try:
            status = client.get(address).status_code
        except Exception as error:  # all faults of all pages in one report
            status = repr(error)
        if status not in {200, 302, 403, 404, 405}:
            failing.append(f"{address}: {status}")
    assert not failing, "\n".join(failing)


def our_template(source):
    """A template that stands, for the gate, among ours."""
    template = Template(source)
    for node in template.nodelist:
        node.origin.name = f"{OUR_TEMPLATES}/planted.html"
    return template


@pytest.mark.parametrize(
    "source", ["{{ absent }}", "{{ present.absent }}", "{{ absent|upper }}", "{% firstof 0 absent.x %}{{ absent }}"]
)
def test_an_undefined_variable_in_our_templates_fails(source):
    with pytest.raises(AssertionError, match=r"planted.html prints .*absent.*not defined"):
        our_template(source).render(Context({"present": {}}))


@pytest.mark.parametrize("source", ["{% if absent %}x{% endif %}", "{% for x in absent %}x{% endfor %}", "{{ present }}"])
def test_asking_whether_a_variable_exists_is_allowed(source):
    assert our_template(source).render(Context({"present": ""})) == ""


def test_templates_of_other_packages_behave_as_in_production():
    assert engines["django"].from_string("{{ absent }}{{ absent|default:'x' }}").render() == "x"
