"""Whatever is sent to a form, the answer is a page, never an error of ours."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.models import Step
from tests.experts.forms import form_data
from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db

NASTY = st.one_of(
    st.sampled_from(["", "-1", "0", "2147483648", "9" * 400, "1e9", "NaN", "on", "%", "'", "\u202e", "\ufeff", "𝕊", "a" * 5000]),
    st.sampled_from(["2026-02-30", "0000-00-00", "http://127.0.0.1/", "javascript:alert(1)", "+212", "ar", "MA", "ESS-01"]),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60),
)


@pytest.fixture
def editors() -> dict[str, tuple[Client, dict]]:
    """Each step with its form as a browser would send it."""
    expert = make_expert(published=True)
    expert.experiences.create(title="Étude", start_year=2020, language="fr")
    client = Client()
    client.force_login(expert.user)
    return {step: (client, form_data(client.get(f"/fr/experts/edit/{step}/"))) for step in Step.values}


@settings(max_examples=60)
@given(data=st.data(), step=st.sampled_from(Step.values))
def test_no_input_breaks_a_step(editors, data, step):
    client, form = editors[step]
    names = data.draw(st.lists(st.sampled_from(sorted(form)), min_size=1, max_size=4, unique=True))
    sent = form | {name: data.draw(st.lists(NASTY, max_size=3)) for name in names}
    sent["then"] = data.draw(st.sampled_from(["next", "stay", "overview", "add:experiences", "add:", "nonsense"]))
    assert client.post(f"/fr/experts/edit/{step}/", sent).status_code in {200, 302, 409}
